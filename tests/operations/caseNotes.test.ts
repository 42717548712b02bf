import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { caseExport, sharing } from '../../db/schema/index.ts'
import { asWord } from '../../electron/export/asWord.ts'
import { heading } from '../../electron/export/blocks.ts'
import { gather } from '../../electron/export/gather.ts'
import { begin, willBeNamed } from '../../electron/export/journal.ts'
import { makingWordIn } from '../../electron/export/makeWord.ts'
import { summaryOf } from '../../electron/export/summaryOf.ts'
import { endExporting, exporting } from '../../electron/export/underWay.ts'
import { writeParts } from '../../electron/export/writeParts.ts'
import type { Writing } from '../../electron/export/writing.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { canonicalJson } from '../../shared/export/canonical.ts'
import type { CaseNotesExport } from '../../shared/export/caseNotes.ts'
import { excludedOf } from '../../shared/export/tally.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { NoteDraft } from '../../shared/note/note.ts'
import { anAssessment, anEntry, withdrawAgreement } from '../fixtures/assessments.ts'
import { aPdf } from '../fixtures/attachments.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { anExport, exportTo, insideOf, jsonOf, paragraphsOf, saved, unzipped } from '../fixtures/exports.ts'
import { aColleague, aFact, anAddress, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPerson, aRegistration } from '../fixtures/families.ts'
import { aMeeting } from '../fixtures/meetings.ts'
import { aQuestion } from '../fixtures/letters.ts'
import { aTransfer, aTransferStep } from '../fixtures/transfers.ts'
import { aNote, anAddendum } from '../fixtures/notes.ts'
import { anAction, anOutcome } from '../fixtures/plans.ts'

let desk: TestDesk
let folder: string
let path: string
let agencyId: Id

