import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type {
  DecidedAs,
  ReasonCode,
  RequestEvent,
  RequestKind,
  Requester,
  Verdict
} from '../../shared/subjectAccess/subjectAccess.ts'
import { written } from './columns.ts'

/** Somebody asks for everything that the record holds of a person, or a court orders it (C14). Append-only. */
export const subjectRequest = sqliteTable(
  'subject_request',
  {
    ...written(),
    reference: text('reference').notNull(),
    kind: text('kind').$type<RequestKind>().notNull(),
    personId: text('person_id').notNull(),
    requester: text('requester').$type<Requester>().notNull(),
    /** As typed; '' where the person asks for themselves. */
    requesterName: text('requester_name').notNull(),
    /** How the answer reaches them. */
    contact: text('contact').notNull(),
    /** By what right somebody else asks: parental responsibility, a signed authority, an order. */
    entitledBy: text('entitled_by').notNull(),
    receivedOn: text('received_on').notNull(),
    /** The day that an order of a court names; '' of what the person asks for. */
    answerBy: text('answer_by').notNull(),
    /** How they proved who they are, and when; '' until they have. */
    identityHow: text('identity_how').notNull(),
    identityOn: text('identity_on').notNull(),
    /** The days that were asked for; '' where it is open at that end. */
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    /** In their words. */
    wanted: text('wanted').notNull(),
    /** Whoever prepares the answer at first. */
    ownerId: text('owner_id').notNull()
  },
  (t) => [index('subject_request_person').on(t.personId)]
)

/** What happened to a request, each a fact. Its state and its due day are worked out from these. */
export const subjectRequestEvent = sqliteTable(
  'subject_request_event',
  {
    ...written(),
    requestId: text('request_id').notNull(),
    event: text('event').$type<RequestEvent>().notNull(),
    onDay: text('on_day').notNull(),
    /** Of `assign`: who has it from now on; '' otherwise. */
    toId: text('to_id').notNull(),
    words: text('words').notNull()
  },
  (t) => [index('subject_request_event_of').on(t.requestId, t.createdAt, t.id)]
)

/** What is decided of one item of an answer; the newest counts. Append-only: the item itself is never touched. */
export const subjectRedaction = sqliteTable(
  'subject_redaction',
  {
    ...written(),
    requestId: text('request_id').notNull(),
    itemId: text('item_id').notNull(),
    fate: text('fate').$type<DecidedAs>().notNull(),
    /** Of what is excluded; '' otherwise. */
    reason: text('reason').$type<ReasonCode | ''>().notNull(),
    note: text('note').notNull(),
    /** What is blacked out of it, as JSON: `Span[]`. */
    spans: text('spans').notNull(),
    /** Its files that do not go along, as JSON: `WithheldFile[]`. */
    withoutFiles: text('without_files').notNull(),
    /** SHA-256, hex, of the canonical JSON of the item that it was decided of: another one is decided of anew. */
    itemSha256: text('item_sha256').notNull()
  },
  (t) => [index('subject_redaction_of').on(t.requestId, t.itemId, t.createdAt, t.id)]
)

/** Somebody other than the redactors read what would go. Append-only. */
export const subjectReview = sqliteTable(
  'subject_review',
  {
    ...written(),
    requestId: text('request_id').notNull(),
    verdict: text('verdict').$type<Verdict>().notNull(),
    words: text('words').notNull(),
    items: integer('items').notNull(),
    /** SHA-256, hex, of the items and of what was decided of each: another decision is reviewed anew. */
    decisionsSha256: text('decisions_sha256').notNull()
  },
  (t) => [index('subject_review_of').on(t.requestId, t.createdAt, t.id)]
)
