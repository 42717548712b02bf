import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { keptName } from '../../shared/attachment/fileName.ts'
import { canonicalJson } from '../../shared/export/canonical.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { ShownItem } from '../../shared/subjectAccess/goingThrough.ts'
import { BAR, pathOfFile } from '../../shared/subjectAccess/redact.ts'
import type { SavedAnswer } from '../../shared/subjectAccess/request.ts'
import {
  reasonCodes,
  type Decision,
  type ReasonCode,
  type Span
} from '../../shared/subjectAccess/subjectAccess.ts'
import { reasonLabels } from '../../shared/words/redaction.ts'
import { savedTo, type SavedTo } from '../fixtures/answers.ts'
import { anAssessment, anEntry } from '../fixtures/assessments.ts'
import { aPdf } from '../fixtures/attachments.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { insideOf, paragraphsOf, unzipped } from '../fixtures/exports.ts'
import { aColleague } from '../fixtures/facts.ts'
import { aFamily, aRegistration } from '../fixtures/families.ts'
import { aMeeting, aRecord } from '../fixtures/meetings.ts'
import { aNote, anAddendum } from '../fixtures/notes.ts'
import { oddWord, spelling, type Spelling } from '../fixtures/oddWords.ts'
import { anAction, anOutcome, progressOn } from '../fixtures/plans.ts'
import { aDecisionOn, aSubjectRequest, everyItem } from '../fixtures/subjectAccess.ts'

let desk: TestDesk
let folder: string
let reviewer: Actor
beforeAll(async () => {
  desk = await openTestDesk()
  folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  reviewer = await aColleague(desk, 'triage-manager')
})
afterAll(() => {
  expect(brokenInvariants(desk.store.reader)).toEqual([])
  expect(desk.faults).toEqual([])
  desk.close()
  rmSync(folder, { recursive: true })
})

/** How a stretch is marked: in one, in two of which some is in both, or from within its first letter to within its last. */
const cuts = ['whole', 'overlapping', 'nested', 'touching', 'within'] as const
type Cut = (typeof cuts)[number]

interface WantedPiece {
  words: Spelling[]
  /** Between its words, so that what is removed goes on in the next line. */
  breaks: string
  /** Before it: where it is nothing, a name stands inside a word. */
  before: string
  isGone: boolean
  cut: Cut
  reason: ReasonCode
}
const wantedPiece: fc.Arbitrary<WantedPiece> = fc.record({
  words: fc.array(spelling, { minLength: 1, maxLength: 2 }),
  breaks: fc.constantFrom(' ', '\n', '\r\n', '\n\n'),
  before: fc.constantFrom('', ' ', '\n', ' met '),
  isGone: fc.boolean(),
  cut: fc.constantFrom(...cuts),
  reason: fc.constantFrom(...reasonCodes)
})
const pieces = fc.array(wantedPiece, { minLength: 2, maxLength: 4 })
/** Of one line; of a file's name there are at most 255 bytes. */
const inOneLine = fc.array(wantedPiece, { minLength: 2, maxLength: 2 }).map((some) =>
  some.map((piece) => ({
    ...piece,
    words: piece.words.slice(0, 1).map((word) => ({ ...word, middle: '' })),
    before: piece.before.replace('\n', ' ')
  }))
)

const wantedRecord = fc.record({
  mother: inOneLine,
  note: fc.record({ words: pieces, childsVoice: pieces, present: inOneLine, addendum: pieces }),
  restricted: fc.record({ words: pieces, restrictedWhy: pieces }),
  files: fc.tuple(inOneLine, inOneLine, inOneLine),
  isLeftOut: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  call: fc.record({ concern: pieces, advice: pieces }),
  outcome: fc.record({ words: pieces, action: pieces, ownerName: inOneLine, progress: pieces }),
  meeting: fc.record({ place: inOneLine, agenda: pieces, record: pieces, familyViews: pieces }),
  assessment: fc.record({ needs: pieces, views: pieces }),
  /** Of the items, in turn. */
  isExcluded: fc.array(fc.constantFrom(false, false, false, true), { minLength: 7, maxLength: 7 }),
  /** What the desk keeps of the answer itself: why, what was wanted, what the reviewer said. */
  besides: fc.record({ why: spelling, wanted: spelling, review: spelling, openReason: spelling })
})
type WantedRecord = typeof wantedRecord extends fc.Arbitrary<infer T> ? T : never

/** A stretch that is removed wherever it stands. */
interface Removed extends Pick<WantedPiece, 'cut' | 'reason'> {
  text: string
  words: string[]
}
/** What was written into a record: every word, removed or not. */
interface Planted {
  words: string[]
  removed: Removed[]
}

let number = 0
const aWord = (spelt: Spelling): string => oddWord(spelt, (number += 1))

