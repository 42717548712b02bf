import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type {
  decidedLevels,
  Risk,
  Route,
  StepDownEnding,
  StepDownEvent,
  StepDownSource,
  StepDownState
} from '../../shared/stepDown/stepDown.ts'
import type { MemberRole } from '../../shared/family/family.ts'
import type { Sex } from '../../shared/family/fact.ts'
import { mutable, written, yesNo } from './columns.ts'

type DecidedLevel = (typeof decidedLevels)[number]
const ofStepDown = () => ({ stepDownId: text('step_down_id').notNull() })

/** A case that statutory social care steps down to early help (R47 to R50). What is told of it are its versions. */
export const stepDown = sqliteTable(
  'step_down',
  {
    ...written(),
    reference: text('reference').notNull(),
    /** The UTC instant at which it arrived: the clock runs from then. */
    receivedAt: text('received_at').notNull(),
    /** What it goes by in the sender's system, and the file that it came in with; '' where it was typed. */
    sourceKey: text('source_key').notNull(),
    importId: text('import_id').notNull()
  },
  (t) => [
    index('step_down_source').on(t.sourceKey),
    index('step_down_reference').on(t.reference),
    index('step_down_received').on(t.receivedAt)
  ]
)

/** What the sender told, whole. Append-only: the newest counts (C7). */
export const stepDownVersion = sqliteTable(
  'step_down_version',
  {
    ...written(),
    ...ofStepDown(),
    basedOn: text('based_on').notNull(),
    source: text('source').$type<StepDownSource | ''>().notNull(),
    sendingTeam: text('sending_team').notNull(),
    workerName: text('worker_name').notNull(),
    workerPhone: text('worker_phone').notNull(),
    workerEmail: text('worker_email').notNull(),
    workerAddress: text('worker_address').notNull(),
    workCompletedOn: text('work_completed_on').notNull(),
    address: text('address').notNull(),
    /** ONS code; '' where neither the postcode nor a person told it. */
    district: text('district').notNull(),
    areas: text('areas').notNull(),
    tried: text('tried').notNull(),
    agreement: text('agreement').$type<'' | 'given' | 'refused' | 'not-asked'>().notNull(),
    /** A person of this version; '' where it is somebody else, by name. */
    agreedById: text('agreed_by_id').notNull(),
    agreedBy: text('agreed_by').notNull(),
    agreedRelation: text('agreed_relation').notNull(),
    agreedOn: text('agreed_on').notNull(),
    agreedScope: text('agreed_scope').notNull(),
    hadPrevious: text('had_previous').$type<'' | 'yes' | 'no'>().notNull(),
    previousReference: text('previous_reference').notNull(),
    previousKeyworker: text('previous_keyworker').notNull(),
    lastPlan: text('last_plan').notNull(),
    risk: text('risk').$type<Risk | ''>().notNull(),
    risks: text('risks').notNull(),
    requestedLevel: text('requested_level').$type<DecidedLevel | ''>().notNull(),
    note: text('note').notNull(),
    /** Codes of what is missing between single spaces, by the rule of the day (C7); '' where it is complete. */
    missing: text('missing').notNull()
  },
  (t) => [index('step_down_version_of').on(t.stepDownId)]
)

/** Somebody of the family as a version tells of them. */
export const stepDownPerson = sqliteTable(
  'step_down_person',
  {
    ...written(),
    ...ofStepDown(),
    versionId: text('version_id').notNull(),
    /** The same person in every version. */
    ofId: text('of_id').notNull(),
    position: integer('position').notNull(),
    role: text('role').$type<MemberRole | ''>().notNull(),
    name: text('name').notNull(),
    /** Both as `YYYY-MM-DD`, '' where unknown. */
    birth: text('birth').notNull(),
    expected: text('expected').notNull(),
    sex: text('sex').$type<Sex | ''>().notNull(),
    upn: text('upn').notNull(),
    school: text('school').notNull(),
    schoolId: text('school_id').notNull(),
    relation: text('relation').notNull(),
    phone: text('phone').notNull(),
    needs: text('needs').notNull()
  },
  (t) => [index('step_down_person_version').on(t.versionId), index('step_down_person_of').on(t.stepDownId)]
)

