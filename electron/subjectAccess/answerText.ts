import type { ToldKind, ToldRecord } from '../../shared/export/told.ts'
import type { CivilDate, Instant } from '../../shared/ids.ts'
import type { ReasonCode, Requester } from '../../shared/subjectAccess/subjectAccess.ts'
import { showDate, showDateTime } from '../../shared/time/london.ts'
import { reasonLabels } from '../../shared/words/redaction.ts'
import { itemKindLabels, requesterLabels } from '../../shared/words/subjectAccess.ts'
import { cell, heading, line, marked, type Block, type PaperPart } from '../export/blocks.ts'

/** GOV.UK, Government Security Classifications: the case of an identified child. */
const CLASSIFICATION = 'OFFICIAL-SENSITIVE'

/** How many items are given, and how many are not. */
export interface AnswerCounts {
  byKind: { kind: ToldKind; given: number; excluded: number }[]
  /** Of those that are given: words are blacked out, or a file is left out. */
  inPart: number
  excluded: number
  /** Of days that were not asked for. */
  ofOtherDays: number
}

/** What an answer is. */
export interface AnswerSummary {
  /** The request's reference and the export's. */
  request: string
  reference: string
  /** Whom it is about. */
  of: string
  requester: Requester
  requesterName: string
  receivedOn: CivilDate
  from: CivilDate
  to: CivilDate
  exportedAt: Instant
  byName: string
  counts: AnswerCounts
  itemsSha256: string
}

/** Something that does not go, without a word of it. */
export interface Withheld {
  number: number
  on: CivilDate
  kind: ToldKind
  what: 'item' | 'words' | 'file'
  reasons: readonly ReasonCode[]
}

/** Another part of the answer, told in the first. */
export interface MadePart {
  name: string
  says: string
  sha256: string
}

const shown = (count: number): string => count.toLocaleString('en-GB')

export function answerPart(
  { request, byName, exportedAt }: Pick<AnswerSummary, 'request' | 'byName' | 'exportedAt'>,
  { part, parts }: { part: number; parts: number },
  blocks: readonly Block[]
): PaperPart {
  const which = parts === 1 ? '' : `part ${String(part)} of ${String(parts)}`
  return {
    title: `Answer to ${request}${which === '' ? '' : `, ${which}`}`,
    classification: CLASSIFICATION,
    name: `Answer to ${request}`,
    exportedBy: `${byName}, ${showDateTime(exportedAt)}`,
    which: which === '' ? '' : `P${which.slice(1)}. `,
    blocks
  }
}

/** The first page: whom it is about, who asked, how much goes, and how to know it again. */
export function coverOf(summary: AnswerSummary, made: readonly MadePart[]): Block[] {
  const { request, reference, of, receivedOn, exportedAt, byName, counts, itemsSha256 } = summary
  const facts: [label: string, words: string][] = [
    ['Request', request],
    ['About', of],
    ['Asked by', askedBy(summary)],
    ['Received', showDate(receivedOn)],
    ['Days asked for', daysAsked(summary)],
    ['Export', reference],
    ['Made', `${showDateTime(exportedAt)}, by ${byName}`]
  ]
  return [
    heading(1, 'Answer to a subject access request'),
    { is: 'table', of: 'facts', head: [], rows: facts.map((row) => row.map(cell)) },
    heading(2, 'What is in this answer'),
    {
      is: 'table',
      of: 'counts',
      head: ['Records', 'Given', 'Left out'],
      rows: counts.byKind.map(({ kind, given, excluded }) =>
        [itemKindLabels[kind], shown(given), shown(excluded)].map(cell)
      )
    },
    ...(counts.byKind.length === 0
      ? [line('The record holds nothing of the days that were asked for.')]
      : []),
    line(`Of those that are given, words are blacked out or a file is left out in ${shown(counts.inPart)}.`),
    line(`Records of days that were not asked for: ${shown(counts.ofOtherDays)}.`),
    line('The records follow from the oldest to the newest, each with its number.'),
    heading(3, 'How to check this answer'),
    line(`SHA-256 of what is given, as canonical JSON: ${itemsSha256}`, 'hash'),
    ...(made.length === 0 ? [] : partsTable(made))
  ]
}

const askedBy = ({ requester, requesterName, of }: AnswerSummary): string =>
  requester === 'person' ? of : `${requesterName} (${requesterLabels[requester].toLowerCase()})`

const daysAsked = ({ from, to }: AnswerSummary): string =>
  from === '' && to === ''
    ? 'All'
    : `${from === '' ? 'The beginning' : showDate(from)} to ${to === '' ? 'the day of this answer' : showDate(to)}`

const partsTable = (made: readonly MadePart[]): Block[] => [
  heading(3, 'The parts'),
  {
    is: 'table',
    of: 'parts',
    head: ['File', 'What is in it', 'SHA-256'],
    rows: made.map(({ name, says, sha256 }) => [name, says, sha256 === '' ? 'This file' : sha256].map(cell))
  }
]

/** `Records 1 to 2,204` */
export function partSays(items: readonly { number: number }[]): string {
  const [first] = items
  const last = items.at(-1)
  return first && last ? `Records ${shown(first.number)} to ${shown(last.number)}` : 'No record'
}

const whatLabels: Record<Withheld['what'], string> = {
  item: 'left out',
  words: 'words blacked out',
  file: 'a file left out'
}

/** Everything that does not go: its number, its day, what it is and why; never a word of it. */
export const indexOfWithheld = (withheld: readonly Withheld[]): Block[] => [
  heading(2, 'What was withheld, and why'),
  withheld.length === 0
    ? line('Nothing was withheld.')
    : {
        is: 'table',
        of: 'entries',
        head: ['Record', 'What it is', 'Why'],
        rows: withheld.map(({ number, on, kind, what, reasons }) =>
          [
            `${shown(number)}. ${showDate(on)}`,
            `${itemKindLabels[kind]}: ${whatLabels[what]}`,
            reasons.map((reason) => reasonLabels[reason]).join(', ')
          ].map(cell)
        )
      },
  heading(2, 'Records')
]

/** An item as it goes out, under its number. */
export const itemBlocks = (item: ToldRecord, number: number): Block[] => [
  heading(3, `${shown(number)}. ${item.title}, ${showDate(item.on)}`),
  ...(item.reference === '' ? [] : [line(item.reference, 'by')]),
  ...item.texts.map(({ label, text }) => line(marked(label, text))),
  ...item.files.map(({ name, entry }) => line(marked('File', `${name} (${entry} in this answer)`)))
]
