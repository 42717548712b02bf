/**
 * SQL of the acts of one assessment for `stateOf` in shared/episode/state.ts, a space between them; '' where nothing was
 * done yet. Steps stand in the order in which they were recorded, then reviews, and how it ended stands last: a closure that was taken back
 * is left out with its reopening, for that leads to where it stood before, whatever order the rows of another desk arrived in.
 *
 * A meeting is a review when it was held after the day on which the plan was agreed, whichever of the two was recorded
 * first: the record of the meeting that agreed it is often written later.
 */
export const eventsOf = (
  episodeId: string
): string => `(SELECT coalesce(group_concat(event, ' ' ORDER BY rank, at, id), '') FROM (
    SELECT step AS event, 0 AS rank, created_at AS at, id FROM episode_step WHERE episode_id = ${episodeId}
    UNION ALL SELECT 'review', 1, r.created_at, r.id
      FROM meeting_record r JOIN meeting m ON m.id = r.meeting_id
      WHERE r.episode_id = ${episodeId} AND m.kind IN ('first', 'review') AND r.held_on > (
        SELECT min(on_day) FROM episode_step WHERE episode_id = ${episodeId} AND step = 'agree-plan')
    UNION ALL SELECT iif(c.kind = 'stepped-up', 'step-up', 'close'), iif(c.kind = 'stepped-up', 2, 3), c.created_at, c.id
      FROM episode_closure c WHERE c.episode_id = ${episodeId}
        AND NOT EXISTS (SELECT 1 FROM episode_reopening o WHERE o.closure_id = c.id)))`
