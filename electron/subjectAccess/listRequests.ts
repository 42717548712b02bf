import { and, asc, count, desc, inArray, not, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, subjectRequest, subjectRequestEvent } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { OPEN_ROWS } from '../../shared/call/loop.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { RequestRow } from '../../shared/subjectAccess/subjectAccess.ts'
import { recordsOf } from '../person/recordsOf.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { asItStands, isOpenRequest, ownerOfRequest, type RequestAsRecorded } from './theRequest.ts'

const PAGE = 50

/**
 * "Subject access requests": those that wait for an answer, received first first; or those that are done, the last first. 50
 * at a time. Whom a request is about is not named where every family of theirs is restricted and not open to the reader.
 */
export async function listRequests(
  db: ReadDb,
  { standing, after }: Parsed<'subjectAccess.list'>,
  actor: Actor
): Promise<Output<'subjectAccess.list'>> {
  const isOpen = standing === 'open'
  const [day = '', id = ''] = after.split(' ')
  const place = sql`(${subjectRequest.receivedOn}, ${subjectRequest.id})`
  const rows = await db
    .select()
    .from(subjectRequest)
    .where(
      and(
        isOpen ? isOpenRequest : not(isOpenRequest),
        after === '' ? undefined : isOpen ? sql`${place} > (${day}, ${id})` : sql`${place} < (${day}, ${id})`
      )
    )
    .orderBy(...[subjectRequest.receivedOn, subjectRequest.id].map((column) => (isOpen ? asc : desc)(column)))
    .limit(PAGE + 1)
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return { rows: await asRows(db, shown, actor), next: last ? `${last.receivedOn} ${last.id}` : '' }
}

/** What waits for an answer, up to 100 and how many there are: what is due first comes first, then what waits until somebody proves who they are. */
export async function requestsDue(
  db: ReadDb,
  { whose }: Parsed<'subjectAccess.due'>,
  actor: Actor
): Promise<Output<'subjectAccess.due'>> {
  const isTheirs: SQL | undefined = whose === 'mine' ? sql`${ownerOfRequest} = ${actor.id}` : undefined
  const isDue = and(isOpenRequest, isTheirs)
  const rows = await db
    .select()
    .from(subjectRequest)
    .where(isDue)
    .orderBy(asc(subjectRequest.receivedOn), asc(subjectRequest.id))
    .limit(OPEN_ROWS)
  const [counted] = await db.select({ total: count() }).from(subjectRequest).where(isDue)
  // "~" comes after every date
  const dueFirst = ({ dueOn }: RequestRow) => dueOn || '~'
  const sorted = (await asRows(db, rows, actor)).toSorted((one, other) =>
    dueFirst(one) < dueFirst(other) ? -1 : dueFirst(one) > dueFirst(other) ? 1 : 0
  )
  return { rows: sorted, total: String(counted?.total ?? 0) }
}

async function asRows(db: ReadDb, rows: readonly RequestAsRecorded[], actor: Actor): Promise<RequestRow[]> {
  const settings = await settingsInRecord(db)
  const ids = rows.map(({ id }) => id)
  const events = await db
    .select()
    .from(subjectRequestEvent)
    .where(inArray(subjectRequestEvent.requestId, ids))
    .orderBy(asc(subjectRequestEvent.createdAt), asc(subjectRequestEvent.id))
  const accounts = await db.select({ id: account.id, name: account.name }).from(account)
  const kept = new Map(rows.map(({ personId }) => [personId, keptIdOf(db, personId)]))
  const people = await recordsOf(db, [...new Set(kept.values())], actor)
  return rows.map((row) => {
    const { standing } = asItStands(
      row,
      events.filter(({ requestId }) => requestId === row.id),
      settings
    )
    const person = people.find(({ personId }) => personId === kept.get(row.personId))
    const { id, reference, kind, receivedOn } = row
    const { dueOn, isExtended, state, ownerId } = standing
    return {
      ...{ id, reference, kind, receivedOn, dueOn, isExtended, state, ownerId },
      ...{ personId: person?.personId ?? row.personId, name: person?.name ?? '' },
      ownerName: accounts.find((each) => each.id === ownerId)?.name ?? ''
    }
  })
}

/** Whose record counts for somebody (L20). */
export const keptIdOf = (db: ReadDb, personId: Id): Id =>
  db.get<{ keptId: Id } | undefined>(
    sql`SELECT kept_id AS keptId FROM person_index WHERE person_id = ${personId}`
  )?.keptId ?? personId
