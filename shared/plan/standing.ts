import type { FieldError } from '../errors.ts'
import type { CivilDate } from '../ids.ts'
import type { z } from 'zod'
import type {
  endedOutcome,
  PlanAction,
  PlanOutcome,
  Progress,
  recordedProgress,
  scoredOutcome
} from './plan.ts'

/** How far an action has come: by what was recorded last. */
export const progressNow = ({ progress }: Pick<PlanAction, 'progress'>): Progress =>
  progress[0]?.progress ?? 'not-begun'

/** The day that it is due is its last: it is overdue from the next on. */
export const isOverdue = (
  { endedOn, dueOn }: Pick<PlanAction, 'endedOn' | 'dueOn'>,
  today: CivilDate
): boolean => endedOn === '' && dueOn < today

export const openActions = ({ actions }: Pick<PlanOutcome, 'actions'>): PlanAction[] =>
  actions.filter(({ endedOn }) => endedOn === '')

/** What has come to an end by this: done or dropped. What goes on has no last day. */
export const endsAction = (progress: Progress): boolean => progress === 'done' || progress === 'dropped'

const notAhead = (on: CivilDate, today: CivilDate): FieldError[] =>
  on > today ? [{ path: 'on', message: 'Enter today or an earlier day' }] : []
const needed = (path: string, words: string, message: string): FieldError[] =>
  words.trim() === '' ? [{ path, message }] : []

/** R57: what is dropped says why. */
export const problemsWithProgress = (
  { on, progress, words }: Pick<z.output<typeof recordedProgress>, 'on' | 'progress' | 'words'>,
  today: CivilDate
): FieldError[] => [
  ...notAhead(on, today),
  ...(progress === 'dropped' ? needed('words', words, 'Enter why it is dropped') : [])
]

/** An outcome ends, or goes on after all: both say why. */
export const problemsWithEnding = (
  { on, ending, why }: Pick<z.output<typeof endedOutcome>, 'on' | 'ending' | 'why'>,
  today: CivilDate
): FieldError[] => [
  ...notAhead(on, today),
  ...needed('why', why, ending === '' ? 'Enter why it goes on' : 'Enter how you know')
]

export const problemsWithScore = (
  { on }: Pick<z.output<typeof scoredOutcome>, 'on'>,
  today: CivilDate
): FieldError[] => notAhead(on, today)
