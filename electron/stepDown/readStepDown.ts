import { asc, eq, sql, type SQL } from 'drizzle-orm'
import { isOpenEpisode } from '../../db/episodes.ts'
import type { ReadDb } from '../../db/open.ts'
import {
  account,
  practitioner,
  stepDownAllocation,
  stepDownDecision,
  stepDownEvent,
  stepDownPerson,
  stepDownReturn,
  stepDownVersion
} from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { fromArrival, mayHappen, standingOf } from '../../shared/stepDown/state.ts'
import type { StepDownRecord, StepDownVersion } from '../../shared/stepDown/record.ts'
import type { Needed, StepDownPerson } from '../../shared/stepDown/stepDown.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { keyworkerOn } from '../keyworker/keyworkerOn.ts'
import { employerName } from '../practitioner/employerName.ts'
import { listTriageLetters } from './listTriageLetters.ts'
import { isAgreed } from './isAgreed.ts'
import { newestMatch } from './matchStepDown.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'

/**
 * A step-down with everything that is recorded of it.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readStepDown(
  db: ReadDb,
  { id }: Parsed<'stepDown.read'>,
  actor: Actor
): Promise<StepDownRecord> {
  const now = await mustOpenStepDown(db, id, actor)
  const events = await recordedEvents(db, id)
  const versions = await versionsOf(db, id)
  const told = versions.at(-1)
  return {
    ...standingOf(fromArrival(events, now.receivedAt)),
    ...namesOf(db, now),
    id,
    reference: now.reference,
    sourceKey: now.sourceKey,
    receivedAt: now.receivedAt,
    since: now.since,
    hubId: now.hubId,
    dueAt: now.dueAt,
    isOverdue: now.dueAt !== '' && now.dueAt <= actor.now,
    mayDo: mayHappen(events),
    lastId: now.lastId,
    versions,
    isAgreed: told !== undefined && isAgreed(db, now.familyId, told, events),
    events,
    returns: await returnsOf(db, id),
    decisions: await decisionsOf(db, id),
    allocations: await allocationsOf(db, id),
    letters: await listTriageLetters(db, now),
    matchId: await newestMatch(db, id),
    family: familyOf(db, now, londonDate(actor.now))
  }
}

const namesOf = (db: ReadDb, { hubId, ownerId, practitionerId }: OpenedStepDown) =>
  db.get<Pick<StepDownRecord, 'hubName' | 'ownerName' | 'practitionerName'>>(
    sql`SELECT ${nameOfHub(sql`${hubId}`)} AS hubName,
      coalesce((SELECT name FROM account WHERE id = ${ownerId}), '') AS ownerName,
      coalesce((SELECT name FROM practitioner WHERE id = ${practitionerId}), '') AS practitionerName`
  )

/** A local hub by the name it goes by now. */
export const nameOfHub = (
  hubId: SQL
): SQL<string> => sql<string>`coalesce((SELECT json_extract(value, '$.name')
  FROM setting WHERE kind = 'local-hub' AND key = ${hubId} AND deleted_at IS NULL
  ORDER BY valid_from DESC LIMIT 1), '')`

const byName = sql<string>`coalesce(${account.name}, '')`
const codes = (text: string): Needed[] => text.split(' ').filter((each): each is Needed => each !== '')

const recordedEvents = (db: ReadDb, stepDownId: Id) =>
  db
    .select({
      id: stepDownEvent.id,
      event: stepDownEvent.event,
      aboutId: stepDownEvent.aboutId,
      toId: stepDownEvent.toId,
      on: stepDownEvent.onDay,
      who: stepDownEvent.who,
      reason: stepDownEvent.reason,
      words: stepDownEvent.words,
      recordedAt: stepDownEvent.createdAt,
      byId: stepDownEvent.createdBy,
      byName
    })
    .from(stepDownEvent)
    .leftJoin(account, eq(account.id, stepDownEvent.createdBy))
    .where(eq(stepDownEvent.stepDownId, stepDownId))
    .orderBy(asc(stepDownEvent.createdAt), asc(stepDownEvent.id))

/** Everything that the sender told, the newest last. */
export async function versionsOf(db: ReadDb, stepDownId: Id): Promise<StepDownVersion[]> {
  const people = await db
    .select()
    .from(stepDownPerson)
    .where(eq(stepDownPerson.stepDownId, stepDownId))
    .orderBy(asc(stepDownPerson.position))
  const rows = await db
    .select({ row: stepDownVersion, byName })
    .from(stepDownVersion)
    .leftJoin(account, eq(account.id, stepDownVersion.createdBy))
    .where(eq(stepDownVersion.stepDownId, stepDownId))
    .orderBy(asc(stepDownVersion.createdAt), asc(stepDownVersion.id))
  return rows.map(({ row, byName: name }) => {
    const {
      hubId: _hub,
      createdAt,
      createdBy: _by,
      deviceId: _device,
      stepDownId: _of,
      missing,
      ...told
    } = row
    return {
      ...told,
      people: people.filter(({ versionId }) => versionId === row.id).map(asPerson),
      missing: codes(missing),
      recordedAt: createdAt,
      byName: name
    }
  })
}

