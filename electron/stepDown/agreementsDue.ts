import { sql, type SQL } from 'drizzle-orm'
import type { CivilDate } from '../../shared/ids.ts'

/**
 * SQL: step-downs that were accepted up to a day and whose family has not said yes again since (R30), while their assessment is
 * open. Where the keyworker changed, the transfer asks for the review (electron/transfer/transfersDue.ts).
 */
export const agreementsAfterStepDown = (until: CivilDate): SQL => sql`(
  SELECT n.step_down_id AS id, n.family_id, x.on_day, x.created_by, s.reference
  FROM episode_now e CROSS JOIN step_down_event x ON x.to_id = e.episode_id AND x.event = 'accept'
    CROSS JOIN step_down_now n ON n.step_down_id = x.step_down_id AND n.ending = 'accepted'
    CROSS JOIN step_down s ON s.id = n.step_down_id
  WHERE e.closed_on = '' AND x.on_day <= ${until}
    AND NOT EXISTS (SELECT 1 FROM agreement a
      WHERE a.family_id = n.family_id AND a.decision = 'given' AND a.decided_on >= x.on_day)
    AND NOT EXISTS (SELECT 1 FROM transfer t
      WHERE t.episode_id = x.to_id AND t.reason = 'step-down' AND t.requested_on = x.on_day))`
