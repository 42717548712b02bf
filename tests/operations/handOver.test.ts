import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { SavedExport } from '../../shared/export/caseNotes.ts'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { HandOverDraft, HandOverReason } from '../../shared/keyworker/handOver.ts'
import type { NoteDraft } from '../../shared/note/note.ts'
import { withdrawAgreement } from '../fixtures/assessments.ts'
import { aCover, anotherPractitioner } from '../fixtures/covers.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aLevel } from '../fixtures/episodes.ts'
import { insideOf, paragraphsOf, unzipped } from '../fixtures/exports.ts'
import { aColleague, aFact, anAddress, restrict } from '../fixtures/facts.ts'
import { aFamily, aPerson, aPractitioner, aRegistration } from '../fixtures/families.ts'
import { aHandOver, handOverTo } from '../fixtures/handOvers.ts'
import { aMeeting } from '../fixtures/meetings.ts'
import { aNote, anAddendum } from '../fixtures/notes.ts'
import { anAction, anOutcome } from '../fixtures/plans.ts'
import { aRequest } from '../fixtures/stepUps.ts'
import { aTransferStep, readyTransfer, someNotes } from '../fixtures/transfers.ts'

let desk: TestDesk
let folder: string
let path: string
let manager: Actor
let priya: Id
let lantern: { id: Id; employerId: Id }

beforeEach(async () => {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'hand-over-'))
  path = join(folder, 'out.zip')
  manager = await aColleague(desk, 'triage-manager')
  lantern = await aPractitioner(desk)
  priya = lantern.id
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  expect(desk.store.reader.prepare('SELECT * FROM export_under_way').all()).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

const theFamily = async (changes: Partial<RegistrationDraft> = {}) =>
  (await aFamily(desk, { ...changes, practitionerId: priya })).form
const ofEpisode = ({ id: familyId, episodeId }: RegistrationDraft) => ({ familyId, episodeId })
const called = (name: string) => theFamily({ people: [aPerson({ name })] })
const noteOf = (family: RegistrationDraft, words: string, changes: Partial<NoteDraft> = {}) =>
  desk.does('note.add', aNote(family, { words, childsVoice: '', present: '', ...changes }), manager)
const elsewhere = async (name = 'Kim Doyle') => {
  const harbour = { name: 'Harbour Centre', kind: 'Charity', phone: '', address: '', rowVersion: 0 }
  const { id: employerId } = await desk.does('agency.save', { id: newId(), ...harbour })
  return { toId: await anotherPractitioner(desk, { employerId }, name), employerId }
}

async function saved(changes: Partial<HandOverDraft> = {}, actor = manager) {
  const draft = aHandOver(priya, changes)
  const answer = await handOverTo(desk, path, draft, actor)
  if (!('ended' in answer) || answer.ended.stage !== 'done') throw new Error(JSON.stringify(answer))
  return { draft, done: answer.ended, page: answer.page, text: textOf(answer.page) }
}
/** What somebody reads, a line for each piece. */
const textOf = (page: string): string =>
  page
    .slice(page.indexOf('<body>'))
    .replaceAll(/<(?!\/?b>)[^>]+>/g, '\n')
    .replaceAll(/<\/?b>/g, '')
    .replaceAll('&#39;', '’')
    .replaceAll(/\s*\n\s*/g, '\n')
const rows = (sql: string) => desk.store.reader.prepare(sql).all() as Record<string, unknown>[]
const trail = () =>
  rows(`SELECT result, reason FROM audit WHERE operation = 'keyworker.saveHandOver' ORDER BY sequence`)
const errorsAt = (...paths: string[]) => ({
  code: 'invalid',
  fields: paths.map((at) => ({ path: at, message: expect.any(String) as string }))
})

