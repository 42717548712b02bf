import type { FieldError } from '../errors.ts'
import type { CivilDate, Instant } from '../ids.ts'
import { londonDate, showDate, showTime } from '../time/london.ts'
import { isOutside, isOver, type Candidate } from './ranking.ts'
import type { AnsweredProposal, ProposedKeyworker } from './stepDown.ts'

/** C8: somebody above what they can hold, or outside the family's hub, only with the reason. By the field of a proposal. */
export function problemsWithProposal(
  { overReason, outsideReason }: Pick<ProposedKeyworker, 'overReason' | 'outsideReason'>,
  candidate: Candidate
): FieldError[] {
  const asks = (path: 'overReason' | 'outsideReason', message: string) => ({ path, message })
  return [
    ...(isOver(candidate) && overReason.trim() === ''
      ? [asks('overReason', 'Enter why they take it although they would hold more than they can')]
      : []),
    ...(isOutside(candidate) && outsideReason.trim() === ''
      ? [asks('outsideReason', 'Enter why it goes to somebody outside the family’s hub')]
      : [])
  ]
}

/** What of a proposal is kept: a reason that nothing asked for is none. */
export const reasonsKept = (
  { overReason, outsideReason }: Pick<ProposedKeyworker, 'overReason' | 'outsideReason'>,
  candidate: Candidate
): Pick<ProposedKeyworker, 'overReason' | 'outsideReason'> => ({
  overReason: isOver(candidate) ? overReason : '',
  outsideReason: isOutside(candidate) ? outsideReason : ''
})

/** Whoever is second is told who was first: "Already allocated to Priya Shah, 10:14"; with the day where it was another one. */
export function allocatedWords(name: string, at: Instant, now: Instant): string {
  const day = londonDate(at)
  return `Already allocated to ${name}, ${day === londonDate(now) ? '' : `${showDate(day)}, `}${showTime(at)}`
}

/** What an answer is held against. */
export interface ProposalToAnswer {
  today: CivilDate
  /** The London day on which they were asked. */
  proposedOn: CivilDate
  /** An assessment of the family is open, and somebody else is its keyworker: then the family goes to another one. */
  changesKeyworker: boolean
}

/** What is missing or cannot be in an answer, by field (R38: a new keyworker is agreed with the family). */
export function problemsWithAnswer(
  answer: AnsweredProposal,
  { today, proposedOn, changesKeyworker }: ProposalToAnswer
): FieldError[] {
  const agreedOn = answer.answer === 'accept' ? answer.agreedOn : ''
  const found: (FieldError | false)[] = [
    answer.on > today && { path: 'on', message: 'Enter today or an earlier day' },
    answer.on < proposedOn && {
      path: 'on',
      message: `Enter ${showDate(proposedOn)} or a later day: they were asked then`
    },
    answer.answer === 'accept' &&
      changesKeyworker &&
      agreedOn === '' && { path: 'agreedOn', message: 'Enter when the family agreed to this keyworker' },
    agreedOn > today && { path: 'agreedOn', message: 'Enter today or an earlier day' }
  ]
  return found.filter((each) => each !== false)
}
