import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { RuleCode } from '../../shared/rule/rule.ts'
import { missingForProposal, type Missing } from '../../shared/transfer/problems.ts'
import type { Transfer, TransferStep } from '../../shared/transfer/transfer.ts'
import { notesGivenLabels } from '../../shared/words/transfer.ts'
import { listed } from '../note/words.ts'
import { showDate } from '../words/dates.ts'

export { transferKindLabels, transferStateLabels, transferWords } from '../../shared/words/transfer.ts'

/** One unfinished form for each person and assessment, so that whoever comes back goes on with theirs; another after a request. */
export const transferFormId = (episodeId: Id, accountId: Id, requests: number): Id =>
  naturalId('transfer', episodeId, accountId, String(requests))

/** What may be done from the card, each with a dialog of its own. */
export type Act = TransferStep | 'give-notes'

/** What the button of each act says. */
export const actLabels: Record<Act, string> = {
  'plan-review': 'It is planned',
  'hold-review': 'It was held',
  'tell-family': 'The family was told',
  'review-agreement': 'Agreement was reviewed',
  'contact-authority': 'They were spoken to',
  propose: 'Propose a keyworker',
  accept: 'Accept',
  decline: 'Decline',
  introduce: 'They were introduced',
  'hand-over': 'Hand over',
  cancel: 'Take back',
  'give-notes': 'Choose notes to give'
}

/** One line of what is done for a transfer, and what is next. */
export interface ChecklistItem {
  key: string
  label: string
  rule: RuleCode | undefined
  /** When and by whom; '' where it is still to be done. */
  done: string
  /** Why it cannot be done yet, or what it is for. */
  hint: string
  acts: Act[]
  standing: Standing
}

/** "If possible": asked for, and never in the way. "Not yet": something else comes first. */
export type Standing = 'Done' | 'Planned' | 'To do' | 'If possible' | 'Not yet'
type Line = Omit<ChecklistItem, 'standing'>

const missingWords: Record<Missing, string> = {
  'tell-family': 'tell the family',
  review: 'plan or hold a review of the team',
  'contact-authority': 'speak to the other authority'
}

/** What is done for a transfer and what is next, in the order in which it is done (R30, R37 to R39, R58, L24). */
export function checklist(transfer: Transfer, today: CivilDate): ChecklistItem[] {
  const { kind, mayDo } = transfer
  const able = (...steps: TransferStep[]) => steps.filter((step) => mayDo.includes(step))
  const isOut = kind === 'out-of-county'
  const lines: Line[] = [
    {
      ...line('review', 'Review of the team', 'R37', reviewWords(transfer)),
      acts: transfer.reviewHeldOn ? [] : able('plan-review', 'hold-review'),
      hint: transfer.reviewHeldOn ? '' : 'A meeting of the team that is arranged or recorded below counts.'
    },
    {
      ...line('family', 'The family knows and is involved', 'R37', stepWords(transfer, 'tell-family')),
      acts: transfer.familyToldOn ? [] : able('tell-family')
    },
    ...(isOut ? [authority(transfer, able('contact-authority'))] : []),
    proposal(transfer, able('propose'), today),
    {
      ...line('answer', isOut ? 'They accept the family' : 'The new keyworker accepts', undefined, ''),
      done: transfer.state === 'accepted' ? stepWords(transfer, 'accept') : '',
      acts: able('accept', 'decline'),
      hint: declinedWords(transfer)
    },
    {
      ...line('agreement', 'Agreement is reviewed', 'R30', ''),
      done: transfer.agreementReviewedOn && `On ${showDate(transfer.agreementReviewedOn)}`,
      acts: transfer.agreementReviewedOn ? [] : able('review-agreement'),
      hint: transfer.agreementReviewedOn
        ? ''
        : `On or after ${showDate(transfer.requestedOn)}. Without it the notes do not open for ${transfer.toName || 'the new keyworker'}.`
    },
    notes(transfer),
    isOut ? handOver(transfer, able('hand-over')) : changeover(transfer, today),
    {
      ...line('introduction', 'Introduced at the next meeting', 'R58', ''),
      done: transfer.introducedOn && `On ${showDate(transfer.introducedOn)}`,
      acts: transfer.introducedOn ? [] : able('introduce')
    }
  ]
  return lines.map((each) => ({ ...each, standing: standingOf(each, transfer) }))
}

