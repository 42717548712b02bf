import type { ExportedAs, ExportFormat, ExportScope } from '../export/caseNotes.ts'
import type { Exclusion, TallySection } from '../export/tally.ts'

export const scopeLabels: Record<ExportScope, string> = {
  assessment: 'One assessment',
  family: 'The whole family',
  child: 'One child',
  meeting: 'One meeting',
  'step-up': 'One request for step-up',
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

export const formatLabels: Record<ExportFormat, string> = {
  pdf: 'PDF, to read and print',
  docx: 'Word, to work with',
  json: 'JSON, for another system'
}

export const sectionLabels: Record<TallySection, string> = {
  records: 'Records',
  passages: 'What they say, text by text',
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