beforeEach(async () => {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'case-notes-'))
  path = join(folder, 'out.zip')
  const harbour = { name: 'Harbour Centre', kind: 'Charity', phone: '', address: '', rowVersion: 0 }
  agencyId = (await desk.does('agency.save', { id: newId(), ...harbour })).id
})
afterEach(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  expect(desk.store.reader.prepare('SELECT * FROM export_under_way').all()).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

type Family = Awaited<ReturnType<typeof theFamily>>
/** A mother, Robin and Sam. */
async function theFamily(agreed: Partial<ReturnType<typeof aRegistration>['agreement']> = {}) {
  const form = aRegistration()
  const sam = aPerson({ name: 'Sam Vale', birth: '4/5/2018' })
  const family = await aFamily(desk, {
    ...form,
    people: [...form.people, sam],
    agreement: { ...form.agreement, ...agreed }
  })
  const [robin, mother] = form.people
  return { ...family, episodeId: form.episodeId, robin: robin!.id, mother: mother!.id, sam: sam.id }
}

const ofEpisode = ({ id: familyId, episodeId }: Family) => ({ familyId, episodeId })
const noteOf = async ({ form }: Family, words: string, changes: Partial<NoteDraft> = {}, actor?: Actor) => {
  const note = aNote(form, { words, childsVoice: '', present: '', ...changes })
  await desk.does('note.add', note, actor)
  return note
}

const items = async (draft: CaseNotesExport, actor?: Actor) => {
  const { done } = await saved(desk, path, draft, actor)
  return jsonOf(unzipped(path, done.passphrase)).file
}

const trail = () =>
  desk.store.reader
    .prepare(`SELECT result, reason FROM audit WHERE operation = 'export.save' ORDER BY sequence`)
    .all() as { result: string; reason: string }[]
const rowsOf = (table: string) => desk.store.reader.prepare(`SELECT * FROM ${table}`).all()

const begun = (id: Id, to: string, familyId: Id) =>
  begin(
    desk.store,
    { ...{ id, path: to, familyId }, ...{ operation: 'export.save', subjectIds: [familyId, id] } },
    desk.first
  )

describe('JSON', () => {
  it('holds every note with what was added to it, its files beside it, and says what it is', async () => {
    const family = await theFamily()
    const second = await noteOf(family, 'She came with “Gran”\nand left early.', { happenedTime: '9:45' })
    const first = await noteOf(family, 'He has no bed of his own.', { childsVoice: 'I want my own bed' })
    await desk.does('note.add', anAddendum(family.form, first.id, 'A bed was delivered'))
    const attached = { id: newId(), familyId: family.id, attachedTo: 'note', attachedId: first.id }
    const pdf = aPdf(700_000)
    const source = join(folder, 'Robin Vale school report.pdf')
    writeFileSync(source, pdf)
    expect(await desk.record('attachment.attach', { ...attached, path: source })).toMatchObject({ ok: true })

    const { done } = await saved(desk, path, anExport(family))
    const entries = unzipped(path, done.passphrase)
    expect(Object.keys(entries).sort()).toEqual([
      'case-notes-EXP-7KQ3-000001-2026-11-23.json',
      'files/00001-1.pdf'
    ])
    expect(entries['files/00001-1.pdf']?.equals(pdf)).toBe(true)
    const { text, file } = jsonOf(entries)
    expect(text).toBe(`${canonicalJson(file)}\n`)
    expect(file.items.notes).toMatchObject([
      {
        ...{ number: 1, id: first.id, kind: 'visit', happenedAt: '2026-11-23T09:15:00.000Z' },
        ...{ words: first.words, childsVoice: 'I want my own bed', byName: 'Morgan Ellis' },
        ...{ aboutIds: [family.robin], addenda: [{ words: 'A bed was delivered' }] },
        files: [{ name: 'Robin Vale school report.pdf', size: pdf.length, entry: 'files/00001-1.pdf' }]
      },
      { number: 2, id: second.id, words: second.words }
    ])
    const people = file.items.people.map(({ name }) => name)
    expect(people.toSorted()).toEqual(['Jo Vale', 'Robin Vale', 'Sam Vale'])
    expect(file.summary).toMatchObject({
      ...{ version: 'case-notes-1', reference: 'EXP-7KQ3-000001', byName: 'Morgan Ellis' },
      ...{ receiver: 'person', receiverName: 'Jo Vale', purpose: 'She asked for them' },
      sections: {
        ...{ notes: { included: 2, excluded: {} }, files: { included: 1, excluded: {} } },
        ...{ chronology: null, assessment: null, plan: null }
      },
      itemsSha256: createHash('sha256').update(canonicalJson(file.items)).digest('hex')
    })
    expect(done).toMatchObject({
      included: 2,
      excluded: 0,
      fileName: 'out.zip',
      reference: 'EXP-7KQ3-000001'
    })
    expect(done.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'))
    expect(done.passphrase).toMatch(/^([a-z-]+ ){5}[a-z-]+$/)
    expect(trail()).toEqual([
      { result: 'begun', reason: '' },
      { result: 'done', reason: `count=2 excluded=0 sha256=${done.sha256}` }
    ])
    expect(rowsOf('case_export')).toMatchObject([
      {
        ...{ reference: 'EXP-7KQ3-000001', scope: 'family', format: 'json', is_protected: 1 },
        ...{ included: 2, excluded: 0, file_sha256: done.sha256, content_sha256: file.summary.itemsSha256 },
        ...{ receiver_id: family.mother, sharing_id: '' }
      }
    ])
    expect(rowsOf('sharing')).toEqual([])
  })

  it('has the assessment, the plan and the chronology where they are asked for', async () => {
    const family = await theFamily()
    await desk.does(
      'assessment.save',
      anAssessment({
        ...ofEpisode(family),
        entries: [anEntry(family.robin, 'education', { needs: 'Late every day' })]
      })
    )
    const outcome = anOutcome(ofEpisode(family), { words: 'On time at school' })
    await desk.does('plan.saveOutcome', outcome)
    await desk.does('plan.saveAction', anAction(outcome, { words: 'Walk with him' }))
    await noteOf(family, 'He was late again')
    const file = await items(anExport(family, { chronology: true, assessment: true }))
    expect(file.items.assessments).toMatchObject([
      { entries: [{ personId: family.robin, needs: 'Late every day' }] }
    ])
    expect(file.items.plans).toMatchObject([
      { outcomes: [{ words: 'On time at school', actions: [{ words: 'Walk with him' }] }] }
    ])
    const whole = await wholeChronology(desk, family.id)
    const { chronology } = file.summary.sections
    expect((chronology?.included ?? 0) + excludedOf(chronology!)).toBe(whole.length)
    expect(file.items.chronology.map(({ on }) => on)).toEqual(
      file.items.chronology.map(({ on }) => on).toSorted()
    )
    expect(file.items.chronology).toContainEqual(
      expect.objectContaining({ kind: 'note', what: 'Case note, visit, about Robin Vale' })
    )
  })

  it('says that there is nothing, where there is nothing', async () => {
    const family = await theFamily()
    const { done, pages } = await saved(desk, path, anExport(family, { format: 'pdf', assessment: true }))
    expect(done).toMatchObject({ included: 0, excluded: 0 })
    expect(pages).toHaveLength(1)
    const page = pages[0]!.document.replaceAll(/\s+/g, ' ')
    expect(page).toMatch(/<h2>Case notes<\/h2> <p dir="auto">There is none.<\/p>/)
    expect(page).toMatch(/<h2>Chronology<\/h2> <p dir="auto">Not asked for.<\/p>/)
    expect(page).toContain('Nothing is written in it.')
    expect(page).toContain('Nothing was left out.')
  })
})

/** Words that stand in the zip: in the JSON, on the pages that were printed, or anywhere inside the Word documents. */
async function toldIn(draft: CaseNotesExport, actor?: Actor): Promise<string> {
  const { done, pages } = await saved(desk, path, draft, actor)
  if (draft.format === 'pdf') return pages.map(({ document }) => document).join('\n')
  const entries = unzipped(path, done.passphrase)
  return draft.format === 'json' ? jsonOf(entries).text : wordsIn(entries)
}

const wordsIn = (entries: Record<string, Buffer>): string =>
  Object.entries(entries)
    .filter(([name]) => name.endsWith('.docx'))
    .flatMap(([, word]) => Object.values(insideOf(word, folder)))
    .flatMap((xml) => [xml, ...paragraphsOf(xml)])
    .join('\n')

describe.each(['json', 'pdf', 'docx'] as const)('what may go, as %s', (format) => {
  const everything = { chronology: true, assessment: true, format }

  it('nothing of another family', async () => {
    const family = await theFamily()
    const other = await aFamily(desk, {
      people: [aPerson({ name: 'Kit Marsh' }), aPerson({ role: 'parent-carer', name: 'Lou Marsh' })]
    })
    await noteOf(family, 'A note of ours')
    await desk.does('note.add', aNote(other.form, { words: 'Zqxother family' }))
    const told = await toldIn(anExport(family, everything))
    expect(told).toContain('A note of ours')
    expect(told).not.toMatch(/Zqxother|Marsh/)
  })

  it('a note that the family may not see only where it is asked for, and never for the family', async () => {
    const family = await theFamily()
    const secret = { familyMaySee: 'no', restrictedWhy: 'Zqxwhy' } as const
    const note = await noteOf(family, 'Zqxneighbour told us', secret)
    await desk.does('note.add', anAddendum(family.form, note.id, 'Zqxlater he rang again'))
    await noteOf(family, 'An open note')
    const told = await toldIn(anExport(family, everything))
    expect(told).toContain('An open note')
    expect(told).not.toContain('Zqx')
    const asked = { ...everything, restricted: true }
    expect(await exportTo(desk, path, anExport(family, asked))).toMatchObject({
      ...{ code: 'invalid', fields: [{ path: 'restricted' }] }
    })
    const court = { receiver: 'body', bodyName: 'Family Court', how: 'letter', ...because } as const
    const whole = await toldIn(anExport(family, { ...asked, ...court }))
    for (const words of ['Zqxneighbour', 'Zqxlater', 'Zqxwhy']) expect(whole).toContain(words)
  })

  it('no address or number that is withheld, whoever wrote it where', async () => {
    const family = await theFamily()
    const withheldFrom = [family.mother]
    const address = anAddress('17 Secret Wharf, Ware SG12 9ZZ', { withheldFrom })
    await desk.does('family.recordFact', aFact(family.id, family.robin, address, { validFrom: '2026-11-20' }))
    await noteOf(family, 'I drove to 17 secret   wharf after school')
    await noteOf(family, 'Robin was well')
    const late = await noteOf(family, 'Where he lives was asked')
    await desk.does('note.add', anAddendum(family.form, late.id, 'It is sg129zz'))
    await desk.does('assessment.save', {
      ...anAssessment({
        ...ofEpisode(family),
        entries: [anEntry(family.robin, 'home-and-money', { needs: 'The flat at 17 Secret Wharf is damp' })]
      })
    })
    const meeting = aMeeting(ofEpisode(family), { place: '17 Secret Wharf', agenda: 'The move to SG12 9ZZ' })
    await desk.does('meeting.arrange', meeting)
    const transfer = aTransfer(
      { id: family.id, episodeId: family.episodeId },
      { note: 'Moved to 17 Secret Wharf' }
    )
    await desk.does('transfer.request', transfer)
    const step = { who: 'Jo Vale', how: 'At 17 Secret Wharf', note: 'SG12 9ZZ' }
    await desk.does('transfer.takeStep', aTransferStep(transfer, 'tell-family', step))
    await desk.does('transfer.takeStep', aTransferStep(transfer, 'cancel', { note: 'They stay at SG12 9ZZ' }))
    await desk.does('advice.record', {
      ...aQuestion({ id: family.id, episodeId: family.episodeId }),
      question: 'Who could visit 17 Secret Wharf?'
    })
    const withFile = await noteOf(family, 'A letter came')
    const source = join(folder, 'Letter to 17 Secret Wharf.txt')
    writeFileSync(source, 'Dear tenant')
    const attached = { id: newId(), familyId: family.id, attachedTo: 'note', attachedId: withFile.id }
    expect(await desk.record('attachment.attach', { ...attached, path: source })).toMatchObject({ ok: true })
    const told = await toldIn(anExport(family, everything))
    expect(told).toContain('Robin was well')
    expect(told.replaceAll(/\s/g, '').toLowerCase()).not.toMatch(/secretwharf|sg129zz/)
  })

  it('of one child nothing of a sibling, unless both may be known of', async () => {
    const family = await theFamily()
    await noteOf(family, 'Only about Robin', { presentIds: [family.robin, family.sam] })
    await noteOf(family, 'Zqxsam alone', { aboutIds: [family.sam] })
    await noteOf(family, 'Zqxboth played', { aboutIds: [family.robin, family.sam] })
    await desk.does(
      'assessment.save',
      anAssessment({
        ...ofEpisode(family),
        entries: [
          anEntry(family.robin, 'education', { needs: 'Robin is late' }),
          anEntry(family.sam, 'education', { needs: 'Zqxentry' })
        ]
      })
    )
    await desk.does(
      'plan.saveOutcome',
      anOutcome(ofEpisode(family), { words: 'Zqxplan', personId: family.sam })
    )
    const child = { ...everything, scope: 'child', personId: family.robin } as const
    const told = await toldIn(anExport(family, child))
    for (const words of ['Only about Robin', 'Robin is late']) expect(told).toContain(words)
    expect(told).not.toMatch(/Zqx|Sam Vale/)
    const both = await toldIn(anExport(family, { ...child, alsoAboutOthers: true }))
    expect(both).toContain('Zqxboth')
    expect(both).not.toMatch(/Zqxsam|Zqxentry|Zqxplan/)
  })

  it('nothing that was entered in error, and nothing of how the desk looked after its record', async () => {
    const family = await theFamily()
    const wrong = aFact(family.id, family.robin, {
      kind: 'gp',
      value: { practice: 'Zqxpractice', phone: '' }
    })
    const { id } = await desk.does('family.recordFact', wrong)
    await desk.does('family.recordFact', {
      ...aFact(family.id, family.robin, wrong.fact, {
        ofId: id,
        basedOn: id,
        inError: true,
        reason: 'Zqxreason'
      })
    })
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, family.id, [desk.first, boss], boss)
    const told = await toldIn(anExport(family, everything))
    expect(told).toContain('Family registered as')
    expect(told).not.toMatch(/Zqx|A colleague’s family/)
  })

  it('of one assessment nothing of another', async () => {
    const family = await theFamily()
    await noteOf(family, 'A note of the first')
    await withdrawAgreement(desk, family.id, family.mother)
    const [agreed] = (await desk.does('family.read', { id: family.id })).agreements
    const told = await toldIn(
      anExport(family, { ...everything, scope: 'assessment', episodeId: family.episodeId })
    )
    expect(agreed).toBeDefined()
    expect(told).toContain('A note of the first')
    expect(
      await exportTo(desk, path, anExport(family, { scope: 'assessment', episodeId: newId() }))
    ).toMatchObject({ code: 'invalid', fields: [{ path: 'episodeId' }] })
  })
})

describe('Word', () => {
  const wordOf = async (draft: CaseNotesExport) => {
    const { done } = await saved(desk, path, draft)
    const [[name = '', word = Buffer.alloc(0)] = []] = Object.entries(unzipped(path, done.passphrase))
    return { name, done, inside: insideOf(word, folder) }
  }
  const inTables = (xml: string) =>
    [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) =>
      [...table.matchAll(/<w:tr>(.*?)<\/w:tr>/gs)].map(([, row = '']) => ({
        isHead: row.includes('<w:tblHeader/>'),
        cells: [...row.matchAll(/<w:tc>(.*?)<\/w:tc>/gs)].map(([, cell = '']) =>
          paragraphsOf(cell).join('\n')
        )
      }))
    )

  it('has headings, tables with head rows, and on each page what it is, who made it and the page’s number', async () => {
    const family = await theFamily()
    const note = await noteOf(family, 'She came with “Gran” & <Sam>\nand left early.', {
      childsVoice: 'I want my own bed'
    })
    await desk.does('note.add', anAddendum(family.form, note.id, 'A bed was delivered'))
    await noteOf(family, 'Zqxsecret', { familyMaySee: 'no', restrictedWhy: 'Why' })
    const { name, inside } = await wordOf(
      anExport(family, { format: 'docx', chronology: true, assessment: true })
    )
    expect(name).toBe('case-notes-EXP-7KQ3-000001-2026-11-23.docx')
    const document = inside['word/document.xml'] ?? ''
    const told = paragraphsOf(document)
    expect(told.filter((each) => /^Heading[12]:/.test(each))).toEqual([
      'Heading1: Case notes',
      'Heading2: What is included',
      'Heading2: What was left out, and why',
      'Heading2: People',
      'Heading2: Assessment and plan',
      'Heading2: Chronology',
      'Heading2: Case notes'
    ])
    const at = told.indexOf('Heading3: 1. Visit, 23 November 2026, 09:15')
    expect(told.slice(at + 1)).toEqual([
      'Assessment FFA-7KQ3-000001. About Robin Vale.',
      'She came with “Gran” & <Sam>\nand left early.',
      'The child’s voice: I want my own bed',
      'Recorded by Morgan Ellis, 23 November 2026, 10:00',
      'Added later: A bed was delivered',
      'Added by Morgan Ellis, 23 November 2026, 10:00'
    ])
    const [facts = [], counts = [], people = [], entries = []] = inTables(document)
    expect(facts.map(({ cells }) => cells)).toEqual(
      expect.arrayContaining([
        ['Reference', 'EXP-7KQ3-000001'],
        ['Case notes of', `Family ${family.reference}`],
        ['For', 'Jo Vale'],
        ['Purpose', 'She asked for them']
      ])
    )
    expect(counts[0]).toEqual({ isHead: true, cells: ['Section', 'Included', 'Left out'] })
    expect(counts[1]).toEqual({ isHead: false, cells: ['Case notes', '1', '1'] })
    expect(told).toContain('ListParagraph: Case notes: 1. Only for staff: the family may not see it.')
    expect(people.map(({ isHead }) => isHead)).toEqual([true, false, false, false])
    expect(entries[0]).toEqual({ isHead: true, cells: ['Day', 'What happened', 'Recorded by'] })
    expect(paragraphsOf(inside['word/header1.xml'] ?? '')).toEqual([
      'OFFICIAL-SENSITIVE\tCase notes EXP-7KQ3-000001, FAM-7KQ3-000001'
    ])
    expect(paragraphsOf(inside['word/footer1.xml'] ?? '')).toEqual([
      'Exported by Morgan Ellis, 23 November 2026, 10:00\tPage {PAGE} of {NUMPAGES}'
    ])
    expect(inside['word/styles.xml']).toContain('<w:lang w:val="en-GB"/>')
    expect(inside['docProps/core.xml']).toContain('<dc:title>Case notes EXP-7KQ3-000001</dc:title>')
    for (const [file, xml] of Object.entries(inside)) {
      expect(xml).not.toContain('Zqxsecret')
      if (file.startsWith('docProps')) expect(xml).not.toMatch(/Vale|Ellis/)
    }
  })

  it('tells on its cover the hash of what is included, the same as the JSON does', async () => {
    const family = await theFamily()
    await noteOf(family, 'He was well')
    const { inside } = await wordOf(anExport(family, { format: 'docx' }))
    const { summary } = await items(anExport(family))
    expect(paragraphsOf(inside['word/document.xml'] ?? '')).toContain(
      `SHA-256 of what is included, as canonical JSON: ${summary.itemsSha256}`
    )
  })

  it('opens whatever was typed into a note, each in its own direction', async () => {
    const family = await theFamily()
    const typed = 'a\u{0}b\u{1B}[31m\u{D83D} ]]> </w:t> \u{1F600} &amp; {PAGE}'
    await noteOf(family, typed)
    await noteOf(family, 'كان الطفل في المنزل')
    const { inside } = await wordOf(anExport(family, { format: 'docx' }))
    const document = inside['word/document.xml'] ?? ''
    expect(document).not.toMatch(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u)
    const told = paragraphsOf(document)
    expect(told.find((each) => each.includes(']]>'))).toMatch(
      /^a\uFFFDb\uFFFD\[31m.* \]\]> <\/w:t> \u{1F600} &amp; \{PAGE\}$/u
    )
    expect(document).toMatch(/<w:bidi\/>(?:(?!<\/w:p>).)*<w:rtl\/>(?:(?!<\/w:p>).)*كان/s)
  })

  it('above 2,000 entries comes in parts, each with its own pages, told in the first with their hashes', async () => {
    const draft = anExport(await theFamily(), { format: 'docx', chronology: true })
    const gathered = await gather(desk.store, draft, desk.first, () => Promise.resolve())
    const entries = Array.from({ length: 2_001 }, (_, place) => ({
      ...gathered.entries[0]!,
      what: `Entry number ${String(place)}.`
    }))
    const writing: Writing = {
      store: desk.store,
      mine: { id: draft.id, progress: { stage: 'none' }, abort: new AbortController() },
      gathered: { ...gathered, entries },
      known: await desk.store.read((db) =>
        summaryOf(db, draft, 'EXP-7KQ3-000001', gathered, null, desk.first)
      ),
      files: []
    }
    const made = new Map<string, Buffer>()
    const zip = {
      add: async (name: string, content: Uint8Array | AsyncIterable<Uint8Array>) => {
        for await (const piece of content instanceof Uint8Array ? [content] : content)
          made.set(name, Buffer.from(piece))
      },
      close: () => Promise.resolve()
    }
    const steps = writeParts(writing, zip, 'docx')
    for (let step = await steps.next(); !step.done;) {
      if (!('word' in step.value)) throw new Error('Something else than a Word document was asked for')
      step = await steps.next(await asWord(step.value.word))
    }
    const nameOf = (part: number) => `case-notes-EXP-7KQ3-000001-2026-11-23-part-0${String(part)}-of-02.docx`
    expect([...made.keys()].toSorted()).toEqual([nameOf(1), nameOf(2)])
    const one = insideOf(made.get(nameOf(1))!, folder)
    const two = insideOf(made.get(nameOf(2))!, folder)
    const [, , parts = []] = inTables(one['word/document.xml'] ?? '')
    expect(parts.map(({ cells }) => cells)).toEqual([
      ['File', 'What is in it', 'SHA-256'],
      [nameOf(1), 'Chronology 1 to 2,000', 'This file'],
      [
        nameOf(2),
        'Chronology 2,001 to 2,001',
        createHash('sha256')
          .update(made.get(nameOf(2))!)
          .digest('hex')
      ]
    ])
    expect(paragraphsOf(two['word/footer1.xml'] ?? '').join()).toContain(
      '\tPart 2 of 2. Page {PAGE} of {NUMPAGES}'
    )
    expect(two['docProps/core.xml']).toContain(', part 2 of 2</dc:title>')
    expect(paragraphsOf(two['word/document.xml'] ?? '')[0]).toBe('Heading2: Chronology, continued')
    const told = [one, two].flatMap((inside) =>
      [...(inside['word/document.xml'] ?? '').matchAll(/Entry number \d+\./g)].map(([words]) => words)
    )
    expect(told).toEqual(entries.map(({ what }) => what))
  })

  it('is set in a thread of its own', async () => {
    const make = makingWordIn(new URL('../../electron/export/wordThread.ts', import.meta.url))
    const word = await make({
      ...{ title: 'A title', classification: 'OFFICIAL', name: 'A name', exportedBy: 'Somebody', which: '' },
      blocks: [heading(1, 'Set elsewhere')]
    })
    expect(paragraphsOf(insideOf(Buffer.from(word), folder)['word/document.xml'] ?? '')).toEqual([
      'Heading1: Set elsewhere'
    ])
    await expect(make(undefined as never)).rejects.toThrow()
  })

  it('that cannot be set leaves nothing', async () => {
    const family = await theFamily()
    const draft = anExport(family, { format: 'docx' })
    await desk.record('export.write', { ...draft, reference: 'EXP-7KQ3-000001', path })
    const ended = await desk.record('export.goOn', { id: draft.id, file: new Uint8Array() })
    expect(ended).toMatchObject({ ok: true, value: { ended: { stage: 'failed', reason: 'not-printed' } } })
    expect(readdirSync(folder)).toEqual([])
  })
})