function standingOf({ key, done, acts }: Line, { reviewHeldOn }: Transfer): Standing {
  if (done) return key === 'review' && !reviewHeldOn ? 'Planned' : 'Done'
  if (key === 'introduction') return 'If possible'
  return acts.length > 0 ? 'To do' : 'Not yet'
}

const line = (key: string, label: string, rule: RuleCode | undefined, done: string): Line => ({
  ...{ key, label, rule, done, hint: '' },
  acts: []
})

function reviewWords({ reviewHeldOn, reviewPlannedFor }: Transfer): string {
  if (reviewHeldOn) return `Held on ${showDate(reviewHeldOn)}`
  return reviewPlannedFor ? `Planned for ${showDate(reviewPlannedFor)}` : ''
}

/** `On 23 November 2026: Jo Vale, at home`; '' where it was not done. */
function stepWords({ steps }: Transfer, wanted: TransferStep): string {
  const taken = steps.findLast(({ step }) => step === wanted)
  if (!taken) return ''
  const who = [taken.who, taken.how].filter(Boolean).join(', ')
  return `On ${showDate(taken.on)}${who && `: ${who}`}`
}

const authority = (transfer: Transfer, acts: Act[]): Line => ({
  ...line(
    'authority',
    `Early help of ${transfer.authorityName} was spoken to`,
    'R39',
    stepWords(transfer, 'contact-authority')
  ),
  acts: transfer.authorityContactedOn ? [] : acts
})

function proposal(transfer: Transfer, able: Act[], today: CivilDate): Line {
  const { toName, changeoverOn, state, steps } = transfer
  const missing = missingForProposal(transfer, today).map((each) => missingWords[each])
  const agreedOn = steps.findLast(({ step }) => step === 'propose')?.agreedOn ?? ''
  const first = `First ${listed(missing)}.`
  return {
    ...line('proposal', 'Somebody is proposed, agreed with the family', 'R38', ''),
    done:
      toName && `${toName} from ${showDate(changeoverOn)}, agreed with the family on ${showDate(agreedOn)}`,
    acts: missing.length === 0 ? able : [],
    hint: missing.length > 0 && state === 'requested' ? first : ''
  }
}

/** Whoever said no, until somebody else is proposed. */
function declinedWords({ state, steps }: Transfer): string {
  const last = steps.findLast(({ step }) => step === 'decline')
  return state === 'requested' && last ? `${last.who} said no on ${showDate(last.on)}: ${last.note}` : ''
}

function notes(transfer: Transfer): Line {
  const { notesGiven, state, agreementReviewedOn, toName } = transfer
  const isOpen = state === 'accepted' && agreementReviewedOn !== ''
  return {
    ...line('notes', 'What of the notes goes with the family', 'R30', ''),
    done: notesGiven && `${notesGivenLabels[notesGiven]}, for ${toName}`,
    acts: isOpen ? ['give-notes'] : []
  }
}

function changeover({ state, changeoverOn }: Transfer, today: CivilDate): Line {
  const item = line('changeover', 'The keyworker changes', 'R38', '')
  if (state !== 'accepted') return item
  return changeoverOn <= today
    ? { ...item, done: `Since ${showDate(changeoverOn)}` }
    : { ...item, hint: `On ${showDate(changeoverOn)}, by itself. Until then the present keyworker stays.` }
}

const handOver = ({ changeoverOn, authorityName }: Transfer, acts: Act[]): Line => ({
  ...line('hand-over', `Handed over to ${authorityName}`, 'R39', ''),
  acts,
  hint: changeoverOn
    ? `Meant for ${showDate(changeoverOn)}. Until then the present keyworker stays; then the assessment closes here.`
    : ''
})
