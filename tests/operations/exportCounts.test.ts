import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { CaseNotesExport, SavedExport } from '../../shared/export/caseNotes.ts'
import { excludedOf } from '../../shared/export/tally.ts'
import { newestOf } from '../../shared/person/merging.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { noteKinds } from '../../shared/note/note.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { anExport, insideOf, jsonOf, paragraphsOf, saved, unzipped } from '../fixtures/exports.ts'
import { aColleague, aFact, anAddress, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPerson, aRegistration } from '../fixtures/families.ts'
import { aNote, anAddendum } from '../fixtures/notes.ts'

let desk: TestDesk
let folder: string

beforeAll(async () => {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'counts-'))
})
afterAll(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

const aboutWhom = ['robin', 'sam', 'sam as he came in again'] as const
interface WantedNote {
  kind: (typeof noteKinds)[number]
  day: number
  about: (typeof aboutWhom)[number][]
  isRestricted: boolean
  tellsWithheld: boolean
  addenda: number
}
const notes: fc.Arbitrary<WantedNote[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...noteKinds),
    day: fc.integer({ min: 1, max: 23 }),
    about: fc.subarray([...aboutWhom], { minLength: 1 }),
    isRestricted: fc.boolean(),
    tellsWithheld: fc.boolean(),
    addenda: fc.integer({ min: 0, max: 2 })
  }),
  { maxLength: 12 }
)
const selection = fc.record({
  scope: fc.constantFrom('family' as const, 'child' as const, 'assessment' as const),
  kinds: fc.subarray([...noteKinds]),
  from: fc.constantFrom('', '5/11/2026', '12/11/2026'),
  to: fc.constantFrom('', '15/11/2026'),
  restricted: fc.boolean(),
  alsoAboutOthers: fc.boolean()
})

interface Planted {
  /** Words that stand in this note alone, or in what was added to it. */
  marks: string[]
  about: Id[]
}

let planted = 0
const aMark = () => `Zqx${String((planted += 1)).padStart(5, '0')}x`

/** A family of a mother, Robin, and Sam who stands in it twice, with an address that is withheld and a fact in error. */
async function aRecord(wanted: readonly WantedNote[]) {
  const form = aRegistration()
  const [sam, again] = [aPerson({ name: 'Sam Vale' }), aPerson({ name: 'Sam Vale' })]
  const family = await aFamily(desk, { ...form, people: [...form.people, sam, again] })
  const [robin, mother] = form.people.map(({ id }) => id) as [Id, Id]
  const withheld = anAddress('17 Secret Wharf, Ware SG12 9ZZ', { withheldFrom: [mother] })
  await desk.does('family.recordFact', aFact(family.id, robin, withheld, { validFrom: '2026-11-20' }))
  const wrong = aFact(family.id, robin, { kind: 'gp', value: { practice: 'Wrong', phone: '' } })
  const { id: wrongId } = await desk.does('family.recordFact', wrong)
  const inError = { ofId: wrongId, basedOn: wrongId, inError: true, reason: 'Another Robin' }
  await desk.does('family.recordFact', aFact(family.id, robin, wrong.fact, inError))

  const ids = { robin, sam: sam.id, 'sam as he came in again': again.id }
  const there: Planted[] = []
  for (const { kind, day, about, isRestricted, tellsWithheld, addenda } of wanted) {
    const marks = Array.from({ length: addenda + 1 }, aMark)
    const note = aNote(form, {
      ...{ kind, happenedOn: `${String(day)}/11/2026`, happenedTime: '9:00' },
      words: `${marks[0] ?? ''} ${tellsWithheld ? 'at 17 Secret Wharf' : 'at home'}`,
      aboutIds: about.map((who) => ids[who]),
      ...(isRestricted ? { familyMaySee: 'no', restrictedWhy: 'Why' } : {})
    })
    await desk.does('note.add', note)
    for (const mark of marks.slice(1)) await desk.does('note.add', anAddendum(form, note.id, mark))
    there.push({ marks, about: about.map((who) => (who === 'robin' ? robin : sam.id)) })
  }
  await mergeInto(sam.id, again.id)
  return { family: { ...family, form }, robin, there }
}

