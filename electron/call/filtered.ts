import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { call, school } from '../../db/schema/index.ts'
import { inCalls, wordQueryOfCalls, wordsOfDays } from '../../db/search.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { NONE, type CallFilter } from '../../shared/call/filter.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import { isInForce } from '../school/schoolInForce.ts'

/** A question to the full-text index: `call_words MATCH match`. */
export interface Filtered {
  match: string
  /** Every call that counts: nothing is left out but those entered in error. */
  isEvery: boolean
}

/**
 * The calls of a filter among those that this person may read, as a question to the index, which answers by filing whatever the
 * filters are (L25: the one way for list, count and export). Undefined: none can match.
 */
export async function filtered(db: ReadDb, filter: CallFilter, actor: Actor): Promise<Filtered | undefined> {
  const words = wordQueryOfCalls(filter.search)
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
    if (value !== '') facts.push([value === NONE ? name : name + value.replaceAll('-', 'q0q')])
  }
  for (const value of [filter.adviserId, filter.schoolId]) if (value !== '') facts.push([value])
  if (filter.hours !== '') facts.push([filter.hours === 'in' ? 'inhours' : 'outofhours'])
  if (filter.turnedAway !== '') facts.push([filter.turnedAway === 'yes' ? 'turnedaway' : 'letthrough'])
  if (filter.toCheck) facts.push(['tocheck'])
  if (filter.weekday !== '') facts.push([`w${String(filter.weekday)}`])
  if (filter.hour !== '') facts.push([`h${String(filter.hour)}`])
  if (filter.district !== '') {
    const none = filter.district === NONE
    const schools = await schoolsOf(db, none ? '' : filter.district)
    if (schools.length === 0 && !none) return undefined
    facts.push(none ? ['noschool', ...schools] : schools)
  }
  if (filter.from !== '' || filter.to !== '') {
    const days = wordsOfDays(...(await daysWithCalls(db, filter)))
    if (days.length === 0) return undefined
    facts.push(days)
  }
  const isEvery = words === undefined && facts.length === 1 && !filter.inError
  return { match: inCalls(words, facts), isEvery }
}

/** Schools that are in a district today; those of `''` in none. */
async function schoolsOf(db: ReadDb, district: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ schoolId: school.schoolId })
    .from(school)
    .where(and(eq(school.district, district), isInForce))
  return rows.map(({ schoolId }) => schoolId)
}

/** The first and last day of a filter, no further than the days on which a call took place. */
async function daysWithCalls(db: ReadDb, { from, to }: CallFilter): Promise<[CivilDate, CivilDate]> {
  const { first, last } = await db.get<{ first: string | null; last: string | null }>(sql`SELECT
    (SELECT min(${call.tookPlaceAt}) FROM ${call}) AS first, (SELECT max(${call.tookPlaceAt}) FROM ${call}) AS last`)
  if (first === null || last === null) return [from, from]
  const [earliest, latest] = [londonDate(first), londonDate(last)]
  return [from > earliest ? from : earliest, to !== '' && to < latest ? to : latest]
}

/** Ids in the full-text index; `beyond` is a condition on `call_words.rowid`. */
export function docidsOf({ match }: Filtered, beyond: SQL = sql`1`): SQL {
  return sql`SELECT call_words.rowid FROM call_words WHERE call_words MATCH ${match} AND ${beyond}`
}
