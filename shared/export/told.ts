import type { CivilDate, Id, Instant } from '../ids.ts'
import { showDate } from '../time/london.ts'
import type { ExportedFile } from './caseNotesFile.ts'

/** What a record is, of everything that may be handed to whom it is about, to a meeting or to a court. */
export const toldKinds = [
  'note',
  'entry',
  'assessment',
  'outcome',
  'call',
  'receipt',
  'meeting',
  'letter',
  'step-down',
  'step-up'
] as const
export type ToldKind = (typeof toldKinds)[number]

/** One text of a record, which may be blacked out in part. */
export interface ToldText {
  /** Tells it from the other texts of the record, and stays the same: `words`, `addenda.2`. */
  path: string
  /** Says what it is: `What was said`. Nothing personal. */
  label: string
  text: string
}

/**
 * A record of the desk as it is told on paper: everything that it says is in its texts, so that what is taken out of them is
 * nowhere else. Its heading says what it is and when, and names nobody.
 */
export interface ToldRecord {
  /** Its own; of what has none, one that stays the same. */
  id: Id
  kind: ToldKind
  /** '' for none. */
  reference: string
  /** `Visit`, `Team Around the Family meeting`: what it is, in the field's words. */
  title: string
  /** The day on which it happened. */
  on: CivilDate
  recordedAt: Instant
  byName: string
  texts: readonly ToldText[]
  files: readonly ExportedFile[]
}

/** `Request for step-up, SUP-7KQ3-000001, 3 December 2026`: which record it is, without a name of anybody. */
export const recordName = ({
  title,
  reference,
  on
}: Pick<ToldRecord, 'title' | 'reference' | 'on'>): string =>
  [title, reference, showDate(on)].filter((part) => part !== '').join(', ')
