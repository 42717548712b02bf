import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Id } from '../../shared/ids.ts'

/** Where a family belongs, and who is told of who opens it (L21); '' while it is not restricted. */
export const managerOf = (db: ReadDb, familyId: Id): { hubId: Id; ownerId: Id } =>
  db.get<{ hubId: Id; ownerId: Id }>(sql`
    SELECT i.hub_id AS hubId, coalesce((SELECT json_extract(f.value, '$.managerId') FROM fact f
      WHERE f.subject_id = i.family_id AND f.kind = 'restriction' AND f.valid_to = '' AND NOT f.in_error
        AND NOT EXISTS (SELECT 1 FROM fact later
          WHERE later.of_id = f.of_id AND (later.created_at, later.id) > (f.created_at, f.id))
      ORDER BY f.valid_from DESC, f.created_at DESC, f.id DESC LIMIT 1), '') AS ownerId
    FROM family_index i WHERE i.family_id = ${familyId}`)
