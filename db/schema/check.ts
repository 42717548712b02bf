import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { agreedHows, checkAnswers, IdentityMethod, IdentityResult } from '../../shared/check/check.ts'
import type { employers } from '../../shared/practitioner/practitioner.ts'
import { written } from './columns.ts'

const ofCheck = () => text('check_id').notNull()

/** "Check for an open assessment" (R18 to R23): who asks, and who agreed to the check. Append-only, as all its steps. */
export const assessmentCheck = sqliteTable(
  'assessment_check',
  {
    ...written(),
    reference: text('reference').notNull(),
    callerName: text('caller_name').notNull(),
    callerRole: text('caller_role').notNull(),
    employer: text('employer').$type<(typeof employers)[number]>().notNull(),
    employerId: text('employer_id').notNull(),
    /** As the directory had them at the time. */
    employerName: text('employer_name').notNull(),
    mainNumber: text('main_number').notNull(),
    agreedBy: text('agreed_by').notNull(),
    agreedRelation: text('agreed_relation').notNull(),
    agreedOn: text('agreed_on').notNull(),
    agreedHow: text('agreed_how').$type<(typeof agreedHows)[number]>().notNull()
  },
  (t) => [index('assessment_check_at').on(t.createdAt, t.id), index('assessment_check_by').on(t.createdBy)]
)

export const checkChild = sqliteTable(
  'check_child',
  {
    ...written(),
    checkId: ofCheck(),
    /** The act in which they were told: the check's beginning or an answer. The last one counts. */
    toldIn: text('told_in').notNull(),
    position: integer('position').notNull(),
    name: text('name').notNull(),
    birthText: text('birth_text').notNull(),
    birthDate: text('birth_date').notNull(),
    ageYears: integer('age_years'),
    upn: text('upn').notNull(),
    relation: text('relation').notNull(),
    address: text('address').notNull(),
    postcode: text('postcode').notNull()
  },
  (t) => [index('check_child_check').on(t.checkId)]
)

/** One try to make sure who is calling (R19). */
export const checkTry = sqliteTable(
  'check_try',
  {
    ...written(),
    checkId: ofCheck(),
    method: text('method').$type<IdentityMethod>().notNull(),
    /** The directory's number that was dialled; '' for another way. */
    number: text('number').notNull(),
    personAskedFor: text('person_asked_for').notNull(),
    result: text('result').$type<IdentityResult>().notNull(),
    reason: text('reason').notNull()
  },
  (t) => [index('check_try_check').on(t.checkId)]
)

/** What the record answered. Nothing is disclosed by it. */
export const checkAnswer = sqliteTable(
  'check_answer',
  {
    ...written(),
    checkId: ofCheck(),
    answer: text('answer').$type<(typeof checkAnswers)[number]>().notNull(),
    /** '' unless open. */
    familyId: text('family_id').notNull(),
    episodeId: text('episode_id').notNull(),
    keyworkerName: text('keyworker_name').notNull(),
    keyworkerAgency: text('keyworker_agency').notNull(),
    keyworkerPhone: text('keyworker_phone').notNull(),
    /** What to ask the caller for, in words, between commas. */
    askFor: text('ask_for').notNull()
  },
  (t) => [index('check_answer_check').on(t.checkId)]
)

/** What was said, to whom (C3). */
export const checkDisclosure = sqliteTable(
  'check_disclosure',
  { ...written(), checkId: ofCheck(), what: text('what').notNull(), toName: text('to_name').notNull() },
  (t) => [index('check_disclosure_check').on(t.checkId)]
)

/** A check that was passed on to one named person, or ended without an answer. */
export const checkEnding = sqliteTable(
  'check_ending',
  {
    ...written(),
    checkId: ofCheck(),
    kind: text('kind').$type<'passed-on' | 'ended'>().notNull(),
    reason: text('reason').notNull(),
    /** The account that it was passed on to; '' otherwise. */
    toId: text('to_id').notNull()
  },
  (t) => [index('check_ending_check').on(t.checkId), index('check_ending_to').on(t.toId)]
)

/** The family that was registered from a check. */
export const checkFamily = sqliteTable(
  'check_family',
  { ...written(), checkId: ofCheck(), familyId: text('family_id').notNull() },
  (t) => [index('check_family_check').on(t.checkId)]
)
