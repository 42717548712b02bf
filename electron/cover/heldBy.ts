import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Days, FamilyToCover, HeldDays } from '../../shared/cover/cover.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { hubName, isOpenTo, standingFor, type Standing } from '../family/readableFamily.ts'

/** Somebody is keyworker on some of the days asked for, by a row of their own or by standing in for another's. */
export interface Span extends Days {
  practitionerId: Id
  /** The row of the keyworker whose family it is, and who that is. */
  rowId: Id
  keyworkerId: Id
  isCover: boolean
  /** Of who stands in: the cover. */
  coverId: Id
}

/** An assessment that somebody is or was keyworker of, with who has it on the days asked for. */
export interface Held extends Omit<FamilyToCover, 'days' | 'standIns'> {
  spans: Span[]
}

interface Found extends Standing, Omit<Held, 'spans' | 'teamIds'> {
  spans: string
  teamIds: string
}

/** Of one row of the team the newest version, on one of the days. */
const teamIds = ({
  from,
  to
}: Days) => sql`(SELECT json_group_array(DISTINCT m.practitioner_id) FROM team_member m
  WHERE m.episode_id = n.episode_id AND m.practitioner_id <> '' AND NOT m.in_error
    AND m.valid_from <= ${to} AND (m.valid_to = '' OR m.valid_to >= ${from})
    AND NOT EXISTS (SELECT 1 FROM team_member later
      WHERE later.of_id = m.of_id AND (later.created_at, later.id) > (m.created_at, m.id)))`

/** The days of each are those asked for and no others. */
const spans = ({ from, to }: Days) => sql`(SELECT json_group_array(json_object(
    'from', max(s.from_day, ${from}), 'to', min(s.to_day, ${to}), 'practitionerId', s.practitioner_id,
    'rowId', o.id, 'keyworkerId', o.practitioner_id, 'isCover', json(iif(s.is_cover, 'true', 'false')),
    'coverId', iif(s.is_cover, k.source_id, '')) ORDER BY s.from_day)
  FROM keyworker_span s JOIN episode_keyworker k ON k.id = s.row_id
    JOIN episode_keyworker o ON o.id = iif(s.is_cover, k.over_id, k.id)
  WHERE s.episode_id = n.episode_id AND s.to_day >= ${from} AND s.from_day <= ${to})`

/**
 * The open assessments that somebody holds on some days, in one question: `holds` says which of the spans make it theirs.
 * Which of the families they may open who asks, and how many others there are.
 */
export function heldBy(
  db: ReadDb,
  practitionerId: Id,
  days: Days,
  holds: (span: Span) => boolean,
  actor: Actor
): { families: Held[]; hidden: number } {
  const today = londonDate(actor.now)
  const rows =
    db.all<Found>(sql`SELECT ${standingFor(actor)}, n.episode_id AS episodeId, n.family_id AS familyId,
      e.reference, ${childNames(sql`n.family_id`, today)} AS childNames, ${hubName} AS hubName,
      ${spans(days)} AS spans, ${teamIds(days)} AS teamIds
    FROM (SELECT DISTINCT episode_id FROM episode_keyworker WHERE practitioner_id = ${practitionerId}) mine
      CROSS JOIN episode_now n ON n.episode_id = mine.episode_id AND n.closed_on = ''
      JOIN episode e ON e.id = n.episode_id
      LEFT JOIN family_index ON family_index.family_id = n.family_id
    ORDER BY e.reference`)
  const held = rows
    .map((row) => ({ row, spans: JSON.parse(row.spans) as Span[] }))
    .filter((each) => each.spans.some(holds))
  const open = held.filter(({ row }) => row.hubId !== null && isOpenTo(actor, row))
  return {
    families: open.map(({ row, spans: all }) => asHeld(row, all)),
    hidden: held.length - open.length
  }
}

const asHeld = (
  { episodeId, familyId, reference, childNames: names, hubId, hubName: hub, teamIds: team }: Found,
  all: Span[]
): Held => ({
  ...{ episodeId, familyId, reference, childNames: names, hubId, hubName: hub },
  teamIds: JSON.parse(team) as Id[],
  spans: all
})

/** Are the days of a span somebody's own, whoever stands in, or do they stand in? */
export const isTheirs =
  (id: Id) =>
  ({ practitionerId, keyworkerId }: Span): boolean =>
    practitionerId === id || keyworkerId === id

/** What somebody is to be covered for: all that they hold on the days, by their own or by standing in (R40). */
export function toCover({ spans: all, ...family }: Held, practitionerId: Id): FamilyToCover {
  return {
    ...family,
    days: all.filter((span) => span.practitionerId === practitionerId).map(asStoodIn),
    standIns: []
  }
}

/**
 * What goes to others where somebody leaves: their own families, also on days on which another stands in for them, and
 * what they stand in for on the rest of its days.
 */
export function toGiveAway({ spans: all, ...family }: Held, practitionerId: Id): FamilyToCover {
  const own = all.filter((span) => span.keyworkerId === practitionerId)
  const rows = [...new Set(own.map(({ rowId }) => rowId))].map((rowId) =>
    own.filter((each) => each.rowId === rowId)
  )
  const forGood = rows.map((row) => ({
    ...{ from: first(row), to: last(row), rowId: row[0]?.rowId ?? '' },
    ...{ keyworkerId: practitionerId, coverId: '', isForGood: true }
  }))
  const standsIn = all.filter((span) => span.isCover && span.practitionerId === practitionerId).map(asStoodIn)
  return {
    ...family,
    days: [...forGood, ...standsIn].toSorted((a, b) => (a.from < b.from ? -1 : 1)),
    standIns: own
      .filter((span) => span.isCover)
      .map(({ from, to, practitionerId: who }) => ({ from, to, practitionerId: who }))
  }
}

const asStoodIn = ({ from, to, rowId, keyworkerId, coverId }: Span): HeldDays => ({
  ...{ from, to, rowId, keyworkerId, coverId },
  isForGood: false
})
const first = (row: readonly Span[]): CivilDate => row[0]?.from ?? ''
const last = (row: readonly Span[]): CivilDate => row.at(-1)?.to ?? ''
