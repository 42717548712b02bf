/** SQL: the closure by which an assessment is closed, for it may have been reopened and closed again. */
const closedBy = (episodeId: string) => `FROM episode_closure c WHERE c.episode_id = ${episodeId}
    AND NOT EXISTS (SELECT 1 FROM episode_reopening r WHERE r.closure_id = c.id)`

/** SQL that is true while an assessment is open: it has no closure but those that were taken back. */
export const isOpenEpisode = (episodeId: string): string => `NOT EXISTS (SELECT 1 ${closedBy(episodeId)})`

/** SQL of the day on which an assessment closed; NULL while it is open. */
export const closedOn = (episodeId: string): string => `(SELECT min(c.closed_on) ${closedBy(episodeId)})`
