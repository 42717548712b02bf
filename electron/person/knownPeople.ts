import { sql, type SQL } from 'drizzle-orm'
import type { Actor } from '../../shared/access/roles.ts'
import { knownFamilies } from '../family/readableFamily.ts'

/**
 * The people of families that an actor may know of, as a condition on `person_words`; undefined for whoever may know of
 * all. Asked while the index is looked through, so that other hubs' people take nobody's place.
 */
export function knownPeople(actor: Actor): SQL | undefined {
  const known = knownFamilies(actor)
  if (!known) return undefined
  return sql`EXISTS (SELECT 1 FROM person_index i JOIN person_index g ON g.kept_id = i.kept_id
    JOIN family_member m ON m.person_id = g.person_id
    JOIN family_index ON family_index.family_id = m.family_id
    WHERE i.docid = person_words.rowid AND ${known})`
}
