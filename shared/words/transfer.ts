import type { ChronologyBodies } from '../family/chronology.ts'
import type {
  NotesGiven,
  Transfer,
  TransferKind,
  TransferReason,
  TransferState
} from '../transfer/transfer.ts'
import { showDate } from '../time/london.ts'

/** R36, in the words of the list of reasons. */
export const transferReasonLabels: Record<TransferReason, string> = {
  'local-move': 'The family moves within the county',
  'out-of-county': 'The family moves out of the county',
  'setting-change': 'A child changes school or setting',
  'job-change': 'The keyworker changes job',
  'to-intensive': 'Up to intensive family support',
  'to-statutory': 'Up to statutory services',
  'family-request': 'The family asks for it',
  'not-engaging': 'The family does not engage',
  'keyworker-unable': 'The keyworker cannot go on for now',
  'step-down': 'Step-down from statutory services'
}

/** R36: of a family that does not engage. */
export const thresholdSaid: Record<'yes' | 'no', string> = {
  yes: 'It is below the threshold of safeguarding',
  no: 'It is not below the threshold of safeguarding'
}

/** L24: what of the notes so far goes with the family. */
export const notesGivenLabels: Record<NotesGiven, string> = {
  all: 'All notes',
  'family-may-see': 'The notes that the family may see',
  chosen: 'Some notes, chosen one by one',
  none: 'No notes'
}

type SaidOfStep = Omit<Extract<ChronologyBodies['transfer'], { of: 'step' }>, 'of' | 'note'>

/** One step of a transfer as a sentence of the chronology. */
export function transferStepSaid({ step, onDay, practitionerName, who, how }: SaidOfStep): string {
  switch (step) {
    case 'plan-review':
      return `Transfer of keyworker: a review of the team is planned for ${showDate(onDay)}`
    case 'hold-review':
      return 'Transfer of keyworker: a review of the team was held'
    case 'tell-family':
      return `Transfer of keyworker: ${who} was told${how && ` (${how})`}`
    case 'review-agreement':
      return `Transfer of keyworker: agreement was reviewed with ${who}`
    case 'contact-authority':
      return `Transfer of keyworker: spoke to ${who} at the other authority`
    case 'propose':
      return `Proposed as keyworker from ${showDate(onDay)}: ${practitionerName || who}`
    case 'accept':
      return `Transfer of keyworker accepted by ${who}`
    case 'decline':
      return `Transfer of keyworker declined by ${who}`
    case 'introduce':
      return 'The new keyworker was introduced to the family'
    case 'hand-over':
      return `The family was handed over: ${who} has it now`
    case 'cancel':
      return 'Transfer of keyworker taken back'
  }
}

export const transferKindLabels: Record<TransferKind, string> = {
  'in-county': 'In the county',
  'out-of-county': 'Out of the county'
}

export const transferStateLabels: Record<TransferState, string> = {
  requested: 'Asked for',
  proposed: 'Somebody is proposed',
  accepted: 'Accepted',
  'handed-over': 'Handed over',
  cancelled: 'Taken back'
}

/** "Out of the county to Luton: the family moves out of the county" */
export const transferWords = ({ kind, authorityName, reason }: Transfer): string =>
  `${transferKindLabels[kind]}${authorityName && ` to ${authorityName}`}: ${lowerFirst(transferReasonLabels[reason])}`

const lowerFirst = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
