import { z } from 'zod'
import type { AttachmentRow } from '../attachment/attachment.ts'
import type { Excerpt } from '../call/excerpt.ts'
import type { NoteOrigin } from '../caseImport/caseImport.ts'
import { id, type Id, type Instant } from '../ids.ts'

const text = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const idOrNone = z.union([z.literal(''), id])

/** R54: what a case note tells of. */
export const noteKinds = ['visit', 'call', 'meeting', 'e-mail', 'decision', 'management-oversight'] as const
export type NoteKind = (typeof noteKinds)[number]

/** A case note as it is typed, in any state. What is added to a note has words only (ADR 27). */
export const noteDraft = z.strictObject({
  id,
  familyId: id,
  episodeId: id,
  /** The note that it adds to; '' for a note of its own. */
  addsTo: idOrNone,
  kind: z.enum(['', ...noteKinds]),
  /** As typed: the day it happened and the time; an empty day is today, and without a time it is now. */
  happenedOn: text(20),
  happenedTime: text(10),
  words: text(50_000),
  childsVoice: text(20_000),
  /** Whom it is about (L20), and who of the family was there. */
  aboutIds: z.array(id).max(30),
  presentIds: z.array(id).max(30),
  present: text(1_000),
  familyMaySee: z.enum(['', 'yes', 'no']),
  restrictedWhy: text(1_000)
})
export type NoteDraft = z.output<typeof noteDraft>

/** What was added to a note: a correction, or what came to mind later. */
export interface NoteAddendum {
  id: Id
  words: string
  recordedAt: Instant
  byName: string
  /** The assessment was closed when it was recorded. */
  afterClosing: boolean
  files: AttachmentRow[]
}

/** A case note with what was added to it. Ids of people are of the records that count. */
export interface NoteRow {
  id: Id
  familyId: Id
  episodeId: Id
  episodeReference: string
  kind: NoteKind
  happenedAt: Instant
  recordedAt: Instant
  byName: string
  words: string
  childsVoice: string
  aboutIds: Id[]
  presentIds: Id[]
  present: string
  familyMaySee: boolean
  restrictedWhy: string
  /** The assessment was closed when it was recorded. */
  afterClosing: boolean
  /** The oldest first. */
  addenda: NoteAddendum[]
  files: AttachmentRow[]
  /** Of a note that came from another desk: who wrote it and when is told as it was there. */
  broughtIn?: NoteOrigin
}

export const noteQuery = z.strictObject({
  familyId: id,
  /** '' for every assessment of the family. */
  episodeId: idOrNone,
  /** One note alone; '' for all. */
  noteId: idOrNone,
  /** Empty: all. */
  kinds: z.array(z.enum(noteKinds)),
  /** Whom it is about; '' for everybody. */
  personId: idOrNone,
  /** Words to look for; '' for all. */
  text: text(200),
  /** `next` of the page before; '' for the first. */
  after: z.string().max(120)
})

/** Notes of every family that the reader may open. */
export const noteSearchQuery = z.strictObject({ text: text(200), after: z.string().max(120) })

/** Of which parts of a note an excerpt can come. */
export const noteParts = ['words', 'childs-voice', 'addendum', 'present', 'restricted-why'] as const
export type NotePart = (typeof noteParts)[number]

export interface FoundNote {
  id: Id
  familyId: Id
  episodeId: Id
  episodeReference: string
  childNames: string
  kind: NoteKind
  happenedAt: Instant
  byName: string
  familyMaySee: boolean
  /** Around the searched words; how the note begins where none of them stands by itself in a text. */
  excerpt: Excerpt<NotePart>
}