const asPerson = (row: typeof stepDownPerson.$inferSelect): StepDownPerson => ({
  id: row.ofId,
  role: row.role,
  name: row.name,
  birth: row.birth,
  expected: row.expected,
  sex: row.sex,
  upn: row.upn,
  school: row.school,
  schoolId: row.schoolId,
  relation: row.relation,
  phone: row.phone,
  needs: row.needs
})

async function returnsOf(db: ReadDb, stepDownId: Id): Promise<StepDownRecord['returns']> {
  const rows = await db
    .select({
      id: stepDownReturn.id,
      versionId: stepDownReturn.versionId,
      sendingTeam: stepDownReturn.sendingTeam,
      missing: stepDownReturn.missing,
      words: stepDownReturn.words,
      recordedAt: stepDownReturn.createdAt,
      byName
    })
    .from(stepDownReturn)
    .leftJoin(account, eq(account.id, stepDownReturn.createdBy))
    .where(eq(stepDownReturn.stepDownId, stepDownId))
    .orderBy(asc(stepDownReturn.createdAt), asc(stepDownReturn.id))
  return rows.map((row) => ({ ...row, missing: codes(row.missing) }))
}

const decisionsOf = (db: ReadDb, stepDownId: Id) =>
  db
    .select({
      id: stepDownDecision.id,
      basedOn: stepDownDecision.basedOn,
      level: stepDownDecision.level,
      levelName: stepDownDecision.levelName,
      rationale: stepDownDecision.rationale,
      route: stepDownDecision.route,
      routeReason: stepDownDecision.routeReason,
      evidence: stepDownDecision.evidence,
      considered: stepDownDecision.considered,
      agencyId: stepDownDecision.agencyId,
      agencyName: stepDownDecision.agencyName,
      practitionerId: stepDownDecision.practitionerId,
      practitionerName: sql<string>`coalesce(${practitioner.name}, '')`,
      signposting: stepDownDecision.signposting,
      familyNext: stepDownDecision.familyNext,
      decidedOn: stepDownDecision.decidedOn,
      recordedAt: stepDownDecision.createdAt,
      byName
    })
    .from(stepDownDecision)
    .leftJoin(account, eq(account.id, stepDownDecision.createdBy))
    .leftJoin(practitioner, eq(practitioner.id, stepDownDecision.practitionerId))
    .where(eq(stepDownDecision.stepDownId, stepDownId))
    .orderBy(asc(stepDownDecision.createdAt), asc(stepDownDecision.id))

async function allocationsOf(db: ReadDb, stepDownId: Id): Promise<StepDownRecord['allocations']> {
  const rows = await db
    .select({
      id: stepDownAllocation.id,
      decisionId: stepDownAllocation.decisionId,
      practitionerId: stepDownAllocation.practitionerId,
      practitionerName: sql<string>`coalesce(${practitioner.name}, '')`,
      employerName: employerName('practitioner') as SQL<string>,
      loadBefore: stepDownAllocation.loadBefore,
      loadAfter: stepDownAllocation.loadAfter,
      overReason: stepDownAllocation.overReason,
      outsideReason: stepDownAllocation.outsideReason,
      place: stepDownAllocation.place,
      why: stepDownAllocation.why,
      note: stepDownAllocation.note,
      recordedAt: stepDownAllocation.createdAt,
      byName
    })
    .from(stepDownAllocation)
    .leftJoin(account, eq(account.id, stepDownAllocation.createdBy))
    .leftJoin(practitioner, eq(practitioner.id, stepDownAllocation.practitionerId))
    .where(eq(stepDownAllocation.stepDownId, stepDownId))
    .orderBy(asc(stepDownAllocation.createdAt), asc(stepDownAllocation.id))
  return rows.map((row) => ({ ...row, why: row.why.split(' ').filter(Boolean) }))
}

interface FoundFamily {
  how: 'matched' | 'registered'
  reference: string
  childNames: string
  hubName: string
  episodeId: Id
  episodeReference: string
  keyworkerId: Id
  keyworkerName: string
}

/** The family that it is of, with the assessment that is open. */
function familyOf(
  db: ReadDb,
  { stepDownId, familyId, hubId }: OpenedStepDown,
  today: CivilDate
): StepDownRecord['family'] {
  if (familyId === '') return undefined
  const found = db.get<FoundFamily | undefined>(sql`
    SELECT y.reference, ${childNames(sql`y.id`, today)} AS childNames, ${nameOfHub(sql`${hubId}`)} AS hubName,
      (SELECT f.how FROM step_down_family f WHERE f.step_down_id = ${stepDownId}
        ORDER BY f.created_at DESC, f.id DESC LIMIT 1) AS how,
      coalesce(e.id, '') AS episodeId, coalesce(e.reference, '') AS episodeReference,
      coalesce(p.id, '') AS keyworkerId, coalesce(p.name, '') AS keyworkerName
    FROM family y LEFT JOIN episode e ON e.family_id = y.id AND ${sql.raw(isOpenEpisode('e.id'))}
      LEFT JOIN practitioner p ON p.id = ${keyworkerOn('e.id', today)}
    WHERE y.id = ${familyId} LIMIT 1`)
  if (!found) return undefined
  const { how, reference, episodeId, keyworkerId, keyworkerName } = found
  const open =
    episodeId === ''
      ? undefined
      : { episodeId, reference: found.episodeReference, keyworkerId, keyworkerName }
  return { familyId, how, reference, childNames: found.childNames, hubName: found.hubName, open }
}
