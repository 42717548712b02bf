import { z } from 'zod'
import type { ToldKind } from '../export/told.ts'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'
import { requestEvents, type RequestEvent, type Requester, type RequestRow } from './subjectAccess.ts'

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)

/** Something that happens to a request, as it is typed. */
export const requestAct = z.strictObject({
  /** The event's own id. */
  id,
  requestId: id,
  /** The newest thing of it that was read: somebody else may have been at it (L7). */
  basedOn: id,
  event: z.enum(requestEvents),
  /** As typed; of `assign` and `reopen` it is today. */
  on: line(20),
  /** Of `assign`: who has it from now on; '' otherwise. */
  toId: z.union([z.literal(''), id]),
  /** How they proved who they are; why; how the answer went. */
  words: line(2_000)
})
export type RequestAct = z.output<typeof requestAct>

/** `SAR-7KQ3-000012` */
export const requestReference = (deskCode: string, number: number): string =>
  `SAR-${deskCode}-${String(number).padStart(6, '0')}`

/** What the file with an answer is called, and what is inside it: nothing that names anybody. */
export const answerFileName = (reference: string, on: CivilDate): string =>
  `subject-access-${reference}-${on}.zip`
export const answerEntryName = (
  reference: string,
  on: CivilDate,
  { part, parts }: { part: number; parts: number },
  format: SavedAnswer['format']
): string => {
  const padded = (number: number) => String(number).padStart(2, '0')
  const which = parts === 1 ? '' : `-part-${padded(part)}-of-${padded(parts)}`
  return `subject-access-${reference}-${on}${which}.${format}`
}

/** Which requests are listed. */
export const requestStanding = ['open', 'done'] as const

/** "Save the answer": the files that go to whoever asked. */
export const savedAnswer = z.strictObject({
  /** The export's own id. */
  id,
  requestId: id,
  format: z.enum(['pdf', 'docx']),
  isProtected: z.boolean(),
  /** Why it goes without a passphrase. */
  openReason: line(1_000)
})
export type SavedAnswer = z.output<typeof savedAnswer>

/** What an item of an answer may be. */
export const itemKinds = [
  'note',
  'entry',
  'assessment',
  'outcome',
  'call',
  'meeting',
  'letter',
  'step-down',
  'step-up'
] as const satisfies ToldKind[]
export type ItemKind = (typeof itemKinds)[number]

/** One item of an answer, before its words are read. */
export interface ItemRef {
  /** As `ToldRecord` has it. */
  id: Id
  kind: ItemKind
  /** The family that it is of; '' of what is of the person alone. */
  familyId: Id
  /** The day on which it happened. */
  on: CivilDate
}

/** One event of a request as it was recorded. */
export interface RequestEventRow {
  id: Id
  event: RequestEvent
  on: CivilDate
  toName: string
  words: string
  byName: string
  recordedAt: Instant
}

/** A file that went, or is to go, to whoever asked. */
export interface AnswerFile {
  id: Id
  reference: string
  at: Instant
  byName: string
  format: SavedAnswer['format']
  included: number
  excluded: number
  isProtected: boolean
}

/** A request with everything that happened to it, the first first. */
export interface RequestRecord extends RequestRow {
  requester: Requester
  requesterName: string
  contact: string
  entitledBy: string
  answerBy: CivilDate
  identityHow: string
  identityOn: CivilDate
  /** The days that were asked for; '' where it is open at that end. */
  from: CivilDate
  to: CivilDate
  wanted: string
  recordedAt: Instant
  recordedByName: string
  /** The day on which the month began; '' until it has. */
  begins: CivilDate
  firstDueOn: CivilDate
  events: RequestEventRow[]
  /** The newest thing of it. */
  lastId: Id
  mayDo: RequestEvent[]
  exports: AnswerFile[]
}

/** A family of whom a request is about, so that one that is closed can be opened with a reason. */
export interface RequestFamily {
  id: Id
  reference: string
  isOpen: boolean
}
