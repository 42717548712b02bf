import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { placesSomebody } from './factsOf.ts'

/** Whose record counts for a person, and every family in which they are or were by any of their records. */
interface KeptPerson {
  keptId: Id
  hubId: Id
  familyIds: Id[]
}

/**
 * Lets nobody by who may not open every family of this person. Who is not there is not found.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function mustOpenPerson(db: ReadDb, personId: Id, actor: Actor): Promise<KeptPerson> {
  const found = db.get<{ keptId: Id; hubId: Id; familyIds: string } | undefined>(sql`
    SELECT k.kept_id AS keptId, y.hub_id AS hubId, (SELECT json_group_array(DISTINCT m.family_id)
      FROM person_index g CROSS JOIN family_member m ON m.person_id = g.person_id
      WHERE g.kept_id = k.kept_id AND ${placesSomebody(sql`k.kept_id`)} AND NOT EXISTS (SELECT 1 FROM family_member later
        WHERE later.of_id = m.of_id AND (later.created_at, later.id) > (m.created_at, m.id))) AS familyIds
    FROM person_index k JOIN person y ON y.id = k.kept_id WHERE k.person_id = ${personId}`)
  if (!found) return notFound()
  const familyIds = JSON.parse(found.familyIds) as Id[]
  for (const familyId of familyIds) await mustOpen(db, familyId, actor)
  return { ...found, familyIds }
}
