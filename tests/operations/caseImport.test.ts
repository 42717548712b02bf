import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { CaseNotesExport } from '../../shared/export/caseNotes.ts'
import type { ExportedAssessment, ExportedFile, ExportedNote } from '../../shared/export/caseNotesFile.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { noteKinds } from '../../shared/note/note.ts'
import { anAssessment, anEntry } from '../fixtures/assessments.ts'
import { aPdf } from '../fixtures/attachments.ts'
import {
  aFile,
  aFileNote,
  confirmed,
  exported,
  forCourt,
  previewed,
  someNotes,
  theSameFamily,
  writeFile,
  type CaseNotesFile,
  type RegisteredFamily
} from '../fixtures/caseImports.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { anExport, jsonOf, saved, unzipped } from '../fixtures/exports.ts'
import { aColleague, aFact, anAddress, restrict } from '../fixtures/facts.ts'
import { aFamily, aPerson, aRegistration } from '../fixtures/families.ts'
import { aNote } from '../fixtures/notes.ts'
import { anAction, anOutcome } from '../fixtures/plans.ts'

let here: TestDesk
let folder: string
let path: string
/** Desks beside it. */
let others: TestDesk[]

beforeEach(async () => {
  here = await openTestDesk()
  others = []
  folder = mkdtempSync(join(tmpdir(), 'case-import-'))
  path = join(folder, 'there.zip')
})
afterEach(() => {
  for (const desk of [here, ...others]) {
    expect(brokenInvariants(desk.store.reader)).toEqual([])
    expect(desk.faults).toEqual([])
    desk.close()
  }
  rmSync(folder, { recursive: true })
})

async function anotherDesk(): Promise<TestDesk> {
  const desk = await openTestDesk()
  others.push(desk)
  return desk
}

function openedZip(zip: string, words: string): { file: CaseNotesFile; entries: Record<string, Buffer> } {
  const entries = unzipped(zip, words)
  return { file: jsonOf(entries).file, entries }
}
/** Exported again from here, all that there is. */
async function exportedAgain(family: RegisteredFamily, changes: Partial<CaseNotesExport> = forCourt) {
  const zip = join(folder, `${newId()}.zip`)
  return openedZip(zip, await exported(here, family, zip, changes))
}
const rowsOf = (table: string, desk = here) =>
  desk.store.reader.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]
const ofEpisode = ({ id: familyId, form: { episodeId } }: RegisteredFamily) => ({ familyId, episodeId })
const everyNote = { episodeId: '', noteId: '', personId: '', text: '', after: '' }
const notesOf = async ({ id: familyId }: RegisteredFamily) =>
  (await here.does('note.list', { familyId, kinds: [], ...everyNote })).rows
const chronologyOf = async ({ id }: RegisteredFamily) =>
  (await here.does('family.chronology', { id, kinds: [], personId: '', from: '', to: '', after: '' })).rows

/** Brings a file in, everybody as they were matched. */
async function broughtIn(family: RegisteredFamily, file: CaseNotesFile, files: Record<string, Buffer> = {}) {
  await writeFile(path, file, files)
  return confirmed(here, family, await previewed(here, family.id, path))
}