/** What happened, each a fact. Append-only: where it stands is worked out from these (shared/stepDown/state.ts). */
export const stepDownEvent = sqliteTable(
  'step_down_event',
  {
    ...written(),
    ...ofStepDown(),
    event: text('event').$type<StepDownEvent>().notNull(),
    /** The version, return, decision or allocation that it is of; '' for none. */
    aboutId: text('about_id').notNull(),
    /** Of a proposal the keyworker, of `take` the account, of `accept` the assessment; '' otherwise. */
    toId: text('to_id').notNull(),
    onDay: text('on_day').notNull(),
    who: text('who').notNull(),
    reason: text('reason').notNull(),
    words: text('words').notNull()
  },
  (t) => [
    index('step_down_event_of').on(t.stepDownId, t.createdAt, t.id),
    index('step_down_event_to').on(t.toId),
    index('step_down_event_when').on(t.event, t.createdAt)
  ]
)

/** Which family of the record it is of. Append-only: the newest counts; '' where it is none that is known. */
export const stepDownFamily = sqliteTable(
  'step_down_family',
  {
    ...written(),
    ...ofStepDown(),
    familyId: text('family_id').notNull(),
    how: text('how').$type<'matched' | 'registered' | 'none'>().notNull(),
    words: text('words').notNull()
  },
  (t) => [index('step_down_family_of').on(t.stepDownId), index('step_down_family_family').on(t.familyId)]
)

/** It went back to its sender, and what was missing (C7). */
export const stepDownReturn = sqliteTable(
  'step_down_return',
  {
    ...written(),
    ...ofStepDown(),
    versionId: text('version_id').notNull(),
    sendingTeam: text('sending_team').notNull(),
    missing: text('missing').notNull(),
    words: text('words').notNull()
  },
  (t) => [index('step_down_return_of').on(t.stepDownId), index('step_down_return_when').on(t.createdAt)]
)

/** Level and route (R48 to R50). Append-only: a revision is another row. */
export const stepDownDecision = sqliteTable(
  'step_down_decision',
  {
    ...written(),
    ...ofStepDown(),
    basedOn: text('based_on').notNull(),
    level: text('level').$type<DecidedLevel>().notNull(),
    levelName: text('level_name').notNull(),
    rationale: text('rationale').notNull(),
    route: text('route').$type<Route>().notNull(),
    routeReason: text('route_reason').notNull(),
    evidence: text('evidence').notNull(),
    considered: text('considered').notNull(),
    agencyId: text('agency_id').notNull(),
    agencyName: text('agency_name').notNull(),
    /** The former keyworker. */
    practitionerId: text('practitioner_id').notNull(),
    signposting: text('signposting').notNull(),
    familyNext: text('family_next').notNull(),
    decidedOn: text('decided_on').notNull()
  },
  (t) => [index('step_down_decision_of').on(t.stepDownId), index('step_down_decision_when').on(t.decidedOn)]
)

/** Somebody is asked to be its keyworker (C8). Append-only: what they said is an event. */
export const stepDownAllocation = sqliteTable(
  'step_down_allocation',
  {
    ...written(),
    ...ofStepDown(),
    decisionId: text('decision_id').notNull(),
    practitionerId: text('practitioner_id').notNull(),
    /** Percent of what they could hold, on that day and with this family. */
    loadBefore: integer('load_before').notNull(),
    loadAfter: integer('load_after').notNull(),
    overReason: text('over_reason').notNull(),
    outsideReason: text('outside_reason').notNull(),
    /** Where they stood among the candidates, the first is 1, and why, in codes between single spaces. */
    place: integer('place').notNull(),
    why: text('why').notNull(),
    note: text('note').notNull()
  },
  (t) => [
    index('step_down_allocation_of').on(t.stepDownId),
    index('step_down_allocation_practitioner').on(t.practitionerId)
  ]
)

