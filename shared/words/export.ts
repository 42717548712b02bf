import {
  isOfRecord,
  type ExportedAs,
  type ExportFormat,
  type ExportScope,
  type ExportSelection
} from '../export/caseNotes.ts'
import type { Exclusion, TallySection } from '../export/tally.ts'

export const scopeLabels: Record<ExportScope, string> = {
  assessment: 'One assessment',
  family: 'The whole family',
  child: 'One child',
  meeting: 'One meeting',
  'step-up': 'One step-up',
  call: 'One call'
}

/** What an export is, as its cover says. */
export const exportTitles: Record<ExportedAs, string> = {
  'case-notes': 'Case notes',
  chronology: 'Chronology',
  assessment: 'Assessment and plan',
  meeting: 'Record of a meeting',
  'step-up': 'Step-up pack',
  call: 'Record of a call'
}

/** What the status of an export counts: `mainCount` of tally.ts. */
export type ExportCounts = 'notes' | 'records' | 'records-and-notes' | 'entries'
export const exportCounts = ({ scope, notes }: Pick<ExportSelection, 'scope' | 'notes'>): ExportCounts => {
  if (!isOfRecord(scope)) return notes ? 'notes' : 'entries'
  return notes && scope !== 'call' ? 'records-and-notes' : 'records'
}

const countedOne: Record<ExportCounts, string> = {
  notes: 'note',
  records: 'record',
  'records-and-notes': 'record or note',
  entries: 'entry'
}
export const exportCountedMany: Record<ExportCounts, string> = {
  notes: 'notes',
  records: 'records',
  'records-and-notes': 'records and notes',
  entries: 'entries'
}

/** `20,000 notes, 3 excluded`; `1 record`, where it is all there is. */
export function exportCountedWords(
  counts: ExportCounts,
  { included, excluded }: { included: number; excluded: number }
): string {
  const said = `${included.toLocaleString('en-GB')} ${(included === 1 ? countedOne : exportCountedMany)[counts]}`
  const isRecordAlone = counts === 'records' && excluded === 0
  return isRecordAlone ? said : `${said}, ${excluded.toLocaleString('en-GB')} excluded`
}

export const formatLabels: Record<ExportFormat, string> = {
  pdf: 'PDF, to read and print',
  docx: 'Word, to work with',
  json: 'JSON, for another system'
}

export const sectionLabels: Record<TallySection, string> = {
  records: 'Records',
  passages: 'Texts in the records',
  notes: 'Case notes',
  chronology: 'Chronology',
  assessment: 'What was assessed',
  plan: 'Outcomes of the plan',
  files: 'Files on the notes'
}

export const exclusionLabels: Record<Exclusion, string> = {
  desk: 'The desk’s own work',
  'in-error': 'Entered in error',
  withheld: 'Tells an address or phone number that is withheld',
  restricted: 'Only for staff: the family may not see it',
  'other-assessment': 'Of another assessment',
  'about-others': 'About other people of the family as well',
  'note-left-out': 'On a case note that is left out',
  dates: 'Outside the dates that were asked for',
  kind: 'Of a kind that was not asked for'
}
