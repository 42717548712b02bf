import { sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { EpisodeLine, OpenList } from '../../shared/episode/episode.ts'
import { daysRunOut, overdueOf, type OverdueRule, type StandingNow } from '../../shared/episode/overdue.ts'
import type { CivilDate } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { londonDate } from '../../shared/time/london.ts'
import { childNames } from '../family/personName.ts'
import { hubName, isOpenTo, standingFor, type Standing } from '../family/readableFamily.ts'
import { keyworkerOn } from '../keyworker/keyworkerOn.ts'
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
  const rows = db.all<OpenRow | Nobody>(sql`WITH listed AS MATERIALIZED (
      ${listed(sql`${condition(list, settings, today)} AND (${hubId} = '' OR n.hub_id = ${hubId})`, actor)}),
    page AS MATERIALIZED (
      SELECT episode_id, registered_on FROM listed WHERE ${after} = ''
        OR (registered_on, episode_id) > (SELECT registered_on, episode_id FROM episode_now WHERE episode_id = ${after})
      ORDER BY registered_on, episode_id LIMIT ${PAGE + 1})
    SELECT counted.total, ${standingFor(actor)}, CASE WHEN family_index.family_id IS NOT NULL THEN n.episode_id END AS episodeId, e.reference, n.family_id AS familyId,
      ${childNames(sql`n.family_id`, today)} AS childNames, n.state, ${hubName} AS hubName,
      n.registered_on AS registeredOn, n.finalised_on AS finalisedOn, n.first_meeting_on AS firstMeetingOn,
      n.last_meeting_on AS lastMeetingOn, n.next_on AS nextOn, ${lastNoteAt} AS lastNoteAt,
      coalesce((SELECT name FROM practitioner WHERE id = ${keyworkerOn('n.episode_id', today)}), '') AS keyworkerName,
      ${otherDay('R31')} AS otherFinalise, ${otherDay('R34-first')} AS otherFirst, ${otherDay('R34-review')} AS otherReview
    FROM (SELECT count(*) AS total FROM listed) AS counted
      LEFT JOIN page ON 1 LEFT JOIN episode_now n ON n.episode_id = page.episode_id
      LEFT JOIN episode e ON e.id = n.episode_id LEFT JOIN family_index ON family_index.family_id = n.family_id
    ORDER BY page.registered_on, page.episode_id`)
  const shown = rows.filter(isLine)
  return {
    rows: shown.slice(0, PAGE).map((row) => asLine(row, settings, today, actor)),
    next: shown.length > PAGE ? (shown[PAGE - 1]?.episodeId ?? '') : '',
    total: rows[0]?.total ?? 0
  }
}

/** What is open and fulfils a condition on `n`. Whose it is stands in indexes: of a hub, or their own whatever the hub is. */
function listed(fulfils: SQL, actor: Actor): SQL {
  const columns = sql`SELECT n.episode_id, n.registered_on FROM episode_now n`
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return sql`${columns} WHERE n.closed_on = '' AND ${fulfils}`
    case 'none':
      return sql`${columns} WHERE 0`
    case 'hubs': {
      const isOfHubs = sql`n.hub_id IN (SELECT value FROM json_each(${JSON.stringify(scope.hubIds)}))`
      const own = sql`n.family_id IN (SELECT family_id FROM family_index WHERE created_by = ${scope.own}
        UNION ALL SELECT family_id FROM family_index WHERE named > '' AND instr(named, ${scope.own}) > 0)`
      // +: by the family. SQLite would rather go through everything that is open
      return sql`${columns} WHERE n.closed_on = '' AND ${isOfHubs} AND ${fulfils}
        UNION ALL ${columns} WHERE ${own} AND +n.closed_on = '' AND NOT ${isOfHubs} AND ${fulfils}`
    }
  }
}

const lastNoteAt = sql`coalesce((SELECT happened_at FROM case_note
  WHERE family_id = n.family_id AND episode_id = n.episode_id ORDER BY happened_at DESC LIMIT 1), '')`

/** How many there are where the page has no row; or an assessment whose family has yet to arrive from another desk. */
interface Nobody {
  total: number
  episodeId: null
}
const isLine = (row: OpenRow | Nobody): row is OpenRow => row.episodeId !== null

interface OpenRow extends Standing, Omit<EpisodeLine, 'overdue'>, Omit<StandingNow, 'otherDays'> {
  total: number
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
      return sql`n.owned_from = ''`
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
  return sql`CASE WHEN ${isOverridden} AND ${otherDay(rule)} <> '' THEN ${otherDay(rule)} < ${today}
    ELSE ${hasRunOutByClock(rule, began, settings, today)} END`
}

/** Of an assessment `n`: did a manager give another day than a rule's? */
export const isOverridden = sql`n.episode_id IN (SELECT episode_id FROM rule_override WHERE due_on <> '')`

/** The same where no manager gave another day. */
export function hasRunOutByClock(
  rule: OverdueRule,
  began: SQL,
  settings: readonly Setting[],
  today: CivilDate
): SQL {
  const ranges = daysRunOut(settings, rule, today).map(
    ({ from, to }) => sql`${began} BETWEEN ${from} AND ${to}`
  )
  return ranges.length > 0 ? sql`(${sql.join(ranges, sql` OR `)})` : sql`0`
}

/** The day that a manager gave last instead of the clock's; of a review, after the meeting that was held last. */
export const otherDay = (rule: OverdueRule): SQL => sql`coalesce((SELECT o.due_on FROM rule_override o
  WHERE o.episode_id = n.episode_id AND o.rule = ${rule} AND o.due_on <> ''
    AND ${rule === 'R34-review' ? isAfterLastMeeting : sql`o.about_id = ''`}
  ORDER BY o.created_at DESC, o.id DESC LIMIT 1), '')`

const isAfterLastMeeting = sql`EXISTS (SELECT 1 FROM meeting m WHERE m.id = o.about_id
  AND n.last_meeting_on = coalesce((SELECT r.held_on FROM meeting_record r WHERE r.meeting_id = m.id
    ORDER BY r.created_at, r.id LIMIT 1), m.on_day))`
