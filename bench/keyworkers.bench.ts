// What keyworkers cost where a county has two thousand of them and ten thousand open assessments: the first page of their
// list, by name and by load, and what is looked at before cover is arranged or all families are given away, each against
// bare statements of the same rows; and who is the keyworker of every open assessment on a day. Everything that is compared
// is taken in turn, in one run.
import { newId, type Id } from '../shared/ids.ts'
import { addDays, londonDate } from '../shared/time/london.ts'
import { copyOf, inTurn, isQuick, NOW, openDesk, timed } from './desk.ts'
import { atMostTimes, once, p95AtMost, say } from './figures.ts'

const ROUNDS = 200
/** Half of the families begin an assessment, and some of those have ended. */
const KEYWORKERS = isQuick ? { families: 3_600, people: 10_800 } : { families: 36_000, people: 108_000 }
const TODAY = londonDate(NOW)

const desk = await openDesk(await copyOf(0, KEYWORKERS), 0, KEYWORKERS)
const { reader } = desk.store
const ids = (sql: string, ...values: string[]): Id[] =>
  (reader.prepare(sql).all(...values) as { id: Id }[]).map(({ id }) => id)
const counted = (sql: string): number => (reader.prepare(sql).get() as { count: number }).count

/** Who holds three families or more today, the busiest first. */
const busy = ids(
  `SELECT s.practitioner_id AS id FROM keyworker_span s JOIN episode_now n ON n.episode_id = s.episode_id
   WHERE n.closed_on = '' AND s.to_day >= ? AND s.from_day <= ? GROUP BY s.practitioner_id
   HAVING count(*) >= 3 ORDER BY count(*) DESC, s.practitioner_id`,
  TODAY,
  TODAY
)

say('arranging some cover')
const cover = { fromDay: TODAY, toDay: addDays(TODAY, 13) }
const asTyped = (day: string): string => day.split('-').reverse().join('/')
for (const practitionerId of busy.slice(0, isQuick ? 10 : 60)) {
  const preview = await desk.does('cover.preview', { practitionerId, ...cover })
  const taker = preview.takers.find(
    (each) => each.practitionerId !== practitionerId && each.givableFrom !== ''
  )
  if (preview.hidden > 0 || !taker) continue
  await desk.does('cover.arrange', {
    ...{ id: newId(), practitionerId, why: 'Leave', absenceId: '' },
    ...{ fromDay: asTyped(cover.fromDay), toDay: asTyped(cover.toDay) },
    parts: preview.families.map(({ familyId, episodeId }) => ({
      ...{ familyId, episodeId, practitionerId: taker.practitionerId, nobodyFound: false },
      ...{ toldOn: asTyped(TODAY), notToldWhy: '', note: '' }
    }))
  })
}
once(
  { name: 'Keyworkers measured', unit: '' },
  counted("SELECT count(*) AS count FROM practitioner WHERE left_on = ''")
)
once(
  { name: 'Open assessments measured', unit: '' },
  counted("SELECT count(*) AS count FROM episode_now WHERE closed_on = ''")
)

