import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import {
  isOfFilter,
  itemIdOf,
  itemStateOf,
  type ItemCounts,
  type ItemState,
  type ShownItem
} from '../../shared/subjectAccess/goingThrough.ts'
import { countingDecisions, decidedIn, type CountingDecision } from './countingDecisions.ts'
import { gatheredItems, type GatheredItem, type GatheredItems } from './gatheredItems.ts'
import { heldDecisions, type HeldDecisions } from './heldDecisions.ts'
import { theRequest } from './theRequest.ts'
import { toldItems, type Asked } from './selectItems.ts'

const PAGE = 25

/** How every item stands, in their order, and how many stand how. */
export function statesOf(
  items: readonly GatheredItem[],
  decisions: HeldDecisions
): { states: ItemState[]; counts: ItemCounts } {
  const states = items.map(({ itemId, sha256 }) => itemStateOf(decisions.get(itemId), sha256))
  const counts: ItemCounts = {
    ...{ all: items.length, 'to-decide': 0, changed: 0 },
    ...{ include: 0, redact: 0, exclude: 0 }
  }
  for (const state of states) counts[state] += 1
  return { states, counts }
}

/**
 * A page of the items of a request with what is decided of each and what may be suggested in it, 25 at a time, the oldest
 * first.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function listItems(
  store: Store,
  { requestId, filter, after }: Parsed<'subjectAccess.items'>,
  actor: Actor
): Promise<Output<'subjectAccess.items'>> {
  const { row: request } = await store.read((db) => theRequest(db, requestId, actor))
  const gathered = await gatheredItems(store, request, actor)
  const decisionsIn = await heldDecisions(store, requestId)
  return store.read(async (db) => {
    const { states, counts } = statesOf(gathered.items, decisionsIn(db))
    // beyond its place, whether or not it is still of this filter
    const beyond = after === '' ? 0 : (gathered.places.get(after) ?? -1) + 1
    const found: number[] = []
    for (let place = beyond; place < states.length && found.length <= PAGE; place += 1) {
      const state = states[place]
      if (state && isOfFilter(state, filter)) found.push(place)
    }
    const some = found.slice(0, PAGE).flatMap((place) => gathered.items[place] ?? [])
    const decisions = countingDecisions(
      db,
      requestId,
      some.map(({ itemId }) => itemId)
    )
    const rows = await shownItems(db, { request, gathered, decisions }, some, actor)
    return { rows, next: found.length > PAGE ? (some.at(-1)?.itemId ?? '') : '', counts }
  })
}

async function shownItems(
  db: Parameters<typeof toldItems>[0],
  {
    request,
    gathered,
    decisions
  }: { request: Asked; gathered: GatheredItems; decisions: ReadonlyMap<string, CountingDecision> },
  some: readonly GatheredItem[],
  actor: Actor
): Promise<ShownItem[]> {
  const told = await toldItems(
    db,
    request,
    some.map(({ ref }) => ref),
    actor
  )
  const items = new Map(told.map((item) => [itemIdOf(item), item]))
  return some.flatMap(({ itemId, sha256 }) => {
    const item = items.get(itemId)
    if (!item) return []
    const newest = decisions.get(itemId)
    const state = itemStateOf(newest, sha256)
    const isOfThis = newest?.itemSha256 === sha256
    return [
      {
        ...item,
        ...{ itemId, sha256, state, number: (gathered.places.get(itemId) ?? 0) + 1 },
        decided: newest && isOfThis ? { ...decidedIn(newest), byName: newest.byName, at: newest.at } : null,
        hasChanged: newest !== undefined && !isOfThis,
        suggestions: gathered.suggestionsIn(item)
      }
    ]
  })
}
