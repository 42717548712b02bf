import type { FlowStep } from '../report/period.ts'
import {
  triageOverrides,
  type TriageClock,
  type TriageFigure,
  type TriageMeasure,
  type TriageOverride
} from '../report/triage.ts'
import type { RuleCode } from '../rule/rule.ts'
import { ruleName } from '../rule/rules.ts'
import { queueAgeLabels, stepDownEndingLabels } from './stepDown.ts'
import { stepUpStateLabels } from './stepUp.ts'

export const triageFigureTitles: Record<TriageFigure, string> = {
  flow: 'Step-downs in, out and waiting',
  endings: 'How step-downs ended',
  ages: 'Age of the queue',
  clocks: 'Time against target',
  'load-hubs': 'Load by local hub today',
  'load-keyworkers': 'Load by keyworker today',
  returns: 'Sent back, by sending team',
  'declines-keyworker': 'Declined, by keyworker',
  'declines-hub': 'Declined, by local hub',
  'step-ups': 'Step-ups and what came of them',
  overrides: 'Rules that were overridden'
}

export const clockLabels: Record<TriageClock, string> = {
  'clock-triage': 'Until the decision',
  'clock-allocation': 'Until the keyworker who accepted was asked',
  'clock-answer': 'Until the keyworker answered'
}

export const flowStepLabels: Record<FlowStep, string> = { day: 'Day', week: 'Week', month: 'Month' }

const overrideLabels: Record<TriageOverride, string> = {
  'kept-incomplete': 'Goes on although something is missing (C7)',
  'over-full': 'A keyworker above what they can hold (C8)',
  'outside-hub': 'A keyworker of another hub (C8)',
  'old-notes': 'A step-up with old case notes (R46)'
}

/** Of triage, or of a rule of the assessment by its name. */
export const overrideLabel = (key: TriageOverride | RuleCode): string =>
  isOfTriage(key) ? overrideLabels[key] : `${ruleName(key)} (${key})`
const isOfTriage = (key: string): key is TriageOverride => triageOverrides.some((each) => each === key)

/** Minutes that the desk was open: "45 min", "6 h 30 min". */
export function openTimeWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${String(rest)} min`
  return `${hours.toLocaleString('en-GB')} h${rest === 0 ? '' : ` ${String(rest)} min`}`
}

const measureLabels: Record<TriageMeasure, string> = {
  received: 'Step-downs received',
  reopened: 'Step-downs opened again',
  done: 'Step-downs that came to an end',
  waiting: 'Step-downs that waited',
  'clock-triage': 'Step-downs decided on',
  'clock-allocation': 'Step-downs that a keyworker accepted',
  'clock-answer': 'Answers of keyworkers',
  returns: 'Step-downs sent back',
  'declines-keyworker': 'Proposals declined',
  'declines-hub': 'Proposals declined',
  'step-ups': 'Step-ups requested',
  overrides: 'Rules overridden'
}

const keyLabels: Partial<Record<string, string>> = {
  ...{ 'in-time': 'in time', late: 'late' },
  ...stepDownEndingLabels,
  ...queueAgeLabels,
  ...stepUpStateLabels
}

/** What the rows behind a number are: "Step-downs decided on: late". A name stands in the rows. */
export function rowsTitle(measure: TriageMeasure, key: string): string {
  const label = measure === 'overrides' && key !== '' ? overrideLabel(key as RuleCode) : keyLabels[key]
  return label === undefined ? measureLabels[measure] : `${measureLabels[measure]}: ${label}`
}
