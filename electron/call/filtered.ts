import { and, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { call, school } from '../../db/schema/index.ts'
import { inCalls, wordQuery } from '../../db/search.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CallFilter } from '../../shared/call/filter.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { addDays, toInstant } from '../../shared/time/london.ts'

export interface Filtered {
  /** What the full-text index is asked: `call_words MATCH match`. */
  match: string
  /** What it cannot tell exactly: the first and last day. */
  days: SQL | undefined
}

/** Years in a range are asked for by month up to this many of them: one look into the index for each. */
const YEARS_BY_MONTH = 2

/**
 * The calls of a filter among those that this person may read, as a question to the full-text index, which answers
 * newest first whatever the filters are (L25: the one way for list, count and export). Undefined: none can match.
 */
export async function filtered(db: ReadDb, filter: CallFilter, actor: Actor): Promise<Filtered | undefined> {
  const words = wordQuery(filter.search)
  if (filter.search.trim() !== '' && words === undefined) return undefined
  const scope = readScope(actor)
  if (scope.kind === 'none') return undefined
  const facts: string[][] = [[filter.inError ? 'inerror' : 'counted']]
  if (scope.kind === 'hubs') facts.push([...scope.hubIds, scope.own])
  if (filter.mine) facts.push([actor.id])
  for (const [name, value] of [
    ['line', filter.line],
    ['outcome', filter.outcome],
    ['level', filter.level],
    ['other', filter.otherKind],
    ['referral', filter.referral]
  ] as const) {
    if (value !== '') facts.push([name + value.replaceAll('-', 'q0q')])
  }
  for (const value of [filter.adviserId, filter.schoolId]) if (value !== '') facts.push([value])
  if (filter.hours !== '') facts.push([filter.hours === 'in' ? 'inhours' : 'outofhours'])
  if (filter.turnedAway !== '') facts.push([filter.turnedAway === 'yes' ? 'turnedaway' : 'letthrough'])
  if (filter.toCheck) facts.push(['tocheck'])
  if (filter.weekday !== '') facts.push([`w${String(filter.weekday)}`])
  if (filter.hour !== '') facts.push([`h${String(filter.hour)}`])
  if (filter.district !== '') {
    const schools = await schoolsOf(db, filter.district)
    if (schools.length === 0) return undefined
    facts.push(schools)
  }
  if (filter.from !== '' && filter.to !== '') facts.push(monthsOf(filter.from, filter.to))
  return { match: inCalls(words, facts), days: daysOf(filter) }
}

/** Schools that are in a district today. */
async function schoolsOf(db: ReadDb, district: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ schoolId: school.schoolId })
    .from(school)
    .where(eq(school.district, district))
  return rows.map(({ schoolId }) => schoolId)
}

function monthsOf(from: CivilDate, to: CivilDate): string[] {
  const first = Number(from.slice(0, 4))
  const last = Number(to.slice(0, 4))
  const years = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  if (years.length > YEARS_BY_MONTH) return years.map((year) => `y${String(year)}`)
  const months = years.flatMap((year) =>
    Array.from({ length: 12 }, (_, month) => `${String(year)}-${String(month + 1).padStart(2, '0')}`)
  )
  return months
    .filter((month) => month >= from.slice(0, 7) && month <= to.slice(0, 7))
    .map((month) => `m${month.replace('-', '')}`)
}

function daysOf({ from, to }: CallFilter): SQL | undefined {
  const begins = from === '' ? undefined : toInstant(from, '00:00')
  const ends = to === '' ? undefined : toInstant(addDays(to, 1), '00:00')
  return and(
    begins === undefined ? undefined : gte(call.tookPlaceAt, begins),
    ends === undefined ? undefined : lt(call.tookPlaceAt, ends)
  )
}

/** Ids in the full-text index, newest filed first; `beyond` is a condition on `call_words.rowid`. */
export function docidsOf({ match, days }: Filtered, beyond: SQL = sql`1`): SQL {
  return days === undefined
    ? sql`SELECT call_words.rowid FROM call_words WHERE call_words MATCH ${match} AND ${beyond}`
    : sql`SELECT call_words.rowid FROM call_words
        JOIN call_search ON call_search.docid = call_words.rowid JOIN call ON call.id = call_search.call_id
        WHERE call_words MATCH ${match} AND ${beyond} AND ${days}`
}
