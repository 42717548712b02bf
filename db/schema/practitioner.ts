import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { absenceKinds } from '../../shared/keyworker/keyworker.ts'
import type { employers } from '../../shared/practitioner/practitioner.ts'
import { mutable, written, yesNo } from './columns.ts'

/** Someone who works with families, at an agency or a school of the directory (R23). */
export const practitioner = sqliteTable(
  'practitioner',
  {
    ...mutable(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    employer: text('employer').$type<(typeof employers)[number]>().notNull(),
    employerId: text('employer_id').notNull(),
    phone: text('phone').notNull(),
    email: text('email').notNull(),
    trainedOn: text('trained_on').notNull(),
    standardsOn: text('standards_on').notNull(),
    registeredOn: text('registered_on').notNull(),
    sortKey: text('sort_key').notNull(),
    words: text('words').notNull(),
    /** The last day on which they may hold families, and why; '' while they go on. */
    leftOn: text('left_on').notNull().default(''),
    leftWhy: text('left_why').notNull().default('')
  },
  (t) => [index('practitioner_sorted').on(t.sortKey, t.id)]
)

/** When a keyworker works and how many families they could hold at five days, from a day on. Append-only. */
export const workingPattern = sqliteTable(
  'working_pattern',
  {
    ...written(),
    practitionerId: text('practitioner_id').notNull(),
    validFrom: text('valid_from').notNull(),
    /** Days of the week, Monday is 1: `135`. */
    weekdays: text('weekdays').notNull(),
    termTimeOnly: yesNo('term_time_only'),
    /** Families at five days a week. */
    fullTimeFamilies: integer('full_time_families').notNull(),
    /** ONS codes between single spaces. */
    districts: text('districts').notNull()
  },
  (t) => [index('working_pattern_practitioner').on(t.practitionerId, t.validFrom)]
)

/** Days on which a keyworker is away. */
export const absence = sqliteTable(
  'absence',
  {
    ...mutable(),
    practitionerId: text('practitioner_id').notNull(),
    kind: text('kind').$type<(typeof absenceKinds)[number]>().notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    note: text('note').notNull(),
    /** Why it was taken back; '' while it stands. */
    cancelledWhy: text('cancelled_why').notNull()
  },
  (t) => [index('absence_practitioner').on(t.practitionerId, t.toDay)]
)
