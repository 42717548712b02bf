import { inArray } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { subjectRedaction } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse, Refusal } from '../../shared/errors.ts'
import { canonicalJson } from '../../shared/export/canonical.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { itemIdOf } from '../../shared/subjectAccess/goingThrough.ts'
import { problemsWithDecision } from '../../shared/subjectAccess/problems.ts'
import type { Decision } from '../../shared/subjectAccess/subjectAccess.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { countingDecisions } from './countingDecisions.ts'
import { gatheredItems } from './gatheredItems.ts'
import { heldDecisions } from './heldDecisions.ts'
import { statesOf } from './listItems.ts'
import { openRequest } from './openRequest.ts'
import type { RequestAsRecorded } from './theRequest.ts'
import { toldItems } from './selectItems.ts'

/**
 * Decides of some items at once: all of them or none. Each decision is a row of its own, the newest counts; the items are
 * not touched.
 *
 * @returns how many items stand how after it
 * @throws Refusal not-found, family-restricted, step-not-possible where the request has ended, changed-since where an item
 *   says something else now, invalid, clashing-id
 */
export async function decideItems(
  store: Store,
  { requestId, decisions }: Parsed<'subjectAccess.decide'>,
  actor: Actor
): Promise<Output<'subjectAccess.decide'>> {
  const request = await store.read((db) => openRequest(db, requestId, actor))
  const gathered = await gatheredItems(store, request, actor)
  await store.read(async (db) => {
    const some = decisions.map(
      ({ itemId }) => gathered.items[gathered.places.get(itemId) ?? -1] ?? notFound()
    )
    const told = await toldItems(
      db,
      request,
      some.map(({ ref }) => ref),
      actor
    )
    const items = new Map(told.map((item) => [itemIdOf(item), item]))
    for (const [index, decision] of decisions.entries()) {
      const item = items.get(decision.itemId)
      if (!item || some[index]?.sha256 !== decision.itemSha256) throw new Refusal({ code: 'changed-since' })
      const problems = problemsWithDecision(item, decision)
      const at = `decisions.${String(index)}`
      if (problems.length > 0) {
        invalid(...problems.map(({ path, message }) => ({ path: `${at}.${path}`, message })))
      }
    }
  })
  await store.write((tx) => keep(tx, request, decisions, actor))
  const decisionsIn = await heldDecisions(store, requestId)
  return store.read((db) => Promise.resolve(statesOf(gathered.items, decisionsIn(db)).counts))
}

async function keep(
  tx: Tx,
  request: RequestAsRecorded,
  decisions: readonly Decision[],
  actor: Actor
): Promise<void> {
  const news = await notKept(tx, request, decisions, actor)
  if (news.length === 0) return
  const counting = countingDecisions(
    tx,
    request.id,
    news.map(({ itemId }) => itemId)
  )
  for (const { spans, withoutFiles, ...decision } of news) {
    await tx.insert(subjectRedaction).values({
      ...decision,
      ...writtenAfter(writtenBy(actor, request.hubId), counting.get(decision.itemId)?.at),
      requestId: request.id,
      spans: JSON.stringify(spans),
      withoutFiles: JSON.stringify(withoutFiles)
    })
  }
  await appendAudit(
    tx,
    { operation: 'subjectAccess.decide', subjectIds: [request.id], result: 'done' },
    actor
  )
}

/** Those that are not in the record yet. @throws Refusal clashing-id where an id stands there with other content */
async function notKept(
  tx: Tx,
  request: RequestAsRecorded,
  decisions: readonly Decision[],
  actor: Actor
): Promise<Decision[]> {
  const rows = await tx
    .select()
    .from(subjectRedaction)
    .where(
      inArray(
        subjectRedaction.id,
        decisions.map(({ id }) => id)
      )
    )
  const kept = new Map(rows.map((row) => [row.id, row]))
  return decisions.filter((decision) => {
    const row = kept.get(decision.id)
    if (!row) return true
    const { requestId, createdBy, itemId, itemSha256, fate, reason, note } = row
    const isSame =
      requestId === request.id &&
      createdBy === actor.id &&
      canonicalJson({
        ...{ id: row.id, itemId, itemSha256, fate, reason, note },
        spans: JSON.parse(row.spans) as unknown,
        withoutFiles: JSON.parse(row.withoutFiles) as unknown
      }) === canonicalJson(decision)
    if (!isSame) refuse('clashing-id')
    return false
  })
}
