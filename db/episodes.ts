import type { EpisodeEvent, EpisodeState } from '../shared/episode/episode.ts'
import { stateOf } from '../shared/episode/state.ts'
import { eventsOf } from './episodeEvents.ts'
import { ownedFrom } from './keyworkers.ts'
import type { Connection } from './open.ts'

/** SQL: the closure by which an assessment is closed, for it may have been reopened and closed again. */
const closedBy = (episodeId: string) => `FROM episode_closure c WHERE c.episode_id = ${episodeId}
    AND NOT EXISTS (SELECT 1 FROM episode_reopening r WHERE r.closure_id = c.id)`

/** SQL that is true while an assessment is open: it has no closure but those that were taken back. */
export const isOpenEpisode = (episodeId: string): string => `NOT EXISTS (SELECT 1 ${closedBy(episodeId)})`

/** SQL of the day on which an assessment closed; NULL while it is open. */
export const closedOn = (episodeId: string): string => `(SELECT min(c.closed_on) ${closedBy(episodeId)})`

const stepOn = (step: string) =>
  `coalesce((SELECT min(s.on_day) FROM episode_step s WHERE s.episode_id = e.id AND s.step = '${step}'), '')`

/** A meeting took place when it has a record, or its planned date says so; another meeting is no part of the rhythm (R34). */
const meetingOn = (which: 'min' | 'max') =>
  `coalesce((SELECT ${which}(held) FROM (
    SELECT coalesce(
      (SELECT r.held_on FROM meeting_record r WHERE r.meeting_id = m.id ORDER BY r.created_at, r.id LIMIT 1),
      (SELECT m.on_day FROM episode_date d WHERE d.id = m.id AND d.ending = 'done')) AS held
    FROM meeting m WHERE m.episode_id = e.id AND m.kind <> 'other')), '')`

/** The earliest of what waits: nothing waits in an assessment that has ended (L29). */
const nextOn = `coalesce((SELECT min(day) FROM (
    SELECT d.due_on AS day FROM episode_date d
      WHERE d.episode_id = e.id AND +d.ending = '' AND d.deleted_at IS NULL
    UNION ALL SELECT a.due_on FROM plan_action a
      WHERE a.episode_id = e.id AND +a.ended_on = '' AND a.deleted_at IS NULL)
  WHERE ${isOpenEpisode('e.id')}), '')`

const COLUMNS = `episode_id, family_id, hub_id, closed_on, state, registered_on, owned_from, finalised_on,
  plan_agreed_on, first_meeting_on, last_meeting_on, next_on`

const asItStands = (where: string) => `
  SELECT e.id, e.family_id, coalesce((SELECT f.hub_id FROM family_index f WHERE f.family_id = e.family_id), e.hub_id),
    coalesce(${closedOn('e.id')}, ''), episode_state(${eventsOf('e.id')}), e.registered_on,
    ${ownedFrom('e.id')},
    ${stepOn('finalise')}, ${stepOn('agree-plan')}, ${meetingOn('min')}, ${meetingOn('max')}, ${nextOn}
  FROM episode e WHERE ${where}`

const keep = (episodeId: string) =>
  `INSERT OR REPLACE INTO episode_now (${COLUMNS}) ${asItStands(`e.id = ${episodeId}`)};`

/** Of these every row changes how its assessment stands. */
const belongings = [
  'episode_step',
  'episode_closure',
  'episode_reopening',
  'episode_date',
  'meeting',
  'meeting_record',
  'plan_action'
]

/**
 * As those of calls: they write what is this computer's only, and fire for rows of other desks too (db/search.ts). A note
 * changes nothing here: there are millions (ADR 29).
 */
export const EPISODE_TRIGGERS = `
DROP TRIGGER IF EXISTS episode_kept;
CREATE TRIGGER episode_kept AFTER INSERT ON episode BEGIN ${keep('new.id')}
END;
${belongings
  .map(
    (table) => `
DROP TRIGGER IF EXISTS ${table}_kept;
CREATE TRIGGER ${table}_kept AFTER INSERT ON ${table} BEGIN ${keep('new.episode_id')}
END;`
  )
  .join('')}
DROP TRIGGER IF EXISTS episode_date_kept_on;
CREATE TRIGGER episode_date_kept_on AFTER UPDATE OF due_on, ending, deleted_at ON episode_date BEGIN
  ${keep('new.episode_id')}
END;
DROP TRIGGER IF EXISTS plan_action_kept_on;
CREATE TRIGGER plan_action_kept_on AFTER UPDATE OF due_on, ended_on, deleted_at ON plan_action BEGIN
  ${keep('new.episode_id')}
END;
DROP TRIGGER IF EXISTS family_index_kept;
CREATE TRIGGER family_index_kept AFTER INSERT ON family_index BEGIN
  UPDATE episode_now SET hub_id = new.hub_id WHERE family_id = new.family_id;
END;
`

/** How every assessment stands, from the record; after `family_index`, which says where each belongs. */
export function fillEpisodes(connection: Connection): void {
  connection.exec(`
    DELETE FROM episode_now;
    INSERT INTO episode_now (${COLUMNS}) ${asItStands('1')};`)
}

/** For the invariants: what the triggers keep is what the record says. */
export const episodesAstray = `
  SELECT episode_id FROM (SELECT ${COLUMNS} FROM episode_now EXCEPT ${asItStands('1')})
  UNION ALL SELECT id FROM (SELECT * FROM (${asItStands('1')}) EXCEPT SELECT ${COLUMNS} FROM episode_now)`

/** What the triggers above call. */
export function addEpisodeFunctions(connection: Connection): void {
  connection.function('episode_state', { deterministic: true }, (events: unknown): EpisodeState =>
    stateOf(String(events).split(' ').filter(Boolean) as EpisodeEvent[])
  )
}
