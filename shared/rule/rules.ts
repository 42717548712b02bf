import type { CivilDate } from '../ids.ts'
import { clocksOn, inForce } from '../setting/inForce.ts'
import type { Setting, SettingValue } from '../setting/setting.ts'
import type { RuleCode } from './rule.ts'

/** A rule as the screen tells it (C12). */
export interface ToldRule {
  /** What it is about, for its button: `Several agencies`. */
  name: string
  words: string
  /** Where it is written down. */
  source: string
  /** The day from which it is in force here; '' where its source gives none. */
  since: CivilDate
  /** Nobody has confirmed its figure yet. */
  provisional: boolean
}

const STARTING = 'Hertfordshire: before you start a Families First Assessment'
const PROCEDURES = 'Hertfordshire child protection procedures 1.4'
const TRANSITIONS = 'Families First transitions guidance'
const PROCEDURES_SINCE = '2019-12-01'

type Clocks = SettingValue<'assessment'>

interface Written {
  name: string
  words: string | ((clocks: Clocks) => string)
  source: string
  since: CivilDate
}

const days = (count: number): string => `${String(count)} ${count === 1 ? 'day' : 'days'}`
const workingDays = (count: number): string => `${String(count)} working ${count === 1 ? 'day' : 'days'}`

/** Domain D. The figures of a clock, its source and its day come from the setting in force. */
const rules: Record<RuleCode, Written> = {
  R2: {
    name: 'More than one agency',
    words:
      'An assessment is for needs that call for more than one agency. Where one service can meet them all, none is needed.',
    source: STARTING,
    since: ''
  },
  R3: {
    name: 'When not to assess',
    words:
      'No assessment is needed for a child who is progressing well, or whose needs have been identified already.',
    source: STARTING,
    since: ''
  },
  R20: {
    name: 'One open assessment',
    words:
      'A family has one open assessment at most. Concerns go to its keyworker, and a new one waits until it has closed.',
    source: STARTING,
    since: ''
  },
  R22: {
    name: 'The order of steps',
    words: 'First the family is registered, then it is set up on EHM, and only then the assessment starts.',
    source: STARTING,
    since: ''
  },
  R23: {
    name: 'Trained and registered',
    words: 'A keyworker has EHM training and is registered as a user of EHM before they are given a family.',
    source: STARTING,
    since: ''
  },
  R24: {
    name: 'Agreement first',
    words: 'An assessment is voluntary. It begins, and goes on, only while the family agrees to take part.',
    source: PROCEDURES,
    since: PROCEDURES_SINCE
  },
  R28: {
    name: 'Withdrawal',
    words:
      'When a family withdraws, work stops at once and the assessment closes, with the reason for the withdrawal and for the closure.',
    source: STARTING,
    since: ''
  },
  R30: {
    name: 'Review agreement first',
    words:
      'Agreement is reviewed on the day on which a transfer is asked for, or later. Until then the new keyworker is named, and the notes do not open for them.',
    source: TRANSITIONS,
    since: ''
  },
  R31: {
    name: 'Finalise in time',
    words: ({ finaliseDays }) =>
      `An assessment is finalised within ${days(finaliseDays)} of registration. It is a target: finalising late is not blocked.`,
    source: '',
    since: ''
  },
  R32: {
    name: 'Complete when a plan is agreed',
    words:
      'An assessment is complete when the family and the agencies agree a plan. That it is finalised is a second fact with a day of its own.',
    source: PROCEDURES,
    since: PROCEDURES_SINCE
  },
  R33: {
    name: 'One keyworker',
    words: 'One keyworker, from any partner agency, leads the Team Around the Family at any time.',
    source: PROCEDURES,
    since: PROCEDURES_SINCE
  },
  'R34-first': {
    name: 'First meeting in time',
    words: ({ firstMeetingDays }) =>
      `The Team Around the Family first meets within ${days(firstMeetingDays)} of registration.`,
    source: '',
    since: ''
  },
  'R34-review': {
    name: 'Review in time',
    words: ({ reviewDays }) =>
      `The Team Around the Family meets again within ${days(reviewDays)} of its last meeting.`,
    source: '',
    since: ''
  },
  'R34-record': {
    name: 'Record in time',
    words: ({ recordWorkingDays }) =>
      `A meeting is recorded within ${workingDays(recordWorkingDays)} after it.`,
    source: '',
    since: ''
  },
  'R34-copy': {
    name: 'Copy in time',
    words: ({ copyWorkingDays }) =>
      `The family is given the record of a meeting within ${workingDays(copyWorkingDays)} after it.`,
    source: '',
    since: ''
  },
  R35: {
    name: 'Transfer before closing',
    words:
      'Going on with another keyworker is better than closing: before closing, ask whether it could transfer.',
    source: TRANSITIONS,
    since: ''
  },
  R36: {
    name: 'Why a keyworker changes',
    words:
      'A move, a change of school or job, a family that asks for it or does not engage, work that goes up or comes down: each is a reason for a transfer. Of a family that does not engage it is asked whether it is below the threshold of safeguarding.',
    source: TRANSITIONS,
    since: ''
  },
  R37: {
    name: 'A review before any move',
    words: 'Any move calls for a review of the team around the family, and the family is involved in it.',
    source: TRANSITIONS,
    since: ''
  },
  R38: {
    name: 'The new keyworker and the day',
    words:
      'The new keyworker is found and agreed with the family, and so is the day on which they take over. Then it is transferred.',
    source: TRANSITIONS,
    since: ''
  },
  R39: {
    name: 'Out of the county',
    words:
      'Out of the county the early help service of the other authority is spoken to as well: which one, whom, and when is written down.',
    source: TRANSITIONS,
    since: ''
  },
  R40: {
    name: 'Cover for an absence',
    words:
      'Cover is planned early and comes from the team around the family, who are told before it begins. Of a sudden illness the reason is written down instead. Where nobody is found, the Senior Coordinator is asked.',
    source: TRANSITIONS,
    since: ''
  },
  R41: {
    name: 'Being stuck',
    words:
      'Whoever is stuck at any step asks the Senior Coordinator of the family’s local hub, and writes down what was asked and what they said.',
    source: TRANSITIONS,
    since: ''
  },
  R45: {
    name: 'Do not stop working',
    words:
      'Do not stop working with the family until you hear that the step up is accepted. Some of the work goes on after that.',
    source: TRANSITIONS,
    since: ''
  },
  R58: {
    name: 'Introduce the new keyworker',
    words: 'Where it can be, the new keyworker is introduced to the family at the next meeting of the team.',
    source: TRANSITIONS,
    since: ''
  }
}

/** A rule in words, as it was in force on a civil date: the day on which a clock began, or today. */
export function ruleOn(code: RuleCode, settings: readonly Setting[], on: CivilDate): ToldRule {
  const { name, words, source, since } = rules[code]
  if (typeof words === 'string') return { name, words, source, since, provisional: false }
  const [setting] = inForce(settings, 'assessment', on)
  return {
    name,
    words: words(clocksOn(settings, on)),
    source: setting?.source ?? '',
    since: setting?.validFrom ?? '',
    provisional: setting?.provisional ?? false
  }
}

/** What a rule is about, in a few words. */
export const ruleName = (code: RuleCode): string => rules[code].name