/** The rows of a page, by name: whoever is on it, what they hold, when they work and who is away. */
const bare = {
  page: reader.prepare(`SELECT id, name, role, employer, employer_id, trained_on, registered_on FROM practitioner
    WHERE left_on = '' AND deleted_at IS NULL ORDER BY sort_key, id LIMIT 51`),
  total: reader.prepare("SELECT count(*) FROM practitioner WHERE left_on = '' AND deleted_at IS NULL"),
  employer: reader.prepare('SELECT name FROM agency WHERE id = ?'),
  school: reader.prepare(
    'SELECT name FROM school WHERE school_id = ? ORDER BY created_at DESC, id DESC LIMIT 1'
  ),
  held: reader.prepare(`SELECT count(*), sum(s.is_cover) FROM keyworker_span s
    CROSS JOIN episode_now n ON n.episode_id = s.episode_id AND n.closed_on = ''
    WHERE s.practitioner_id = ? AND s.to_day >= ? AND s.from_day <= ?`),
  lately: reader.prepare(`SELECT count(DISTINCT s.episode_id) FROM keyworker_span s
    CROSS JOIN episode_keyworker k ON k.id = s.row_id
    WHERE s.practitioner_id = ? AND s.to_day >= ? AND NOT s.is_cover AND k.valid_from BETWEEN ? AND ?`),
  pattern: reader.prepare(`SELECT weekdays, term_time_only, full_time_families, districts FROM working_pattern
    WHERE practitioner_id = ? AND valid_from <= ? ORDER BY valid_from DESC, created_at DESC LIMIT 1`),
  away: reader.prepare(`SELECT max(to_day) FROM absence WHERE practitioner_id = ? AND to_day >= ? AND from_day <= ?
    AND cancelled_why = ''`),
  covers: reader.prepare(`SELECT c.practitioner_id, v.practitioner_id FROM cover_part c
    CROSS JOIN keyworker_span s ON s.episode_id = c.episode_id AND s.row_id = c.row_id AND s.to_day >= ? AND s.from_day <= ?
    JOIN cover v ON v.id = c.cover_id WHERE c.to_day >= ? AND c.from_day <= ?`),
  settings: reader.prepare(
    'SELECT id, kind, key, value, valid_from, valid_to FROM setting WHERE deleted_at IS NULL'
  ),
  everybodysLoad:
    reader.prepare(`SELECT p.id, count(n.episode_id) * 500.0 / (coalesce(w.full_time_families, 12) *
      length(coalesce(w.weekdays, '12345'))) AS load
    FROM practitioner p LEFT JOIN working_pattern w ON w.id = (SELECT id FROM working_pattern
        WHERE practitioner_id = p.id AND valid_from <= ? ORDER BY valid_from DESC, created_at DESC LIMIT 1)
      LEFT JOIN keyworker_span s ON s.practitioner_id = p.id AND s.to_day >= ? AND s.from_day <= ?
      LEFT JOIN episode_now n ON n.episode_id = s.episode_id AND n.closed_on = ''
    WHERE p.left_on = '' AND p.deleted_at IS NULL GROUP BY p.id ORDER BY load DESC, p.sort_key LIMIT 51`)
}
const DAYS = [TODAY, TODAY] as const
const WEEK = addDays(TODAY, -6)

interface Person {
  id: Id
  employer?: string
  employer_id?: Id
}

function readRows(people: readonly Person[]) {
  bare.settings.all()
  bare.total.get()
  for (const { id, employer, employer_id: employerId = '' } of people) {
    ;(employer === 'school' ? bare.school : bare.employer).get(employerId)
    bare.held.get(id, ...DAYS)
    bare.lately.get(id, WEEK, WEEK, TODAY)
    bare.pattern.get(id, TODAY)
    bare.away.get(id, ...DAYS)
  }
  bare.covers.all(...DAYS, ...DAYS)
}

const query = { text: '', hubId: '', employerId: '', hasLeft: false, after: '' } as const
say('the page "Keyworkers"')
const pages = await inTurn(ROUNDS, {
  name: () => desk.times('keyworker.list', { ...query, sort: 'name' }),
  load: () => desk.times('keyworker.list', { ...query, sort: 'load' }),
  bareName: () => timed(() => readRows(bare.page.all() as Person[])),
  bareLoad: () => timed(() => readRows(bare.everybodysLoad.all(TODAY, ...DAYS) as Person[])),
  compare: () => desk.times('keyworker.compare', {})
})
atMostTimes({ name: 'Keyworkers by name', unit: 'ms' }, 2, pages.name, 'bare statements', pages.bareName)
p95AtMost({ name: 'Keyworkers by name', unit: 'ms' }, 100, pages.name)
atMostTimes({ name: 'Keyworkers by load', unit: 'ms' }, 2, pages.load, 'bare statements', pages.bareLoad)
p95AtMost({ name: 'Keyworkers by load', unit: 'ms' }, 100, pages.load)
p95AtMost({ name: 'Loads of hubs and agencies', unit: 'ms' }, 100, pages.compare)

