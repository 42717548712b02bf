// What case notes cost where a county has two million of them: adding one through dispatch against the same rows by bare
// prepared statements in the same file, and against a record with ten thousand; searching for a word that stands in three
// of ten; the lists of a coordinator's home against bare queries; the calendar. Everything that is compared is taken in turn, in one run.
import { createHash } from 'node:crypto'
import type { Connection, Tx } from '../db/open.ts'
import { audit, auditSubject, caseNote, caseNotePerson } from '../db/schema/index.ts'
import { chanceFrom, type Chance } from '../scripts/county/chance.ts'
import { inserting } from '../scripts/county/record.ts'
import { concernAbout } from '../scripts/county/words.ts'
import { openLists, type OpenList } from '../shared/episode/episode.ts'
import { naturalIdBeside, newId, type Id } from '../shared/ids.ts'
import type { NoteDraft } from '../shared/note/note.ts'
import { COUNTY_HUB_ID } from '../shared/setting/seeds.ts'
import { londonDate } from '../shared/time/london.ts'
import { copyOf, FEW_NOTES, inTurn, NOTES, NOW, openDesk, someone, timed, type Measuring } from './desk.ts'
import { atMostTimes, median, once, p95AtMost, say } from './figures.ts'

const ROUNDS = 300

const size = ({ notes }: { notes: number }) => `${notes.toLocaleString('en-GB')} notes`
const folders = { many: await copyOf(0, NOTES), few: await copyOf(0, FEW_NOTES) }
const county = await openDesk(folders.many, 0, NOTES)
const town = await openDesk(folders.few, 0, FEW_NOTES)

interface Assessed {
  familyId: Id
  episodeId: Id
  childId: Id
}

/** Assessments that are open, each with a child, in no order that the file has. */
const assessed = ({ store }: Measuring): Assessed[] =>
  store.reader
    .prepare(
      `SELECT e.family_id AS familyId, e.episode_id AS episodeId, m.person_id AS childId
       FROM episode_now e JOIN family_member m ON m.family_id = e.family_id AND m.role = 'child'
         JOIN family_index x ON x.family_id = e.family_id AND x.named = ''
       WHERE e.closed_on = '' GROUP BY e.episode_id ORDER BY substr(e.episode_id, -6) LIMIT 2000`
    )
    .all() as Assessed[]

const noteOf = (chance: Chance, { familyId, episodeId, childId }: Assessed): NoteDraft => ({
  ...{ id: newId(), familyId, episodeId, addsTo: '', kind: 'visit', happenedOn: '', happenedTime: '09:30' },
  ...{ words: concernAbout(chance, 'The child'), childsVoice: 'I want my own bed.' },
  ...{ aboutIds: [childId], presentIds: [], present: 'Grandmother', familyMaySee: 'yes', restrictedWhy: '' }
})

function adding(desk: Measuring, seed: number): (round: number) => Promise<number> {
  const chance = chanceFrom(seed)
  const open = assessed(desk)
  return async (round) => {
    const body = noteOf(chance, open[round % open.length]!)
    await desk.does('draft.save', { form: { kind: 'note', body }, savedBefore: 0 })
    return desk.times('note.add', body)
  }
}

/** The statements that adding one comes down to, prepared once. */
function bareAdding(
  desk: Measuring,
  connection: Connection,
  seed: number
): (round: number) => Promise<number> {
  const insertNote = inserting(connection, caseNote)
  const insertPerson = inserting(connection, caseNotePerson)
  const insertAudit = inserting(connection, audit)
  const insertSubject = inserting(connection, auditSubject)
  const undraft = connection.prepare('DELETE FROM form_draft WHERE id = ?')
  const last = connection.prepare(
    'SELECT sequence, hash FROM audit ORDER BY device_id DESC, sequence DESC LIMIT 1'
  )
  const { actor } = desk
  const written = { createdAt: NOW, createdBy: actor.id, deviceId: actor.deviceId }
  const add = (body: NoteDraft, hubId: Id) => {
    const { id, familyId, episodeId, words, childsVoice, present } = body
    connection.exec('BEGIN IMMEDIATE')
    insertNote({
      ...{ ...written, hubId, id, familyId, episodeId, words, childsVoice, present },
      ...{ kind: 'visit', happenedAt: NOW, addsTo: '', familyMaySee: true, restrictedWhy: '' }
    })
    for (const personId of body.aboutIds)
      insertPerson({
        ...{ ...written, hubId, id: naturalIdBeside(id, 'bare', personId), noteId: id, personId },
        ...{ isAbout: true, wasPresent: false }
      })
    undraft.run(id)
    const { sequence, hash } = last.get() as { sequence: number; hash: string }
    const subjectIds = [familyId, episodeId, id]
    const noted = {
      ...{ id: newId(), sequence: sequence + 1, at: NOW, actorId: actor.id, deviceId: actor.deviceId },
      ...{ operation: 'note.add', subjectIds: subjectIds.join(' '), reason: '', result: 'done' as const },
      previousHash: hash
    }
    insertAudit({ ...noted, hash: createHash('sha256').update(JSON.stringify(noted)).digest('hex') })
    for (const subjectId of subjectIds) insertSubject({ id: newId(), auditId: noted.id, subjectId, at: NOW })
    connection.exec('COMMIT')
  }
  const chance = chanceFrom(seed)
  const open = assessed(desk)
  return async (round) => {
    const body = noteOf(chance, open[round % open.length]!)
    await desk.does('draft.save', { form: { kind: 'note', body }, savedBefore: 0 })
    return timed(() => add(body, COUNTY_HUB_ID))
  }
}