const because = { ground: 'court', reason: 'An order of 12 November' } as const

describe('whom it is for', () => {
  const agency = () =>
    ({
      receiver: 'agency',
      agencyId,
      agencyText: 'Harbour Centre',
      how: 'email',
      purpose: 'A place'
    }) as const

  it('what the family agreed to leaves its sharing, with whom it tells of', async () => {
    const family = await theFamily()
    await noteOf(family, 'He was well')
    await saved(desk, path, anExport(family, agency()))
    expect(rowsOf('sharing')).toMatchObject([
      {
        ...{ agency_id: agencyId, agency_name: 'Harbour Centre', is_agreed: 1, ground: '', how: 'email' },
        ...{ what: '1 case note, as export EXP-7KQ3-000001', purpose: 'A place' }
      }
    ])
    const [row] = rowsOf('case_export') as { sharing_id: string }[]
    expect(rowsOf('sharing')).toMatchObject([{ id: row?.sharing_id }])
  })

  it('without agreement it goes ahead with a ground and a reason, and never without', async () => {
    const family = await theFamily({ share: false })
    const draft = anExport(family, agency())
    expect(await exportTo(desk, path, draft)).toMatchObject({
      ...{ code: 'invalid', fields: [{ path: 'ground' }, { path: 'reason' }] }
    })
    expect(rowsOf('sharing')).toEqual([])
    await saved(desk, path, { ...draft, ...because })
    expect(rowsOf('sharing')).toMatchObject([{ is_agreed: 0, ground: 'court', reason: because.reason }])
  })

  it('an agreement that is withdrawn while it is written stops it', async () => {
    const family = await theFamily()
    const draft = anExport(family, { ...agency(), format: 'pdf' })
    const stopped = await exportTo(desk, path, draft, desk.first, async (page) => {
      await withdrawAgreement(desk, family.id, family.mother)
      return Buffer.from(page.document)
    })
    expect(stopped).toMatchObject({ code: 'invalid', fields: [{ path: 'ground' }, { path: 'reason' }] })
    expect(rowsOf('sharing')).toEqual([])
    expect(readdirSync(folder)).toEqual([])
    expect(trail()).toContainEqual({ result: 'failed', reason: 'invalid' })
  })

  it('who may not read a family exports nothing of it, and learns nothing', async () => {
    const family = await theFamily()
    const boss = await aColleague(desk, 'triage-manager')
    await restrict(desk, family.id, [boss], boss)
    const { settings } = await desk.does('setting.list', {})
    const { hubId } = await desk.does('family.read', { id: family.id }, boss)
    const elsewhere = settings.find(({ kind, key }) => kind === 'local-hub' && key !== hubId)
    const stranger = await aColleague(desk, 'coordinator', [elsewhere?.key ?? ''])
    const draft = anExport(family)
    expect(await exportTo(desk, path, draft, stranger)).toEqual({ code: 'not-found' })
    expect(await desk.run('export.preview', draft, stranger)).toEqual({
      ok: false,
      error: { code: 'not-found' }
    })
    expect(await exportTo(desk, path, draft)).toEqual({ code: 'refused', reason: 'family-restricted' })
    for (const role of ['helpdesk', 'auditor'] as const)
      expect(await exportTo(desk, path, draft, desk.actor(role))).toEqual({ code: 'not-allowed' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('what was typed is a draft until the file has its name, and none after it', async () => {
    const family = await theFamily()
    const draft = anExport(family, { format: 'pdf' })
    const typed = { form: { kind: 'export' as const, body: draft }, savedBefore: 0 }
    const unfinished = async () => (await desk.does('draft.list', {})).map(({ id, kind }) => ({ id, kind }))
    await desk.does('draft.save', typed)
    await exportTo(desk, path, draft, desk.first, async (page) => {
      await desk.does('export.cancel', {})
      return Buffer.from(page.document)
    })
    expect(await unfinished()).toEqual([{ id: draft.id, kind: 'export' }])
    await saved(desk, path, draft)
    expect(await unfinished()).toEqual([])
    expect(await desk.run('draft.save', typed)).toEqual({
      ...{ ok: false, error: { code: 'refused', reason: 'form-already-filed' } }
    })
  })

  it('without a passphrase it needs a reason, and anyone can open it', async () => {
    const family = await theFamily()
    await noteOf(family, 'He was well')
    const open = { isProtected: false }
    expect(await exportTo(desk, path, anExport(family, open))).toMatchObject({
      ...{ code: 'invalid', fields: [{ path: 'openReason' }] }
    })
    const { done } = await saved(desk, path, anExport(family, { ...open, openReason: 'She has no computer' }))
    expect(done.passphrase).toBe('')
    expect(jsonOf(unzipped(path, '')).text).toContain('He was well')
    expect(rowsOf('case_export')).toMatchObject([{ is_protected: 0, open_reason: 'She has no computer' }])
  })

  it('the words are told once, open nothing else and are nowhere in the record', async () => {
    const family = await theFamily()
    await noteOf(family, 'Zqxsecret')
    const { done } = await saved(desk, path, anExport(family))
    expect(await desk.does('export.progress', {})).toMatchObject({ stage: 'done', passphrase: '' })
    expect(JSON.stringify(exporting()?.progress)).not.toContain(done.passphrase)
    expect(readFileSync(path).includes('Zqxsecret')).toBe(false)
    expect(() => unzipped(path, 'wrong words')).toThrow()
    const listed = execFileSync('7z', ['l', '-slt', path], { encoding: 'utf8' })
    expect([...listed.matchAll(/^Method = (.*)/gm)].map(([, method]) => method)).toEqual(['AES-256 Deflate'])
    for (const { name } of desk.store.reader
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
      .all() as { name: string }[])
      expect(JSON.stringify(rowsOf(name))).not.toContain(done.passphrase)
  })
})

describe('the counts', () => {
  it('included and left out are everything there is, whatever is chosen, and nothing is told twice', async () => {
    const family = await theFamily()
    const kinds = ['visit', 'call', 'decision'] as const
    const random = fc.record({
      kind: fc.constantFrom(...kinds),
      day: fc.integer({ min: 1, max: 23 }),
      about: fc.constantFrom([family.robin], [family.sam], [family.robin, family.sam]),
      familyMaySee: fc.constantFrom('yes' as const, 'no' as const)
    })
    const notes = fc.sample(random, { numRuns: 40, seed: 8 })
    for (const { kind, day, about, familyMaySee } of notes)
      await noteOf(family, 'Words', {
        ...{
          kind,
          happenedOn: `${String(day)}/11/2026`,
          happenedTime: '9:00',
          aboutIds: [...about],
          familyMaySee
        },
        restrictedWhy: familyMaySee === 'no' ? 'Why' : ''
      })
    const chronology = await wholeChronology(desk, family.id)
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          scope: fc.constantFrom('family' as const, 'child' as const, 'assessment' as const),
          kinds: fc.subarray([...kinds]),
          from: fc.constantFrom('', '5/11/2026', '12/11/2026'),
          to: fc.constantFrom('', '15/11/2026'),
          restricted: fc.boolean(),
          alsoAboutOthers: fc.boolean()
        }),
        async (chosen) => {
          const draft = anExport(family, {
            ...{ ...chosen, chronology: true, receiver: 'body', bodyName: 'Family Court', how: 'letter' },
            ...because,
            episodeId: chosen.scope === 'assessment' ? family.episodeId : '',
            personId: chosen.scope === 'child' ? family.robin : ''
          })
          const { items: told, summary } = await items({ ...draft, id: newId() })
          const all =
            chosen.scope === 'child' ? notes.filter(({ about }) => about.includes(family.robin)) : notes
          const { sections } = summary
          expect(sections.notes!.included + excludedOf(sections.notes!)).toBe(all.length)
          expect(told.notes).toHaveLength(sections.notes!.included)
          expect(new Set(told.notes.map(({ id }) => id)).size).toBe(told.notes.length)
          expect(told.chronology).toHaveLength(sections.chronology?.included ?? -1)
          expect(new Set(told.chronology.map(({ id }) => id)).size).toBe(told.chronology.length)
          if (chosen.scope !== 'child')
            expect((sections.chronology?.included ?? 0) + excludedOf(sections.chronology!)).toBe(
              chronology.length + rowsOf('sharing').length - 1
            )
        }
      ),
      { numRuns: 12 }
    )
  }, 60_000)

  it('the preview says what the export will say', async () => {
    const family = await theFamily()
    await noteOf(family, 'Open')
    await noteOf(family, 'Kept', { familyMaySee: 'no', restrictedWhy: 'Why' })
    const draft = anExport(family, { chronology: true, assessment: true })
    const preview = await desk.does('export.preview', draft)
    expect(preview).toMatchObject({ of: `Family ${family.reference}`, parts: 1 })
    expect((await items(draft)).summary.sections).toEqual(preview.sections)
  })
})

