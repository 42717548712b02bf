import { z } from 'zod'
import type { DraftKind } from '../draft/draft.ts'
import type { FamilyDue } from '../family/family.ts'
import { civilDate, id, type CivilDate, type Id, type Instant } from '../ids.ts'
import type { StepDownDue } from '../stepDown/home.ts'

/** What a filed call leaves open until somebody closes it, worked out from the record (L22, L30). */
export const loopKinds = ['call-back', 'referral'] as const
export type LoopKind = (typeof loopKinds)[number]

export const attemptResults = ['called-back', 'no-answer', 'left-message'] as const
export type AttemptResult = (typeof attemptResults)[number]

export const referralAnswers = ['yes', 'no', 'not-known'] as const
export type ReferralAnswer = (typeof referralAnswers)[number]

/** Everything at the desk that has one owner and waits for them (L18, L21). */
export const openItemKinds = [...loopKinds, 'action', 'flag'] as const
export type OpenItemKind = (typeof openItemKinds)[number]

/** What the form proposes where a call-back is promised: that promise once more, and so never asked for beside it. */
export const CALL_BACK_ACTION = 'Call back'

/** Rows of a list of open items that are shown; the list says how many there are in all. */
export const OPEN_ROWS = 100

const note = z.string().trim().max(2_000, 'Use 2,000 characters or fewer')

export const attempt = z.strictObject({ id, callId: id, result: z.enum(attemptResults), note })

/** "Yes, on …", "No, because …", "Not known" (C6). */
export const referral = z
  .strictObject({
    id,
    callId: id,
    answer: z.enum(referralAnswers, 'Choose whether they referred'),
    referredOn: z.union([z.literal(''), civilDate]),
    reason: note
  })
  .superRefine(({ answer, referredOn, reason }, problems) => {
    if (answer === 'yes' && referredOn === '')
      problems.addIssue({ code: 'custom', path: ['referredOn'], message: 'Enter the day they referred' })
    if (answer === 'no' && reason === '')
      problems.addIssue({ code: 'custom', path: ['reason'], message: 'Enter why they did not refer' })
  })

export const finishedAction = z.strictObject({ id, done: z.boolean(), note })

export const answeredFlag = z.strictObject({
  id,
  answer: note.min(1, 'Write what you decided')
})

/** `itemId`: the call of a call-back or referral; the action; the flag. */
export const handOver = z.strictObject({ id, kind: z.enum(openItemKinds), itemId: id, toId: id })

interface OpenItem {
  kind: OpenItemKind
  /** As `handOver` names it. */
  itemId: Id
  callId: Id
  reference: string
  schoolName: string
  childNames: string
  ownerId: Id
  ownerName: string
}

export interface CallBackDue extends OpenItem {
  kind: 'call-back'
  callerName: string
  callerPhone: string
  mayLeaveMessage: boolean
  promisedAt: Instant
  /** '' where no opening is set. */
  dueAt: Instant
  attempts: { result: AttemptResult; at: Instant; byName: string; note: string }[]
}

export interface ReferralDue extends OpenItem {
  kind: 'referral'
  advisedAt: Instant
  /** When the working days after which it is asked were over; '' where no opening is set. */
  dueAt: Instant
}

export interface ActionDue extends OpenItem {
  kind: 'action'
  what: string
  who: string
  /** '' where no day was agreed. */
  byWhen: CivilDate
}

export interface FlagRaised extends OpenItem {
  kind: 'flag'
  why: string
  raisedAt: Instant
  earlierCallId: Id
  /** '' while the earlier call is not at this desk. */
  earlierReference: string
  /** The earlier call was entered in error since (L23). The flag waits all the same: there may be another concern. */
  earlierInError: boolean
}

/** A list of open items: its first rows, and how many there are in all ("more than 1,000"). */
export interface OpenList<Item> {
  rows: Item[]
  total: string
}

/** What waits on the desk's home. Times are worked out in working time (C4). */
export interface Due {
  callBacks: OpenList<CallBackDue>
  actions: OpenList<ActionDue>
  referrals: OpenList<ReferralDue>
  flags: OpenList<FlagRaised>
  /** Calls that took place today and this person may read, by London hour; hours without calls are left out. */
  byHour: { hour: number; calls: number }[]
}

export const whose = ['mine', 'everyone'] as const
export type Whose = (typeof whose)[number]

/** What is left at closing time, each with the one who has it tomorrow (C11). */
export interface CloseOfDay {
  /** The day that closes. */
  on: CivilDate
  /** The next opening; '' where none is set. */
  opens: Instant
  unfinished: { id: Id; startedAt: Instant; label: string; ownerId: Id; ownerName: string }[]
  /** Unfinished forms other than calls, the one left longest first. */
  forms: { id: Id; kind: DraftKind; savedAt: Instant; ownerId: Id; ownerName: string }[]
  callBacks: OpenList<CallBackDue>
  actions: OpenList<ActionDue>
  referrals: OpenList<ReferralDue>
  flags: OpenList<FlagRaised>
  /** Step-downs whose clock has run out by the end of the next day that is open, the first due first. */
  stepDowns: OpenList<StepDownDue>
  /** What is due about families by the next opening, the first due first. */
  families: FamilyDue[]
}

/** What raised a flag (C5): two concerns about one child, so many days apart. */
export function twoConcerns(days: number): string {
  const within = days === 0 ? 'on one day' : days === 1 ? 'within 1 day' : `within ${String(days)} days`
  return `Two concerns about one child ${within}`
}
