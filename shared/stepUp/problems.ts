import type { FieldError } from '../errors.ts'
import type { CivilDate, Id } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { addDays, showDate } from '../time/london.ts'
import {
  stepUpQuestions,
  type OutcomesDraft,
  type PlannedImpactMeeting,
  type StepUpDraft,
  type StepUpOutcome,
  type StepUpQuestion,
  type TakenStepUp
} from './stepUp.ts'

const isBlank = (text: string): boolean => text.trim() === ''

/** A form that nobody has typed in: nothing of it is stored before the first keystroke (L4). */
export const emptyStepUp = (ids: Pick<StepUpDraft, 'id' | 'familyId' | 'episodeId'>): StepUpDraft => ({
  ...ids,
  ...{ immediateConcern: '', unmetNeeds: '', tried: '', withinResources: '', impact: '', evidence: '' },
  ...{ advice: '', oldNotesReason: '' }
})

/** What a request is checked against. */
export interface AboutStepUp {
  today: CivilDate
  /** The day of the last case note of the assessment; '' where there is none. */
  lastNoteOn: CivilDate
  /** How many days old it may be, by the setting in force. */
  noteDays: number
}

/** R46: is the last case note older than the setting, or is there none? One of the last day that counts is not. */
export const areNotesOld = ({ today, lastNoteOn, noteDays }: AboutStepUp): boolean =>
  lastNoteOn < addDays(today, -noteDays)

/**
 * What stands between what was typed and a request that is submitted, in the order of the form. An immediate concern is
 * never for the meeting (R44), and nothing else is said then; all six questions are answered (R43). Paths are those of
 * `StepUpDraft`.
 */
export function problemsWithStepUp(draft: StepUpDraft, about: AboutStepUp): FieldError[] {
  const path = 'immediateConcern'
  if (draft.immediateConcern === '')
    return [{ path, message: 'Choose whether there is an immediate concern' }, ...problemsBelow(draft, about)]
  if (draft.immediateConcern === 'yes')
    return [{ path, message: 'Refer now, and do not wait for a meeting. Nothing is submitted by this form' }]
  return problemsBelow(draft, about)
}

const unanswered: Record<StepUpQuestion, string> = {
  unmetNeeds: 'Enter which needs are not met',
  tried: 'Enter what has been tried',
  withinResources: 'Enter what more can be done, or that nothing can',
  impact: 'Enter what the impact on the children is',
  evidence: 'Enter what the evidence is',
  advice: 'Enter which advice is needed'
}

const problemsBelow = (draft: StepUpDraft, about: AboutStepUp): FieldError[] => [
  ...stepUpQuestions.flatMap((question) =>
    isBlank(draft[question]) ? [{ path: question, message: unanswered[question] }] : []
  ),
  ...(areNotesOld(about) && isBlank(draft.oldNotesReason)
    ? [{ path: 'oldNotesReason', message: 'Bring the case notes up to date, or enter why these will do' }]
    : [])
]

/** The columns of a request that somebody typed. */
export type SaidInStepUp = Pick<
  StepUpDraft,
  'unmetNeeds' | 'tried' | 'withinResources' | 'impact' | 'evidence' | 'advice' | 'oldNotesReason'
>

/** What a request says. A reason for old notes is kept where they were old. */
export function saidInStepUp(draft: StepUpDraft, areOld: boolean): SaidInStepUp {
  const { unmetNeeds, tried, withinResources, impact, evidence, advice, oldNotesReason } = draft
  return {
    unmetNeeds: unmetNeeds.trim(),
    tried: tried.trim(),
    withinResources: withinResources.trim(),
    impact: impact.trim(),
    evidence: evidence.trim(),
    advice: advice.trim(),
    oldNotesReason: areOld ? oldNotesReason.trim() : ''
  }
}

/** What is wrong with the day of an act: it is not before the request and not to come. */
export function problemsWithTaken(
  { on }: Pick<TakenStepUp, 'on'>,
  { requestedOn, today }: { requestedOn: CivilDate; today: CivilDate }
): FieldError[] {
  return dayWithin('on', on, requestedOn, today)
}

function dayWithin(path: string, on: CivilDate, first: CivilDate, last: CivilDate): FieldError[] {
  if (on < first) return [{ path, message: `Enter ${showDate(first)} or a later day` }]
  return on > last ? [{ path, message: `Enter ${showDate(last)} or an earlier day` }] : []
}

/** A meeting that was held may be written down this many days later; one to come lies within a year. */
const BACK_DAYS = 31
const AHEAD_DAYS = 366