/** What a preview must know: the families, and of everybody what they hold, when they work and when they are away. */
const bareOf = {
  families:
    reader.prepare(`SELECT s.episode_id, s.from_day, s.to_day, e.reference, f.hub_id, f.named FROM keyworker_span s
    CROSS JOIN episode_now n ON n.episode_id = s.episode_id AND n.closed_on = ''
    JOIN episode e ON e.id = s.episode_id JOIN family_index f ON f.family_id = e.family_id
    WHERE s.practitioner_id = ? AND s.to_day >= ? AND s.from_day <= ?`),
  people: reader.prepare(`SELECT p.id, p.name, p.role, p.trained_on, p.registered_on, p.left_on,
      coalesce((SELECT name FROM agency WHERE id = p.employer_id), (SELECT name FROM school
        WHERE school_id = p.employer_id ORDER BY created_at DESC, id DESC LIMIT 1)) AS employer,
      w.weekdays, w.full_time_families, w.districts
    FROM practitioner p LEFT JOIN working_pattern w ON w.id = (SELECT id FROM working_pattern
      WHERE practitioner_id = p.id AND valid_from <= ? ORDER BY valid_from DESC, created_at DESC LIMIT 1)
    WHERE p.left_on = '' AND p.deleted_at IS NULL ORDER BY p.sort_key`),
  held: reader.prepare(`SELECT s.practitioner_id, s.from_day, s.to_day, s.is_cover FROM episode_now n
    CROSS JOIN keyworker_span s ON s.episode_id = n.episode_id WHERE n.closed_on = '' AND s.to_day >= ? AND s.from_day <= ?`),
  away: reader.prepare(`SELECT practitioner_id, from_day, to_day FROM absence
    WHERE to_day >= ? AND from_day <= ? AND cancelled_why = ''`)
}
const readPreview = (practitionerId: Id, toDay: string) => {
  bare.settings.all()
  bareOf.families.all(practitionerId, TODAY, toDay)
  bareOf.people.all(TODAY)
  bareOf.held.all(TODAY, toDay)
  bareOf.away.all(TODAY, toDay)
}
const who = (round: number): Id => busy[(100 + round) % busy.length] ?? ''
say('previews of cover and of giving all families to others')
const previews = await inTurn(ROUNDS, {
  cover: (round) => desk.times('cover.preview', { practitionerId: who(round), ...cover }),
  bareCover: (round) => timed(() => readPreview(who(round), cover.toDay)),
  reassign: (round) => desk.times('reassignment.preview', { practitionerId: who(round), fromDay: TODAY }),
  bareReassign: (round) => timed(() => readPreview(who(round), '9999-12-31'))
})
for (const [name, ours, theirs] of [
  ['Preview of cover', previews.cover, previews.bareCover],
  ['Preview of giving all families to others', previews.reassign, previews.bareReassign]
] as const) {
  atMostTimes({ name, unit: 'ms' }, 2, ours, 'bare statements', theirs)
  p95AtMost({ name, unit: 'ms' }, 100, ours)
}

say('who is the keyworker on a day')
const everyKeyworker = reader.prepare(`SELECT n.episode_id, s.practitioner_id FROM episode_now n
  CROSS JOIN keyworker_span s ON s.episode_id = n.episode_id AND s.to_day >= ? AND s.from_day <= ? WHERE n.closed_on = ''`)
const day = (round: number) => addDays(TODAY, (round % 60) - 30)
const { all } = await inTurn(ROUNDS, {
  all: (round) => timed(() => everyKeyworker.all(day(round), day(round)))
})
p95AtMost({ name: 'Who is the keyworker on a day, every open assessment', unit: 'ms' }, 50, all)

desk.store.close()
