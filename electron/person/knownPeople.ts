import { sql, type SQL } from 'drizzle-orm'
import type { Actor } from '../../shared/access/roles.ts'
import { knownFamilies } from '../family/readableFamily.ts'

/**
 * The people of families that an actor may know of, as a condition on `person_words`; undefined for whoever may know of
 * all. Asked while the index is looked through, so that other hubs' people take nobody's place.
 */
export const knownPeople = (actor: Actor): SQL | undefined => known(sql`i.docid = person_words.rowid`, actor)

/** The same of one person, by the id of any of their records. */
export const isKnownPerson = (personId: SQL, actor: Actor): SQL | undefined =>
  known(sql`i.person_id = ${personId}`, actor)

function known(isPerson: SQL, actor: Actor): SQL | undefined {
  const families = knownFamilies(actor)
  if (!families) return undefined
  return sql`EXISTS (SELECT 1 FROM person_index i JOIN person_index g ON g.kept_id = i.kept_id
    JOIN family_member m ON m.person_id = g.person_id
    JOIN family_index ON family_index.family_id = m.family_id
    WHERE ${isPerson} AND ${families})`
}