/** As it is typed. `kept`: the form in which the record keeps it. */
function typed(some: readonly WantedPiece[], planted: Planted, kept = (word: string) => word): string {
  return some
    .map(({ words: spellings, breaks, before, isGone, cut, reason }, index) => {
      const words = spellings.map((each) => kept(aWord(each)))
      const text = words.join(breaks)
      planted.words.push(...words)
      if (isGone) planted.removed.push({ text, words, cut, reason })
      return `${index === 0 ? '' : before}${text}`
    })
    .join('')
}

/** A record of Robin in which all of it stands; each of its files by what is in it. */
async function aRecordOf(wanted: WantedRecord, planted: Planted) {
  const write = (some: readonly WantedPiece[]) => typed(some, planted)
  const form = aRegistration()
  const [robin, mother] = form.people as [(typeof form.people)[0], (typeof form.people)[0]]
  const people = [robin, { ...mother, name: write(wanted.mother) }]
  const family = await aFamily(desk, { ...form, people })
  const of = { familyId: family.id, episodeId: form.episodeId }

  const note = aNote(form, {
    words: write(wanted.note.words),
    childsVoice: write(wanted.note.childsVoice),
    present: write(wanted.note.present),
    aboutIds: [robin.id, mother.id]
  })
  const addendum = anAddendum(form, note.id, write(wanted.note.addendum))
  const restricted = aNote(form, {
    words: write(wanted.restricted.words),
    ...{ familyMaySee: 'no', restrictedWhy: write(wanted.restricted.restrictedWhy) }
  })
  for (const each of [note, addendum, restricted]) await desk.does('note.add', each)
  const leftOut = new Set<Id>()
  for (const [index, pieces] of wanted.files.entries()) {
    const source = join(folder, `${typed(pieces, planted, keptName)}.pdf`)
    writeFileSync(source, aPdf(300))
    const file = { id: newId(), attachedTo: 'note', attachedId: (index === 0 ? addendum : note).id }
    expect(
      await desk.record('attachment.attach', { ...file, familyId: of.familyId, path: source })
    ).toMatchObject({ ok: true })
    if (wanted.isLeftOut[index]) leftOut.add(file.id)
  }

  const child = { id: newId(), name: 'Robin Vale', birth: '3/9/2015', upn: '', relation: '', address: '' }
  const { concern, advice } = wanted.call
  await desk.does(
    'call.file',
    aKeyworkersCall({ children: [child], concern: write(concern), advice: write(advice) })
  )
  const chosen = { about: 'call-child' as const, aboutId: child.id, personId: robin.id }
  await desk.does('person.choose', { id: newId(), ...chosen, shown: [robin.id] })

  const outcome = anOutcome(of, { words: write(wanted.outcome.words) })
  const action = anAction(outcome, {
    words: write(wanted.outcome.action),
    ownerName: write(wanted.outcome.ownerName)
  })
  await desk.does('plan.saveOutcome', outcome)
  await desk.does('plan.saveAction', action)
  await desk.does('plan.recordProgress', progressOn(action, { words: write(wanted.outcome.progress) }))

  const [keyworker] = (await desk.does('meeting.team', { episodeId: of.episodeId })).members
  const meeting = aMeeting(of, {
    ...{ on: '2026-11-23', startsAt: '09:00' },
    ...{ place: write(wanted.meeting.place), agenda: write(wanted.meeting.agenda) }
  })
  const said = { record: write(wanted.meeting.record), familyViews: write(wanted.meeting.familyViews) }
  await desk.does('meeting.arrange', meeting)
  await desk.does('meeting.record', aRecord({ ...of, meetingId: meeting.id }, [keyworker?.ofId ?? ''], said))

  const { needs, views } = wanted.assessment
  const entries = [anEntry(robin.id, 'health', { needs: write(needs), views: write(views) })]
  await desk.does('assessment.save', anAssessment({ ...of, entries }))
  return { robin: robin.id, leftOut }
}

interface Marked extends Removed {
  from: number
  to: number
}

/** Wherever in a text something stands that is removed, from its beginning on. */
const marksIn = (text: string, removed: readonly Removed[]): Marked[] =>
  removed
    .flatMap((each) => {
      const marks: Marked[] = []
      for (let from = text.indexOf(each.text); from >= 0; from = text.indexOf(each.text, from + 1))
        marks.push({ ...each, from, to: from + each.text.length })
      return marks
    })
    .toSorted((one, other) => one.from - other.from)

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The same as somebody marks it. */
function spansOf({ from, to, cut, reason, text }: Marked, path: string, note: string): Span[] {
  const middle = from + Math.floor(text.length / 2)
  const letters = [...graphemes.segment(text)].map(({ segment }) => segment)
  const within = [letters.at(0), letters.at(-1)].map((letter = '') => (letter.length > 1 ? 1 : 0))
  const stretches: Record<Cut, [number, number][]> = {
    whole: [[from, to]],
    overlapping: [
      [middle - 1, to],
      [from, middle + 1]
    ],
    nested: [
      [from, to],
      [middle - 1, middle]
    ],
    touching: [
      [from, middle],
      [middle, to]
    ],
    within: [[from + (within[0] ?? 0), to - (within[1] ?? 0)]]
  }
  return stretches[cut].map(([begins, ends]) => ({ path, from: begins, to: ends, reason, note }))
}

