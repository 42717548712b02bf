import { z } from 'zod'
import { id, type Id, type Instant } from '../ids.ts'

/** 25 MB. */
export const LARGEST_FILE = 25 * 1024 * 1024

export const attachedTo = ['note', 'agreement'] as const
export type AttachedTo = (typeof attachedTo)[number]

/** The types that are taken, told by their content and never by their name. */
export const mediaTypes = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/heic',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/plain'
] as const
export type MediaType = (typeof mediaTypes)[number]

export interface AttachmentRow {
  id: Id
  name: string
  mediaType: MediaType
  /** Bytes. */
  size: number
  at: Instant
  byName: string
}

/** Main asks for the file: the page names only what it is put on. */
export const attachedFile = z.strictObject({
  id,
  familyId: id,
  attachedTo: z.enum(attachedTo),
  attachedId: id
})

/** What happens to a file at this desk; one at a time. */
export type FileProgress =
  | { state: 'idle' }
  | {
      state: 'storing' | 'saving'
      /** What the file is put on. */
      attachedId: Id
      /** Bytes. */
      done: number
      total: number
    }