describe('a hand-over', () => {
  it('tells of each family what whoever takes it has to know', async () => {
    const family = await theFamily()
    const [robin, mother] = family.people
    await desk.does('episode.changeLevel', aLevel(family), manager)
    await desk.does(
      'meeting.arrange',
      aMeeting(ofEpisode(family), { on: '2026-12-07', startsAt: '14:30' }),
      manager
    )
    const outcome = anOutcome(ofEpisode(family), { words: 'Robin sleeps through' })
    await desk.does('plan.saveOutcome', outcome, manager)
    await desk.does('plan.saveAction', anAction(outcome, { words: 'Bring a bed' }), manager)
    await noteOf(family, 'He has no bed of his own.', { childsVoice: 'I want my own bed' })
    const warning = { text: 'A large dog', reviewOn: '2027-01-04' }
    await desk.does(
      'family.recordFact',
      aFact(family.id, mother!.id, { kind: 'warning', value: warning }),
      manager
    )

    const { draft, done, text, page } = await saved()
    for (const words of [
      ...['Hand-over of families', 'EXP-7KQ3-000001', 'Priya Shah, Lantern Trust', '23 November 2026'],
      ...['Hertford team', 'She leaves at Christmas', 'FFA-7KQ3-000001: Robin Vale'],
      ...['Held since 23 November 2026.', 'Jo Vale: A large dog', '11, born 3 September 2015'],
      ...[
        'Jo Vale, address: 4 Mill Lane, Hertford SG14 1AB',
        'Agreed on 23 November 2026, by Jo Vale (mother)'
      ],
      ...['To take part in a Families First Assessment', 'To be reviewed on 4 January 2027'],
      ...['Registered on 23 November 2026', 'What the family needs: School and the health visitor'],
      ...['Assessment finalised: due on', 'Priya Shah, keyworker, Lantern Trust, 07700 900123'],
      ...['Robin sleeps through', 'Bring a bed', 'Meeting of the team on 7 December 2026, at 14:30'],
      ...['Visit, 23 November 2026', 'He has no bed of his own.', 'I want my own bed'],
      ...['Families that are not open to whoever made this are not in it.', 'Level of need: ']
    ])
      expect(text).toContain(words)
    expect(page).toContain('<title>Hand-over EXP-7KQ3-000001</title>')
    expect(done).toMatchObject({
      included: 1,
      excluded: 0,
      reference: 'EXP-7KQ3-000001',
      fileName: 'out.zip'
    })
    const entries = unzipped(path, done.passphrase)
    expect(Object.keys(entries)).toEqual(['hand-over-EXP-7KQ3-000001-2026-11-23.pdf'])
    expect(done.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'))
    expect(rows('SELECT * FROM case_export')).toMatchObject([
      {
        ...{ id: draft.id, scope: 'hand-over', family_id: '', subject_id: priya, sharing_id: '' },
        ...{ receiver_name: 'Hertford team', included: 1, excluded: 0, is_protected: 1 }
      }
    ])
    expect(trail()).toEqual([
      { result: 'begun', reason: '' },
      { result: 'done', reason: `count=1 excluded=0 sha256=${done.sha256}` }
    ])
    expect(JSON.stringify(rows('SELECT * FROM audit'))).not.toContain(robin!.name)
    expect(rows('SELECT * FROM sharing')).toEqual([])
  })

  it('prints sections of which there is nothing', async () => {
    await theFamily({ people: [aPerson({ address: '', district: '' })] })
    const { text } = await saved()
    for (const title of ['Warnings for visits', 'How they are reached', 'What waits', 'Last case notes'])
      expect(text).toContain(`${title}\nThere is none.`)
  })

  it('tells the same in a Word document', async () => {
    const family = await theFamily()
    await noteOf(family, 'He has no bed of his own.')
    const { text } = await saved()
    const { done } = await saved({ format: 'docx' })
    const [[name, word] = ['', Buffer.alloc(0)]] = Object.entries(unzipped(path, done.passphrase))
    expect(name).toBe('hand-over-EXP-7KQ3-000002-2026-11-23.docx')
    const told = paragraphsOf(insideOf(word, folder)['word/document.xml'] ?? '').join('\n')
    const lines = text.split('\n').filter((each) => each !== '' && !/EXP-|SHA-256/.test(each))
    expect(lines.filter((each) => !told.includes(each))).toEqual([])
    expect(lines.length).toBeGreaterThan(40)
  })
})

describe('only families that are held today and open', () => {
  it('holds none that was handed over, comes later, was closed to the exporter, or is somebody else’s', async () => {
    const sam = await anotherPractitioner(desk, lantern, 'Sam Reed')
    await called('Held Today')
    const gone = await called('Gone Before')
    const restricted = await called('Quite Restricted')
    await aFamily(desk, { practitionerId: sam, people: [aPerson({ name: 'Of Sam' })] })
    const transfer = await readyTransfer(desk, gone)
    await desk.does(
      'transfer.takeStep',
      aTransferStep(transfer, 'propose', { practitionerId: sam, on: '2026-11-23' })
    )
    await desk.does('transfer.takeStep', aTransferStep(transfer, 'accept'))
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, restricted.id, [boss], boss)
    const { text } = await saved()
    expect(text).toContain('Held Today')
    for (const name of ['Gone Before', 'Quite Restricted', 'Of Sam']) expect(text).not.toContain(name)
    expect((await saved({}, boss)).text).toContain('Quite Restricted')
  })

  it('of other hubs holds nothing for a coordinator', async () => {
    const family = await called('Held Today')
    const { settings } = await desk.does('setting.list', {})
    const { hubId } = await desk.does('family.read', { id: family.id })
    const other = settings.find(({ kind, key }) => kind === 'local-hub' && key !== hubId)?.key ?? ''
    const ours = await aColleague(desk, 'coordinator', [hubId])
    const theirs = await aColleague(desk, 'coordinator', [other])
    expect((await saved({}, ours)).text).toContain('Held Today')
    const nothing = await handOverTo(desk, path, aHandOver(priya), theirs)
    expect(nothing).toMatchObject(errorsAt(''))
    expect(await desk.does('keyworker.previewHandOver', aHandOver(priya), theirs)).toEqual({
      ...{ families: [], isOutside: false }
    })
  })

  it('holds what they stand in for, until when, and not what somebody else stands in for', async () => {
    const sam = await anotherPractitioner(desk, lantern, 'Sam Reed')
    const covered = await called('Covered Child')
    await aFamily(desk, { practitionerId: sam, people: [aPerson({ name: 'Of Sam' })] })
    const families = [{ familyId: covered.id, episodeId: covered.episodeId }]
    await desk.does('cover.arrange', aCover(priya, sam, families, { fromDay: '23/11/2026' }), manager)
    expect(await handOverTo(desk, path, aHandOver(priya), manager)).toMatchObject(errorsAt(''))
    const { text } = await saved({ practitionerId: sam })
    expect(text).toContain(
      'Held by standing in for Priya Shah since 23 November 2026, until 10 December 2026.'
    )
    expect(text).toContain('Cover ends on 10 December 2026')
    expect(text).toContain('Of Sam')
  })
})

