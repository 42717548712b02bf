import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Profession } from '../../shared/access/roles.ts'
import type {
  AddendumField,
  CallerKind,
  Line,
  OtherKind,
  Outcome,
  ParentsKnow
} from '../../shared/call/call.ts'
import type { LinkKind } from '../../shared/call/link.ts'
import type { AttemptResult, LoopKind, ReferralAnswer } from '../../shared/call/loop.ts'
import { mutable, written, yesNo } from './columns.ts'

/** A filed call. Append-only: a correction is an addendum. An empty text is "not answered". */
export const call = sqliteTable(
  'call',
  {
    ...written(),
    reference: text('reference').notNull(),
    line: text('line').$type<Line>().notNull(),
    callerKind: text('caller_kind').$type<CallerKind>().notNull(),
    otherKind: text('other_kind').$type<OtherKind | ''>().notNull(),
    /** The school's identity and its name and town when the call was filed. */
    schoolId: text('school_id').notNull(),
    schoolName: text('school_name').notNull(),
    schoolTown: text('school_town').notNull(),
    schoolToCheck: yesNo('school_to_check'),
    assessmentConfirmedBy: text('assessment_confirmed_by').notNull(),
    /** The open assessment that lets a keyworker through (R13); '' where the record has none. */
    assessmentId: text('assessment_id').notNull().default(''),
    gate: text('gate').$type<'passes' | 'passes-unverified' | 'turned-away'>().notNull(),
    signpost: text('signpost').notNull(),
    callerName: text('caller_name').notNull(),
    callerRole: text('caller_role').notNull(),
    callerPhone: text('caller_phone').notNull(),
    /** Digits of the number in national form, so that any way of writing it finds it. */
    callerDigits: text('caller_digits').notNull(),
    mayLeaveMessage: yesNo('may_leave_message'),
    consultedContinuum: yesNo('consulted_continuum'),
    spokeToLead: yesNo('spoke_to_lead'),
    parentsKnow: text('parents_know').$type<ParentsKnow | ''>().notNull(),
    concern: text('concern').notNull(),
    level: text('level').notNull(),
    levelName: text('level_name').notNull(),
    levelWhy: text('level_why').notNull(),
    advice: text('advice').notNull(),
    disagreement: text('disagreement').notNull(),
    outcome: text('outcome').$type<Outcome>().notNull(),
    adviserProfession: text('adviser_profession').$type<Profession>().notNull(),
    startedAt: text('started_at').notNull(),
    tookPlaceAt: text('took_place_at').notNull(),
    setBackReason: text('set_back_reason').notNull(),
    bookedAt: text('booked_at').notNull(),
    dangerReadAt: text('danger_read_at').notNull(),
    seconds: integer('seconds').notNull(),
    inHours: yesNo('in_hours'),
    /** Names the settings in force when the call took place. */
    rulesVersion: text('rules_version').notNull()
  },
  (t) => [
    index('call_filed').on(t.createdAt, t.id),
    index('call_hub_filed').on(t.hubId, t.createdAt),
    index('call_author_filed').on(t.createdBy, t.createdAt),
    index('call_school_filed').on(t.schoolId, t.createdAt),
    /** Covers what the reports count, so that they never read a whole call. */
    index('call_figures').on(
      t.tookPlaceAt,
      t.line,
      t.outcome,
      t.level,
      t.inHours,
      t.gate,
      t.otherKind,
      t.schoolId,
      t.hubId,
      t.id
    )
  ]
)

const ofCall = () =>
  text('call_id')
    .notNull()
    .references(() => call.id)