describe('faults', () => {
  const pdfOf = (family: Family) => anExport(family, { format: 'pdf' })

  it('a folder that is gone, or goes, and a page that is not printed leave nothing', async () => {
    const family = await theFamily()
    await noteOf(family, 'He was well')
    expect(await exportTo(desk, join(folder, 'gone', 'out.zip'), pdfOf(family))).toMatchObject({
      ended: { stage: 'failed', reason: 'file-folder-gone' }
    })
    expect(await exportTo(desk, path, pdfOf(family), desk.first, () => new Uint8Array())).toMatchObject({
      ended: { stage: 'failed', reason: 'not-printed' }
    })
    const vanishing = join(folder, 'vanishing')
    mkdirSync(vanishing)
    const away = await exportTo(desk, join(vanishing, 'out.zip'), pdfOf(family), desk.first, (page) => {
      rmSync(vanishing, { recursive: true })
      return Buffer.from(page.document)
    })
    expect(away).toMatchObject({ ended: { stage: 'failed', reason: 'file-folder-gone' } })
    expect(readdirSync(folder)).toEqual([])
    expect(trail().filter(({ result }) => result === 'failed')).toHaveLength(3)
    expect(rowsOf('case_export')).toEqual([])
  })

  it('cancelled it leaves nothing, and what lay there stays', async () => {
    const family = await theFamily()
    writeFileSync(path, 'Something else')
    const draft = pdfOf(family)
    const cancelled = await exportTo(desk, path, draft, desk.first, async (page) => {
      expect(await desk.does('export.progress', {})).toMatchObject({ stage: 'running', part: 1, parts: 1 })
      expect(await exportTo(desk, path, pdfOf(family))).toEqual({ code: 'refused', reason: 'export-running' })
      await desk.does('export.cancel', {})
      return Buffer.from(page.document)
    })
    expect(cancelled).toMatchObject({ ended: { stage: 'none' } })
    expect(readdirSync(folder)).toEqual(['out.zip'])
    expect(readFileSync(path, 'utf8')).toBe('Something else')
    expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'cancelled' })
  })

  it('locking the desk ends it while a page is printed', async () => {
    const family = await theFamily()
    const locked = await exportTo(desk, path, pdfOf(family), desk.first, async (page) => {
      await endExporting()
      return Buffer.from(page.document)
    })
    expect(locked).toEqual({ code: 'not-found' })
    expect(readdirSync(folder)).toEqual([])
    expect(trail().map(({ result }) => result)).toContain('failed')
  })

  it('a file that is damaged is not left out in silence', async () => {
    const family = await theFamily()
    const note = await noteOf(family, 'See the letter')
    const attached = { id: newId(), familyId: family.id, attachedTo: 'note', attachedId: note.id }
    const source = join(folder, 'letter.pdf')
    writeFileSync(source, aPdf(400_000))
    await desk.record('attachment.attach', { ...attached, path: source })
    rmSync(source)
    rmSync(join(desk.folder, 'files', attached.id))
    expect(await exportTo(desk, path, anExport(family))).toMatchObject({
      ended: { stage: 'failed', reason: 'attachment-missing' }
    })
    expect(readdirSync(folder)).toEqual([])
    const { done } = await saved(desk, path, anExport(family, { files: false }))
    expect(Object.keys(unzipped(path, done.passphrase))).toHaveLength(1)
  })

  it('killed while it was written it is removed at the next start, and told', async () => {
    const family = await theFamily()
    const draft = pdfOf(family)
    await desk.record('export.write', { ...draft, reference: 'EXP-7KQ3-000001', path })
    expect(readdirSync(folder)).toEqual(['out.zip.part'])
    desk = desk.reopen()
    // what was in the memory of the thread that was killed
    await endExporting()
    writeFileSync(`${path}.part`, 'half of it')
    await desk.record('export.endUnfinished', {})
    expect(readdirSync(folder)).toEqual([])
    expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'killed' })
    await saved(desk, path, pdfOf(family))
  })

  it('what cannot be reached at the next start is told at once and removed at a later one', async () => {
    const family = await theFamily()
    const stick = join(folder, 'stick')
    await begun(newId(), join(stick, 'out.zip'), family.id)
    await desk.record('export.endUnfinished', {})
    await desk.record('export.endUnfinished', {})
    const told = [
      { result: 'begun', reason: '' },
      { result: 'failed', reason: 'killed' }
    ]
    expect(trail()).toEqual(told)
    mkdirSync(stick)
    writeFileSync(join(stick, 'out.zip.part'), 'half of it')
    await desk.record('export.endUnfinished', {})
    expect(readdirSync(stick)).toEqual([])
    expect(trail()).toEqual(told)
  })

  it('one that cannot be recorded keeps no other from being ended', async () => {
    const family = await theFamily()
    await saved(desk, path, anExport(family))
    const [row] = await desk.store.read((db) => db.select().from(caseExport))
    const id = newId()
    await begun(id, path, family.id)
    await willBeNamed(desk.store, id, {
      ...{ id, operation: 'export.save', subjectIds: [family.id], included: 1, excluded: 0 },
      // that stands in the record already
      ...{ fileSha256: row!.fileSha256, row: row!, shared: null }
    })
    await begun(newId(), join(folder, 'other.zip'), family.id)
    writeFileSync(join(folder, 'other.zip.part'), 'half of it')
    await desk.record('export.endUnfinished', {})
    expect(desk.faults.splice(0)).toHaveLength(1)
    expect(readdirSync(folder)).toEqual(['out.zip'])
    expect(rowsOf('export_under_way')).toMatchObject([{ id }])
    rmSync(path)
    await desk.record('export.endUnfinished', {})
  })

  it('killed just after it had its name it is recorded, and just before it is not', async () => {
    const family = await theFamily()
    const court = { receiver: 'body', bodyName: 'Court', how: 'letter', ...because } as const
    await saved(desk, path, anExport(family, court))
    const [row] = await desk.store.read((db) => db.select().from(caseExport))
    const [shared] = await desk.store.read((db) => db.select().from(sharing))
    const again = async (to: string) => {
      const id = newId()
      await begun(id, to, family.id)
      const sharingId = newId()
      await willBeNamed(desk.store, id, {
        ...{ id, operation: 'export.save', subjectIds: [family.id, id] },
        ...{ included: row!.included, excluded: row!.excluded, fileSha256: row!.fileSha256 },
        row: { ...row!, id, sharingId, reference: 'EXP-7KQ3-000002' },
        shared: { ...shared!, id: sharingId }
      })
    }
    writeFileSync(join(folder, 'before.zip.part'), 'all of it')
    await again(join(folder, 'before.zip'))
    await desk.record('export.endUnfinished', {})
    expect(rowsOf('case_export')).toHaveLength(1)
    expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'killed' })

    // on a stick that was taken away: nobody can know yet
    const stick = join(folder, 'stick')
    await again(join(stick, 'away.zip'))
    await desk.record('export.endUnfinished', {})
    expect(rowsOf('case_export')).toHaveLength(1)
    mkdirSync(stick)
    writeFileSync(join(stick, 'away.zip.part'), 'all of it')
    await desk.record('export.endUnfinished', {})
    expect(rowsOf('case_export')).toHaveLength(1)
    expect(readdirSync(stick)).toEqual([])
    // and where somebody removed what was left of it there is nothing to record
    await again(join(stick, 'removed.zip'))
    await desk.record('export.endUnfinished', {})
    expect(rowsOf('case_export')).toHaveLength(1)
    expect(trail().at(-1)).toEqual({ result: 'failed', reason: 'killed' })

    copyFileSync(path, join(folder, 'after.zip'))
    await again(join(folder, 'after.zip'))
    await desk.record('export.endUnfinished', {})
    expect(rowsOf('case_export')).toHaveLength(2)
    expect(rowsOf('sharing')).toHaveLength(2)
    expect(trail().at(-1)).toMatchObject({ result: 'done' })
    expect(readdirSync(folder).filter((name) => name.endsWith('.zip'))).toEqual(['after.zip', 'out.zip'])
  })
})