/** A letter to the sender or to the family, as it was made. */
export const stepDownLetter = sqliteTable(
  'step_down_letter',
  {
    ...written(),
    ...ofStepDown(),
    kind: text('kind').$type<'return' | 'decision-sender' | 'decision-family'>().notNull(),
    /** The return or the decision that it tells of. */
    aboutId: text('about_id').notNull(),
    templateId: text('template_id').notNull(),
    onDay: text('on_day').notNull(),
    toName: text('to_name').notNull(),
    address: text('address').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull()
  },
  (t) => [index('step_down_letter_of').on(t.stepDownId)]
)

/** A file of step-downs. Its id follows from its bytes, so that the same one twice is nothing new. */
export const stepDownImport = sqliteTable('step_down_import', {
  ...mutable(),
  fileName: text('file_name').notNull(),
  fileSha256: text('file_sha256').notNull(),
  stepDowns: integer('step_downs').notNull(),
  people: integer('people').notNull(),
  /** '' until every one is stored. */
  doneAt: text('done_at').notNull()
})

/** Which step-down of another system it is: `id` is the step-down's version. Written with it, in one transaction. */
export const importedStepDown = sqliteTable(
  'imported_step_down',
  {
    ...written(),
    ...ofStepDown(),
    importId: text('import_id').notNull(),
    sourceKey: text('source_key').notNull(),
    /** Follows from what the file said of it: the same again is nothing new. */
    digest: text('digest').notNull()
  },
  (t) => [
    index('imported_step_down_import').on(t.importId),
    index('imported_step_down_source').on(t.sourceKey)
  ]
)

/** This computer only: each step-down as it stands, worked out by triggers (db/stepDowns.ts), for the queue and its counts. */
export const stepDownNow = sqliteTable(
  'step_down_now',
  {
    stepDownId: text('step_down_id').primaryKey().notNull(),
    hubId: text('hub_id').notNull(),
    isOpen: yesNo('is_open'),
    state: text('state').$type<StepDownState>().notNull(),
    ending: text('ending').$type<StepDownEnding | ''>().notNull(),
    /** 0 high or unsaid, 1 medium, 2 low. */
    riskRank: integer('risk_rank').notNull(),
    source: text('source').$type<StepDownSource | ''>().notNull(),
    sendingTeam: text('sending_team').notNull(),
    receivedAt: text('received_at').notNull(),
    /** When the clock of its state began, and when it ends by the settings; '' where none runs. */
    since: text('since').notNull(),
    dueAt: text('due_at').notNull(),
    ownerId: text('owner_id').notNull(),
    /** Who was proposed or has accepted; '' for nobody. */
    practitionerId: text('practitioner_id').notNull(),
    /** The family that it is of; '' where none is known. */
    familyId: text('family_id').notNull(),
    versionId: text('version_id').notNull(),
    decisionId: text('decision_id').notNull(),
    /** The newest thing that was recorded of it: by it is known whether somebody else was at it. */
    lastId: text('last_id').notNull(),
    lastAt: text('last_at').notNull()
  },
  (t) => [
    index('step_down_now_queue').on(t.isOpen, t.riskRank, t.dueAt, t.stepDownId),
    index('step_down_now_state').on(t.state, t.riskRank, t.dueAt, t.stepDownId),
    // with all that a list is narrowed by: what is done are tens of thousands
    index('step_down_now_done').on(
      t.isOpen,
      t.lastAt,
      t.stepDownId,
      t.state,
      t.riskRank,
      t.dueAt,
      t.hubId,
      t.ownerId,
      t.source,
      t.receivedAt,
      t.familyId
    ),
    index('step_down_now_family').on(t.familyId)
  ]
)
