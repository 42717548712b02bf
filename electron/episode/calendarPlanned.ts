import { sql, type SQL } from 'drizzle-orm'
import { standingAgreement } from '../../db/agreements.ts'
import type { ReadDb } from '../../db/open.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { addDays } from '../../shared/time/london.ts'
import { standingFor } from '../family/readableFamily.ts'
import { keyworkerOn } from '../keyworker/keyworkerOn.ts'
import type { Asked, Found } from './calendar.ts'

/** More than this on one page helps nobody: then a hub or a keyworker is to be chosen. */
export const MOST = 1_000
/** A meeting may be held on another day than the one that was arranged: so many days apart it is still found. */
const DAYS_APART = 31

type Row = Omit<Found, 'isDone' | 'rule'> & { isDone: number }

/**
 * Meetings, transfers, funding requests, actions of plans and reviews of agreements, waiting or done: in the calendar's order,
 * as many as it can show and one more.
 */
export function whatIsPlanned(db: ReadDb, asked: Asked): Found[] {
  const rows = db.all<Row>(sql`
    WITH listed AS MATERIALIZED (
      ${plannedDates(asked)} UNION ALL ${heldUnarranged(asked)} UNION ALL ${actions(asked)} UNION ALL ${reviews(asked)})
    SELECT ${standingFor(asked.actor)}, l.id, l.what, l.on_day AS "on", l.starts_at AS startsAt, l.place,
      l.is_done AS isDone, n.episode_id AS episodeId, e.reference, n.family_id AS familyId,
      coalesce(${keyworkerOn('n.episode_id', asked.today)}, '') AS practitionerId
    FROM listed l CROSS JOIN episode_now n ON n.episode_id = l.episode_id
      CROSS JOIN episode e ON e.id = n.episode_id
      CROSS JOIN family_index ON family_index.family_id = n.family_id
    WHERE l.on_day BETWEEN ${asked.from} AND ${asked.to} AND ${isAskedFor(asked)}
    ORDER BY l.on_day, iif(l.starts_at = '', '24:00', l.starts_at), l.what, l.id LIMIT ${MOST + 1}`)
  return rows.map((row) => ({ ...row, rule: '', isDone: row.isDone === 1 }))
}

/** Within a query that knows an assessment as `n`. */
export const isAskedFor = ({ hubId, practitionerId, actor, today }: Asked): SQL => sql`
  (${hubId} = '' OR n.hub_id = ${hubId}) AND (${practitionerId} = '' OR n.episode_id IN (
    SELECT episode_id FROM keyworker_span
    WHERE practitioner_id = ${practitionerId} AND to_day >= ${today} AND from_day <= ${today}))
  AND ${isKnown(actor)}`

/** As `knownFamilies` has it, from what an assessment says of itself: by far the most are of a hub, or of none of them. */
function isKnown(actor: Actor): SQL {
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return sql`1`
    case 'none':
      return sql`0`
    case 'hubs':
      return sql`(n.hub_id IN (SELECT value FROM json_each(${JSON.stringify(scope.hubIds)})) OR n.family_id IN (
        SELECT family_id FROM family_index WHERE created_by = ${scope.own}
        UNION ALL SELECT family_id FROM family_index WHERE named > '' AND instr(named, ${scope.own}) > 0))`
  }
}

/** The day of the first record counts. */
const heldOn = (meetingId: string) =>
  sql.raw(`(SELECT r.held_on FROM meeting_record r
  WHERE r.meeting_id = ${meetingId} ORDER BY r.created_at, r.id LIMIT 1)`)

/** What was cancelled is nowhere: it neither waits nor took place. */
const plannedDates = ({ from, to }: Asked): SQL => sql`
  SELECT d.id, d.kind AS what, coalesce(${heldOn('d.id')}, d.due_on) AS on_day, coalesce(m.starts_at, '') AS starts_at,
    coalesce(m.place, '') AS place, d.ending = 'done' AS is_done, d.episode_id
  FROM episode_date d LEFT JOIN meeting m ON m.id = d.id
  WHERE d.ending IN ('', 'done') AND d.deleted_at IS NULL
    AND d.due_on BETWEEN ${addDays(from, -DAYS_APART)} AND ${addDays(to, DAYS_APART)}`

const heldUnarranged = ({ from, to }: Asked): SQL => sql`
  SELECT m.id, 'meeting', m.on_day, m.starts_at, m.place, 1, m.episode_id FROM meeting m
  WHERE m.on_day BETWEEN ${from} AND ${to} AND m.id NOT IN (SELECT id FROM episode_date WHERE id = m.id)`

const actions = ({ from, to }: Asked): SQL => sql`
  SELECT a.id, 'action', a.due_on, '', '', 0, a.episode_id FROM plan_action a
  WHERE a.ended_on = '' AND a.deleted_at IS NULL AND a.due_on BETWEEN ${from} AND ${to}`

/** Of the agreement that stands in a family with an open assessment. */
const reviews = (asked: Asked): SQL => sql`
  SELECT s.id, 'agreement-review', s.review_on, '', '', 0, n.episode_id
  FROM agreement s CROSS JOIN episode_now n ON n.family_id = s.family_id AND n.closed_on = ''
  WHERE s.review_on BETWEEN ${asked.from} AND ${asked.to} AND ${isAskedFor(asked)}
    AND s.id = ${sql.raw(standingAgreement('s.family_id'))}`
