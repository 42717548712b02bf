import type { DraftKind, FormDraftRow } from '../../shared/draft/draft.ts'

export const formTitles: Record<DraftKind, string> = {
  registration: 'Register a family',
  agreement: 'Record agreement',
  withdrawal: 'Withdraw agreement',
  sharing: 'Share information',
  check: 'Check for an open assessment',
  assessment: 'Assessment',
  note: 'Case note',
  meeting: 'Record of a meeting',
  closing: 'Close assessment',
  transfer: 'Transfer keyworker',
  cover: 'Arrange cover',
  reassignment: 'Give all families to others',
  'hand-over': 'Export a hand-over',
  letter: 'Write a letter',
  advice: 'Ask for advice',
  'step-down': 'Receive a step-down',
  return: 'Send back a step-down',
  decision: 'Record decision',
  'triage-letter': 'Write a letter',
  'step-up': 'Request step-up',
  outcomes: 'Record outcomes',
  'subject-access': 'Record a subject access request',
  export: 'Export case notes'
}

/** "Register a family: Robin Vale" */
export const formName = ({ kind, title }: FormDraftRow): string =>
  title.trim() === '' ? formTitles[kind] : `${formTitles[kind]}: ${title.trim()}`

/** Where an unfinished form is gone on with. */
export function formPath({ kind, id, ...about }: FormDraftRow): string {
  const { familyId, episodeId, practitionerId, stepDownId, meetingId, callId } = about
  switch (kind) {
    case 'registration':
      return `/families/register/${id}`
    case 'check':
      return `/checks/new/${id}`
    case 'agreement':
    case 'withdrawal':
    case 'sharing':
      return `/families/${familyId}/${kind}/${id}`
    case 'assessment':
    case 'note':
    case 'meeting':
    case 'closing':
    case 'transfer':
    case 'step-up':
      return `/assessments/${episodeId}/${kind}/${id}`
    case 'letter':
    case 'advice':
      return `/families/${familyId}/${kind}/${id}`
    case 'step-down':
      return `/triage/${stepDownId}/receive/${id}`
    case 'return':
    case 'decision':
      return `/triage/${stepDownId}/${kind}/${id}`
    case 'triage-letter':
      return `/triage/${stepDownId}/letter/${id}`
    case 'export':
      if (familyId === '') return `/calls/${callId}/export?form=${id}`
      return `/exports/${familyId}${episodeId && `/${episodeId}`}?form=${id}`
    case 'subject-access':
      return `/subject-access/record/${id}`
    case 'outcomes':
      return `/impact-meetings/${meetingId}/outcomes/${id}`
    case 'cover':
    case 'reassignment':
    case 'hand-over':
      return `/keyworkers/${practitionerId}/${kind}/${id}`
  }
}