describe('what stays back', () => {
  it('leaves out withheld addresses wherever somebody wrote them, and counts the notes', async () => {
    const family = await theFamily()
    const [robin, mother] = family.people
    const withheld = anAddress('17 Secret Wharf, Ware SG12 9ZZ', { withheldFrom: [robin!.id] })
    await desk.does('family.recordFact', aFact(family.id, mother!.id, withheld), manager)
    await noteOf(family, 'She sleeps at 17 Secret Wharf now', { happenedTime: '9:40' })
    await noteOf(family, 'He was at school', { happenedTime: '9:30' })
    await desk.does('meeting.arrange', aMeeting(ofEpisode(family), { place: '17 Secret Wharf' }), manager)
    const { done, text } = await saved()
    expect(text.toLowerCase()).not.toMatch(/secret|wharf|9zz/)
    expect(text).toContain('Jo Vale, address: withheld, and left out')
    expect(text).toContain('Case notes: 1. Tells an address or phone number that is withheld.')
    expect(text).toContain('He was at school')
    expect(done).toMatchObject({ included: 1, excluded: 1 })
  })

  it('leaves out notes that the family may not see unless they are asked for, and what was entered in error', async () => {
    const family = await theFamily()
    const only = { familyMaySee: 'no', restrictedWhy: 'He would be angry' } as const
    for (let minute = 10; minute < 14; minute += 1)
      await noteOf(family, `Note at ${String(minute)}`, { happenedTime: `9:${String(minute)}` })
    await noteOf(family, 'Only for staff', { ...only, happenedTime: '9:40' })
    const warning = aFact(family.id, family.id, {
      kind: 'warning',
      value: { text: 'A wrong warning', reviewOn: '2027-01-04' }
    })
    await desk.does('family.recordFact', warning, manager)
    await desk.does(
      'family.recordFact',
      { ...warning, id: newId(), basedOn: warning.id, inError: true, reason: 'Another family' },
      manager
    )
    const { done, text } = await saved()
    expect(done).toMatchObject({ included: 3, excluded: 1 })
    expect(text).toContain('Case notes: 1. Only for staff: the family may not see it.')
    expect(text).not.toMatch(/angry|Note at 10|A wrong warning/)
    const asked = await saved({ restricted: true })
    expect(asked.done).toMatchObject({ included: 3, excluded: 0 })
    expect(asked.text).toContain('The family may not see this note. He would be angry')
    expect(asked.text).not.toContain('Note at 11')
  })

  it('tells a long note in brief, and how much more there is', async () => {
    const family = await theFamily()
    const note = aNote(family, { words: `${'a'.repeat(600)}${'b'.repeat(1_234)}` })
    await desk.does('note.add', note, manager)
    await desk.does('note.add', anAddendum(family, note.id, 'A bed was delivered'), manager)
    const { text } = await saved()
    expect(text).toContain(`${'a'.repeat(600)} … (1,234 more characters in the record)`)
    expect(text).not.toContain('bbbb')
    expect(text).toContain('Added later: A bed was delivered')
  })

  it('gives a new keyworker no note before agreement was reviewed, and then what was chosen (R30, L24)', async () => {
    const sam = await anotherPractitioner(desk, lantern, 'Sam Reed')
    const form = aRegistration()
    // what was agreed on the day of the request would be the review of it
    const family = await theFamily({ ...form, agreement: { ...form.agreement, decidedOn: '20/11/2026' } })
    const first = aNote(family, { words: 'The first visit' })
    await desk.does('note.add', first, manager)
    await noteOf(family, 'The second visit', { happenedTime: '9:40' })
    const transfer = await readyTransfer(desk, family)
    const propose = { practitionerId: sam, on: '2026-12-03' }
    await desk.does('transfer.takeStep', aTransferStep(transfer, 'propose', propose))
    await desk.does('transfer.takeStep', aTransferStep(transfer, 'accept'))
    const to = { receiver: 'keyworker', toId: sam } as const
    const before = await saved(to)
    expect(before.done).toMatchObject({ included: 0, excluded: 2 })
    expect(before.text).toContain(
      'Case notes: 2. Agreement has not been reviewed since the transfer was asked for.'
    )
    await desk.does('transfer.takeStep', aTransferStep(transfer, 'review-agreement'))
    await desk.does('transfer.giveNotes', someNotes(transfer, { given: 'chosen', noteIds: [first.id] }))
    const after = await saved(to)
    expect(after.done).toMatchObject({ included: 1, excluded: 1 })
    expect(after.text).toContain('The first visit')
    expect(after.text).not.toContain('The second visit')
    expect((await saved()).text).toContain('The second visit')
  })
})