/** A text as it must go out, worked out from what was removed. */
function blackened(text: string, removed: readonly Removed[]): string {
  const bars: { from: number; to: number; reasons: ReasonCode[] }[] = []
  for (const { from, to, reason } of marksIn(text, removed)) {
    const before = bars.at(-1)
    if (before && before.to >= from) {
      before.to = Math.max(before.to, to)
      before.reasons.push(reason)
    } else bars.push({ from, to, reasons: [reason] })
  }
  let out = ''
  let at = 0
  for (const { from, to, reasons } of bars) {
    const why = reasonCodes.filter((code) => reasons.includes(code)).map((code) => reasonLabels[code])
    out += `${text.slice(at, from)}${BAR} [${why.join(', ')}]`
    at = to
  }
  return out + text.slice(at)
}

/** What is decided of an item; `null` for what goes out of one that does not. */
interface Decided {
  decision: Decision
  goes: ToldRecord | null
}

function decidedOf(
  item: ShownItem,
  { removed }: Planted,
  { isExcluded, leftOut, why }: { isExcluded: boolean; leftOut: ReadonlySet<Id>; why: string }
): Decided {
  if (isExcluded)
    return {
      decision: aDecisionOn(item, { fate: 'exclude', reason: 'legal-privilege', note: why }),
      goes: null
    }
  const texts = [...item.texts, ...item.files.map(({ id, name }) => ({ path: pathOfFile(id), text: name }))]
  const spans = texts.flatMap(({ path, text }) =>
    marksIn(text, removed).flatMap((mark) => spansOf(mark, path, why))
  )
  const withoutFiles = item.files
    .filter(({ id }) => leftOut.has(id))
    .map(({ id }) => ({ id, reason: 'exempt' as const, note: why }))
  const isWhole = spans.length + withoutFiles.length === 0
  const { id, kind, reference, title, on, recordedAt } = item
  return {
    decision: aDecisionOn(item, isWhole ? {} : { fate: 'redact', spans, withoutFiles }),
    goes: {
      ...{ id, kind, reference, title, on, recordedAt, byName: '' },
      texts: item.texts.map((each) => ({ ...each, text: blackened(each.text, removed) })),
      files: item.files
        .filter((file) => !leftOut.has(file.id))
        .map((file, index) => ({
          ...{ ...file, byName: '', name: blackened(file.name, removed) },
          entry: `files/${String(item.number).padStart(5, '0')}-${String(index + 1)}.pdf`
        }))
    }
  }
}

/** Lines of the paper that tell an item. */
const linesOf = ({ texts, files }: ToldRecord): string[] => [
  ...texts.map(({ label, text }) => `${label}${label.endsWith('?') ? '' : ':'} ${text}`),
  ...files.map(({ name, entry }) => `File: ${name} (${entry} in this answer)`)
]

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));|\\u([\da-f]{4})/gi, (all, hex, decimal, name, json) => {
    if (name !== undefined) return named[String(name)] ?? String(all)
    const code = decimal === undefined ? Number.parseInt(String(hex ?? json), 16) : Number(decimal)
    return String.fromCodePoint(code)
  })
const withoutTags = (markup: string): string => markup.replaceAll(/<[^>]*>/g, '')
/** In one form, with nothing between one letter and the next. */
const flat = (text: string): string =>
  unescaped(text)
    .normalize('NFD')
    .replaceAll(/[\s\p{Cf}]/gu, '')

/** Every byte that an answer is made of, by where it stands. */
function producedBy({ done, fileName, pages }: SavedTo, path: string): Record<string, Buffer> {
  const entries = unzipped(path, done.passphrase)
  const inside = Object.entries(entries)
    .filter(([name]) => name.endsWith('.docx'))
    .flatMap(([name, bytes]) =>
      Object.entries(insideOf(bytes, folder)).map(([part, text]) => [`${name}/${part}`, Buffer.from(text)])
    )
  return {
    ...entries,
    ...(Object.fromEntries(inside) as Record<string, Buffer>),
    zip: readFileSync(path),
    'names and pages': Buffer.from(
      JSON.stringify([done, fileName, Object.keys(entries), inside.map(([name]) => name), pages])
    )
  }
}