export const callChild = sqliteTable(
  'call_child',
  {
    ...written(),
    callId: ofCall(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    /** What the caller said, as typed. */
    birthText: text('birth_text').notNull(),
    birthDate: text('birth_date').notNull(),
    ageYears: integer('age_years'),
    upn: text('upn').notNull(),
    relation: text('relation').notNull(),
    address: text('address').notNull(),
    /** Normalised, where the address holds one: so that a missing space does not hide a match (L16). */
    postcode: text('postcode').notNull()
  },
  (t) => [index('call_child_call').on(t.callId)]
)

/** Something agreed in a call, open until it is done: it always has an owner at the desk (L22). */
export const callAction = sqliteTable(
  'call_action',
  {
    ...mutable(),
    callId: ofCall(),
    position: integer('position').notNull(),
    what: text('what').notNull(),
    who: text('who').notNull(),
    /** The account that sees to it that it happens: `who` where that is a person at the desk, else the adviser. */
    ownerId: text('owner_id').notNull(),
    byWhen: text('by_when').notNull(),
    doneAt: text('done_at').notNull(),
    doneNote: text('done_note').notNull().default('')
  },
  (t) => [
    index('call_action_call').on(t.callId),
    index('call_action_owner').on(t.ownerId, t.doneAt, t.byWhen),
    index('call_action_due').on(t.doneAt, t.byWhen)
  ]
)

export const callAddendum = sqliteTable(
  'call_addendum',
  {
    ...written(),
    callId: ofCall(),
    field: text('field').$type<AddendumField>().notNull(),
    text: text('text').notNull()
  },
  (t) => [index('call_addendum_call').on(t.callId)]
)

/** What became of ringing back (L22, L30). Called back closes the promise; the others leave it open. */
export const callAttempt = sqliteTable(
  'call_attempt',
  {
    ...written(),
    callId: ofCall(),
    result: text('result').$type<AttemptResult>().notNull(),
    note: text('note').notNull()
  },
  (t) => [index('call_attempt_call').on(t.callId)]
)

/** "Did they refer?" (C6). Append-only: the last answer counts. */
export const callReferral = sqliteTable(
  'call_referral',
  {
    ...written(),
    callId: ofCall(),
    answer: text('answer').$type<ReferralAnswer>().notNull(),
    referredOn: text('referred_on').notNull(),
    reason: text('reason').notNull()
  },
  (t) => [index('call_referral_call').on(t.callId)]
)

/** A call entered in error, or put back (L23). Append-only: the last row counts. */
export const callError = sqliteTable(
  'call_error',
  {
    ...written(),
    callId: ofCall(),
    inError: yesNo('in_error'),
    reason: text('reason').notNull()
  },
  (t) => [index('call_error_call').on(t.callId)]
)

/** What the adviser said of an earlier call: this one goes on from it, has to do with it, or has not (L15, L20). */
export const callLink = sqliteTable(
  'call_link',
  {
    ...written(),
    callId: ofCall(),
    earlierCallId: text('earlier_call_id').notNull(),
    kind: text('kind').$type<LinkKind>().notNull()
  },
  (t) => [index('call_link_call').on(t.callId), index('call_link_earlier').on(t.earlierCallId)]
)

/** Who sees to a promised call-back or to "Did they refer?" from now on. Append-only: the last row counts (L19). */
export const callHandOver = sqliteTable(
  'call_hand_over',
  {
    ...written(),
    callId: ofCall(),
    kind: text('kind').$type<LoopKind>().notNull(),
    toId: text('to_id').notNull()
  },
  (t) => [index('call_hand_over_call').on(t.callId)]
)

/** Two concerns about one child within some days (C5): for one named person to look at (L21). */
export const callFlag = sqliteTable(
  'call_flag',
  {
    ...mutable(),
    callId: ofCall(),
    earlierCallId: text('earlier_call_id').notNull(),
    why: text('why').notNull(),
    ownerId: text('owner_id').notNull(),
    answeredAt: text('answered_at').notNull(),
    answer: text('answer').notNull()
  },
  (t) => [
    index('call_flag_call').on(t.callId),
    index('call_flag_owner').on(t.ownerId, t.answeredAt),
    index('call_flag_open').on(t.answeredAt, t.createdAt)
  ]
)

/** This computer only: what is promised and not yet closed, worked out from the record by triggers (L30). */
export const callLoop = sqliteTable(
  'call_loop',
  {
    /** `<kind>/<call id>` */
    id: text('id').primaryKey().notNull(),
    callId: text('call_id').notNull(),
    kind: text('kind').$type<LoopKind>().notNull(),
    /** When the call took place: what is due, and when, follows from it and the settings. */
    since: text('since').notNull(),
    ownerId: text('owner_id').notNull(),
    hubId: text('hub_id').notNull()
  },
  (t) => [
    index('call_loop_call').on(t.callId),
    index('call_loop_since').on(t.kind, t.since, t.callId),
    index('call_loop_owner').on(t.ownerId, t.kind, t.since)
  ]
)

/** This computer only: filters of the list of calls that a person has named. */
export const callFilter = sqliteTable(
  'call_filter',
  {
    id: text('id').primaryKey().notNull(),
    ownerId: text('owner_id').notNull(),
    name: text('name').notNull(),
    filter: text('filter').notNull(),
    createdAt: text('created_at').notNull()
  },
  (t) => [index('call_filter_owner').on(t.ownerId, t.name)]
)

/** This computer only: a call being typed, in any state. Gone in the transaction that files it (L3). */
export const callDraft = sqliteTable(
  'call_draft',
  {
    callId: text('call_id').primaryKey().notNull(),
    ownerId: text('owner_id').notNull(),
    startedAt: text('started_at').notNull(),
    savedAt: text('saved_at').notNull(),
    saves: integer('saves').notNull(),
    body: text('body').notNull(),
    setAsideAt: text('set_aside_at').notNull(),
    setAsideReason: text('set_aside_reason').notNull()
  },
  (t) => [index('call_draft_owner').on(t.ownerId, t.setAsideAt)]
)

/** This computer only: the number of a call in the full-text index, rising with the instant it was filed. */
export const callSearch = sqliteTable('call_search', {
  docid: integer('docid').primaryKey(),
  callId: text('call_id').notNull().unique()
})