// the desk has one connection that writes: each write by a second one would empty the first one's cache
const writerOf = ({ store }: Measuring) =>
  store.write((tx) => Promise.resolve((tx as Tx & { $client: Connection }).$client))
say('adding notes')
const added = await inTurn(ROUNDS, {
  many: adding(county, 101),
  bare: bareAdding(county, await writerOf(county), 102),
  few: adding(town, 103),
  bareFew: bareAdding(town, await writerOf(town), 104)
})
const title = { name: `Add a case note, ${size(NOTES)}`, unit: 'ms' } as const
atMostTimes(title, 3, added.many, 'bare statements', added.bare)
atMostTimes(title, 1.5, added.many, size(FEW_NOTES), added.few)
// what the full-text index merges, it merges while somebody waits
once({ name: `The longest of them, ${size(NOTES)}`, unit: 'ms' }, Math.max(...added.many, ...added.bare))
// what a larger file costs SQLite itself
once(
  { name: `Bare statements, ${size(NOTES)}, times those of ${size(FEW_NOTES)}`, unit: '' },
  median(added.bare) / median(added.bareFew)
)

/** "Attendance" is written in three of ten, the others in fewer. */
const searched = ['attendance', 'attend', 'family', 'tearful coat', 'head to', 'bruise', 'at']
for (const text of searched) {
  say(`searching for “${text}”`)
  const { found } = await inTurn(ROUNDS, {
    found: () => county.times('note.search', { text, after: '' })
  })
  p95AtMost({ name: `Search ${size(NOTES)} for “${text}”`, unit: 'ms' }, 50, found)
}
const coordinator = someone(county, 'coordinator')
say('searching as a coordinator')
const { narrowed } = await inTurn(ROUNDS, {
  narrowed: (round) =>
    county.times('note.search', { text: searched[round % searched.length]!, after: '' }, coordinator)
})
p95AtMost({ name: `Search ${size(NOTES)} in one hub`, unit: 'ms' }, 50, narrowed)

say('a coordinator’s home')
const today = londonDate(NOW)
const [hubId = ''] = coordinator.hubIds
/** Each list's rows and their number, the names of its children, and the settings that the clocks go by: what they alone cost. */
const lists: Record<OpenList, string> = {
  unowned: `n.owned_from = ''`,
  'no-next-action': `n.next_on = ''`,
  overdue: `((n.finalised_on = '' AND n.registered_on < date(@today, '-21 days'))
    OR (n.first_meeting_on = '' AND n.registered_on < date(@today, '-42 days'))
    OR (n.last_meeting_on <> '' AND n.last_meeting_on < date(@today, '-42 days')))`
}
const ofHub = `FROM episode_now n CROSS JOIN family_index x ON x.family_id = n.family_id
  WHERE n.closed_on = '' AND n.hub_id = @hubId`
const bareLists = openLists.map((list) => ({
  rows: county.store.reader.prepare(
    `SELECT n.*, x.named, (SELECT reference FROM episode WHERE id = n.episode_id) AS reference,
       (SELECT name FROM practitioner WHERE id = (SELECT practitioner_id FROM keyworker_span
         WHERE episode_id = n.episode_id AND to_day >= @today AND from_day <= @today)) AS keyworker
     ${ofHub} AND ${lists[list]} ORDER BY n.registered_on, n.episode_id LIMIT 21`
  ),
  total: county.store.reader.prepare(`SELECT count(*) ${ofHub} AND ${lists[list]}`)
}))
const bareSettings = county.store.reader.prepare('SELECT * FROM setting')
const bareNames = county.store.reader.prepare(
  `SELECT f.value FROM family_member m JOIN person_index p ON p.person_id = m.person_id
   JOIN fact f ON f.subject_id = p.kept_id AND f.kind = 'name' WHERE m.family_id = ? AND m.role = 'child'`
)
const bareHome = () => {
  for (const { rows, total } of bareLists) {
    bareSettings.all()
    total.get({ hubId, today })
    for (const { family_id } of rows.all({ hubId, today }) as { family_id: Id }[]) bareNames.all(family_id)
  }
}
const home = await inTurn(ROUNDS, {
  lists: async () => {
    let ms = 0
    for (const list of openLists)
      ms += await county.times('episode.open', { list, hubId: '', after: '' }, coordinator)
    return ms
  },
  bare: () => timed(bareHome)
})
const ofHome = `The lists of a coordinator’s home, ${size(NOTES)}`
atMostTimes({ name: ofHome, unit: 'ms' }, 2, home.lists, 'bare queries', home.bare)
p95AtMost({ name: ofHome, unit: 'ms' }, 100, home.lists)

say('the calendar')
const month = { from: '2026-11-23', to: '2026-12-24', practitionerId: '' as const }
const calendar = await inTurn(ROUNDS / 5, {
  ofHub: () => county.times('episode.calendar', { ...month, hubId }, coordinator),
  ofCounty: () => county.times('episode.calendar', { ...month, hubId: '' })
})
p95AtMost({ name: 'A month of one hub’s calendar', unit: 'ms' }, 100, calendar.ofHub)
p95AtMost({ name: 'A month of the county’s calendar', unit: 'ms' }, 500, calendar.ofCounty)

county.store.close()
town.store.close()
