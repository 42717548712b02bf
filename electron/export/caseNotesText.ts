import type {
  ExportedAssessment,
  ExportedEntry,
  ExportedNote,
  ExportedPerson,
  ExportedPlan,
  ExportSummary
} from '../../shared/export/caseNotesFile.ts'
import { exportedAs, type ExportedAs } from '../../shared/export/caseNotes.ts'
import {
  excludedOf,
  reasonsOf,
  sectionsAsked,
  type Counted,
  type TallySection
} from '../../shared/export/tally.ts'
import { recordName, type ToldRecord } from '../../shared/export/told.ts'
import { showDate, showDateTime } from '../../shared/time/london.ts'
import { domainLabels, wordsKeys, wordsLabels } from '../../shared/words/assessment.ts'
import { exclusionLabels, exportTitles, sectionLabels } from '../../shared/words/export.ts'
import type { Names } from '../../shared/words/facts.ts'
import { memberRoleLabels, noteKindLabels } from '../../shared/words/labels.ts'
import { endingLabels, progressLabels } from '../../shared/words/plan.ts'
import { cell, heading, line, mark, marked, type Block, type Cell, type PaperPart } from './blocks.ts'

/** GOV.UK, Government Security Classifications: the case of an identified child. */
export const CLASSIFICATION = 'OFFICIAL-SENSITIVE'

/** One of the files that an export is made in. */
interface WhichPart {
  /** From 1. */
  part: number
  parts: number
}

/** The other parts of an export, told in the first: what each file is and how to know it again. */
export interface MadePart {
  name: string
  says: string
  sha256: string
}

export function paperPart(
  summary: Pick<
    ExportSummary,
    'reference' | 'familyReference' | 'byName' | 'exportedAt' | 'scope' | 'sections'
  >,
  { part, parts }: WhichPart,
  blocks: readonly Block[]
): PaperPart {
  const { reference, familyReference, byName, exportedAt } = summary
  const which = parts === 1 ? '' : `part ${String(part)} of ${String(parts)}`
  const called = `${exportTitles[summaryAs(summary)]} ${reference}`
  return {
    title: `${called}${which === '' ? '' : `, ${which}`}`,
    classification: CLASSIFICATION,
    // a sheet that is found alone tells whose record it is of
    name: [called, familyReference].filter((part) => part !== '').join(', '),
    exportedBy: `${byName}, ${showDateTime(exportedAt)}`,
    which: which === '' ? '' : `P${which.slice(1)}. `,
    blocks
  }
}

/** What an export is called, by what was asked for. */
export const summaryAs = ({ scope, sections }: Pick<ExportSummary, 'scope' | 'sections'>): ExportedAs =>
  exportedAs({
    scope,
    notes: sections.notes !== null,
    chronology: sections.chronology !== null,
    assessment: sections.assessment !== null
  })

/** The first page: what this is, for whom and what for, what is in it and what was left out and why (L26). */
export function cover(summary: ExportSummary, of: string, made: readonly MadePart[]): Block[] {
  const { reference, exportedAt, byName, receiverName, personThere, purpose, itemsSha256 } = summary
  const as = summaryAs(summary)
  const facts: [label: string, words: string][] = [
    ['Reference', reference],
    [as === 'case-notes' ? 'Case notes of' : 'Of', of],
    ['For', [receiverName, personThere].filter((part) => part !== '').join(', ')],
    ['Purpose', purpose],
    ...selectedFacts(summary),
    ['Exported', `${showDateTime(exportedAt)}, by ${byName}`]
  ]
  return [
    heading(1, exportTitles[as]),
    { is: 'table', of: 'facts', head: [], rows: facts.map((row) => row.map(cell)) },
    heading(2, 'What is included'),
    countsTable(summary),
    heading(2, 'What was left out, and why'),
    leftOutList(summary),
    heading(3, 'How to check this export'),
    line(`SHA-256 of what is included, as canonical JSON: ${itemsSha256}`, 'hash'),
    ...(made.length === 0 ? [] : partsTable(made))
  ]
}

/** Days and kinds, of what they were asked of. */
function selectedFacts(summary: ExportSummary): [label: string, words: string][] {
  const { notes, chronology } = summary.sections
  if (notes === null && chronology === null) return []
  if (notes === null) return [['Chronology from', daysAsked(summary)]]
  return [
    ['Case notes from', daysAsked(summary)],
    ['Kinds', kindsAsked(summary)]
  ]
}