async function mergeInto(keptId: Id, mergedId: Id): Promise<void> {
  const manager = await aColleague(desk, 'triage-manager')
  const two = await desk.does('person.compare', { keptId, mergedId }, manager)
  const basedOn = newestOf([...two.kept, ...two.merged])
  const merge = { id: newId(), keptId, mergedId, fromMerged: [], basedOn, reason: 'The same child' }
  await desk.does('person.merge', merge, manager)
}

interface Told {
  done: SavedExport
  /** Everything that it says. */
  text: string
  /** What it says of the case notes: the chronology tells of them too. */
  notes: string
  /** Cells of its tables, row by row. */
  rows: string[][]
  file: ReturnType<typeof jsonOf>['file'] | undefined
}

const stripped = (markup: string) =>
  markup
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
const cellsOf = (text: string, row: RegExp, cell: RegExp, read: (inside: string) => string) =>
  [...text.matchAll(row)].map(([inside]) => [...inside.matchAll(cell)].map(([each]) => read(each)))

/** The export in each format, by what can be read in it. */
async function toldAs(format: CaseNotesExport['format'], draft: CaseNotesExport): Promise<Told> {
  const path = join(folder, `${format}.zip`)
  const { done, pages } = await saved(desk, path, { ...draft, id: newId(), format })
  if (format === 'pdf') {
    const text = pages.map(({ document }) => document).join('\n')
    const rows = cellsOf(text, /<tr>.*?<\/tr>/gs, /<t[hd]\b.*?<\/t[hd]>/gs, stripped)
    return { done, text, notes: after('<h2>Case notes</h2>', text), rows, file: undefined }
  }
  const entries = unzipped(path, done.passphrase)
  if (format === 'json') {
    const { text, file } = jsonOf(entries)
    return { done, text, notes: JSON.stringify(file.items.notes), rows: [], file }
  }
  const [word = Buffer.alloc(0)] = Object.values(entries)
  const xml = insideOf(word, folder)['word/document.xml'] ?? ''
  const rows = cellsOf(xml, /<w:tr>.*?<\/w:tr>/gs, /<w:tc>.*?<\/w:tc>/gs, (each) =>
    paragraphsOf(each).join(' ')
  )
  const text = paragraphsOf(xml).join('\n')
  return { done, text, notes: after('Heading2: Case notes', text), rows, file: undefined }
}

const after = (head: string, text: string): string => text.slice(text.lastIndexOf(head))
const timesIn = (text: string, mark: string): number => text.split(mark).length - 1

