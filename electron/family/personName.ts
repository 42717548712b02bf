import { sql, type SQL } from 'drizzle-orm'
import type { CivilDate } from '../../shared/ids.ts'
import { standsMerged } from './peopleOf.ts'

/**
 * The name that a person goes by on a civil date, as `factOn` finds it; '' where none is known. A later version is looked for
 * among what was told of the same person (+: not by what it is a version of), which lies where the first one does.
 */
export const personName = (keptId: SQL, on: CivilDate): SQL => sql`coalesce((
  SELECT json_extract(f.value, '$.name') FROM person_index r JOIN fact f ON f.subject_id = r.person_id
  WHERE r.kept_id = ${keptId} AND f.kind = 'name' AND NOT f.in_error AND ${standsMerged}
    AND f.valid_from <= ${on} AND (f.valid_to = '' OR f.valid_to >= ${on})
    AND NOT EXISTS (SELECT 1 FROM fact later
      WHERE later.subject_id = f.subject_id AND +later.of_id = f.of_id AND (later.created_at, later.id) > (f.created_at, f.id))
  ORDER BY f.valid_from DESC, f.created_at DESC, f.id DESC LIMIT 1), '')`

/** The children who belong to a family on a civil date, born or not, by name and between commas; as above, of the family. */
export const childNames = (familyId: SQL, on: CivilDate): SQL<string> => sql<string>`coalesce((
  SELECT group_concat(nullif(name, ''), ', ' ORDER BY name) FROM (
    SELECT DISTINCT ${personName(sql`p.kept_id`, on)} AS name
    FROM family_member m JOIN person_index p ON p.person_id = m.person_id
    WHERE m.family_id = ${familyId} AND m.role IN ('child', 'unborn') AND NOT m.in_error
      AND m.valid_from <= ${on} AND (m.valid_to = '' OR m.valid_to >= ${on})
      AND NOT EXISTS (SELECT 1 FROM family_member later
        WHERE later.family_id = m.family_id AND +later.of_id = m.of_id
          AND (later.created_at, later.id) > (m.created_at, m.id)))), '')`
