import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { EpisodeLine, OpenList } from '../../shared/episode/episode.ts'
import { daysRunOut, overdueOf, type OverdueRule, type StandingNow } from '../../shared/episode/overdue.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { hubName, isOpenTo, knownFamilies, standingFor, type Standing } from '../family/readableFamily.ts'
import { settingsInRecord } from '../setting/listSettings.ts'

const PAGE = 10

/**
 * L18: assessments that are open and have no keyworker, or nothing planned next, or something overdue by the clocks in force
 * (R31, R34), of the families that this person may know of: the longest open first, 10 at a time, and how many there are.
 * `after` is the last of the page before. Of a restricted family that is not open to them nobody hears a name.
 */
export async function listOpen(
  db: ReadDb,
  { list, hubId, after }: Parsed<'episode.open'>,
  actor: Actor
): Promise<Output<'episode.open'>> {
  const today = londonDate(actor.now)
  const settings = await settingsInRecord(db)
  const isListed = sql`n.closed_on = '' AND ${condition(list, settings, today)}
    AND (${hubId} = '' OR n.hub_id = ${hubId}) AND ${knownFamilies(actor) ?? sql`1`}`
  const rows = db.all<OpenRow>(sql`WITH page AS MATERIALIZED (
      SELECT n.* FROM episode_now n CROSS JOIN family_index ON family_index.family_id = n.family_id
      WHERE ${isListed} AND (${after} = ''
        OR (n.registered_on, n.episode_id) > (SELECT registered_on, episode_id FROM episode_now WHERE episode_id = ${after}))
      ORDER BY n.registered_on, n.episode_id LIMIT ${PAGE + 1})
    SELECT ${standingFor(actor)}, n.episode_id AS episodeId, e.reference, n.family_id AS familyId,
      ${childNames(sql`n.family_id`, today)} AS childNames, n.state, ${hubName} AS hubName,
      n.registered_on AS registeredOn, n.finalised_on AS finalisedOn, n.first_meeting_on AS firstMeetingOn,
      n.last_meeting_on AS lastMeetingOn, n.next_on AS nextOn, n.last_note_at AS lastNoteAt,
      coalesce((SELECT name FROM practitioner WHERE id = n.practitioner_id), '') AS keyworkerName,
      ${otherDay('R31')} AS otherFinalise, ${otherDay('R34-first')} AS otherFirst, ${otherDay('R34-review')} AS otherReview
    FROM page n JOIN episode e ON e.id = n.episode_id JOIN family_index ON family_index.family_id = n.family_id
    ORDER BY n.registered_on, n.episode_id`)
  const { total } = db.get<{ total: number }>(sql`SELECT count(*) AS total
    FROM episode_now n CROSS JOIN family_index ON family_index.family_id = n.family_id WHERE ${isListed}`)
  return {
    rows: rows.slice(0, PAGE).map((row) => asLine(row, settings, today, actor)),
    next: rows.length > PAGE ? (rows[PAGE - 1]?.episodeId ?? '') : '',
    total
  }
}

interface OpenRow extends Standing, Omit<EpisodeLine, 'overdue'>, Omit<StandingNow, 'otherDays'> {
  otherFinalise: CivilDate
  otherFirst: CivilDate
  otherReview: CivilDate
}

function asLine(row: OpenRow, settings: readonly Setting[], today: CivilDate, actor: Actor): EpisodeLine {
  const { episodeId, reference, familyId, state, hubName: hub, registeredOn } = row
  const known = { episodeId, reference, familyId, state, hubName: hub, registeredOn }
  if (!isOpenTo(actor, row))
    return { ...known, childNames: '', keyworkerName: '', nextOn: '', lastNoteAt: '', overdue: [] }
  const { childNames: names, keyworkerName, nextOn, lastNoteAt } = row
  const otherDays = { R31: row.otherFinalise, 'R34-first': row.otherFirst, 'R34-review': row.otherReview }
  return {
    ...known,
    childNames: names,
    keyworkerName,
    nextOn,
    lastNoteAt,
    overdue: overdueOf({ ...row, otherDays }, settings, today)
  }
}

function condition(list: OpenList, settings: readonly Setting[], today: CivilDate): SQL {
  switch (list) {
    case 'unowned':
      return sql`n.practitioner_id = ''`
    case 'no-next-action':
      return sql`n.next_on = ''`
    case 'overdue':
      return sql`(
        (n.finalised_on = '' AND ${hasRunOut('R31', sql`n.registered_on`, settings, today)})
        OR (n.first_meeting_on = '' AND ${hasRunOut('R34-first', sql`n.registered_on`, settings, today)})
        OR (n.last_meeting_on <> '' AND ${hasRunOut('R34-review', sql`n.last_meeting_on`, settings, today)}))`
  }
}

/** Of the few assessments of which a manager gave another day, that day counts. */
export function hasRunOut(
  rule: OverdueRule,
  began: SQL,
  settings: readonly Setting[],
  today: CivilDate
): SQL {
  const ranges = daysRunOut(settings, rule, today).map(
    ({ from, to }) => sql`${began} BETWEEN ${from} AND ${to}`
  )
  const byClock = ranges.length > 0 ? sql`(${sql.join(ranges, sql` OR `)})` : sql`0`
  return sql`CASE WHEN n.episode_id IN (SELECT episode_id FROM rule_override WHERE due_on <> '')
      AND ${otherDay(rule)} <> '' THEN ${otherDay(rule)} < ${today} ELSE ${byClock} END`
}

/** The day that a manager gave last instead of the clock's; of a review, after the meeting that was held last. */
export const otherDay = (rule: OverdueRule): SQL => sql`coalesce((SELECT o.due_on FROM rule_override o
  WHERE o.episode_id = n.episode_id AND o.rule = ${rule} AND o.due_on <> ''
    AND ${rule === 'R34-review' ? isAfterLastMeeting : sql`o.about_id = ''`}
  ORDER BY o.created_at DESC, o.id DESC LIMIT 1), '')`

const isAfterLastMeeting = sql`EXISTS (SELECT 1 FROM meeting m WHERE m.id = o.about_id
  AND n.last_meeting_on = coalesce((SELECT r.held_on FROM meeting_record r WHERE r.meeting_id = m.id
    ORDER BY r.created_at, r.id LIMIT 1), m.on_day))`
