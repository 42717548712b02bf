import { z } from 'zod'
import { callerKinds, otherKinds } from '../call/call.ts'
import { noteKinds } from '../note/note.ts'

/** An ONS code of an English district: `E07000242`. */
export const ONS_CODE = /^E\d{8}$/

const text = (limit: number, empty: string) => z.string().trim().min(1, empty).max(limit)
const optional = (limit: number) => z.string().trim().max(limit)
const wholeDays = (most: number) =>
  z.int('Enter whole days').min(1, 'At least 1 day').max(most, `At most ${most} days`)
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time like 09:00')
const day = z.union([
  z.null(),
  z.strictObject({ opens: clockTime, closes: clockTime }).refine((hours) => hours.opens < hours.closes, {
    path: ['closes'],
    error: 'Closing must be after opening'
  })
])

/**
 * What each kind of setting holds. A setting is a dated row: (kind, key) has one value in force on a civil date.
 * Rows are never changed: a new value is a new row from a later date.
 */
export const settingValues = {
  /** R12, S0. One key, `hub`. */
  'opening-hours': z.strictObject({
    monday: day,
    tuesday: day,
    wednesday: day,
    thursday: day,
    friday: day,
    saturday: day,
    sunday: day
  }),
  /** A closed day: a bank holiday or a closure of ours. Key: the civil date. */
  'closed-day': z.strictObject({
    name: text(100, 'Enter what the day is'),
    bankHoliday: z.boolean()
  }),
  /** R13, R14, S0: who may use the Consultation Hub. One key, `hub`. */
  'hub-callers': z.strictObject({
    callers: z.array(z.enum(callerKinds)).max(3),
    /** Kinds of "someone else" let through as well. */
    others: z.array(z.enum(otherKinds)).max(6)
  }),
  /** Who may call which line. Key: the line. `anyone` false: only whom `hub-callers` lets through. */
  line: z.strictObject({ name: text(60, 'Enter the line’s name'), anyone: z.boolean() }),
  /** R8, R17, S2. */
  'contact-number': z.strictObject({
    name: text(100, 'Enter whose number this is'),
    number: optional(40),
    note: optional(200)
  }),
  /** R13, R14: what to read out. Key: the kind of "someone else". */
  signpost: z.strictObject({ text: text(1_000, 'Enter what to read out') }),
  /** R10, domain E. Shown by `order`. */
  'level-of-need': z.strictObject({
    name: text(80, 'Enter the level’s name'),
    description: optional(300),
    order: z.int().min(0).max(99)
  }),
  /** R15: the label of an outcome. Key: the outcome's code. */
  outcome: z.strictObject({ name: text(80, 'Enter the outcome’s name'), order: z.int().min(0).max(99) }),
  /** Domain E. Key: the ONS code. `hubId`: the local hub it belongs to. */
  district: z.strictObject({
    name: text(80, 'Enter the district’s name'),
    shortName: optional(60),
    hubId: z.uuid()
  }),
  /** R41, R56. Key: the hub's id. 'County' takes what belongs to no known district. */
  'local-hub': z.strictObject({
    name: text(80, 'Enter the hub’s name'),
    seniorCoordinator: optional(120),
    coordinator: optional(120)
  }),
  /** Minutes without a key or the mouse before the desk locks. One key, `desk`. */
  locking: z.strictObject({
    idleMinutes: z.int('Enter whole minutes').min(1, 'At least 1 minute').max(60, 'At most 60 minutes'),
    callMinutes: z.int('Enter whole minutes').min(1, 'At least 1 minute').max(120, 'At most 120 minutes')
  }),
  /**
   * How far back earlier calls are looked for and within how many days two concerns raise a flag (C5); how many working
   * days a call-back may take, and after how many "Did they refer?" is asked (C6). One key, `hub`.
   */
  'follow-up': z.strictObject({
    earlierCallsDays: wholeDays(365),
    twoConcernsDays: wholeDays(90),
    callBackWorkingDays: wholeDays(20),
    referralWorkingDays: wholeDays(60)
  }),
  /**
   * Which district a postcode is in, as far as its first half tells: those of the post cross the borders of districts,
   * so it is only what a form proposes. Key: the first half, `SG14`. `district`: the ONS code.
   */
  'postcode-area': z.strictObject({ district: z.string().regex(ONS_CODE, 'Choose the district') }),
  /** R24: after how many days an agreement is looked at again, where nobody chose a day. One key, `hub`. */
  agreement: z.strictObject({ reviewDays: wholeDays(365) }),
  /**
   * R31, R34: by when an assessment is finalised, the team first meets and meets again (days), and a meeting is recorded
   * and its record given to the family (working days). One key, `hub`.
   */
  assessment: z.strictObject({
    finaliseDays: wholeDays(365),
    firstMeetingDays: wholeDays(365),
    reviewDays: wholeDays(365),
    recordWorkingDays: wholeDays(60),
    copyWorkingDays: wholeDays(60)
  }),
  /** What a case note begins with. Key: a short name of its own. */
  'note-template': z.strictObject({
    name: text(80, 'Enter the template’s name'),
    noteKind: z.enum(noteKinds, 'Choose the kind of note'),
    text: text(5_000, 'Enter what the note begins with')
  }),
  /** R39, domain E: the authorities next to the county. Key: a short name of its own. */
  neighbour: z.strictObject({
    name: text(80, 'Enter the authority’s name'),
    phone: optional(40),
    contact: optional(200)
  }),
  /** How many families a keyworker holds who works five days a week, where nobody said it of them. One key, `hub`. */
  caseload: z.strictObject({
    fullTimeFamilies: z
      .int('Enter a whole number')
      .min(1, 'Enter at least 1 family')
      .max(99, 'Enter at most 99 families')
  }),
  /**
   * Working days to triage a step-down, to find it a keyworker, for the keyworker to answer, and for the sender to add what
   * is missing (C7, C8); how many days old the last case note of a step-up may be (R46). One key, `hub`.
   */
  triage: z.strictObject({
    triageWorkingDays: wholeDays(60),
    allocationWorkingDays: wholeDays(60),
    acceptanceWorkingDays: wholeDays(60),
    senderWorkingDays: wholeDays(60),
    noteDays: wholeDays(365)
  }),
  /** Days on which schools are open, for whoever works in term time only. Key: the first day. */
  term: z.strictObject({
    name: text(80, 'Enter the term’s name'),
    lastDay: z.iso.date({ error: 'Enter the last day' })
  }),
  /**
   * A letter to a family, with what is filled in between double braces (shared/letter/letter.ts). Key: a short name of its
   * own.
   */
  'letter-template': z.strictObject({
    name: text(80, 'Enter the letter’s name'),
    subject: text(300, 'Enter what the letter is about'),
    text: text(20_000, 'Enter the letter')
  }),
  /**
   * A letter of triage: to the sender of a step-down that lacks something (`return`) or of what was decided
   * (`decision-sender`), and to the family (`decision-family`). Its fields: shared/stepDown/letter.ts. Key: one of these.
   */
  'triage-letter': z.strictObject({
    name: text(80, 'Enter the letter’s name'),
    subject: text(300, 'Enter what the letter is about'),
    text: text(20_000, 'Enter the letter')
  }),
  /** Whether the window is left out of recordings and shared screens (Windows, macOS). One key, `desk`. */
  screen: z.strictObject({ hideFromRecordings: z.boolean() })
} as const

export type SettingKind = keyof typeof settingValues
export type SettingValue<K extends SettingKind> = z.output<(typeof settingValues)[K]>
export const settingKinds = Object.keys(settingValues) as SettingKind[]

/** One dated row. `validTo` is the last day it is in force, '' while it is open-ended. */
export interface Setting<K extends SettingKind = SettingKind> {
  id: string
  kind: K
  key: string
  value: SettingValue<K>
  validFrom: string
  validTo: string
  provisional: boolean
  source: string
  /** UTC instant it was recorded, to settle two rows from the same day: the later one counts. */
  recordedAt: string
}
