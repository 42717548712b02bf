import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { AnswerStanding, ItemCounts } from '../../shared/subjectAccess/goingThrough.ts'
import type { Verdict } from '../../shared/subjectAccess/subjectAccess.ts'
import { gatheredItems, type GatheredItem } from './gatheredItems.ts'
import { heldDecisions, type HeldDecisions } from './heldDecisions.ts'
import { statesOf } from './listItems.ts'
import { theRequest } from './theRequest.ts'
import type { Asked } from './selectItems.ts'

/**
 * How far an answer has come: what is decided, by whom, and what reviews said of it.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function readAnswerStanding(
  store: Store,
  { requestId }: Parsed<'subjectAccess.standing'>,
  actor: Actor
): Promise<AnswerStanding> {
  const { row: request } = await store.read((db) => theRequest(db, requestId, actor))
  return answerStanding(store, request, actor)
}

/** The same of a request that is open to whoever asks. @throws Refusal not-found, family-restricted */
export async function answerStanding(
  store: Store,
  request: Asked & { id: Id },
  actor: Actor
): Promise<AnswerStanding> {
  const { items } = await gatheredItems(store, request, actor)
  const decisionsIn = await heldDecisions(store, request.id)
  return store.read((db) =>
    Promise.resolve(standingBy(db, request.id, { items, decisions: decisionsIn(db) }, actor))
  )
}

/** The same by decisions that were read already. */
export function standingBy(
  db: ReadDb,
  requestId: Id,
  { items, decisions }: { items: readonly GatheredItem[]; decisions: HeldDecisions },
  actor: Actor
): AnswerStanding {
  const { counts } = statesOf(items, decisions)
  const decisionsSha256 = isEverythingDecided(counts) ? hashOf(items, decisions) : ''
  const redactors = redactorsOf(db, items, decisions)
  const reviews = reviewsOf(db, requestId).map(({ decisionsSha256: of, ...review }) => ({
    ...review,
    isOfNow: of === decisionsSha256
  }))
  // what was sent back and not changed since is agreed to only by whoever reads it again
  const last = reviews.find(({ isOfNow }) => isOfNow)
  const isAgreed = last?.verdict === 'agreed'
  const isRedactor = redactors.some(({ id }) => id === actor.id)
  return {
    ...{ counts, decisionsSha256, redactors, reviews, isAgreed },
    mayReview: decisionsSha256 === '' ? 'to-decide' : isRedactor ? 'redactor' : isAgreed ? 'agreed' : 'yes'
  }
}

/** An answer without a single item says so, and is reviewed like any other. */
const isEverythingDecided = (counts: ItemCounts): boolean => counts['to-decide'] + counts.changed === 0

function hashOf(items: readonly GatheredItem[], decisions: HeldDecisions): string {
  const hash = createHash('sha256')
  for (const { itemId } of items) {
    const decision = decisions.get(itemId)
    if (decision) hash.update(decision.text)
  }
  return hash.digest('hex')
}

/** In the order of the first item that each of them decided of. */
function redactorsOf(
  db: ReadDb,
  items: readonly GatheredItem[],
  decisions: HeldDecisions
): AnswerStanding['redactors'] {
  const ids = new Set(items.flatMap(({ itemId }) => decisions.get(itemId)?.createdBy ?? []))
  return db.all(sql`SELECT each.value AS id, coalesce(a.name, '') AS name
    FROM json_each(${JSON.stringify([...ids])}) each LEFT JOIN account a ON a.id = each.value ORDER BY each.key`)
}

interface Review {
  id: Id
  verdict: Verdict
  words: string
  byName: string
  at: Instant
  decisionsSha256: string
}

const reviewsOf = (db: ReadDb, requestId: Id): Review[] =>
  db.all<Review>(sql`
    SELECT r.id, r.verdict, r.words, coalesce(a.name, '') AS byName, r.created_at AS at,
      r.decisions_sha256 AS decisionsSha256
    FROM subject_review r LEFT JOIN account a ON a.id = r.created_by
    WHERE r.request_id = ${requestId} ORDER BY r.created_at DESC, r.id DESC`)
