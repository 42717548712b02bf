import { and, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { school } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { asSchool, districtsInForce } from './asSchool.ts'
import { isInForce } from './schoolInForce.ts'
import { matching } from './searchSchools.ts'
import { directoryQuery } from './words.ts'

const PAGE = 50

/**
 * The directory by name and town, 50 at a time, closed schools among them. `after` is the version that the last page
 * ended with: versions stay, so it marks its place even where that school has changed since.
 */
export async function listSchools(
  db: ReadDb,
  { text, toCheck, after }: Parsed<'school.list'>,
  actor: Actor
): Promise<Output<'school.list'>> {
  const query = directoryQuery(text)
  if (query === undefined && text.trim() !== '') return { rows: [], next: '', total: 0 }
  const wanted = and(
    query === undefined ? isInForce : matching(query),
    toCheck ? eq(school.toCheck, true) : undefined
  )
  const beyond =
    after === ''
      ? undefined
      : sql`(${school.sortKey}, ${school.id}) > (SELECT sort_key, id FROM school WHERE id = ${after})`
  const rows = await db
    .select()
    .from(school)
    .where(and(wanted, beyond))
    .orderBy(school.sortKey, school.id)
    .limit(PAGE + 1)
  const districts = await districtsInForce(db, actor)
  return {
    rows: rows.slice(0, PAGE).map((row) => asSchool(row, districts)),
    next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? '') : '',
    total: await db.$count(school, wanted)
  }
}
