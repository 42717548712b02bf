import { and, eq, ne, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { school } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { fold } from '../../shared/person/fold.ts'
import { asSchool, districtsInForce } from './asSchool.ts'
import { isInForce } from './schoolInForce.ts'
import { directoryQuery } from './words.ts'

const SHOWN = 20

/** Schools in force whose words begin with those of the query. */
export function matching(query: string): SQL | undefined {
  return and(
    sql`${school.id} IN (SELECT version_id FROM school_words
      JOIN school_search ON school_search.docid = school_words.rowid WHERE school_words MATCH ${query})`,
    isInForce
  )
}

/** For the box that searches as you type: the best 20, those whose name begins with the text first. */
export async function searchSchools(
  db: ReadDb,
  { text, includeClosed }: Parsed<'school.search'>,
  actor: Actor
): Promise<Output<'school.search'>> {
  const query = directoryQuery(text)
  if (query === undefined) return []
  const start = fold(text)
  const rows = await db
    .select()
    .from(school)
    .where(and(matching(query), includeClosed ? undefined : ne(school.status, 'closed')))
    .orderBy(
      eq(school.status, 'closed'),
      sql`substr(${school.sortKey}, 1, length(${start})) <> ${start}`,
      school.sortKey,
      school.id
    )
    .limit(SHOWN)
  const districts = await districtsInForce(db, actor)
  return rows.map((row) => asSchool(row, districts))
}
