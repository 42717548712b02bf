import type { Transfer, TransferStep } from '../../shared/transfer/transfer.ts'
import { showDate } from '../words/dates.ts'

/** A step that is recorded in a dialog of its own; to propose has another one. */
export type SimpleStep = Exclude<TransferStep, 'propose'>

/** What the dialog of a step asks. */
export interface AskedOfStep {
  title: string
  label: string
  day: string
  /** What is said for whom; '' where nobody is asked for. */
  who: string
  how: string
  note: string
  /** Above the fields; '' for nothing. */
  hint: string
  isDanger: boolean
  /** Whoever was proposed is the likely one. */
  isTheirWord: boolean
  /** Said once it is recorded. */
  told: string
}

const plain = { who: '', how: '', note: 'Note (optional)', hint: '', isDanger: false, isTheirWord: false }

/** Of each step, what is asked and said. */
export const askedOf: Record<SimpleStep, (transfer: Transfer) => AskedOfStep> = {
  'plan-review': () => ({
    ...plain,
    title: 'A review of the team is planned',
    label: 'Record the day',
    day: 'For which day?',
    told: 'Recorded: a review of the team is planned'
  }),
  'hold-review': () => ({
    ...plain,
    title: 'A review of the team was held',
    label: 'Record the review',
    day: 'On which day?',
    told: 'Recorded: a review of the team was held'
  }),
  'tell-family': () => ({
    ...plain,
    title: 'The family was told',
    label: 'Record that they were told',
    day: 'On which day?',
    who: 'Who of the family was told?',
    how: 'How? (optional)',
    told: 'Recorded: the family was told'
  }),
  'review-agreement': ({ toName }) => ({
    ...plain,
    title: 'Agreement was reviewed',
    label: 'Record the review',
    day: 'On which day?',
    who: 'With whom of the family?',
    hint: `The family still agrees that ${toName || 'a new keyworker'} works with them and sees what is shared. Where they do not, withdraw or change their agreement on the family’s page instead.`,
    told: 'Recorded: agreement was reviewed'
  }),
  'contact-authority': ({ authorityName }) => ({
    ...plain,
    title: `${authorityName} was spoken to`,
    label: 'Record the contact',
    day: 'On which day?',
    who: `Who was spoken to at ${authorityName}?`,
    told: `Recorded: ${authorityName} was spoken to`
  }),
  accept: ({ kind, toName, changeoverOn }) => ({
    ...plain,
    title: `${toName} accepts`,
    label: 'Record that they accept',
    day: 'On which day did they say so?',
    who: 'Who said yes?',
    isTheirWord: true,
    told: `Recorded: ${toName} accepts${kind === 'in-county' ? ` and is the keyworker from ${showDate(changeoverOn)}` : ''}`
  }),
  decline: ({ toName }) => ({
    ...plain,
    title: `${toName} declines`,
    label: 'Record that they decline',
    day: 'On which day did they say so?',
    who: 'Who said no?',
    isTheirWord: true,
    note: 'Why?',
    told: `Recorded: ${toName} declines. Somebody else can be proposed now.`
  }),
  introduce: ({ toName }) => ({
    ...plain,
    title: 'The new keyworker was introduced',
    label: 'Record it',
    day: 'On which day?',
    told: `Recorded: ${toName} was introduced to the family`
  }),
  'hand-over': ({ authorityName }) => ({
    ...plain,
    title: `Hand over to ${authorityName}`,
    label: 'Hand over and close here',
    day: 'Since which day do they have the family?',
    who: 'Who has the family there?',
    isTheirWord: true,
    hint: 'The assessment closes here. What is planned in it is cancelled, and what is open of its plan goes on there.',
    isDanger: true,
    told: `Handed over to ${authorityName}. The assessment is closed here.`
  }),
  cancel: ({ state, toName }) => ({
    ...plain,
    title: 'Take the transfer back',
    label: 'Take back',
    day: 'On which day was it decided?',
    note: 'Why?',
    hint: state === 'accepted' ? `The present keyworker stays. Tell ${toName} and the family.` : '',
    isDanger: true,
    told: 'The transfer is taken back. The present keyworker stays.'
  })
}
