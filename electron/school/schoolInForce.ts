import { and, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { oncePerConnection } from '../../db/prepared.ts'
import { school } from '../../db/schema/index.ts'

export type SchoolRow = typeof school.$inferSelect

const DONE_IMPORTS = sql`(SELECT id FROM school_import WHERE done_at <> '')`

/** Typed by a person, or brought by an import that has finished. */
export const isVisible = sql`(${school.importId} = '' OR ${school.importId} IN ${DONE_IMPORTS})`

/** The newest version that counts of each school, as a condition on `school`. */
export const isInForce = sql`(${isVisible} AND NOT EXISTS (
  SELECT 1 FROM school newer
  WHERE newer.school_id = ${school.schoolId} AND (newer.created_at, newer.id) > (${school.createdAt}, ${school.id})
    AND (newer.import_id = '' OR newer.import_id IN ${DONE_IMPORTS})))`

const versionInForce = oncePerConnection((db: ReadDb) =>
  db
    .select()
    .from(school)
    .where(and(eq(school.schoolId, sql.placeholder('schoolId')), isInForce))
    .prepare()
)

/** What is known of a school now; undefined where there is none, or only in an import that has not finished. */
export async function schoolInForce(db: ReadDb, schoolId: string): Promise<SchoolRow | undefined> {
  const [row] = await versionInForce(db).execute({ schoolId })
  return row
}
