import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { DraftKind } from '../../shared/draft/draft.ts'
import type { ChronologyKind } from '../../shared/family/chronology.ts'
import type { FactKind } from '../../shared/family/fact.ts'
import type { MemberRole } from '../../shared/family/family.ts'
import { mutable, written, yesNo } from './columns.ts'

/** A family is people over time: who they are and where they live are facts, who belongs to it memberships. */
export const family = sqliteTable('family', { ...written(), reference: text('reference').notNull() }, (t) => [
  index('family_reference').on(t.reference),
  index('family_registered').on(t.createdAt, t.id)
])

export const person = sqliteTable('person', written())

/**
 * Something known of a person or a family from a day on. Append-only: a correction is a new version (`of_id` names the
 * first), the newest version counts. `value` is JSON written once, so no two writers share a blob.
 */
export const fact = sqliteTable(
  'fact',
  {
    ...written(),
    ofId: text('of_id').notNull(),
    subject: text('subject').$type<'person' | 'family'>().notNull(),
    subjectId: text('subject_id').notNull(),
    kind: text('kind').$type<FactKind>().notNull(),
    value: text('value').notNull(),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to').notNull(),
    inError: yesNo('in_error'),
    reason: text('reason').notNull(),
    /** The merge that chose it: it counts for nothing once that is undone. */
    mergeId: text('merge_id').notNull()
  },
  (t) => [
    index('fact_subject').on(t.subjectId),
    index('fact_of').on(t.ofId),
    // a few of millions: what is to be reviewed
    index('fact_warning')
      .on(t.createdAt)
      .where(sql`kind = 'warning'`)
  ]
)

/** Someone in a family from a day on. Append-only, versions as of facts. */
export const familyMember = sqliteTable(
  'family_member',
  {
    ...written(),
    ofId: text('of_id').notNull(),
    familyId: text('family_id').notNull(),
    personId: text('person_id').notNull(),
    role: text('role').$type<MemberRole>().notNull(),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to').notNull(),
    inError: yesNo('in_error'),
    reason: text('reason').notNull()
  },
  (t) => [
    index('family_member_family').on(t.familyId),
    /** Of which families somebody is, without a look into the table: lists of people are narrowed by it. */
    index('family_member_person').on(t.personId, t.familyId),
    index('family_member_of').on(t.ofId)
  ]
)

/** Somebody not named opened a restricted family, or saw what is withheld: why, and who is told (L21). */
export const familyAccess = sqliteTable(
  'family_access',
  {
    ...mutable(),
    familyId: text('family_id').notNull(),
    /** The fact that was shown; '' where the family was opened. */
    factId: text('fact_id').notNull(),
    reason: text('reason').notNull(),
    ownerId: text('owner_id').notNull(),
    seenAt: text('seen_at').notNull()
  },
  (t) => [
    index('family_access_family').on(t.familyId, t.createdBy, t.createdAt),
    index('family_access_owner').on(t.ownerId, t.seenAt)
  ]
)

/** This computer only: where a family belongs and who is named, worked out by triggers, for lists to be narrowed by. */
export const familyIndex = sqliteTable(
  'family_index',
  {
    familyId: text('family_id').primaryKey().notNull(),
    hubId: text('hub_id').notNull(),
    createdBy: text('created_by').notNull(),
    /** JSON array of account ids; '' while the family is not restricted. */
    named: text('named').notNull(),
    registeredAt: text('registered_at').notNull()
  },
  (t) => [
    index('family_index_hub').on(t.hubId, t.registeredAt, t.familyId),
    index('family_index_registered').on(t.registeredAt, t.familyId),
    /** Whose families are theirs whatever their hub is: by who registered them, and by who is named. */
    index('family_index_created').on(t.createdBy, t.familyId),
    index('family_index_named').on(t.named, t.familyId)
  ]
)

/** This computer only: everything that was ever recorded of a family or a person, in one list, kept by triggers. */
export const chronology = sqliteTable(
  'chronology',
  {
    id: text('id').primaryKey().notNull(),
    /** A family or a person. */
    subjectId: text('subject_id').notNull(),
    kind: text('kind').$type<ChronologyKind>().notNull(),
    onDay: text('on_day').notNull(),
    /**
     * Sorts the list: by the day, then by when it was first told of, so that a correction stands beside what it corrects,
     * then, the other way round, as the form has what was recorded at once.
     */
    place: text('place').notNull(),
    recordedAt: text('recorded_at').notNull(),
    recordedBy: text('recorded_by').notNull(),
    body: text('body').notNull()
  },
  (t) => [index('chronology_subject').on(t.subjectId, t.place)]
)

/** This computer only: a form being typed, in any state. Gone in the transaction that files it (L3). */
export const formDraft = sqliteTable(
  'form_draft',
  {
    id: text('id').primaryKey().notNull(),
    kind: text('kind').$type<DraftKind>().notNull(),
    ownerId: text('owner_id').notNull(),
    savedAt: text('saved_at').notNull(),
    saves: integer('saves').notNull(),
    body: text('body').notNull(),
    setAsideAt: text('set_aside_at').notNull(),
    setAsideReason: text('set_aside_reason').notNull()
  },
  (t) => [index('form_draft_owner').on(t.ownerId, t.setAsideAt)]
)
