import type { ClosureKind, EpisodeRecord } from '../../shared/episode/episode.ts'
import type { PlanAction } from '../../shared/plan/plan.ts'
import { showDate } from '../words/dates.ts'
import { assessmentName } from './words.ts'

export const closingTitles: Record<ClosureKind, string> = {
  closed: 'Close assessment',
  'stepped-up': 'Step up'
}

/** What becomes of an outcome when the assessment ends. */
export const resultOptions = [
  { value: 'met', label: 'Met' },
  { value: 'partly', label: 'Partly met' },
  { value: 'not-met', label: 'Not met' }
] as const

/** `Walk with Robin to school: Aunt Bea, by 7 December 2026` */
export const actionLine = ({ words, ownerName, dueOn }: PlanAction): string =>
  `${words}: ${ownerName}, by ${showDate(dueOn)}`

const counted = (count: number, one: string, many: string): string =>
  count === 0 ? '' : `${String(count)} ${count === 1 ? one : many}`

/**
 * What an end did and who has to hear of it: `Assessment FFA-7KQ3-000001 of Robin Vale closed. To be told: Jo Vale, School.
 * Ended with it: 1 planned date, 2 actions of the plan.`
 */
export function endedWords(
  record: Pick<EpisodeRecord, 'reference' | 'people'>,
  kind: ClosureKind,
  told: readonly string[],
  { dates, actions }: { dates: number; actions: number }
): string {
  const ended = [
    counted(dates, 'planned date', 'planned dates'),
    counted(actions, 'action of the plan', 'actions of the plan')
  ].filter(Boolean)
  return [
    `Assessment ${assessmentName(record)} ${kind === 'closed' ? 'closed' : 'stepped up'}.`,
    `To be told: ${told.join(', ')}.`,
    ended.length > 0 ? `Ended with it: ${ended.join(', ')}.` : ''
  ]
    .filter(Boolean)
    .join(' ')
}
