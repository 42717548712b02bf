import type { FieldError } from '../errors.ts'
import type { Instant } from '../ids.ts'
import { readBirth } from '../person/birth.ts'
import type { Rules } from '../setting/inForce.ts'
import { readDate } from '../time/civilDate.ts'
import { londonDate, readTime, toInstant } from '../time/london.ts'
import type { CallDraft, DraftAction, DraftChild } from './call.ts'
import { gate } from './gate.ts'
import { tookPlaceAt } from './tookPlace.ts'

const isBlank = (...texts: string[]): boolean => texts.every((text) => text.trim() === '')

/** A row of the form that nobody wrote in; it is not filed. */
export const isEmptyChild = (child: DraftChild): boolean =>
  isBlank(child.name, child.birth, child.upn, child.relation, child.address)

export const isEmptyAction = (action: DraftAction): boolean => isBlank(action.what, action.who, action.byWhen)

/**
 * What stands between a draft and a filed call, in the order of the form (issue 2, section 6). R9, S0: having consulted
 * the Continuum of Need or one's lead, and whether the parents know, never block. R14: a caller who is turned away is
 * filed with their kind and the signpost alone; only what was typed all the same must be readable.
 */
export function problemsWith(draft: CallDraft, rules: Rules, on: { now: Instant }): FieldError[] {
  const isTurnedAway = gate(draft, rules).answer === 'turned-away'
  return [
    ...(isTurnedAway ? [] : problemsWithCaller(draft, rules)),
    ...problemsWithChildren(draft),
    ...(isTurnedAway ? [] : problemsWithAdvice(draft, rules)),
    ...problemsWithActions(draft),
    ...problemsWithTime(draft, rules, on.now),
    ...problemsWithSlot(draft)
  ]
}

function problemsWithCaller(draft: CallDraft, rules: Rules): FieldError[] {
  const isGated = !rules.lines[draft.line].anyone
  const problems: FieldError[] = []
  if (draft.callerKind === '') problems.push({ path: 'callerKind', message: 'Choose who is calling' })
  if (draft.callerKind === 'someone-else' && draft.otherKind === '' && isGated) {
    problems.push({ path: 'otherKind', message: 'Choose what kind of caller this is' })
  }
  if (draft.callerKind === 'school' && draft.schoolId === '') {
    problems.push({
      path: 'schoolId',
      message: isBlank(draft.schoolText)
        ? 'Enter the school'
        : 'Choose the school from the list, or add it to the directory'
    })
  }
  if (
    draft.callerKind === 'keyworker' &&
    isBlank(draft.assessmentId, draft.assessmentConfirmedBy) &&
    isGated
  ) {
    const message = 'Choose the open assessment, or enter who confirmed it'
    problems.push({ path: 'assessmentConfirmedBy', message })
  }
  if (isBlank(draft.callerName)) problems.push({ path: 'callerName', message: 'Enter the caller’s name' })
  return problems
}

function problemsWithChildren(draft: CallDraft): FieldError[] {
  const day = londonDate(tookPlaceAt(draft))
  return draft.children.flatMap((child, index) => {
    const birth = readBirth(child.birth, day)
    return birth.kind === 'unreadable' ? [{ path: `children.${index}.birth`, message: birth.message }] : []
  })
}

function problemsWithAdvice(draft: CallDraft, rules: Rules): FieldError[] {
  const needsAdvice = draft.outcome !== 'turned-away' && draft.outcome !== 'call-back'
  const problems: FieldError[] = []
  if (isBlank(draft.concern)) problems.push({ path: 'concern', message: 'Enter what the concern is' })
  if (draft.level !== '' && !rules.levels.some((level) => level.key === draft.level)) {
    problems.push({ path: 'level', message: 'Choose a level of need from the list' })
  }
  if (draft.level !== '' && isBlank(draft.levelWhy)) {
    problems.push({ path: 'levelWhy', message: 'Enter why this level of need was discussed' })
  }
  if (needsAdvice && isBlank(draft.advice)) {
    problems.push({ path: 'advice', message: 'Enter the advice that was given' })
  }
  if (draft.outcome === '') problems.push({ path: 'outcome', message: 'Choose the outcome of the call' })
  return problems
}

function problemsWithActions(draft: CallDraft): FieldError[] {
  return draft.actions.flatMap((action, index) => [
    ...(isBlank(action.what) && !isEmptyAction(action)
      ? [{ path: `actions.${index}.what`, message: 'Enter what is to be done' }]
      : []),
    ...(isBlank(action.byWhen) || readDate(action.byWhen)
      ? []
      : [{ path: `actions.${index}.byWhen`, message: dateMessage(action.byWhen, 'it is to be done by') }])
  ])
}

const CLOCK_WAS_WRONG =
  'The computer’s clock was wrong when this call began. Enter when it took place, as for one written on paper'

function problemsWithTime(draft: CallDraft, rules: Rules, now: Instant): FieldError[] {
  const { tookPlaceTime, setBackReason } = draft
  if (isBlank(draft.tookPlaceDate, tookPlaceTime, setBackReason)) {
    // begun while the computer's clock was wrong: a call must not go by the rules of a day that it was not on
    const isLikely = rules.settingIds.length > 0 && londonDate(draft.startedAt) <= londonDate(now)
    return isLikely ? [] : [{ path: 'tookPlaceDate', message: CLOCK_WAS_WRONG }]
  }

  const problems: FieldError[] = []
  const tookPlaceDate = readDate(draft.tookPlaceDate)
  const at = toInstant(tookPlaceDate, tookPlaceTime)
  if (tookPlaceDate === '') {
    const message = dateMessage(draft.tookPlaceDate, 'the call took place')
    problems.push({ path: 'tookPlaceDate', message })
  } else if (rules.settingIds.length === 0) {
    problems.push({ path: 'tookPlaceDate', message: 'Check the year: the desk has no rules for that day' })
  } else if (tookPlaceDate > londonDate(now)) {
    problems.push({ path: 'tookPlaceDate', message: 'The day the call took place cannot be in the future' })
  }
  if (tookPlaceDate !== '' && !at) {
    problems.push({ path: 'tookPlaceTime', message: timeMessage(tookPlaceTime, 'the call took place') })
  } else if (tookPlaceDate === londonDate(now) && at && at > now) {
    problems.push({ path: 'tookPlaceTime', message: 'The time the call took place cannot be in the future' })
  }
  if (isBlank(setBackReason)) {
    problems.push({ path: 'setBackReason', message: 'Enter why the time is set back' })
  }
  return problems
}

function problemsWithSlot(draft: CallDraft): FieldError[] {
  if (!draft.bookedSlot) return []
  const problems: FieldError[] = []
  if (readDate(draft.bookedDate) === '') {
    problems.push({ path: 'bookedDate', message: dateMessage(draft.bookedDate, 'of the booked slot') })
  }
  if (!readTime(draft.bookedTime)) {
    problems.push({ path: 'bookedTime', message: timeMessage(draft.bookedTime, 'the booked slot began') })
  }
  return problems
}

const dateMessage = (typed: string, what: string): string =>
  isBlank(typed) ? `Enter the day ${what}` : 'Enter a date like 23/11/2026'

const timeMessage = (typed: string, what: string): string =>
  isBlank(typed) ? `Enter the time ${what}` : 'Enter a time like 14:03'
