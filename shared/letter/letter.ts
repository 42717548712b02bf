import { z } from 'zod'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'

/** What a letter's template may name, between double braces: `{{children}}`. */
export const letterFields = [
  'to',
  'address',
  'children',
  'date',
  'reference',
  'keyworker',
  'keyworkerAgency',
  'keyworkerPhone',
  'newKeyworker',
  'newKeyworkerAgency',
  'newKeyworkerPhone',
  'changeoverDate',
  'coverFrom',
  'coverTo',
  'meetingDate',
  'meetingTime',
  'meetingPlace',
  'closedDate',
  'closedWhy',
  'hub',
  'sender'
] as const
export type LetterField = (typeof letterFields)[number]

/** "Write a letter", as typed, in any state. */
export const letterDraft = z.strictObject({
  /** The letter's id. */
  id,
  familyId: id,
  episodeId: z.union([z.literal(''), id]),
  /** The transfer or the part of a cover that it tells of; '' of neither. */
  aboutId: z.union([z.literal(''), id]),
  /** The key of a `letter-template` setting; '' while none is chosen. */
  template: z.string().max(80),
  toPersonId: z.union([z.literal(''), id]),
  toName: z.string().max(200),
  withAddress: z.boolean(),
  subject: z.string().max(300),
  body: z.string().max(20_000)
})
export type LetterDraft = z.output<typeof letterDraft>

export const letterQuery = z.strictObject({
  familyId: id,
  episodeId: z.union([z.literal(''), id]),
  aboutId: z.union([z.literal(''), id]),
  template: z.string().min(1, 'Choose a letter').max(80),
  toPersonId: z.union([z.literal(''), id]),
  /** How the letter addresses them; '' for the name of `toPersonId`. */
  toName: z.string().max(200)
})

/** A transfer, or a family's part of a cover, that a letter can tell of. */
export interface LetterAbout {
  id: Id
  kind: 'transfer' | 'cover'
  episodeId: Id
  /** Who is to be the keyworker, or stands in; '' where nobody is found yet. */
  name: string
  /** The changeover, or the first day of cover; '' where nobody is proposed. */
  from: CivilDate
  /** The last day of cover; '' of a transfer. */
  to: CivilDate
}

/** A template filled in. What the record does not know is named, and stands in the text as it was written. */
export interface FilledLetter {
  templateId: Id
  subject: string
  body: string
  /** Where `toPersonId` lives today, a line each; '' where nobody knows, or where it is withheld. */
  address: string
  /** Where they live is withheld from somebody: it stands in no letter, which is handed over. */
  addressWithheld: boolean
  missing: LetterField[]
}

/** A letter that was made, as it may be shown. */
export interface Letter {
  id: Id
  familyId: Id
  episodeId: Id
  aboutId: Id
  templateName: string
  onDay: CivilDate
  toName: string
  /** A line each; '' where it was handed over. */
  address: string
  subject: string
  body: string
  /** It tells an address or a number that is withheld by now: it comes without address, subject and body. */
  isWithheld: boolean
  recordedAt: Instant
  byName: string
}

/** What stands on the paper of a letter: to a family, or of triage. */
export interface PaperLetter {
  /** Of the family or the step-down: at the foot of each page. */
  reference: string
  hubName: string
  onDay: CivilDate
  toName: string
  /** A line each; '' where it is handed over. */
  address: string
  subject: string
  body: string
}

/** A letter with what its paper says besides. */
export interface LetterToPrint extends Letter {
  familyReference: string
  hubName: string
}

/** What a saved letter is called before a person calls it something else: nothing that names anybody. */
export const letterFileName = ({
  familyReference,
  onDay
}: Pick<LetterToPrint, 'familyReference' | 'onDay'>): string => `letter-${familyReference}-${onDay}.pdf`
