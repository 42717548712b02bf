import { z } from 'zod'
import { domains } from '../assessment/assessment.ts'
import { mediaTypes } from '../attachment/attachment.ts'
import { memberRoles } from '../family/family.ts'
import { civilDate, id, instant } from '../ids.ts'
import { noteKinds } from '../note/note.ts'
import { outcomeEndings, progresses } from '../plan/plan.ts'
import { exportScopes, receivers } from './caseNotes.ts'
import { exclusions } from './tally.ts'
import { toldKinds } from './told.ts'

/** The version of the format that this desk writes. Another shape is another version, with a schema of its own beside it. */
export const CASE_NOTES_VERSION = 'case-notes-1'

const text = z.string()
const idOrNone = z.union([z.literal(''), id])
const dayOrNone = z.union([z.literal(''), civilDate])
const wholeNumber = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const exportedFile = z.strictObject({
  id,
  name: text,
  mediaType: z.enum(mediaTypes),
  size: wholeNumber,
  sha256,
  at: instant,
  byName: text,
  /** Where it lies in the zip; '' where the files were left out. */
  entry: text
})
export type ExportedFile = z.output<typeof exportedFile>

const exportedNote = z.strictObject({
  /** Its place in the export, from 1. */
  number: z.int().min(1),
  id,
  episodeId: id,
  episodeReference: text,
  kind: z.enum(noteKinds),
  happenedAt: instant,
  recordedAt: instant,
  byName: text,
  words: text,
  childsVoice: text,
  /** Of `people`. */
  aboutIds: z.array(id),
  presentIds: z.array(id),
  present: text,
  familyMaySee: z.boolean(),
  restrictedWhy: text,
  afterClosing: z.boolean(),
  addenda: z.array(
    z.strictObject({
      id,
      words: text,
      recordedAt: instant,
      byName: text,
      afterClosing: z.boolean(),
      files: z.array(exportedFile)
    })
  ),
  files: z.array(exportedFile)
})
export type ExportedNote = z.output<typeof exportedNote>

const exportedEntry = z.strictObject({
  /** Of the row that it tells of; of a planned date that ended, or a merge for the second record, with a suffix. */
  id: z.string().min(1).max(100),
  /** As the desk that wrote it calls what happened: a later desk knows more kinds. */
  kind: text,
  on: civilDate,
  recordedAt: instant,
  byName: text,
  personId: idOrNone,
  episodeId: idOrNone,
  /** In plain words: whom it is about, what happened and what was written of it. */
  who: text,
  what: text,
  details: z.array(text),
  /** The same as the record has it. */
  body: z.record(z.string(), z.json())
})
export type ExportedEntry = z.output<typeof exportedEntry>

const ofEpisode = { episodeId: id, reference: text, registeredOn: civilDate }

const exportedAssessment = z.strictObject({
  ...ofEpisode,
  entries: z.array(
    z.strictObject({
      personId: id,
      domain: z.enum(domains),
      strengths: text,
      needs: text,
      views: text,
      versionId: id,
      at: instant,
      byName: text
    })
  )
})
export type ExportedAssessment = z.output<typeof exportedAssessment>

const exportedPlan = z.strictObject({
  ...ofEpisode,
  outcomes: z.array(
    z.strictObject({
      id,
      words: text,
      personId: idOrNone,
      ending: z.enum(outcomeEndings),
      endedOn: dayOrNone,
      endedWhy: text,
      actions: z.array(
        z.strictObject({
          id,
          words: text,
          ownerName: text,
          dueOn: civilDate,
          endedOn: dayOrNone,
          progress: z.array(
            z.strictObject({
              id,
              progress: z.enum(progresses),
              on: civilDate,
              words: text,
              evidence: text,
              memberName: text,
              byName: text,
              at: instant
            })
          )
        })
      ),
      scores: z.array(
        z.strictObject({ id, on: civilDate, score: wholeNumber, words: text, byName: text, at: instant })
      )
    })
  )
})
export type ExportedPlan = z.output<typeof exportedPlan>

const exportedRecord = z.strictObject({
  id,
  kind: z.enum(toldKinds),
  reference: text,
  title: text,
  on: civilDate,
  recordedAt: instant,
  byName: text,
  /** Everything that it says, each text under what it is. */
  texts: z.array(z.strictObject({ path: text, label: text, text })),
  files: z.array(exportedFile)
})

const exportedPerson = z.strictObject({ id, name: text, role: z.enum(memberRoles) })
export type ExportedPerson = z.output<typeof exportedPerson>

/** What an export includes. The hash on its cover is of the canonical JSON of this. */
const exportedItems = z.strictObject({
  assessments: z.array(exportedAssessment),
  chronology: z.array(exportedEntry),
  notes: z.array(exportedNote),
  people: z.array(exportedPerson),
  plans: z.array(exportedPlan),
  records: z.array(exportedRecord)
})

const counted = z.strictObject({
  included: wholeNumber,
  excluded: z.partialRecord(z.enum(exclusions), wholeNumber)
})

/** What an export is, for whom, and what was left out of it and why. */
const exportSummary = z.strictObject({
  version: z.literal(CASE_NOTES_VERSION),
  reference: text,
  exportedAt: instant,
  byName: text,
  scope: z.enum(exportScopes),
  /** '' of a call, which is of no family. */
  familyId: idOrNone,
  familyReference: text,
  episodeId: idOrNone,
  personId: idOrNone,
  /** The meeting, the request for step-up or the call; '' otherwise. */
  subjectId: idOrNone,
  /** The days that were asked for; '' where it is open at that end. */
  from: dayOrNone,
  to: dayOrNone,
  /** Of case notes; empty: all. */
  kinds: z.array(z.enum(noteKinds)),
  receiver: z.enum(receivers),
  receiverName: text,
  personThere: text,
  purpose: text,
  sections: z.strictObject({
    records: counted.nullable(),
    /** Of the records that go, text by text. */
    passages: counted.nullable(),
    notes: counted.nullable(),
    chronology: counted.nullable(),
    assessment: counted.nullable(),
    plan: counted.nullable(),
    files: counted.nullable()
  }),
  /** Of the canonical JSON (RFC 8785) of `items`. */
  itemsSha256: sha256
})
export type ExportSummary = z.output<typeof exportSummary>

/** Case notes as another system reads them: docs/schemas/case-notes-1.json says the same. */
export const caseNotesFile = z.strictObject({ items: exportedItems, summary: exportSummary })
