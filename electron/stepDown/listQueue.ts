import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyIndex, stepDown, stepDownNow, stepDownVersion } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { QueueFilter } from '../../shared/stepDown/record.ts'
import { isOpenTo, standingColumns } from '../family/readableFamily.ts'
import { childrenTold } from './childrenTold.ts'
import { queueConditions } from './queueConditions.ts'
import { nameOfHub } from './readStepDown.ts'

const PAGE = 50

/**
 * A page of "Step-downs to triage": by risk, then by when the clock runs out; what is done, the last first. Of a family that
 * is restricted and not open to the reader neither its children nor its keyworker are named.
 */
export async function listQueue(
  db: ReadDb,
  { filter, after }: Parsed<'stepDown.queue'>,
  actor: Actor
): Promise<Output<'stepDown.queue'>> {
  const { inState, order, behind, placeOf } = filter.state === 'done' ? doneList : openList(filter.state)
  const rows = await db
    .select({
      id: stepDownNow.stepDownId,
      reference: stepDown.reference,
      childNames: childrenTold(stepDownNow.versionId),
      hubName: nameOfHub(sql`${stepDownNow.hubId}`),
      state: stepDownNow.state,
      risk: sql<QueueFilter['risk']>`coalesce(${stepDownVersion.risk}, '')`,
      source: stepDownNow.source,
      sendingTeam: stepDownNow.sendingTeam,
      receivedAt: stepDownNow.receivedAt,
      since: stepDownNow.since,
      dueAt: stepDownNow.dueAt,
      ownerId: stepDownNow.ownerId,
      ownerName: sql<string>`coalesce((SELECT name FROM account WHERE id = ${stepDownNow.ownerId}), '')`,
      practitionerName: sql<string>`coalesce((SELECT name FROM practitioner
        WHERE id = ${stepDownNow.practitionerId}), '')`,
      lastId: stepDownNow.lastId,
      place: { riskRank: stepDownNow.riskRank, lastAt: stepDownNow.lastAt },
      family: standingColumns(actor)
    })
    .from(stepDownNow)
    .innerJoin(stepDown, eq(stepDown.id, stepDownNow.stepDownId))
    .leftJoin(stepDownVersion, eq(stepDownVersion.id, stepDownNow.versionId))
    .leftJoin(familyIndex, eq(familyIndex.familyId, stepDownNow.familyId))
    .where(and(inState, queueConditions(filter, actor), after === '' ? undefined : behind(after)))
    .orderBy(...order)
    .limit(PAGE + 1)
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ family, place: _place, ...row }) => {
      const restricted = family !== null && !isOpenTo(actor, family)
      const isOverdue = row.dueAt !== '' && row.dueAt <= actor.now
      const told = { ...row, restricted, isOverdue }
      return restricted ? { ...told, childNames: '', practitionerName: '' } : told
    }),
    next: last ? placeOf({ ...last, ...last.place }) : ''
  }
}

interface List {
  inState: SQL
  order: SQL[]
  /** Behind the place at which a page ended, whatever became since of what stood there. */
  behind: (place: string) => SQL
  placeOf: (row: Place) => string
}

type Place = Pick<typeof stepDownNow.$inferSelect, 'riskRank' | 'dueAt' | 'lastAt'> & { id: Id }

const openList = (state: QueueFilter['state']): List => ({
  inState: state === '' ? eq(stepDownNow.isOpen, true) : eq(stepDownNow.state, state),
  order: [sql`${stepDownNow.riskRank}`, sql`${stepDownNow.dueAt}`, sql`${stepDownNow.stepDownId}`],
  behind(place) {
    const [riskRank, dueAt, id] = place.split(' ')
    return sql`(${stepDownNow.riskRank}, ${stepDownNow.dueAt}, ${stepDownNow.stepDownId}) >
      (${Number(riskRank)}, ${dueAt ?? ''}, ${id ?? ''})`
  },
  placeOf: ({ riskRank, dueAt, id }) => `${String(riskRank)} ${dueAt} ${id}`
})

const doneList: List = {
  inState: eq(stepDownNow.isOpen, false),
  order: [desc(stepDownNow.lastAt), desc(stepDownNow.stepDownId)],
  behind(place) {
    const [lastAt, id] = place.split(' ')
    return sql`(${stepDownNow.lastAt}, ${stepDownNow.stepDownId}) < (${lastAt ?? ''}, ${id ?? ''})`
  },
  placeOf: ({ lastAt, id }) => `${lastAt} ${id}`
}
