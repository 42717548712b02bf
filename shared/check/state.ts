import type { CheckRecord, CheckState, checkAnswers, IdentityMethod, IdentityResult } from './check.ts'

/** What has happened in a check since it was begun, in its order. */
export interface Course {
  tries: readonly { method: IdentityMethod; result: IdentityResult }[]
  /** The newest answer of the record. */
  answer: (typeof checkAnswers)[number] | undefined
  isDisclosed: boolean
  /** The newest: who it was passed on to may pass it on again, or end it. */
  ending: 'passed-on' | 'ended' | undefined
}

/** The course of a check, from its record. */
export const courseOf = ({ tries, answer, disclosed, ending }: CheckRecord): Course => ({
  tries,
  answer: answer?.answer,
  isDisclosed: disclosed !== undefined,
  ending: ending?.kind
})

/** Has it been made sure who is calling (R19)? One way that passed is enough, whatever failed before. */
export const isIdentified = ({ tries }: Pick<Course, 'tries'>): boolean =>
  tries.some(({ result }) => result === 'passed')

/**
 * Where a check stands. Its order is strict: agreement, which begins it, then identity, only then the answer (R18, R19).
 * Who it was passed on to goes on from where it stood.
 */
export function stateOf(course: Course): CheckState {
  if (course.isDisclosed) return 'disclosed'
  return course.ending ?? stepOf(course)
}

function stepOf(course: Course): 'to-identify' | 'identified' | 'answered' {
  if (course.answer !== undefined) return 'answered'
  return isIdentified(course) ? 'identified' : 'to-identify'
}

export const checkActs = ['try-identity', 'answer', 'disclose', 'end'] as const
export type CheckAct = (typeof checkActs)[number]

/**
 * What may be done next. R19: nothing is answered before identity is sure. C3: only an answer that is plain is told, and
 * once it is told the check is over. Asking again with better details is allowed while nothing has been told.
 */
export function mayDo(course: Course): CheckAct[] {
  const state = stateOf(course)
  if (state === 'disclosed' || state === 'ended') return []
  switch (stepOf(course)) {
    case 'to-identify':
      return ['try-identity', 'end']
    case 'identified':
      return ['answer', 'end']
    case 'answered':
      return course.answer === 'unclear' ? ['answer', 'end'] : ['answer', 'disclose', 'end']
  }
}

/**
 * Another way than the call back needs a reason, and is counted (R19): it is for when the call back failed or cannot be
 * made, not a short cut.
 */
export const needsReason = (method: IdentityMethod): boolean => method !== 'call-back'
