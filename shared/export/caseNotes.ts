import { z } from 'zod'
import type { RefusalReason } from '../errors.ts'
import { id, type Id } from '../ids.ts'
import { noteKinds } from '../note/note.ts'
import { sharingGrounds, sharingHows } from '../sharing/sharing.ts'

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const idOrNone = z.union([z.literal(''), id])

/**
 * What of: the case notes of one assessment, of a whole family or of one child in it; or one record, a meeting of the team
 * around a family, a request for step-up with what goes with it, or a call with its receipt.
 */
export const exportScopes = ['assessment', 'family', 'child', 'meeting', 'step-up', 'call'] as const
export type ExportScope = (typeof exportScopes)[number]

/** One record, which goes by itself, and not the case notes of somebody. */
export const isOfRecord = (scope: ExportScope): boolean =>
  scope === 'meeting' || scope === 'step-up' || scope === 'call'

/** What an export is called, on its cover and in the name of its file: more than one section is case notes. */
export const exportedAsAll = ['case-notes', 'chronology', 'assessment', 'meeting', 'step-up', 'call'] as const
export type ExportedAs = (typeof exportedAsAll)[number]

export function exportedAs({
  scope,
  notes,
  chronology,
  assessment
}: Pick<ExportSelection, 'scope' | 'notes' | 'chronology' | 'assessment'>): ExportedAs {
  if (scope === 'meeting' || scope === 'step-up' || scope === 'call') return scope
  if (notes || chronology === assessment) return 'case-notes'
  return chronology ? 'chronology' : 'assessment'
}

export const exportFormats = ['pdf', 'docx', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/**
 * Who receives it: an agency or school of the directory, another body, a person of the family, or, of a call, the caller.
 */
export const receivers = ['agency', 'body', 'person', 'caller'] as const
export type Receiver = (typeof receivers)[number]

/** "What": which case notes or which record, and what goes with them. */
export const exportSelection = z.strictObject({
  /** '' of a call, which is of no family. */
  familyId: idOrNone,
  scope: z.enum(exportScopes),
  /** Of an assessment, and of a meeting or a request for step-up that belongs to it; '' otherwise. */
  episodeId: idOrNone,
  /** Of a child; '' otherwise. */
  personId: idOrNone,
  /** The meeting, the request for step-up or the call; '' otherwise. A form that was saved before there were any has none. */
  subjectId: idOrNone.default(''),
  /** As typed: `readDate` reads them. Empty: from the beginning, to today. */
  from: line(20),
  to: line(20),
  /** Empty: all. */
  kinds: z.array(z.enum(noteKinds)),
  /** The case notes; without them it is the chronology, the assessment and plan, or the record alone. */
  notes: z.boolean().default(true),
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

/** What the trail tells an export of: the family, or the call that is of none, and itself. */
export const exportSubjects = ({ familyId, subjectId, id: own }: CaseNotesExport): Id[] => [
  familyId || subjectId,
  own
]

/** How far an export has come. */
export type CaseNotesProgress =
  | { stage: 'none' }
  | {
      stage: 'running'
      /** Case notes, or what is counted where there are none. */
      done: number
      total: number
      /** The part that is printed or set at the moment, from 1, of so many; 0 while none is. */
      part: number
      parts: number
    }
  | SavedExport
  | { stage: 'failed'; reason: RefusalReason }

/** A file that has its name. */
export interface SavedExport {
  stage: 'done'
  reference: string
  /** Case notes and records; entries where neither was asked for. */
  included: number
  excluded: number
  fileName: string
  /** SHA-256 of the file, hex. */
  sha256: string
  /** Six words that open it; '' where it has none. They are told once and stored nowhere. */
  passphrase: string
}
