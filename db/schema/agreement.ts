import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Capacity, Decision, refusalPrompts, Route } from '../../shared/agreement/agreement.ts'
import { written, yesNo } from './columns.ts'

/** What a family agreed to, refused or withdrew. Append-only: the newest counts, a refusal stays (R26, L29). */
export const agreement = sqliteTable(
  'agreement',
  {
    ...written(),
    familyId: text('family_id').notNull(),
    decision: text('decision').$type<Decision>().notNull(),
    byPersonId: text('by_person_id').notNull(),
    byName: text('by_name').notNull(),
    relation: text('relation').notNull(),
    capacity: text('capacity').$type<Capacity | ''>().notNull(),
    capacityNote: text('capacity_note').notNull(),
    route: text('route').$type<Route | ''>().notNull(),
    takePart: yesNo('take_part'),
    share: yesNo('share'),
    /** Ids of agencies and schools between single spaces. */
    agencyIds: text('agency_ids').notNull(),
    decidedOn: text('decided_on').notNull(),
    reviewOn: text('review_on').notNull(),
    reason: text('reason').notNull(),
    deniedNote: text('denied_note').notNull(),
    safetyConcern: text('safety_concern').$type<'' | 'yes' | 'no'>().notNull(),
    prompt: text('prompt').$type<'' | (typeof refusalPrompts)[number]>().notNull(),
    throughPersonId: text('through_person_id').notNull(),
    note: text('note').notNull()
  },
  (t) => [
    index('agreement_family').on(t.familyId, t.createdAt),
    index('agreement_review').on(t.reviewOn, t.familyId)
  ]
)
