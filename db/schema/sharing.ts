import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { SharingGround, SharingHow } from '../../shared/sharing/sharing.ts'
import { written, yesNo } from './columns.ts'

/** That information about a family went to somebody outside the desk, and by what right (domain 0.4). Append-only. */
export const sharing = sqliteTable(
  'sharing',
  {
    ...written(),
    familyId: text('family_id').notNull(),
    /** An agency or school of the directory; '' for a body that it does not have. */
    agencyId: text('agency_id').notNull(),
    /** As the directory had it at the time, or as it was typed. */
    agencyName: text('agency_name').notNull(),
    personThere: text('person_there').notNull(),
    /** Ids of people of the family between single spaces. */
    personIds: text('person_ids').notNull(),
    what: text('what').notNull(),
    purpose: text('purpose').notNull(),
    how: text('how').$type<SharingHow>().notNull(),
    sharedOn: text('shared_on').notNull(),
    /** The agreement that stood on that day; '' where nobody had been asked. */
    agreementId: text('agreement_id').notNull(),
    isAgreed: yesNo('is_agreed'),
    /** '' where it was agreed to. */
    ground: text('ground').$type<SharingGround | ''>().notNull(),
    advisedBy: text('advised_by').notNull(),
    reason: text('reason').notNull()
  },
  (t) => [index('sharing_family').on(t.familyId, t.sharedOn)]
)
