import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { ImpactMeetingRow, StepUp } from '../../shared/stepUp/record.ts'
import type { TakenStepUp } from '../../shared/stepUp/stepUp.ts'
import { nextLabels, TRIAGE } from '../../shared/words/stepUp.ts'
import { showDate, showDay } from '../words/dates.ts'

export * from '../../shared/words/stepUp.ts'

/** One unfinished form for each person and assessment, so that whoever comes back goes on with theirs; another after a request. */
export const stepUpFormId = (episodeId: Id, accountId: Id, requests: number): Id =>
  naturalId('step-up', episodeId, accountId, String(requests))

/** One unfinished form for each person and meeting. */
export const outcomesFormId = (meetingId: Id, accountId: Id): Id =>
  naturalId('outcomes', meetingId, accountId)

/** Whose it is: its children, or that it is restricted. */
export const caseName = ({ childNames, isHidden, familyReference }: StepUp): string =>
  isHidden ? `Restricted family ${familyReference}` : childNames || `Family ${familyReference}`

/** What is next and with whom: `Put it on the agenda of a meeting. It is with the triage managers.` */
export const caseOwner = ({ next, ownerName }: StepUp): string =>
  next
    ? `${nextLabels[next.act]}. It is with ${ownerName === TRIAGE ? 'the triage managers' : ownerName}.`
    : ''

/** `Monday 30 November 2026, 14:00` */
export const meetingWhen = ({ onDay, startsAt }: Pick<ImpactMeetingRow, 'onDay' | 'startsAt'>): string =>
  `${showDay(onDay)}, ${startsAt}`

/** R59: `Confirmed with Dana Whitfield on 23 November 2026`. */
export const confirmedWords = ({ on, who }: { on: CivilDate; who: string }): string =>
  who === '' ? `Nobody was in doubt on ${showDate(on)}` : `Confirmed with ${who} on ${showDate(on)}`

/** What is recorded of a request outside a meeting, each with a dialog of its own. */
export type StepUpAct = TakenStepUp['event']

/** What the dialog of an act asks, and what is said once it is recorded. */
export interface AskedOfAct {
  title: string
  /** Of the button that opens the dialog. */
  act: string
  label: string
  day: string
  /** '' where nobody is asked for. */
  who: string
  words: string
  /** Above the fields; '' for nothing. */
  hint: string
  isDanger: boolean
  told: string
}

const plain = { who: '', hint: '', isDanger: false }

export const askedOf: Record<StepUpAct, AskedOfAct> = {
  inform: {
    ...plain,
    title: 'Answer what was asked for',
    act: 'Answer',
    label: 'Record the answer',
    day: 'On which day?',
    words: 'What does the meeting need to know?',
    told: 'Recorded. The request waits for a meeting again.'
  },
  withdraw: {
    ...plain,
    title: 'Withdraw the request',
    act: 'Withdraw the request',
    label: 'Withdraw',
    day: 'On which day was it decided?',
    words: 'Why?',
    hint: 'If you fear for a child’s safety, refer now. A referral waits for no meeting.',
    isDanger: true,
    told: 'The request for step-up is withdrawn.'
  },
  refer: {
    ...plain,
    title: 'Referred without agreement',
    act: 'It was referred',
    label: 'Record the referral',
    day: 'On which day was it referred?',
    who: 'Who has it at statutory services?',
    words: 'Why was it referred without agreement?',
    told: 'Recorded: it was referred without agreement.'
  },
  confirm: {
    ...plain,
    title: 'Confirm what continues',
    act: 'Confirm what continues',
    label: 'Record it',
    day: 'On which day?',
    who: 'With which social worker?',
    words: 'What continues?',
    hint: 'Some work may go on beside statutory services. If in doubt, check with the allocated social worker before support ends.',
    told: 'Recorded: what continues is confirmed.'
  }
}
