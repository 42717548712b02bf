import type { CivilDate } from '../ids.ts'
import { clocksOn, inForce, triageOn } from '../setting/inForce.ts'
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

type Clocks = SettingValue<'assessment'> & SettingValue<'triage'>

interface Written {
  name: string
  words: string | ((clocks: Clocks) => string)
  source: string
  since: CivilDate
  /** Of which setting its figure is; of an assessment where none is said. */
  setting?: 'triage'
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
  R42: {
    name: 'Action and Impact Meeting',
    words:
      'Where there is no immediate safeguarding concern, a step up goes to an Action and Impact Meeting, which a Families First Triage Manager chairs. They need evidence that early help has been tried, and give direction.',
    source: TRANSITIONS,
    since: ''
  },
  R43: {
    name: 'Six questions',
    words:
      'A request for step up says what needs are not met, what has been tried, what more your own services could do, what the impact is, what the evidence is, and what advice is needed.',
    source: TRANSITIONS,
    since: ''
  },
  R44: {
    name: 'Immediate concern first',
    words:
      'A meeting never takes the place of a safeguarding referral: where there is an immediate concern for a child, Children’s Services are told at once.',
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
  R46: {
    name: 'Notes up to date',
    words: ({ noteDays }) =>
      `Case notes are sent on with a request for step up, so they are brought up to date first: the newest is no older than ${days(noteDays)}.`,
    source: '',
    since: '',
    setting: 'triage'
  },
  R47: {
    name: 'What a step-down tells',
    words:
      'Statutory work is completed, the needs and the areas that still have to progress are named, and the sender has the family’s agreement.',
    source: TRANSITIONS,
    since: ''
  },
  R48: {
    name: 'All come to triage',
    words: 'All step-downs are received at triage, which decides on the service or the partner agency.',
    source: TRANSITIONS,
    since: ''
  },
  R49: {
    name: 'Back to the former keyworker',
    words:
      'A family that was stepped up before may go straight back to its former keyworker. It is logged at triage all the same.',
    source: TRANSITIONS,
    since: ''
  },
  R50: {
    name: 'Level of need',
    words: 'Triage decides on the level: intensive, targeted or universal.',
    source: TRANSITIONS,
    since: ''
  },
  R58: {
    name: 'Introduce the new keyworker',
    words: 'Where it can be, the new keyworker is introduced to the family at the next meeting of the team.',
    source: TRANSITIONS,
    since: ''
  },
  R59: {
    name: 'Ask the social worker',
    words:
      'After a step up is accepted, whoever is in doubt asks the allocated social worker before ending support. Whom and when is written down.',
    source: TRANSITIONS,
    since: ''
  },
  C7: {
    name: 'Sent back to the sender',
    words: ({ triageWorkingDays, senderWorkingDays }) =>
      `A step-down is triaged within ${workingDays(triageWorkingDays)}. One that lacks something goes back to its sender, who has ${workingDays(senderWorkingDays)} to add it: that clock is theirs.`,
    source: '',
    since: '',
    setting: 'triage'
  },
  C8: {
    name: 'A keyworker with room',
    words: ({ allocationWorkingDays, acceptanceWorkingDays }) =>
      `A keyworker is found within ${workingDays(allocationWorkingDays)}, and answers within ${workingDays(acceptanceWorkingDays)}. Whoever is asked may say no, and the family keeps its place in the queue.`,
    source: '',
    since: '',
    setting: 'triage'
  },
  'C14-due': {
    name: 'Answered within a month',
    words:
      'A request is answered within one calendar month of the day on which it came or, if that is later, on which whoever asks proved who they are. Where it is complex that can be extended by two months; they are told so within the first.',
    source: 'UK GDPR, articles 12 and 15',
    since: '2018-05-25'
  },
  'C14-review': {
    name: 'Reviewed by somebody else',
    words:
      'Whoever decided what becomes of one item does not review the answer. Nothing goes out that a second person has not agreed to.',
    source: 'Product decision: a second pair of eyes on everything that is handed out',
    since: ''
  }
}

/** A rule in words, as it was in force on a civil date: the day on which a clock began, or today. */
export function ruleOn(code: RuleCode, settings: readonly Setting[], on: CivilDate): ToldRule {
  const { name, words, source, since, setting: kind = 'assessment' } = rules[code]
  if (typeof words === 'string') return { name, words, source, since, provisional: false }
  const [setting] = inForce(settings, kind, on)
  return {
    name,
    words: words({ ...clocksOn(settings, on), ...triageOn(settings, on) }),
    source: setting?.source ?? '',
    since: setting?.validFrom ?? '',
    provisional: setting?.provisional ?? false
  }
}

/** What a rule is about, in a few words. */
export const ruleName = (code: RuleCode): string => rules[code].name
