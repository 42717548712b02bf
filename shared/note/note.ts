import { z } from 'zod'
import type { AttachmentRow } from '../attachment/attachment.ts'
import { id, type Id, type Instant } from '../ids.ts'

const text = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const idOrNone = z.union([z.literal(''), id])

/** R54: what a case note tells of. */
export const noteKinds = ['visit', 'call', 'meeting', 'e-mail', 'decision', 'management-oversight'] as const
export type NoteKind = (typeof noteKinds)[number]

/** A case note as it is typed, in any state. */
export const noteDraft = z.strictObject({
  id,
  familyId: id,
  episodeId: id,
  /** The note that it adds to; '' for a note of its own. */
  addsTo: idOrNone,
  kind: z.enum(['', ...noteKinds]),
  /** As typed: the day it happened and the time; an empty day is today. */
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

export interface NoteRow {
  id: Id
  familyId: Id
  episodeId: Id
  episodeReference: string
  kind: NoteKind
  happenedAt: Instant
  recordedAt: Instant
  byName: string
  addsTo: Id
  words: string
  childsVoice: string
  aboutIds: Id[]
  presentIds: Id[]
  present: string
  familyMaySee: boolean
  restrictedWhy: string
  /** What was added to it, the oldest first. */
  addenda: { id: Id; words: string; recordedAt: Instant; byName: string; files: AttachmentRow[] }[]
  files: AttachmentRow[]
}

export const noteQuery = z.strictObject({
  familyId: id,
  /** '' for every assessment of the family. */
  episodeId: idOrNone,
  kinds: z.array(z.enum(noteKinds)),
  personId: idOrNone,
  /** Words to look for; '' for all. */
  text: text(200),
  /** `next` of the page before; '' for the first. */
  after: z.string().max(120)
})

/** Notes of every family that the reader may open. */
export const noteSearchQuery = z.strictObject({ text: text(200), after: z.string().max(120) })

export interface FoundNote {
  id: Id
  familyId: Id
  episodeId: Id
  episodeReference: string
  childNames: string
  kind: NoteKind
  happenedAt: Instant
  byName: string
  /** Words around what was found, between \u0002 and \u0003. */
  excerpt: string
}
