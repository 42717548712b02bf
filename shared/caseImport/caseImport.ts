import { z } from 'zod'
import type { ExportedAssessment, ExportedEntry, ExportedPlan } from '../export/caseNotesFile.ts'
import type { Exclusion, TallySection } from '../export/tally.ts'
import type { MemberRole } from '../family/family.ts'
import { id, type Id, type Instant } from '../ids.ts'

/** What comes with case notes from another desk and is kept as the file has it. */
export const importedKinds = ['person', 'entry', 'assessment', 'plan'] as const
export type ImportedKind = (typeof importedKinds)[number]

/** What is kept of each kind, as JSON. Ids in it are the file's, but for what is called `here`. */
export interface ImportedBodies {
  /** `hereId`: who of the family here it is; '' where it is nobody here. */
  person: { id: Id; name: string; role: MemberRole; hereId: Id }
  /** `hereEpisodeId`: the assessment here that its notes went to; '' of what is of no assessment. */
  entry: { hereId: Id; hereEpisodeId: Id; reference: string; entry: ExportedEntry }
  assessment: ExportedAssessment
  plan: ExportedPlan
}

/** Somebody of the file whom a note names and who is nobody here. */
export interface OtherPerson {
  id: Id
  isAbout: boolean
  wasPresent: boolean
}

/** Where a note that was brought in comes from. */
export interface NoteOrigin {
  /** When it was brought in. */
  at: Instant
  /** Of the export that it came with. */
  reference: string
  /** The assessment there. */
  episodeId: Id
  episodeReference: string
  /** `name` is '' where the file does not tell it. */
  others: (OtherPerson & { name: string })[]
}

/** What must be put right in the file: where it stands there, as a JSON pointer, and what is wrong. */
export interface CaseImportProblem {
  line: number
  pointer: string
  message: string
}

/** Somebody of the file, and who that may be here. */
export interface FilePerson {
  id: Id
  name: string
  role: MemberRole
  /** Who of the family it seems to be, by the same id or by name and role; '' for nobody. */
  hereId: Id
  /** It is the same record: there is nothing to choose. */
  isSame: boolean
}

/** What there is of each kind: what would be stored, and what is here already. */
export interface NewAndKnown {
  new: number
  known: number
}

export interface CaseImportPreview {
  importId: Id
  fileName: string
  reference: string
  familyReference: string
  /** The file calls the family by another id than the one that it is brought into. */
  isOtherFamily: boolean
  exportedAt: Instant
  byName: string
  notes: NewAndKnown & {
    /** Here already, with fewer additions or files than in the file. */
    addedTo: number
    /** Something else goes by the same id here: left as it is. */
    clashing: number
  }
  /** That would be stored. */
  files: number
  /** Named in the file, and not in the zip. */
  filesLeftOut: number
  entries: NewAndKnown
  assessments: NewAndKnown
  plans: NewAndKnown
  people: FilePerson[]
  /** Who belongs or belonged to the family here: whom they may be. */
  family: { id: Id; name: string; role: MemberRole }[]
  /** What the desk that wrote the file left out. */
  leftOut: { section: TallySection; why: Exclusion; count: number }[]
  /** Records that go by themselves, as a meeting's, are not brought in. */
  records: number
  /** Entries of the zip that belong to none of it. */
  unread: number
  /** This very file was begun before in this family, and did not end. */
  isBegun: boolean
}

export type CaseImportProgress =
  | { stage: 'none' }
  /** The zip asks for its six words. */
  | { stage: 'protected'; fileName: string; wasWrong: boolean }
  | { stage: 'reading'; of: 'notes' | 'files'; done: number; total: number }
  | { stage: 'previewed'; preview: CaseImportPreview }
  | { stage: 'storing'; stored: number; total: number }
  /** Began at this desk and did not end. */
  | { stage: 'unfinished'; reference: string; begunAt: Instant; stored: number; total: number }
  /** `skipped`: what stood in the way was not there yet when the file was read. */
  | { stage: 'done'; reference: string; notes: number; files: number; skipped: number }
  /** The first of the problems; `problemCount` counts all. */
  | { stage: 'failed'; reason: string; problems: CaseImportProblem[]; problemCount: number }

export const ofFamily = z.strictObject({ familyId: id })

/** What opens the zip, as it is typed. */
export const openedCaseNotes = z.strictObject({ familyId: id, passphrase: z.string().max(200) })

export const confirmedCaseImport = z.strictObject({
  familyId: id,
  importId: id,
  /** The assessment here that the notes go to. */
  episodeId: id,
  /** Who of the file is who here; '' for nobody. Whoever is not told of is nobody here, unless it is the same record. */
  people: z.array(z.strictObject({ id, hereId: z.union([z.literal(''), id]) })).max(1_000)
})

/** What was brought into a family and stands beside its own record. */
export interface BroughtIn {
  imports: {
    id: Id
    reference: string
    familyReference: string
    exportedAt: Instant
    /** Who exported it. */
    byName: string
    broughtInAt: Instant
    broughtInByName: string
    /** The assessment here that the notes went to. */
    episodeId: Id
    episodeReference: string
    /** In the record by now. */
    notes: number
    isDone: boolean
  }[]
  /** The newest of each, the oldest assessment first. */
  assessments: { assessment: ExportedAssessment; plan: ExportedPlan }[]
  /** Everybody whom they name, by id. */
  names: Record<Id, string>
}