/** What is wrong with the day of a meeting; of one that stands already the day that it has is right. */
export function problemsWithMeeting(
  { onDay }: Pick<PlannedImpactMeeting, 'onDay'>,
  today: CivilDate,
  plannedFor: CivilDate = ''
): FieldError[] {
  if (onDay === '' || onDay === plannedFor) return []
  return dayWithin('onDay', onDay, addDays(today, -BACK_DAYS), addDays(today, AHEAD_DAYS))
}

type Item = OutcomesDraft['items'][number]

/** What is typed of one request before anybody has typed anything. */
export const emptyOutcome = (stepUpId: Id): Item => ({
  ...{ stepUpId, outcome: '', who: '', on: '', words: '', minutes: '', familyMaySee: '', restrictedWhy: '' }
})

export const isOutcomeTyped = (item: Item): boolean =>
  JSON.stringify(item) !== JSON.stringify(emptyOutcome(item.stepUpId))

/** What the outcomes of a meeting are checked against. */
export interface AboutOutcomes {
  today: CivilDate
  meetingOn: CivilDate
  /** Requests on the agenda now, with the day of each, in the order of the agenda. */
  agenda: readonly { id: Id; requestedOn: CivilDate }[]
}

/** L28: an empty day is the day of the meeting. */
export const outcomeDay = ({ on }: Pick<Item, 'on'>, meetingOn: CivilDate): CivilDate =>
  readDate(on) || meetingOn

/**
 * What stands between what was typed and the record of a meeting: every request on the agenda has its outcome (R42), what
 * was accepted has by whom and when, a direction and what is asked for have words, and minutes say whether the family may
 * see them. Paths are those of `OutcomesDraft`.
 */
export function problemsWithOutcomes({ items }: OutcomesDraft, about: AboutOutcomes): FieldError[] {
  const { agenda, meetingOn, today } = about
  if (meetingOn > today)
    return [
      {
        path: '',
        message: `The meeting is on ${showDate(meetingOn)}. Its outcomes are recorded from then on`
      }
    ]
  const isMissing = agenda.some(({ id }) => items.every(({ stepUpId }) => stepUpId !== id))
  return [
    ...items.flatMap((item, index) => {
      const found = agenda.find(({ id }) => id === item.stepUpId)
      const path = `items.${String(index)}`
      if (items.findIndex(({ stepUpId }) => stepUpId === item.stepUpId) < index)
        return [{ path: `${path}.outcome`, message: 'This request stands here twice' }]
      return found
        ? problemsWithOutcome(item, path, found.requestedOn, about)
        : [
            {
              path: `${path}.outcome`,
              message: 'This request is on the agenda no more. Take it off this form'
            }
          ]
    }),
    ...(isMissing ? [{ path: 'items', message: 'Say of every request on the agenda what became of it' }] : [])
  ]
}

const wordsMissing: Record<StepUpOutcome, string> = {
  accept: '',
  'not-accept': 'Enter the direction that the meeting gave',
  'more-information': 'Enter what is still asked for',
  'take-off': ''
}

function problemsWithOutcome(
  item: Item,
  path: string,
  requestedOn: CivilDate,
  { meetingOn, today }: AboutOutcomes
): FieldError[] {
  const { outcome, who, on, words } = item
  if (outcome === '') return [{ path: `${path}.outcome`, message: 'Choose what became of it' }]
  const isAccepted = outcome === 'accept'
  const isNoDay = !isBlank(on) && readDate(on) === ''
  return [
    ...(isAccepted && isBlank(who)
      ? [{ path: `${path}.who`, message: 'Enter who accepted it at statutory services' }]
      : []),
    ...(isAccepted && isNoDay ? [{ path: `${path}.on`, message: 'Enter a date like 23/11/2026' }] : []),
    ...(isAccepted && !isNoDay
      ? dayWithin(`${path}.on`, outcomeDay(item, meetingOn), requestedOn, today)
      : []),
    ...(wordsMissing[outcome] !== '' && isBlank(words)
      ? [{ path: `${path}.words`, message: wordsMissing[outcome] }]
      : []),
    ...problemsWithMinutes(item, path)
  ]
}

/** R54: minutes are a case note, and say as every note whether the family may see it. */
function problemsWithMinutes({ minutes, familyMaySee, restrictedWhy }: Item, path: string): FieldError[] {
  if (isBlank(minutes)) return []
  if (familyMaySee === '')
    return [{ path: `${path}.familyMaySee`, message: 'Choose whether the family may see the minutes' }]
  return familyMaySee === 'no' && isBlank(restrictedWhy)
    ? [{ path: `${path}.restrictedWhy`, message: 'Enter why the family may not see them' }]
    : []
}