it('included and left out are everything there is, and each is told once, on paper, in Word and in JSON alike', async () => {
  await fc.assert(
    fc.asyncProperty(notes, selection, async (wanted, chosen) => {
      const { family, robin, there } = await aRecord(wanted)
      const court = { receiver: 'body', bodyName: 'Family Court', how: 'letter' } as const
      const draft = anExport(family, {
        ...{ ...chosen, ...court, ground: 'court', reason: 'An order', chronology: true, assessment: true },
        episodeId: chosen.scope === 'assessment' ? family.form.episodeId : '',
        personId: chosen.scope === 'child' ? robin : ''
      })
      const before = (await wholeChronology(desk, family.id)).length
      const json = await toldAs('json', draft)
      const sections = json.file!.summary.sections
      const items = json.file!.items
      const all = there.filter(({ about }) => chosen.scope !== 'child' || about.includes(robin))
      expect(sections.notes!.included + excludedOf(sections.notes!)).toBe(all.length)
      if (chosen.scope !== 'child')
        expect(sections.chronology!.included + excludedOf(sections.chronology!)).toBe(before)
      for (const told of [items.notes, items.chronology])
        expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
      expect(items.notes).toHaveLength(sections.notes!.included)
      expect(items.chronology).toHaveLength(sections.chronology!.included)

      const goes = there.filter(({ marks }) => json.text.includes(marks[0] ?? ''))
      expect(goes).toHaveLength(sections.notes!.included)
      for (const format of ['json', 'pdf', 'docx'] as const) {
        const { done, text, notes: told, rows } = format === 'json' ? json : await toldAs(format, draft)
        for (const note of there)
          for (const mark of note.marks) {
            expect(timesIn(told, mark), `${mark} in ${format}`).toBe(goes.includes(note) ? 1 : 0)
            if (!goes.includes(note)) expect(text).not.toContain(mark)
          }
        expect(text).not.toContain('Secret Wharf')
        expect({ included: done.included, excluded: done.excluded }).toEqual({
          included: goes.length,
          excluded: all.length - goes.length
        })
        expect(stored(done)).toEqual({ included: goes.length, excluded: all.length - goes.length })
        if (format === 'json') continue
        // on its cover, and as many rows in its table of entries: each export for the court is an entry of the next
        expect(rows).toContainEqual(['Case notes', String(goes.length), String(all.length - goes.length)])
        const [, entries] = rows.find(([section]) => section === 'Chronology') ?? []
        const head = rows.findIndex(([first]) => first === 'Day')
        expect(head === -1 ? 0 : rows.length - head - 1).toBe(Number(entries))
        expect(Number(entries)).toBeGreaterThanOrEqual(sections.chronology!.included)
      }
    }),
    { numRuns: 8 }
  )
}, 120_000)

it('of long notes fewer stand in a part, and the first tells each other part with the hash of its file', async () => {
  const family = await aFamily(desk)
  const marks = Array.from({ length: 40 }, aMark)
  for (const mark of marks)
    await desk.does(
      'note.add',
      aNote(family.form, { words: `${mark} ${'and so it went on. '.repeat(2_500)}` })
    )
  const draft = anExport(family, { format: 'pdf' })
  expect(await desk.does('export.preview', draft)).toMatchObject({ parts: 2 })
  const { done, pages } = await saved(desk, join(folder, 'long.zip'), draft)
  const files = unzipped(join(folder, 'long.zip'), done.passphrase)
  const nameOf = (part: number) => `case-notes-${done.reference}-2026-11-23-part-0${String(part)}-of-02.pdf`
  expect(Object.keys(files).toSorted()).toEqual([nameOf(1), nameOf(2)])
  // the first is made last
  const [second = '', first = ''] = pages.map(({ document }) => document)
  const rows = cellsOf(first, /<tr>.*?<\/tr>/gs, /<t[hd]\b.*?<\/t[hd]>/gs, stripped)
  const sha256 = createHash('sha256')
    .update(files[nameOf(2)] ?? '')
    .digest('hex')
  expect(rows).toContainEqual([nameOf(1), 'Case notes 1 to 31', 'This file'])
  expect(rows).toContainEqual([nameOf(2), 'Case notes 32 to 40', sha256])
  for (const mark of marks) expect(timesIn(first + second, mark)).toBe(1)
  expect(pages[0]?.footer).toContain('Part 2 of 2. Page <span class="pageNumber">')
})

/** What the record and the trail have of a file, which is the file's own hash. */
function stored({ reference, sha256 }: SavedExport) {
  const row = desk.store.reader
    .prepare('SELECT id, included, excluded, file_sha256 FROM case_export WHERE reference = ?')
    .get(reference) as { id: Id; included: number; excluded: number; file_sha256: string }
  const told = desk.store.reader
    .prepare(
      `SELECT a.reason FROM audit a JOIN audit_subject s ON s.audit_id = a.id WHERE s.subject_id = ? AND a.result = 'done'`
    )
    .pluck()
    .get(row.id)
  expect(row.file_sha256).toBe(sha256)
  expect(told).toBe(`count=${String(row.included)} excluded=${String(row.excluded)} sha256=${sha256}`)
  return { included: row.included, excluded: row.excluded }
}