describe('case notes of another desk', () => {
  it('come in as they were and go out again as they came, field by field and byte by byte', async () => {
    const there = await anotherDesk()
    const family = await aFamily(there)
    const pdf = aPdf(300_000)
    await someNotes(there, family, pdf)
    const child = family.form.people[0]!.id
    const late = anEntry(child, 'education', { needs: 'Late every day' })
    await there.does('assessment.save', anAssessment({ ...ofEpisode(family), entries: [late] }))
    const outcome = anOutcome(ofEpisode(family), { words: 'On time at school' })
    await there.does('plan.saveOutcome', outcome)
    await there.does('plan.saveAction', anAction(outcome, { words: 'Walk with him' }))
    const words = await exported(there, family, path, forCourt)
    const before = openedZip(path, words)

    const again = await theSameFamily(here, family)
    const preview = await previewed(here, again.id, path, words.toUpperCase().replaceAll(' ', '  '))
    expect(preview).toMatchObject({
      ...{ reference: 'EXP-7KQ3-000001', familyReference: family.reference, isOtherFamily: false },
      ...{ byName: 'Morgan Ellis', notes: { new: 2, addedTo: 0, known: 0, clashing: 0 }, files: 2 },
      ...{ assessments: { new: 1, known: 0 }, plans: { new: 1, known: 0 }, isBegun: false, unread: 0 }
    })
    expect(preview.people.map(({ isSame }) => isSame)).toEqual([true, true])
    expect(rowsOf('case_note')).toEqual([])
    expect(await confirmed(here, again, preview)).toEqual({
      ...{ stage: 'done', reference: 'EXP-7KQ3-000001', notes: 2, files: 2, skipped: 0 }
    })

    const after = await exportedAgain(again)
    expect(after.file.items.notes).toEqual(before.file.items.notes)
    expect(after.file.items.people).toEqual(before.file.items.people)
    const told = new Map(after.file.items.chronology.map((entry) => [entry.id, entry]))
    for (const entry of before.file.items.chronology) expect(told.get(entry.id)).toEqual(entry)
    expect(after.file.items.assessments).toContainEqual(before.file.items.assessments[0])
    expect(after.file.items.plans).toContainEqual(before.file.items.plans[0])
    const files = Object.keys(before.entries).filter((name) => name.startsWith('files/'))
    expect(files).toHaveLength(2)
    for (const name of files) expect(after.entries[name]).toEqual(before.entries[name])

    for (const [desk, where] of [
      [here, again],
      [there, family]
    ] as const) {
      const known = await previewed(desk, where.id, path, words)
      expect(known.notes).toEqual({ new: 0, addedTo: 0, known: 2, clashing: 0 })
      expect([known.entries.new, known.assessments.new, known.plans.new]).toEqual([0, 0, 0])
      const rows = rowsOf('imported_origin', desk).length + rowsOf('imported_item', desk).length
      expect(await confirmed(desk, where, known)).toMatchObject({ stage: 'done', notes: 0, files: 0 })
      expect(rowsOf('imported_origin', desk).length + rowsOf('imported_item', desk).length).toBe(rows)
    }
    expect(rowsOf('case_import')).toMatchObject([{ notes: 2, done_at: here.first.now }])
  })

  it('whatever stands in a note, it goes out again as it came', { timeout: 60_000 }, async () => {
    const family = await aFamily(here)
    const people = family.form.people.map(({ id }) => id)
    const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength })
    const some = fc.subarray(people)
    const at = fc
      .date({ min: new Date('2001-01-01'), max: new Date('2026-11-20'), noInvalidDate: true })
      .map((date) => date.toISOString())
    const addendum = fc.record({
      words: text(60),
      recordedAt: at,
      byName: text(20),
      afterClosing: fc.boolean()
    })
    const note = fc.record({
      ...{ kind: fc.constantFrom(...noteKinds), happenedAt: at, recordedAt: at, byName: text(20) },
      ...{ words: text(200).map((words) => `x${words}`), childsVoice: text(60), present: text(40) },
      ...{ aboutIds: some, presentIds: some, familyMaySee: fc.boolean(), afterClosing: fc.boolean() },
      ...{ restrictedWhy: text(20).map((why) => `y${why}`), addenda: fc.array(addendum, { maxLength: 3 }) }
    })
    const sent = new Map<Id, ExportedNote>()
    await fc.assert(
      fc.asyncProperty(fc.array(note, { minLength: 1, maxLength: 4 }), async (typed) => {
        const notes = typed.map(({ addenda, ...each }) =>
          aFileNote({
            ...each,
            addenda: addenda
              .toSorted((one, other) => (one.recordedAt < other.recordedAt ? -1 : 1))
              .map((added) => ({ id: newId(), files: [], ...added }))
          })
        )
        expect(await broughtIn(family, aFile({ notes }))).toMatchObject({ stage: 'done', skipped: 0 })
        for (const each of notes) sent.set(each.id, each)
      }),
      { numRuns: 12 }
    )
    const { file } = await exportedAgain(family)
    expect(file.items.notes).toHaveLength(sent.size)
    const inOrder = (ids: readonly Id[]) => ids.toSorted()
    for (const { number: _place, aboutIds, presentIds, ...each } of file.items.notes) {
      const { number: _there, aboutIds: about, presentIds: present, ...was } = sent.get(each.id)!
      expect(each).toEqual(was)
      expect([aboutIds, presentIds].map(inOrder)).toEqual([about, present].map(inOrder))
    }
  })

  it('are shown with who wrote them there and when, found by their words, and told in the chronology', async () => {
    const family = await aFamily(here)
    const id = newId()
    const entry = {
      ...{ id: newId(), kind: 'level', on: '2026-02-03', recordedAt: '2026-02-03T12:00:00.000Z' },
      ...{ byName: 'Ada Finch', personId: '', episodeId: newId(), who: '', what: 'Level of need: Targeted' },
      ...{ details: ['Several needs'], body: { levelName: 'Targeted' } }
    }
    const robin = family.form.people[0]!.id
    await broughtIn(
      family,
      aFile({
        notes: [aFileNote({ id, words: 'The quincunx of chairs', aboutIds: [robin] })],
        chronology: [entry]
      })
    )
    const [note] = await notesOf(family)
    expect(note).toMatchObject({
      ...{ id, byName: 'Ada Finch', recordedAt: '2026-03-02T16:00:00.000Z', aboutIds: [robin] },
      ...{ episodeId: family.form.episodeId },
      broughtIn: {
        ...{
          at: here.first.now,
          reference: 'EXP-9ABC-000001',
          episodeReference: 'FFA-9ABC-000007',
          others: []
        }
      }
    })
    const found = await here.does('note.search', { text: 'quincunx', after: '' })
    expect(found.rows).toMatchObject([{ id, byName: 'Ada Finch', familyId: family.id }])
    const rows = await chronologyOf(family)
    expect(rows).toContainEqual(
      expect.objectContaining({ id, kind: 'note', on: '2026-03-02', byName: 'Ada Finch' })
    )
    expect(rows).toContainEqual(
      expect.objectContaining({
        ...{ kind: 'brought-in', on: '2026-02-03', byName: 'Ada Finch', recordedAt: entry.recordedAt },
        body: { reference: 'EXP-9ABC-000001', entry }
      })
    )
    expect(await here.does('caseImport.read', { familyId: family.id })).toMatchObject({
      imports: [{ reference: 'EXP-9ABC-000001', notes: 1, isDone: true, broughtInByName: 'Morgan Ellis' }]
    })
    const reopened = here.reopen()
    here = reopened
    expect((await chronologyOf(family)).map((row) => row.id)).toEqual(rows.map((row) => row.id))
  })

  it.each([
    ['a nickname', 'Rob Vale', ['Robert Vale', 'Sam Vale'], 'Robert Vale'],
    ['a slip of the keyboard', 'Robret Vale', ['Robert Vale', 'Sam Vale'], 'Robert Vale'],
    ['first and last name changed over', 'Vale Robert', ['Robert Vale', 'Sam Vale'], 'Robert Vale'],
    ['a name alone, as the family knows it', 'Robert', ['Robert'], 'Robert'],
    ['a brother or sister is somebody else', 'Sid Vale', ['Robert Vale', 'Sam Vale'], ''],
    ['two who fit as well: a person chooses', 'Rob Vale', ['Robert Vale', 'Robert Vale'], '']
  ])('propose who is who by the one matcher (L11, L15): %s', async (_, name, names, meant) => {
    const [, mother] = aRegistration().people
    const children = names.map((each, at) => aPerson({ name: each, birth: `3/9/${String(2012 + at)}` }))
    const family = await aFamily(here, { people: [...children, mother!] })
    await writeFile(path, aFile({ notes: [], people: [{ id: newId(), name, role: 'child' }] }))
    const { people } = await previewed(here, family.id, path)
    const proposed = children.find(({ id }) => id === people[0]?.hereId)
    expect(proposed?.name ?? '').toBe(meant)
  })

  it('propose nobody who is somebody else of the file for sure', async () => {
    const family = await aFamily(here)
    const [robin] = family.form.people
    const people = [
      { id: newId(), name: 'Robyn Vale', role: 'child' },
      { id: newId(), name: 'Robin Vale', role: 'child' }
    ] as const
    await writeFile(path, aFile({ notes: [], people: [...people] }))
    const preview = await previewed(here, family.id, path)
    expect(preview.people.map(({ hereId }) => hereId)).toEqual(['', robin!.id])
  })

  it('name who is who here, by the same record, by name, or nobody, whose name stays', async () => {
    const family = await aFamily(here)
    const [robin, jo] = family.form.people
    const [there, gran] = [newId(), newId()]
    const people = [
      { id: there, name: 'ROBIN  Vale', role: 'child' },
      { id: jo!.id, name: 'Josephine Vale', role: 'parent-carer' },
      { id: gran, name: 'Edith Marlow', role: 'other' }
    ] as const
    const note = aFileNote({ aboutIds: [there, gran], presentIds: [jo!.id, gran] })
    await writeFile(path, aFile({ notes: [note], people: [...people] }))
    const preview = await previewed(here, family.id, path)
    expect(preview.people.map(({ hereId, isSame }) => ({ hereId, isSame }))).toEqual([
      { hereId: robin!.id, isSame: false },
      { hereId: jo!.id, isSame: true },
      { hereId: '', isSame: false }
    ])
    const wrong = { familyId: family.id, importId: preview.importId, episodeId: family.form.episodeId }
    expect(
      await here.run('caseImport.confirm', { ...wrong, people: [{ id: gran, hereId: newId() }] })
    ).toMatchObject({ error: { code: 'invalid', fields: [{ path: 'people' }] } })
    expect(await here.run('caseImport.confirm', { ...wrong, episodeId: newId(), people: [] })).toMatchObject({
      error: { code: 'invalid', fields: [{ path: 'episodeId' }] }
    })
    await confirmed(here, family, preview)
    const [shown] = await notesOf(family)
    expect(shown).toMatchObject({ aboutIds: [robin!.id], presentIds: [jo!.id] })
    expect(shown?.broughtIn?.others).toEqual([
      { id: gran, isAbout: true, wasPresent: true, name: 'Edith Marlow' }
    ])
    const { file } = await exportedAgain(family)
    expect(file.items.notes).toMatchObject([
      { aboutIds: [robin!.id, gran], presentIds: [jo!.id, gran], episodeReference: 'FFA-9ABC-000007' }
    ])
    expect(file.items.people).toContainEqual({ id: gran, name: 'Edith Marlow', role: 'other' })
  })

  it('bring what was added since, and leave alone what is something else here', async () => {
    const family = await aFamily(here)
    const pdf = aPdf(2_000)
    const first = aFileNote({ words: 'The first' })
    await broughtIn(family, aFile({ notes: [first] }))
    const file: ExportedFile = {
      ...{ id: newId(), name: 'Letter.pdf', mediaType: 'application/pdf', size: pdf.length },
      ...{ sha256: createHash('sha256').update(pdf).digest('hex'), at: '2026-03-05T10:00:00.000Z' },
      ...{ byName: 'Ada Finch', entry: 'files/00001-1.pdf' }
    }
    const added = {
      ...{ id: newId(), words: 'And later', recordedAt: '2026-03-05T10:00:00.000Z', byName: 'Bo Hale' },
      ...{ afterClosing: true, files: [file] }
    }
    const ours = aNote(family.form)
    await here.does('note.add', ours)
    const half = newId()
    const form = { kind: 'note', body: aNote(family.form, { id: half }) } as const
    await here.does('draft.save', { form, savedBefore: 0 })
    const other = await aFamily(here, { people: [aPerson({ name: 'Kit Marsh' })] })
    const hidden = aNote(other.form, { words: 'Zqxhidden' })
    await here.does('note.add', hidden)
    const notes = [
      { ...first, addenda: [added] },
      ...[ours.id, half, hidden.id, family.id].map((id) => aFileNote({ id, words: 'Something else' }))
    ]
    await writeFile(path, aFile({ notes }), { 'files/00001-1.pdf': pdf })
    const preview = await previewed(here, family.id, path)
    expect(preview.notes).toEqual({ new: 0, addedTo: 1, known: 0, clashing: 4 })
    expect(JSON.stringify(preview)).not.toMatch(/Marsh|Zqx/)
    expect(await confirmed(here, family, preview)).toMatchObject({ notes: 1, files: 1, skipped: 0 })
    const shown = await notesOf(family)
    expect(shown).toHaveLength(2)
    expect(shown.find(({ id }) => id === first.id)?.addenda).toMatchObject([
      {
        ...{ words: 'And later', byName: 'Bo Hale', recordedAt: added.recordedAt, afterClosing: true },
        files: [{ name: 'Letter.pdf', at: file.at, byName: 'Ada Finch' }]
      }
    ])
    expect(shown.find(({ id }) => id === ours.id)).toMatchObject({ words: ours.words })
    expect(await chronologyOf(family)).toContainEqual(
      expect.objectContaining({ id: file.id, kind: 'file', on: '2026-03-05', byName: 'Ada Finch' })
    )
  })
})

