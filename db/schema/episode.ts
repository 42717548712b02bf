import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ClosureKind, EpisodeState, PlannedKind, StepKind } from '../../shared/episode/episode.ts'
import type { KeyworkerKind } from '../../shared/keyworker/spans.ts'
import type { RuleCode } from '../../shared/rule/rule.ts'
import { mutable, written, yesNo } from './columns.ts'

const ofFamily = () => text('family_id').notNull()

/** A Families First Assessment as an EHM episode, from its registration on (R20, R22). */
export const episode = sqliteTable(
  'episode',
  {
    ...written(),
    familyId: ofFamily(),
    reference: text('reference').notNull(),
    registeredOn: text('registered_on').notNull(),
    reason: text('reason').notNull(),
    /** The one before it of the same family; '' for the first. */
    previousId: text('previous_id').notNull(),
    /** Why it began although a child of the family is in another one with an open assessment; '' where none is. */
    goesOnBecause: text('goes_on_because').notNull().default('')
  },
  (t) => [index('episode_family').on(t.familyId, t.id), index('episode_reference').on(t.reference)]
)

/**
 * Somebody is made keyworker from a day on (L19, R33), until somebody else is; or stands in for the keyworker between two
 * days (R40). Append-only: who it is on a day is worked out of these and `keyworker_end` (shared/keyworker/spans.ts).
 */
export const episodeKeyworker = sqliteTable(
  'episode_keyworker',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    practitionerId: text('practitioner_id').notNull(),
    validFrom: text('valid_from').notNull(),
    /** The last day of a cover; '' of everything else, which lasts until somebody else is named. */
    validTo: text('valid_to').notNull(),
    kind: text('kind').$type<KeyworkerKind>().notNull().default('named'),
    /** Of a cover: the row of the keyworker who is stood in for. It ends where that one's days end. */
    overId: text('over_id').notNull().default(''),
    /** The transfer or the cover that it came of; '' where it was named at the beginning. */
    sourceId: text('source_id').notNull().default('')
  },
  (t) => [
    index('episode_keyworker_episode').on(t.episodeId),
    index('episode_keyworker_practitioner').on(t.practitionerId)
  ]
)

/** Somebody stands in for a shorter time than was arranged, or a transfer is taken back before its day comes. */
export const keyworkerEnd = sqliteTable(
  'keyworker_end',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    /** The row of `episode_keyworker`. */
    rowId: text('row_id').notNull(),
    /** The last day on which it counts; a day before its first where it never does. */
    lastDay: text('last_day').notNull(),
    reason: text('reason').notNull()
  },
  (t) => [index('keyworker_end_row').on(t.rowId), index('keyworker_end_episode').on(t.episodeId)]
)

/**
 * This computer only: who is the keyworker from when to when, worked out by triggers (db/keyworkers.ts). The spans of one
 * assessment follow each other without a gap; the last one has no end (`LAST_DAY`).
 */
export const keyworkerSpan = sqliteTable(
  'keyworker_span',
  {
    /** The assessment's id and the first day. */
    spanId: text('span_id').primaryKey().notNull(),
    episodeId: text('episode_id').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    practitionerId: text('practitioner_id').notNull(),
    rowId: text('row_id').notNull(),
    isCover: yesNo('is_cover')
  },
  (t) => [
    index('keyworker_span_episode').on(t.episodeId, t.toDay, t.fromDay, t.practitionerId),
    index('keyworker_span_practitioner').on(t.practitionerId, t.toDay, t.fromDay, t.episodeId)
  ]
)

/** R28, R29, R35: how it ended. An episode is open until it has one that no reopening took back. */
export const episodeClosure = sqliteTable(
  'episode_closure',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    closedOn: text('closed_on').notNull(),
    closureReason: text('closure_reason').notNull(),
    withdrawalReason: text('withdrawal_reason').notNull(),
    /** The withdrawal that closed it; '' otherwise. */
    agreementId: text('agreement_id').notNull(),
    adviceSought: yesNo('advice_sought'),
    signposted: yesNo('signposted'),
    note: text('note').notNull(),
    kind: text('kind').$type<ClosureKind>().notNull().default('closed'),
    /** R35: "could it transfer instead?" */
    couldTransfer: text('could_transfer').$type<'' | 'yes' | 'no'>().notNull().default(''),
    transferNote: text('transfer_note').notNull().default(''),
    /** What the family was told for the time after. */
    stepOutAdvice: text('step_out_advice').notNull().default('')
  },
  (t) => [index('episode_closure_episode').on(t.episodeId)]
)

/** It goes on after all, with its reason: the closure that it takes back stays readable. */
export const episodeReopening = sqliteTable(
  'episode_reopening',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    closureId: text('closure_id').notNull(),
    reopenedOn: text('reopened_on').notNull(),
    reason: text('reason').notNull()
  },
  (t) => [
    index('episode_reopening_closure').on(t.closureId),
    index('episode_reopening_episode').on(t.episodeId)
  ]
)

