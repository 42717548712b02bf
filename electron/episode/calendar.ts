import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CalendarEntry, DueRule } from '../../shared/episode/episode.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { isOpenTo, type Standing } from '../family/readableFamily.ts'
import { dueByClock } from './calendarClocks.ts'
import { MOST, whatIsPlanned } from './calendarPlanned.ts'

/** What is asked of every list that the calendar is made of. */
export interface Asked extends Parsed<'episode.calendar'> {
  actor: Actor
  today: CivilDate
}

/** An entry before names are told. */
export interface Found extends Standing {
  id: string
  what: CalendarEntry['what']
  rule: DueRule | ''
  on: CivilDate
  startsAt: string
  place: string
  isDone: boolean
  episodeId: Id
  reference: string
  familyId: Id
  practitionerId: Id
}

/**
 * Meetings and whatever else is planned, actions of plans, reviews of agreements, and what the clocks of open assessments
 * want (R31, R34) in a span of days, of the families that this person may know of. The first day first, by hub and by
 * keyworker. Of a restricted family that is not open to them nobody hears a name or a place, and by its keyworker it is
 * not found: that would tell who the keyworker is.
 */
export async function calendar(
  db: ReadDb,
  query: Parsed<'episode.calendar'>,
  actor: Actor
): Promise<Output<'episode.calendar'>> {
  const today = londonDate(actor.now)
  const asked = { ...query, actor, today }
  const found = [...whatIsPlanned(db, asked), ...(await dueByClock(db, asked))]
    .filter((row) => query.practitionerId === '' || isOpenTo(actor, row))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
  const shown = found.slice(0, MOST)
  const names = namesOf(
    db,
    shown.filter((row) => isOpenTo(actor, row)),
    today
  )
  return { rows: shown.map((row) => asEntry(row, names, today)), isWhole: shown.length === found.length }
}

/** What has no time comes after what has one. */
const placeOf = ({ on, startsAt, what, rule, id }: Found): string =>
  [on, startsAt || '24:00', what, rule, id].join(' ')

interface Names {
  children: ReadonlyMap<Id, string>
  keyworkers: ReadonlyMap<Id, string>
}

/** Whatever this does not name is told without a name. */
function namesOf(db: ReadDb, rows: readonly Found[], today: CivilDate): Names {
  const listed = (ids: readonly Id[]) => sql`json_each(${JSON.stringify([...new Set(ids)])})`
  const families = db.all<{ id: Id; name: string }>(sql`SELECT value AS id,
    ${childNames(sql`value`, today)} AS name FROM ${listed(rows.map(({ familyId }) => familyId))}`)
  const practitioners = db.all<{ id: Id; name: string }>(sql`SELECT p.id, p.name
    FROM ${listed(rows.map(({ practitionerId }) => practitionerId))} each JOIN practitioner p ON p.id = each.value`)
  const asMap = (named: { id: Id; name: string }[]) => new Map(named.map(({ id, name }) => [id, name]))
  return { children: asMap(families), keyworkers: asMap(practitioners) }
}

function asEntry(row: Found, { children, keyworkers }: Names, today: CivilDate): CalendarEntry {
  const { id, what, rule, on, startsAt, isDone, episodeId, reference, familyId, practitionerId } = row
  const isNamed = children.has(familyId)
  return {
    ...{ id, what, rule, on, startsAt, episodeId, reference, familyId, isDone },
    place: isNamed ? row.place : '',
    childNames: children.get(familyId) ?? '',
    keyworkerName: isNamed ? (keyworkers.get(practitionerId) ?? '') : '',
    isOverdue: !isDone && on < today
  }
}