/** Which of some words stand in a file in whatever encoding, form or markup, and in whatever lines. */
function leakedInto(bytes: Buffer, words: readonly string[]): string[] {
  const text = bytes.toString('utf8')
  const texts = [flat(text), flat(withoutTags(text))]
  return words.filter(
    (word) =>
      texts.some((each) => each.includes(flat(word))) ||
      [word, word.normalize('NFC'), word.normalize('NFD')].some(
        (form) =>
          bytes.includes(form) ||
          bytes.includes(form, 0, 'utf16le') ||
          bytes.includes(Buffer.from(form, 'utf16le').swap16())
      )
  )
}

/** What can be read in an answer, in its lines. */
function readIn(produced: Record<string, Buffer>, { format }: SavedAnswer): string {
  const [, paper = ''] = Object.entries(produced).find(([name]) => name.endsWith(format)) ?? []
  if (format === 'pdf') return unescaped(withoutTags(paper.toString('utf8')))
  const [, xml = ''] = Object.entries(produced).find(([name]) => name.endsWith('word/document.xml')) ?? []
  return paragraphsOf(xml.toString('utf8')).join('\n')
}

it('no word that is removed stands in any byte of an answer, and every other word does', async () => {
  const seen = { gone: 0, there: 0, excluded: 0, leftOut: 0 }
  await fc.assert(
    fc.asyncProperty(wantedRecord, async (wanted) => {
      const planted: Planted = { words: [], removed: [] }
      const { robin, leftOut } = await aRecordOf(wanted, planted)
      const { why, ...besides } = Object.fromEntries(
        Object.entries(wanted.besides).map(([name, spelt]) => [name, aWord(spelt)])
      ) as Record<keyof WantedRecord['besides'], string>
      const request = aSubjectRequest(robin, { wanted: besides.wanted, contact: besides.wanted })
      await desk.does('subjectAccess.record', request)
      const items = await everyItem(desk, request.id)
      const all = items.flatMap(({ texts, files }) => [
        ...texts.map(({ text }) => text),
        ...files.map(({ name }) => name)
      ])
      for (const { text } of planted.removed)
        expect(
          all.some((each) => each.includes(text)),
          text
        ).toBe(true)

      const decided = items.map((item, index) =>
        decidedOf(item, planted, { isExcluded: wanted.isExcluded[index % 7] ?? false, leftOut, why })
      )
      const decisions = decided.map(({ decision }) => decision)
      await desk.does('subjectAccess.decide', { requestId: request.id, decisions })
      const { decisionsSha256 } = await desk.does('subjectAccess.standing', { requestId: request.id })
      const review = { id: newId(), requestId: request.id, verdict: 'agreed', words: besides.review } as const
      await desk.does('subjectAccess.review', { ...review, decisionsSha256 }, reviewer)

      const goes = decided.flatMap((each) => each.goes ?? [])
      const lines = goes.flatMap(linesOf)
      const there = planted.words.filter((word) => lines.some((each) => each.includes(word)))
      const gone = [...planted.words.filter((word) => !there.includes(word)), why, ...Object.values(besides)]
      expect(planted.removed.flatMap(({ words }) => words).filter((word) => there.includes(word))).toEqual([])
      const itemsSha256 = createHash('sha256').update(canonicalJson(goes)).digest('hex')

      for (const format of ['pdf', 'docx'] as const)
        for (const isProtected of [true, false]) {
          const answer = { id: newId(), requestId: request.id, format, isProtected }
          const openReason = isProtected ? '' : besides.openReason
          const path = join(folder, `${answer.id}.zip`)
          const produced = producedBy(await savedTo(desk, path, { ...answer, openReason }), path)
          for (const [name, bytes] of Object.entries(produced))
            expect(leakedInto(bytes, gone), `${name} as ${format}`).toEqual([])
          const read = readIn(produced, { ...answer, openReason })
          for (const line of lines)
            expect(read).toContain(format === 'docx' ? line.replaceAll('\r\n', '\n') : line)
          expect(read).toContain(`as canonical JSON: ${itemsSha256}`)
          expect(Object.keys(produced).filter((name) => name.startsWith('files/'))).toEqual(
            goes.flatMap(({ files }) => files.map(({ entry }) => entry))
          )
          for (const { entry, sha256 } of goes.flatMap(({ files }) => files))
            expect(
              createHash('sha256')
                .update(produced[entry] ?? '')
                .digest('hex')
            ).toBe(sha256)
        }
      seen.gone += gone.length
      seen.there += there.length
      seen.excluded += decided.length - goes.length
      seen.leftOut += leftOut.size
    }),
    // smaller ones would be looked for by minutes of exports
    { numRuns: 10, endOnFailure: true }
  )
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0)
}, 120_000)