describe('agreement', () => {
  const because = (familyId: Id): HandOverReason => ({
    ...{ familyId, ground: 'other', advisedBy: '', reason: 'Nobody else works there' }
  })
  /** They share with one agency or school alone. */
  const sharingOnlyWith = (agencyId: Id) => {
    const form = aRegistration()
    return theFamily({ ...form, agreement: { ...form.agreement, agencyIds: [agencyId] } })
  }

  it('is asked of each family where it leaves for another agency, and each has its own sharing', async () => {
    const { toId, employerId } = await elsewhere()
    const agreed = await called('Agreed Child')
    const refused = await sharingOnlyWith(lantern.employerId)
    const to = { receiver: 'keyworker', toId, how: 'email' } as const
    const preview = await desk.does('keyworker.previewHandOver', aHandOver(priya, to), manager)
    expect(preview.isOutside).toBe(true)
    expect(preview.families.map(({ familyId, needsReason }) => ({ familyId, needsReason }))).toEqual([
      { familyId: agreed.id, needsReason: false },
      { familyId: refused.id, needsReason: true }
    ])
    expect(await handOverTo(desk, path, aHandOver(priya, to), manager)).toMatchObject(
      errorsAt(`reasons.${refused.id}.ground`, `reasons.${refused.id}.reason`)
    )
    const { draft } = await saved({ ...to, reasons: [because(refused.id)] })
    expect(rows('SELECT * FROM sharing ORDER BY is_agreed DESC')).toMatchObject([
      { family_id: agreed.id, agency_id: employerId, is_agreed: 1, reason: '', person_there: 'Kim Doyle' },
      {
        ...{ family_id: refused.id, agency_id: employerId, is_agreed: 0, ground: 'other' },
        ...{ reason: 'Nobody else works there', purpose: draft.purpose }
      }
    ])
    expect(rows('SELECT receiver_name FROM case_export')).toEqual([
      { receiver_name: 'Kim Doyle, Harbour Centre' }
    ])
  })

  it('is no matter within one agency', async () => {
    const sam = await anotherPractitioner(desk, lantern, 'Sam Reed')
    await sharingOnlyWith((await elsewhere()).employerId)
    await saved({ receiver: 'keyworker', toId: sam })
    expect(rows('SELECT * FROM sharing')).toEqual([])
  })

  it('that was withdrawn while it was printed stops it, and nothing is left', async () => {
    const { toId } = await elsewhere()
    const family = await theFamily()
    const draft = aHandOver(priya, { receiver: 'keyworker', toId, how: 'email' })
    const stopped = await handOverTo(desk, path, draft, manager, () =>
      withdrawAgreement(desk, family.id, family.people[1]!.id)
    )
    expect(stopped).toMatchObject(errorsAt(`reasons.${family.id}.ground`, `reasons.${family.id}.reason`))
    expect(readdirSync(folder)).toEqual([])
    expect(rows('SELECT * FROM case_export UNION ALL SELECT * FROM case_export')).toEqual([])
    expect(trail().map(({ result }) => result)).toEqual(['begun', 'failed'])
  })
})