/** Of a closure: somebody to be told, what became of an outcome of the plan, or work that goes on after a step-up. */
export const closurePart = sqliteTable(
  'closure_part',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    closureId: text('closure_id').notNull(),
    kind: text('kind').$type<'told' | 'outcome' | 'goes-on'>().notNull(),
    position: integer('position').notNull(),
    /** The outcome of the plan, or the action that goes on; '' otherwise. */
    aboutId: text('about_id').notNull(),
    result: text('result').$type<'' | 'met' | 'partly' | 'not-met'>().notNull(),
    who: text('who').notNull(),
    words: text('words').notNull()
  },
  (t) => [index('closure_part_closure').on(t.closureId)]
)

/** What was done in an assessment, each a fact with its day (R22, R31, R32). Its state is worked out from these. */
export const episodeStep = sqliteTable(
  'episode_step',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    step: text('step').$type<StepKind>().notNull(),
    onDay: text('on_day').notNull(),
    note: text('note').notNull(),
    /** R2, R3: "When not to do an assessment", asked before it starts; '' for other steps. */
    severalAgencies: text('several_agencies').$type<'' | 'yes' | 'no'>().notNull(),
    progressingWell: text('progressing_well').$type<'' | 'yes' | 'no'>().notNull(),
    alreadyIdentified: text('already_identified').$type<'' | 'yes' | 'no'>().notNull()
  },
  (t) => [index('episode_step_episode').on(t.episodeId)]
)

/** R10: the level of need with its rationale, up and down. Append-only: the newest counts. */
export const episodeLevel = sqliteTable(
  'episode_level',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    /** The key of a `level-of-need` setting, and its name on that day. */
    level: text('level').notNull(),
    levelName: text('level_name').notNull(),
    rationale: text('rationale').notNull(),
    onDay: text('on_day').notNull()
  },
  (t) => [index('episode_level_episode').on(t.episodeId)]
)

/** C12: a manager let something go on that a rule blocks, or gave another day than the rule does, and why. Counted. */
export const ruleOverride = sqliteTable(
  'rule_override',
  {
    ...written(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    rule: text('rule').$type<RuleCode>().notNull(),
    /** The meeting whose record or copy is due; '' otherwise. */
    aboutId: text('about_id').notNull(),
    /** The day instead of the rule's; '' where a block was lifted. */
    dueOn: text('due_on').notNull(),
    reason: text('reason').notNull()
  },
  (t) => [index('rule_override_episode').on(t.episodeId), index('rule_override_rule').on(t.rule, t.createdAt)]
)

/** What is planned and hangs on agreement: it waits until it is done or cancelled. */
export const episodeDate = sqliteTable(
  'episode_date',
  {
    ...mutable(),
    familyId: ofFamily(),
    episodeId: text('episode_id').notNull(),
    kind: text('kind').$type<PlannedKind>().notNull(),
    dueOn: text('due_on').notNull(),
    note: text('note').notNull(),
    ending: text('ending').$type<'' | 'done' | 'cancelled'>().notNull(),
    endedAt: text('ended_at').notNull(),
    endedWhy: text('ended_why').notNull()
  },
  (t) => [index('episode_date_episode').on(t.episodeId), index('episode_date_due').on(t.ending, t.dueOn)]
)

/**
 * This computer only: each assessment as it stands, worked out by triggers (db/episodes.ts), for lists, due dates and the
 * calendar. Days are '' where nothing of the kind has happened.
 */
export const episodeNow = sqliteTable(
  'episode_now',
  {
    episodeId: text('episode_id').primaryKey().notNull(),
    familyId: ofFamily(),
    /** Where the family belongs now. */
    hubId: text('hub_id').notNull(),
    /** '' while it is open; else the day it closed. */
    closedOn: text('closed_on').notNull(),
    state: text('state').$type<EpisodeState>().notNull(),
    registeredOn: text('registered_on').notNull(),
    /** The first day on which it has a keyworker, from which on it always has one; '' where nobody owns it. */
    ownedFrom: text('owned_from').notNull(),
    finalisedOn: text('finalised_on').notNull(),
    planAgreedOn: text('plan_agreed_on').notNull(),
    firstMeetingOn: text('first_meeting_on').notNull(),
    lastMeetingOn: text('last_meeting_on').notNull(),
    /** The earliest thing that is planned and waits: a date or an action of the plan; '' where there is none. */
    nextOn: text('next_on').notNull()
  },
  (t) => [
    /** Everything that the lists of open assessments ask, without a look into the table (electron/episode/listOpen.ts). */
    index('episode_now_hub').on(
      t.closedOn,
      t.hubId,
      t.registeredOn,
      t.episodeId,
      t.ownedFrom,
      t.nextOn,
      t.finalisedOn,
      t.firstMeetingOn,
      t.lastMeetingOn
    ),
    index('episode_now_family').on(t.familyId)
  ]
)
