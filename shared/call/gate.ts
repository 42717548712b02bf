import type { Rules } from '../setting/inForce.ts'
import type { CallDraft } from './call.ts'

export interface Gate {
  answer: 'unanswered' | 'passes' | 'passes-unverified' | 'turned-away'
  /** What to read out to a caller who is turned away; '' otherwise. */
  signpost: string
}

type Caller = Pick<
  CallDraft,
  'line' | 'callerKind' | 'otherKind' | 'schoolId' | 'assessmentId' | 'assessmentConfirmedBy'
>

const unanswered: Gate = { answer: 'unanswered', signpost: '' }
const passes: Gate = { answer: 'passes', signpost: '' }
const turnedAway = (signpost: string): Gate => ({ answer: 'turned-away', signpost })

/**
 * R13, R14, S0, C1: may this caller use the line? Any school in the directory may, an independent one included, and a
 * keyworker with an open assessment: one of the record, or unverified where only somebody's word stands for it. Everyone
 * else is told where to turn. A line that is open to anyone asks only who is calling.
 */
export function gate(draft: Caller, rules: Rules): Gate {
  if (draft.callerKind === '') return unanswered
  if (rules.lines[draft.line].anyone) return passes

  const { callers, others } = rules.hubCallers
  const mayUse = callers.includes(draft.callerKind)
  switch (draft.callerKind) {
    case 'school':
      if (!mayUse) return turnedAway(rules.signposts.other)
      return draft.schoolId === '' ? unanswered : passes
    case 'keyworker':
      if (!mayUse) return turnedAway(rules.signposts.other)
      if (draft.assessmentId !== '') return passes
      return draft.assessmentConfirmedBy.trim() === ''
        ? unanswered
        : { answer: 'passes-unverified', signpost: '' }
    case 'someone-else':
      if (draft.otherKind === '') return unanswered
      if (mayUse || others.includes(draft.otherKind)) return passes
      return turnedAway(rules.signposts[draft.otherKind])
  }
}