describe('the form', () => {
  it('says what is missing, in its order', async () => {
    await theFamily()
    const nothing = aHandOver(priya, { receiver: '', purpose: ' ', isProtected: false })
    expect(await handOverTo(desk, path, nothing, manager)).toMatchObject(
      errorsAt('receiver', 'purpose', 'openReason')
    )
    const { toId } = await elsewhere()
    const unsaid = aHandOver(priya, { receiver: 'keyworker', toId })
    expect(await handOverTo(desk, path, unsaid, manager)).toMatchObject(errorsAt('how'))
    const nobody = aHandOver(priya, { receiver: 'keyworker', toId: newId() })
    expect(await handOverTo(desk, path, nobody, manager)).toMatchObject(errorsAt('toId'))
  })

  it('ends with the file that it became, and is no second one', async () => {
    await theFamily()
    const draft = aHandOver(priya)
    await desk.does('draft.save', { form: { kind: 'hand-over', body: draft }, savedBefore: 0 }, manager)
    expect(await desk.does('draft.list', {}, manager)).toMatchObject([
      { kind: 'hand-over', title: 'Priya Shah', practitionerId: priya }
    ])
    const answer = await handOverTo(desk, path, draft, manager)
    expect((answer as { ended: SavedExport }).ended.stage).toBe('done')
    expect(await desk.does('draft.list', {}, manager)).toEqual([])
    expect(await handOverTo(desk, path, draft, manager)).toMatchObject({ reason: 'clashing-id' })
  })

  it('without a passphrase says why, and is a zip that anyone opens', async () => {
    await theFamily()
    const { done } = await saved({ isProtected: false, openReason: 'Handed over in the room' })
    expect(done.passphrase).toBe('')
    expect(Object.keys(unzipped(path, ''))).toHaveLength(1)
    expect(rows('SELECT open_reason FROM case_export')).toEqual([{ open_reason: 'Handed over in the room' }])
  })

  it('is not for an adviser', async () => {
    const adviser = await aColleague(desk, 'adviser')
    const refused = { ok: false, error: { code: 'not-allowed' } }
    expect(await desk.run('keyworker.previewHandOver', aHandOver(priya), adviser)).toMatchObject(refused)
    expect(await desk.record('handOver.prepare', aHandOver(priya), adviser)).toMatchObject(refused)
  })
})

it('tells of a step-up that waits', async () => {
  const family = await theFamily()
  const request = aRequest(family)
  await noteOf(family, 'He came')
  await desk.does('stepUp.request', request, manager)
  const { text } = await saved()
  expect(text).toContain('Step-up SUP-7KQ3-000001: waits for a meeting')
})
