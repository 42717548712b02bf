import { and, gt, inArray, lte, sql, type SQL } from 'drizzle-orm'
import { setImmediate as turn } from 'node:timers/promises'
import type { ReadDb } from '../../db/open.ts'
import { call, school } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { countCalls, type CountedCall, type NamedSchool } from '../../shared/report/count.ts'
import { instantsOf } from '../../shared/report/period.ts'
import { isInForce } from '../school/schoolInForce.ts'

/** Calls counted, or schools named, at a time: some milliseconds, for which nobody who types will notice a wait. */
const PART = 1_000

/**
 * Counts the calls of a range of London days that this person may read (L25), without those entered in error (L23).
 * It gives way after every part, so calls filed while it counts may be in it or not.
 */
export async function reportCalls(
  store: Store,
  range: Parsed<'report.calls'>,
  actor: Actor
): Promise<Output<'report.calls'>> {
  const count = countCalls(range)
  const { from, until } = instantsOf(range)
  const last = justBefore(until)
  let after = justBefore(from)
  while (after < last) {
    const part = await store.read((db) => nextPart(db, after, last, actor))
    part.calls.forEach(count.add)
    after = part.until
    await turn()
  }
  return count.report(await namedSchools(store, count.schoolIds()))
}

const justBefore = (instant: Instant): Instant => new Date(Date.parse(instant) - 1).toISOString()

/** The calls after one instant, up to and with another: at most PART of them, unless more share their millisecond. */
async function nextPart(db: ReadDb, after: Instant, last: Instant, actor: Actor) {
  const [end] = await db
    .select({ at: call.tookPlaceAt })
    .from(call)
    .where(and(gt(call.tookPlaceAt, after), lte(call.tookPlaceAt, last)))
    .orderBy(call.tookPlaceAt)
    .limit(1)
    .offset(PART - 1)
  const until = end?.at ?? last
  const rows = db.all<CountedRow>(countedCalls(after, until, actor))
  return { until, calls: rows.map(asCounted) }
}

type CountedRow = Omit<CountedCall, 'inHours' | 'turnedAway'> & { inHours: number; turnedAway: number }

const asCounted = (row: CountedRow): CountedCall => ({
  ...row,
  inHours: row.inHours === 1,
  turnedAway: row.turnedAway === 1
})

/** Answered from the index `call_figures` alone: no whole call is read, however many there are. */
export function countedCalls(after: Instant, until: Instant, actor: Actor): SQL {
  return sql`SELECT substr(took_place_at, 1, 13) AS utcHour, line, outcome, level, in_hours AS inHours,
      gate = 'turned-away' AS turnedAway, other_kind AS otherKind, school_id AS schoolId,
      iif(outcome = 'contact-form', coalesce((SELECT answer FROM call_referral
        WHERE call_id = call.id ORDER BY created_at DESC, id DESC LIMIT 1), 'unanswered'), '') AS referral
    FROM call INDEXED BY call_figures
    WHERE took_place_at > ${after} AND took_place_at <= ${until} AND ${readableFigures(actor)}
      AND NOT (EXISTS (SELECT 1 FROM call_error WHERE call_id = call.id) AND (SELECT in_error FROM call_error
        WHERE call_id = call.id ORDER BY created_at DESC, id DESC LIMIT 1))`
}

/** `readable`, asking for own calls by index: who filed a call is not in `call_figures`. */
function readableFigures(actor: Actor): SQL {
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return sql`1`
    case 'hubs':
      return sql`(${inArray(call.hubId, [...scope.hubIds])}
        OR call.rowid IN (SELECT own.rowid FROM call own WHERE own.created_by = ${scope.own}))`
    case 'none':
      return sql`0`
  }
}

/** As they are in the directory today. */
async function namedSchools(store: Store, schoolIds: readonly Id[]): Promise<Map<Id, NamedSchool>> {
  const named = new Map<Id, NamedSchool>()
  for (let at = 0; at < schoolIds.length; at += PART) {
    const ids = schoolIds.slice(at, at + PART)
    for (const { schoolId, ...details } of await store.read((db) => schoolsInForce(db, ids)))
      named.set(schoolId, details)
    await turn()
  }
  return named
}

const schoolsInForce = (db: ReadDb, ids: Id[]) =>
  db
    .select({ schoolId: school.schoolId, name: school.name, town: school.town, district: school.district })
    .from(school)
    .where(and(inArray(school.schoolId, ids), isInForce))
