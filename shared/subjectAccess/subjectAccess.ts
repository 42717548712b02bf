import { z } from 'zod'
import type { ToldRecord } from '../export/told.ts'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'

const line = (limit: number) =>
  z.string().max(limit, `Use ${limit.toLocaleString('en-GB')} characters or fewer`)
const idOrNone = z.union([z.literal(''), id])

/** C14: what is asked for by whom it is about, or ordered by a court. */
export const requestKinds = ['subject-access', 'court-order'] as const
export type RequestKind = (typeof requestKinds)[number]

/** Who asks: the person, somebody with parental responsibility, somebody who acts for them, or a court. */
export const requesters = ['person', 'parent', 'representative', 'court'] as const
export type Requester = (typeof requesters)[number]

export const requestEvents = ['assign', 'identified', 'extend', 'withdraw', 'answer', 'reopen'] as const
export type RequestEvent = (typeof requestEvents)[number]

export const requestStates = ['open', 'answered', 'withdrawn'] as const
export type RequestState = (typeof requestStates)[number]

/** What becomes of one item: all of it goes, some of it is blacked out, or none of it goes. */
export const fates = ['include', 'redact', 'exclude'] as const

/** `open`: stretches may be marked already, but it is still to be decided, or a decision was taken back. */
export const decidedAs = ['open', ...fates] as const
export type DecidedAs = (typeof decidedAs)[number]

/** Why something of it does not go (C14; domain 0, subject access: social-work exemption DPA 2018 Sch. 3). */
export const reasonCodes = ['third-party', 'serious-harm', 'legal-privilege', 'exempt'] as const
export type ReasonCode = (typeof reasonCodes)[number]

export const verdicts = ['agreed', 'back'] as const
export type Verdict = (typeof verdicts)[number]

/** "Record a subject access request", as typed, in any state. */
export const subjectAccessDraft = z.strictObject({
  /** The request's id. */
  id,
  kind: z.enum(['', ...requestKinds]),
  personId: idOrNone,
  /** What stands in the field where the person is looked for. */
  personText: line(200),
  requester: z.enum(['', ...requesters]),
  requesterName: line(200),
  contact: line(1_000),
  entitledBy: line(1_000),
  /** As typed: `readDate` reads them. */
  receivedOn: line(20),
  /** The day that an order names; '' otherwise. */
  answerBy: line(20),
  identityHow: line(500),
  identityOn: line(20),
  from: line(20),
  to: line(20),
  wanted: line(5_000)
})
export type SubjectAccessDraft = z.output<typeof subjectAccessDraft>

/** A stretch that is blacked out of one text of an item, in UTF-16 units: from `from` up to `to`. */
export const span = z.strictObject({
  /** The `path` of the text. */
  path: z.string().max(80),
  from: z.int().min(0),
  to: z.int().min(1),
  reason: z.enum(reasonCodes),
  note: line(1_000)
})
export type Span = z.output<typeof span>

/** A file of an item that does not go along. */
export const withheldFile = z.strictObject({ id, reason: z.enum(reasonCodes), note: line(1_000) })
export type WithheldFile = z.output<typeof withheldFile>

/** What is decided of one item. */
export const decided = z.strictObject({
  fate: z.enum(decidedAs),
  /** Of what is excluded; '' otherwise, as is the note. */
  reason: z.enum(['', ...reasonCodes]),
  note: line(1_000),
  spans: z.array(span).max(2_000),
  withoutFiles: z.array(withheldFile).max(100)
})
export type Decided = z.output<typeof decided>

/** The same as it is sent. */
export const decision = decided.extend({
  /** The decision's own id. */
  id,
  itemId: z.string().min(1).max(120),
  /** Of the item that was looked at: what has changed since is decided of anew. */
  itemSha256: z.string().regex(/^[0-9a-f]{64}$/)
})
export type Decision = z.output<typeof decision>

/** An item of an answer with what is decided of it; `null` where nothing is, or where it has changed since. */
export interface AccessItem extends ToldRecord {
  /** SHA-256, hex, of its canonical JSON. */
  sha256: string
  decided: (Decided & { byName: string; at: Instant }) | null
  /** It was decided of, but says something else now. */
  hasChanged: boolean
}

/** A request in a list. */
export interface RequestRow {
  id: Id
  reference: string
  kind: RequestKind
  personId: Id
  /** The name of whom it is about. */
  name: string
  receivedOn: CivilDate
  /** '' while whoever asks has not proved who they are: the month has not begun. */
  dueOn: CivilDate
  isExtended: boolean
  state: RequestState
  ownerId: Id
  ownerName: string
}
