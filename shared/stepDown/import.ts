import type { Id, Instant } from '../ids.ts'
import type { PersonField, StepDownField } from './stepDownFile.ts'

/** What must be put right in the file before a step-down can come in. */
export interface StepDownImportProblem {
  /** Of a CSV file, where the row ends; of JSON, where the step-down begins. */
  line: number
  /** Where it stands in JSON, as RFC 6901 has it: `/step_downs/3/people/0/name`; '' in a CSV file. */
  pointer: string
  /** '' where it is the step-down as a whole. */
  field: StepDownField | PersonField | 'people' | ''
  message: string
}

/** A step-down of the file whose family may be known here already. Nothing is decided by it. */
export interface KnownAlready {
  key: string
  /** As the file has them. */
  children: string
  /** At most three, the likeliest first; of a restricted one only that there is one. */
  families: {
    familyId: Id
    reference: string
    restricted: boolean
    /** Of the open assessment; '' where there is none, or it may not be told. */
    assessmentReference: string
    keyworkerName: string
  }[]
  /** Step-downs that are open, or were done lately, of the same child or home. */
  queued: { stepDownId: Id; reference: string }[]
  /** What others of the same file go by that have a child of this one. */
  inFile: string[]
}

export interface StepDownImportPreview {
  importId: Id
  fileName: string
  stepDowns: number
  /** What storing it would add, and how many people are told of in that. */
  new: number
  people: number
  /** Of the new ones and the answers, how many still lack something that is needed (C7). */
  incomplete: number
  /** In the record already with other details: it waits for its sender, or has gone further and keeps its decision. */
  answers: number
  changed: number
  /** In the record already, with the same details. */
  known: number
  /** With something to put right: left out whole. */
  leftOut: number
  /** Of those to be stored, how many no address puts into a local hub. */
  withoutDistrict: number
  /** This very file was begun before, and did not end. */
  isBegun: boolean
  unreadColumns: string[]
  /** The first of them; `problemCount` counts all. */
  problems: StepDownImportProblem[]
  problemCount: number
  /** How many of the new ones look like a family, like one with an open assessment, like another step-down. */
  likeFamily: number
  withOpenAssessment: number
  likeQueued: number
  /** The first of them; `knownCount` counts all. */
  knownAlready: KnownAlready[]
  knownCount: number
  examples: {
    key: string
    what: 'new' | 'answer' | 'changed'
    children: string
    people: number
    /** How much of what is needed is missing. */
    missing: number
    hubName: string
  }[]
}

export type StepDownImportProgress =
  | { stage: 'none' }
  | { stage: 'reading'; read: number }
  | { stage: 'comparing'; looked: number; total: number }
  | { stage: 'previewed'; preview: StepDownImportPreview }
  | { stage: 'storing'; stored: number; total: number }
  /** Began at this desk and did not end. */
  | {
      stage: 'unfinished'
      importId: Id
      fileName: string
      begunAt: Instant
      stored: number
      total: number
    }
  /** What the file brought; `leftOut` could not be stored any more when it came to it. */
  | { stage: 'done'; new: number; added: number; incomplete: number; leftOut: number }
  | { stage: 'failed'; reason: string }
