import { sql, type SQL } from 'drizzle-orm'

/**
 * The agency or school where somebody works, by the name it goes by now; '' for none. `of`: a table whose `employer` says
 * which of the two `employer_id` is.
 */
export const employerName = (of: string): SQL => sql`coalesce(iif(${sql.raw(of)}.employer = 'agency',
  (SELECT name FROM agency WHERE id = ${sql.raw(of)}.employer_id),
  (SELECT name FROM school WHERE school_id = ${sql.raw(of)}.employer_id AND (import_id = '' OR
     import_id IN (SELECT id FROM school_import WHERE done_at <> '')) ORDER BY created_at DESC, id DESC LIMIT 1)), '')`