function daysAsked({ from, to }: ExportSummary): string {
  if (from === '' && to === '') return 'The beginning to the day of the export'
  return `${from === '' ? 'The beginning' : showDate(from)} to ${to === '' ? 'the day of the export' : showDate(to)}`
}

const kindsAsked = ({ kinds }: ExportSummary): string =>
  kinds.length === 0 ? 'All' : kinds.map((kind) => noteKindLabels[kind]).join(', ')

type Sections = ExportSummary['sections']
const sectionsOf = ({
  scope,
  sections
}: Pick<ExportSummary, 'scope' | 'sections'>): [TallySection, Counted | null][] =>
  sectionsAsked(scope).map((section) => [section, sections[section]])
const shown = (count: number): string => count.toLocaleString('en-GB')

const countsTable = (summary: ExportSummary): Block => ({
  is: 'table',
  of: 'counts',
  head: ['Section', 'Included', 'Left out'],
  rows: sectionsOf(summary).map(([section, counted]) =>
    [
      sectionLabels[section],
      counted === null ? 'Not asked for' : shown(counted.included),
      counted === null ? '' : shown(excludedOf(counted))
    ].map(cell)
  )
})

function leftOutList(summary: ExportSummary): Block {
  const reasons = sectionsOf(summary).flatMap(([section, counted]) =>
    counted === null
      ? []
      : reasonsOf(counted).map(
          ({ why, count }) => `${sectionLabels[section]}: ${shown(count)}. ${exclusionLabels[why]}.`
        )
  )
  return reasons.length === 0
    ? line('Nothing was left out.')
    : { is: 'list', lines: reasons.map((text) => [{ text }]) }
}

const partsTable = (made: readonly MadePart[]): Block[] => [
  heading(3, 'The parts'),
  {
    is: 'table',
    of: 'parts',
    head: ['File', 'What is in it', 'SHA-256'],
    rows: made.map(({ name, says, sha256 }) => [name, says, sha256 === '' ? 'This file' : sha256].map(cell))
  }
]

/** Records that go by themselves: whoever reads one finds everything that it says under what it is. */
export function recordsText(records: readonly ToldRecord[], { records: counted }: Sections): Block[] {
  if (counted === null) return []
  return records.length === 0
    ? emptySection(sectionLabels.records, true)
    : records.flatMap((record) => recordText(record))
}

const recordText = (record: ToldRecord): Block[] => [
  heading(2, recordName(record)),
  ...record.texts.map(({ label, text }) => line(marked(label, text))),
  line(`Recorded by ${record.byName}, ${showDateTime(record.recordedAt)}`, 'by')
]

/** What was assessed and the plan of each assessment. Empty ones are printed too. */
export function assessmentText(
  assessments: readonly ExportedAssessment[],
  plans: readonly ExportedPlan[],
  { scope, sections }: Pick<ExportSummary, 'scope' | 'sections'>,
  names: Names
): Block[] {
  if (scope === 'call') return []
  if (sections.assessment === null) return emptySection('Assessment and plan', false)
  return [
    heading(2, 'Assessment and plan'),
    ...(assessments.length === 0 ? [line('There is no assessment.')] : []),
    ...assessments.flatMap((assessment, index) => [
      ...assessed(assessment, names),
      ...planOf(plans[index], names)
    ])
  ]
}

const assessed = ({ reference, registeredOn, entries }: ExportedAssessment, names: Names): Block[] => [
  heading(3, `Assessment ${reference}, registered on ${showDate(registeredOn)}`),
  ...(entries.length === 0 ? [line('Nothing is written in it.')] : []),
  ...entries.flatMap((entry) => [
    heading(4, `${names.person(entry.personId)}: ${domainLabels[entry.domain]}`),
    ...wordsKeys.filter((key) => entry[key] !== '').map((key) => line(marked(wordsLabels[key], entry[key]))),
    line(`${entry.byName}, ${showDateTime(entry.at)}`, 'by')
  ])
]

function planOf(plan: ExportedPlan | undefined, names: Names): Block[] {
  const outcomes = plan?.outcomes ?? []
  return [
    heading(4, 'Plan'),
    ...(outcomes.length === 0 ? [line('There is no outcome in the plan.')] : []),
    ...outcomes.flatMap((outcome) => outcomeText(outcome, names))
  ]
}

