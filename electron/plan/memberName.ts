import { sql, type SQL } from 'drizzle-orm'
import type { CivilDate } from '../../shared/ids.ts'
import { personName } from '../family/personName.ts'

/** What a member of a team is called today, by `team_member.of_id` or the keyworker's row; '' for nobody. */
export const memberName = (memberId: SQL, on: CivilDate): SQL => sql`coalesce(
  (SELECT coalesce(p.name, iif(m.person_id = '', m.name, ${personName(sql`i.kept_id`, on)}))
    FROM team_member m LEFT JOIN practitioner p ON p.id = m.practitioner_id
      LEFT JOIN person_index i ON i.person_id = m.person_id
    WHERE m.of_id = ${memberId} ORDER BY m.created_at DESC, m.id DESC LIMIT 1),
  (SELECT p.name FROM episode_keyworker k JOIN practitioner p ON p.id = k.practitioner_id WHERE k.id = ${memberId}), '')`
