import { z } from 'zod'
import type { ToldRecord } from '../export/told.ts'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'
import type { Standing } from './standsIn.ts'
import {
  decision,
  verdicts,
  type AccessItem,
  type Decided,
  type DecidedAs,
  type Verdict
} from './subjectAccess.ts'
import type { Suggestion } from './suggest.ts'

/** How one item stands: what is decided of it, or that it is still to decide, for the first time or anew. */
export const itemStates = ['to-decide', 'changed', 'include', 'redact', 'exclude'] as const
export type ItemState = (typeof itemStates)[number]

/** `to-decide` has what has changed since as well. */
export const itemFilters = [...itemStates, 'all'] as const
export type ItemFilter = (typeof itemFilters)[number]

/** Tells an item from every other of an answer: a meeting and an entry about it may have one id. */
export const itemIdOf = ({ kind, id: recordId }: Pick<ToldRecord, 'kind' | 'id'>): string =>
  `${kind} ${recordId}`

/** @param itemSha256 of the item as the record has it today */
export function itemStateOf(
  newest: { fate: DecidedAs; itemSha256: string } | undefined,
  itemSha256: string
): ItemState {
  if (!newest || newest.fate === 'open') return 'to-decide'
  return newest.itemSha256 === itemSha256 ? newest.fate : 'changed'
}

export const isOfFilter = (state: ItemState, filter: ItemFilter): boolean =>
  filter === 'all' || filter === state || (filter === 'to-decide' && state === 'changed')

export const itemsQuery = z.strictObject({
  requestId: id,
  filter: z.enum(itemFilters),
  /** The `itemId` of the last item of the page before; '' for the first page. */
  after: z.string().max(120)
})

/** How many items there are, and how many stand how. `to-decide` does not count what has changed. */
export type ItemCounts = Record<ItemState, number> & { all: number }

/** An item as it is gone through. */
export interface ShownItem extends AccessItem {
  itemId: string
  /** Its place among all items of the answer, from 1: by it the index of what was withheld calls it. */
  number: number
  state: ItemState
  suggestions: Suggestion[]
}

export interface ItemsPage {
  rows: ShownItem[]
  /** Of the next page; '' where this is the last. */
  next: string
  counts: ItemCounts
}

/** While every item is looked at: how many were, of how many; `of` is 0 while they are still being found. */
export interface Gathering {
  done: number
  of: number
}

export const decisions = z.strictObject({ requestId: id, decisions: z.array(decision).min(1).max(100) })

export const itemSearch = z.strictObject({
  requestId: id,
  text: z.string().trim().min(1, 'Enter the words to look for').max(200),
  /** The `itemId` up to which was looked before; '' at first. */
  after: z.string().max(120)
})

/** Where the words that were looked for stand in one text, with a few words on either side. */
export interface FoundPlace extends Standing {
  path: string
  before: string
  words: string
  behind: string
}

/** An item in which the words stand, with what is decided of it so far. */
export interface FoundItem {
  itemId: string
  number: number
  kind: ToldRecord['kind']
  title: string
  on: CivilDate
  sha256: string
  state: ItemState
  decided: Decided | null
  places: FoundPlace[]
}

export interface FoundItems {
  rows: FoundItem[]
  /** How far was looked, of how many: whoever looks asks on with `next` until it is ''. */
  looked: number
  of: number
  next: string
}

export const review = z.strictObject({
  /** The review's own id. */
  id,
  requestId: id,
  verdict: z.enum(verdicts),
  words: z.string().trim().max(2_000, 'Use 2,000 characters or fewer'),
  /** Of what was read: another decision since is read before it is agreed to. */
  decisionsSha256: z.string().regex(/^[0-9a-f]{64}$/)
})

/** What one review said, and whether it is of what is decided now. */
export interface ReviewRow {
  id: Id
  verdict: Verdict
  words: string
  byName: string
  at: Instant
  isOfNow: boolean
}

/** How far an answer has come. */
export interface AnswerStanding {
  counts: ItemCounts
  /** SHA-256, hex, of the items and of all that is decided of them; '' while something is still to decide. */
  decisionsSha256: string
  /** Whoever made a decision that counts: none of them reviews it. */
  redactors: { id: Id; name: string }[]
  /** The last first. */
  reviews: ReviewRow[]
  /** Somebody else agreed to exactly what is decided now. */
  isAgreed: boolean
  mayReview: 'yes' | 'to-decide' | 'redactor' | 'agreed'
}