const outcomeText = (
  { words, personId, ending, endedOn, endedWhy, actions, scores }: ExportedPlan['outcomes'][number],
  names: Names
): Block[] => [
  line([mark(`${words}${personId === '' ? '' : ` (for ${names.person(personId)})`}`)], 'begin'),
  ...(ending === '' ? [] : [line(`${endingLabels[ending]} on ${showDate(endedOn)}. ${endedWhy}`)]),
  ...(actions.length === 0 ? [] : [{ is: 'list', lines: actions.map(actionText) } as const]),
  ...scores.map(({ on, score, words: said }) => line(`${showDate(on)}: ${String(score)} out of 10. ${said}`))
]

const actionText = ({
  words,
  ownerName,
  dueOn,
  progress
}: ExportedPlan['outcomes'][number]['actions'][number]) => [
  {
    text: [
      `${words}. ${ownerName}, by ${showDate(dueOn)}.`,
      ...progress.map(
        (each) =>
          `${progressLabels[each.progress]}, ${showDate(each.on)}, recorded by ${each.byName}. ${each.words} ${each.evidence}`
      )
    ].join(' ')
  }
]

/** The beginning of a section; `isMore` where it goes on from the part before. */
export const sectionHead = (title: string, isMore: boolean): Block =>
  heading(2, `${title}${isMore ? ', continued' : ''}`)

export const emptySection = (title: string, isAsked: boolean): Block[] => [
  heading(2, title),
  line(isAsked ? 'There is none.' : 'Not asked for.')
]

/** The day, what happened and who recorded it. */
export const entryRow = ({ on, who, what, details, byName }: ExportedEntry): Cell[] => [
  cell(showDate(on)),
  [[...(who === '' ? [] : [mark(`${who} `)]), { text: what }], ...details.map((text) => [{ text }])],
  cell(byName)
]

export const entriesTable = (rows: readonly Cell[][]): Block => ({
  is: 'table',
  of: 'entries',
  head: ['Day', 'What happened', 'Recorded by'],
  rows
})

/** A case note with what was added to it and the names of its files. */
export function noteText(note: ExportedNote, names: Names): Block[] {
  const named = (ids: readonly string[]) => ids.map((id) => names.person(id)).join(', ')
  const present = [named(note.presentIds), note.present].filter((part) => part !== '').join(', ')
  const there = present === '' ? '' : ` There: ${present}.`
  return [
    heading(3, `${String(note.number)}. ${noteKindLabels[note.kind]}, ${showDateTime(note.happenedAt)}`),
    line(`Assessment ${note.episodeReference}. About ${named(note.aboutIds)}.${there}`, 'by'),
    ...(note.familyMaySee ? [] : [line([mark(`The family may not see this note. ${note.restrictedWhy}`)])]),
    line(note.words),
    ...(note.childsVoice === '' ? [] : [line(marked('The child’s voice', note.childsVoice))]),
    ...note.files.map(fileLine),
    line(
      `Recorded by ${note.byName}, ${showDateTime(note.recordedAt)}${afterClosing(note.afterClosing)}`,
      'by'
    ),
    ...note.addenda.flatMap(addendumText)
  ]
}

const addendumText = ({
  words,
  files,
  byName,
  recordedAt,
  afterClosing: wasClosed
}: ExportedNote['addenda'][number]): Block[] => [
  line(marked('Added later', words)),
  ...files.map(fileLine),
  line(`Added by ${byName}, ${showDateTime(recordedAt)}${afterClosing(wasClosed)}`, 'by')
]

const afterClosing = (is: boolean): string => (is ? ', after the assessment had closed' : '')

const fileLine = ({ name, entry }: ExportedNote['files'][number]): Block =>
  line(marked('File', `${name} (${entry === '' ? 'not in this export' : `${entry} in this export`})`))

/** `Child`: everybody whom the notes may name. */
export const peopleTable = (people: readonly ExportedPerson[]): Block[] =>
  people.length === 0
    ? emptySection('People', true)
    : [
        heading(2, 'People'),
        {
          is: 'table',
          of: 'people',
          head: ['Name', 'In the family'],
          rows: people.map(({ name, role }) => [name, memberRoleLabels[role]].map(cell))
        }
      ]