describe('what may go of what was brought in', () => {
  it('nothing of another child, nothing that the family may not see, and nothing withheld', async () => {
    const family = await aFamily(here)
    const robin = family.form.people[0]!.id
    const withheldFrom = [family.form.people[1]!.id]
    const address = anAddress('17 Secret Wharf, Ware SG12 9ZZ', { withheldFrom })
    await here.does('family.recordFact', aFact(family.id, robin, address, { validFrom: '2026-11-20' }))
    const sibling = newId()
    const entry = (id: Id, kind: string, what: string, body: Record<string, string | boolean>) => ({
      ...{ id, kind, on: '2026-02-03', recordedAt: '2026-02-03T12:00:00.000Z', byName: 'Ada Finch' },
      ...{ personId: robin, episodeId: '', who: '', what, details: [], body }
    })
    const assessed: ExportedAssessment = {
      ...{ episodeId: newId(), reference: 'FFA-9ABC-000007', registeredOn: '2026-02-01' },
      entries: [robin, sibling].map((personId) => ({
        ...{ personId, domain: 'education', strengths: '', views: '', versionId: newId() },
        ...{ needs: personId === robin ? 'Reads well' : 'Zqxsibling', at: '2026-02-03T12:00:00.000Z' },
        byName: 'Ada Finch'
      }))
    }
    await broughtIn(
      family,
      aFile({
        people: [{ id: sibling, name: 'Zqxsam Vale', role: 'child' }],
        notes: [
          aFileNote({ words: 'Robin alone', aboutIds: [robin] }),
          aFileNote({ words: 'Zqxboth', aboutIds: [robin, sibling] }),
          aFileNote({ words: 'Zqxkept', aboutIds: [robin], familyMaySee: false, restrictedWhy: 'Zqxwhy' }),
          aFileNote({ words: 'Zqxdoor of 17 secret wharf', aboutIds: [robin] })
        ],
        chronology: [
          entry(newId(), 'fact', 'Zqxdog that bites', { kind: 'warning' }),
          entry(newId(), 'fact', 'Zqxbrother of Sam', { kind: 'relation' }),
          entry(newId(), 'note', 'Zqxbegins', { familyMaySee: false }),
          entry(newId(), 'access', 'Zqxlooked', {}),
          entry(newId(), 'fact', 'School: Mill Lane', { kind: 'school' })
        ],
        assessments: [assessed]
      })
    )
    const { file } = await exportedAgain(family, { scope: 'child', personId: robin })
    const told = JSON.stringify(file)
    for (const words of ['Robin alone', 'School: Mill Lane', 'Reads well']) expect(told).toContain(words)
    expect(told).not.toMatch(/Zqx/i)
    const whole = JSON.stringify((await exportedAgain(family)).file)
    for (const words of ['Zqxboth', 'Zqxkept', 'Zqxdog', 'Zqxbegins', 'Zqxsibling', 'Zqxsam'])
      expect(whole).toContain(words)
    expect(whole).not.toMatch(/Zqxlooked|Zqxdoor|secret wharf/i)
  })

  it('on paper it is told too, with the names of whoever is nobody here', async () => {
    const family = await aFamily(here)
    const gran = newId()
    const people = [{ id: gran, name: 'Edith Marlow', role: 'other' as const }]
    await broughtIn(family, aFile({ people, notes: [aFileNote({ aboutIds: [gran] })] }))
    const { pages } = await saved(here, join(folder, 'out.zip'), anExport(family, { format: 'pdf' }))
    const text = pages.map(({ document }) => document).join()
    expect(text).toContain('Assessment FFA-9ABC-000007. About Edith Marlow.')
    expect(text).toContain('Ada Finch')
  })

  it('is for who may open the family', async () => {
    const family = await aFamily(here)
    await broughtIn(family, aFile({ notes: [aFileNote()] }))
    const colleague = await aColleague(here, 'adviser')
    const manager = await aColleague(here, 'triage-manager')
    await restrict(here, family.id, [here.first], manager)
    const { id: familyId } = family
    const confirm = { familyId, importId: newId(), episodeId: family.form.episodeId, people: [] }
    const asked = [
      here.run('caseImport.read', { familyId }, colleague),
      here.run('caseImport.progress', { familyId }, colleague),
      here.run('caseImport.cancel', { familyId }, colleague),
      here.run('caseImport.open', { familyId, passphrase: 'x' }, colleague),
      here.run('caseImport.confirm', confirm, colleague),
      here.record('caseImport.choose', { familyId, path }, colleague)
    ]
    for (const answer of await Promise.all(asked)) expect(answer.ok).toBe(false)
    for (const role of ['administrator', 'helpdesk', 'auditor'] as const)
      expect(await here.run('caseImport.confirm', confirm, here.actor(role))).toMatchObject({
        error: { code: 'not-allowed' }
      })
  })
})
