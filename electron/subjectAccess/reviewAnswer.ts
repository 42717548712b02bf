import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { subjectReview } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { AnswerStanding } from '../../shared/subjectAccess/goingThrough.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { standingBy } from './answerStanding.ts'
import { gatheredItems } from './gatheredItems.ts'
import { heldDecisions } from './heldDecisions.ts'
import { openRequest } from './openRequest.ts'
import type { RequestAsRecorded } from './theRequest.ts'

/**
 * Somebody who decided nothing of it agrees to what goes and what does not, or sends it back with words (C14). It holds for
 * exactly these decisions.
 *
 * @throws Refusal not-found, family-restricted, step-not-possible, items-undecided, reviewer-redacted, changed-since,
 *   invalid, clashing-id
 */
export async function reviewAnswer(
  store: Store,
  input: Parsed<'subjectAccess.review'>,
  actor: Actor
): Promise<Output<'subjectAccess.review'>> {
  const request = await store.read((db) => openRequest(db, input.requestId, actor))
  const { items } = await gatheredItems(store, request, actor)
  const decisionsIn = await heldDecisions(store, request.id)
  return store.write(async (tx) => {
    if (await isKept(tx, input, actor)) return null
    mustBeReviewable(standingBy(tx, request.id, { items, decisions: decisionsIn(tx) }, actor), input)
    await keep(tx, request, input, items.length, actor)
    return null
  })
}

async function isKept(tx: Tx, input: Parsed<'subjectAccess.review'>, actor: Actor): Promise<boolean> {
  const [before] = await tx.select().from(subjectReview).where(eq(subjectReview.id, input.id))
  if (!before) return false
  const isSame =
    before.createdBy === actor.id &&
    before.requestId === input.requestId &&
    before.verdict === input.verdict &&
    before.words === input.words &&
    before.decisionsSha256 === input.decisionsSha256
  return isSame || refuse('clashing-id')
}

function mustBeReviewable(
  { decisionsSha256, mayReview }: AnswerStanding,
  input: Parsed<'subjectAccess.review'>
): void {
  if (mayReview === 'redactor') refuse('reviewer-redacted')
  if (mayReview === 'to-decide') refuse('items-undecided')
  if (decisionsSha256 !== input.decisionsSha256) throw new Refusal({ code: 'changed-since' })
  if (input.verdict === 'back' && input.words === '') {
    invalid({ path: 'words', message: 'Say what is to be looked at again' })
  }
}

async function keep(
  tx: Tx,
  request: RequestAsRecorded,
  { id, verdict, words, decisionsSha256 }: Parsed<'subjectAccess.review'>,
  items: number,
  actor: Actor
): Promise<void> {
  await tx.insert(subjectReview).values({
    ...{ id, requestId: request.id, verdict, words, items, decisionsSha256 },
    ...writtenAfter(writtenBy(actor, request.hubId), await lastReviewedAt(tx, request))
  })
  await appendAudit(
    tx,
    { operation: 'subjectAccess.review', subjectIds: [request.id, id], result: 'done' },
    actor
  )
}

async function lastReviewedAt(tx: Tx, { id }: RequestAsRecorded): Promise<string | undefined> {
  const rows = await tx
    .select({ at: subjectReview.createdAt })
    .from(subjectReview)
    .where(eq(subjectReview.requestId, id))
  return rows
    .map(({ at }) => at)
    .sort()
    .at(-1)
}
