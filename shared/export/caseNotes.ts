import { z } from 'zod'
import type { RefusalReason } from '../errors.ts'
import { id } from '../ids.ts'
import { noteKinds } from '../note/note.ts'
import { sharingGrounds, sharingHows } from '../sharing/sharing.ts'

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const idOrNone = z.union([z.literal(''), id])

/** Whose case notes: of one assessment, of a whole family, or of one child in it. */
export const exportScopes = ['assessment', 'family', 'child'] as const
export type ExportScope = (typeof exportScopes)[number]

export const exportFormats = ['pdf', 'docx', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Who receives it: an agency or school of the directory, another body, or a person of the family. */
export const receivers = ['agency', 'body', 'person'] as const
export type Receiver = (typeof receivers)[number]

/** "What": which case notes, and what goes with them. */
export const exportSelection = z.strictObject({
  familyId: id,
  scope: z.enum(exportScopes),
  /** Of an assessment; '' otherwise. */
  episodeId: idOrNone,
  /** Of a child; '' otherwise. */
  personId: idOrNone,
  /** As typed: `readDate` reads them. Empty: from the beginning, to today. */
  from: line(20),
  to: line(20),
  /** Empty: all. */
  kinds: z.array(z.enum(noteKinds)),
  chronology: z.boolean(),
  /** What was assessed, and the plan. */
  assessment: z.boolean(),
  /** The files on the notes. */
  files: z.boolean(),
  /** Notes that the family may not see: never for a person of the family. */
  restricted: z.boolean(),
  /** Of a child: what is about other people of the family as well. */
  alsoAboutOthers: z.boolean()
})
export type ExportSelection = z.output<typeof exportSelection>

/** "Export case notes" as it is typed. */
export const caseNotesExport = exportSelection.extend({
  id,
  receiver: z.enum(['', ...receivers]),
  /** An agency or school of the directory; '' until one is chosen. */
  agencyId: idOrNone,
  /** What stands in the field where it is looked for. */
  agencyText: line(200),
  bodyName: line(200),
  /** The person at the agency or body. */
  personThere: line(200),
  /** The person of the family who receives it. */
  receiverId: idOrNone,
  purpose: line(2_000),
  /** How it goes to an agency or body. */
  how: z.enum(['', ...sharingHows]),
  /** Where the family has not agreed to sharing with them: as in `sharingDraft`. */
  ground: z.enum(['', ...sharingGrounds]),
  advisedBy: line(200),
  reason: line(2_000),
  format: z.enum(exportFormats),
  isProtected: z.boolean(),
  /** Why it goes without a passphrase. */
  openReason: line(1_000)
})
export type CaseNotesExport = z.output<typeof caseNotesExport>

/** How far an export has come. */
export type CaseNotesProgress =
  | { stage: 'none' }
  | {
      stage: 'running'
      /** Case notes. */
      done: number
      total: number
      /** The part that is printed or set at the moment, from 1, of so many; 0 while none is. */
      part: number
      parts: number
    }
  | SavedExport
  | { stage: 'failed'; reason: RefusalReason }

/** A file of case notes that has its name. */
export interface SavedExport {
  stage: 'done'
  reference: string
  /** Case notes. */
  included: number
  excluded: number
  fileName: string
  /** SHA-256 of the file, hex. */
  sha256: string
  /** Six words that open it; '' where it has none. They are told once and stored nowhere. */
  passphrase: string
}
