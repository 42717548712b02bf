import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import { contract } from '../../shared/ipc/contract.ts'
import { itemIdOf, type Gathering } from '../../shared/subjectAccess/goingThrough.ts'
import type { ItemRef } from '../../shared/subjectAccess/request.ts'
import { suggester, type Suggestion } from '../../shared/subjectAccess/suggest.ts'
import { londonDate } from '../../shared/time/london.ts'
import { itemSha256 } from './itemSha256.ts'
import { selectItems, toldItems, type Asked } from './selectItems.ts'
import { thirdParties } from './thirdParties.ts'

/** Items told in one turn. */
const CHUNK = 100

/** Every item of a request without its words: a place, and what would tell that it has changed. */
export interface GatheredItem {
  ref: ItemRef
  itemId: string
  sha256: string
  /** Characters in its texts. */
  length: number
}

export interface GatheredItems {
  items: readonly GatheredItem[]
  /** The place of each among them, by its `itemId`. */
  places: ReadonlyMap<string, number>
  suggestionsIn: (item: Pick<ToldRecord, 'texts' | 'files'>) => Suggestion[]
}

interface Held {
  /** Of which request, for whom, on which day: names are told as they are today. */
  of: string
  /** The last act in the record that was known when it was begun. */
  upTo: number
  gathered: Promise<GatheredItems>
}

/** Of one request, in this thread's memory: whoever goes through thousands of items reads them page by page. */
const held = new WeakMap<Store, Held>()

/** Of the last gathering that was begun. */
let progress: Gathering = { done: 0, of: 0 }
export const gatheringProgress = (): Promise<Gathering> => Promise.resolve(progress)

/**
 * Every item of a request. Gathered anew as soon as anything but the request itself was at work on the record, so that what
 * has changed is always seen. A piece at a time, so that nobody who types waits.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function gatheredItems(
  store: Store,
  request: Asked & { id: string },
  actor: Actor
): Promise<GatheredItems> {
  const of = [request.id, actor.id, londonDate(actor.now)].join(' ')
  const before = held.get(store)
  const { upTo, isStale } = await store.read((db) =>
    Promise.resolve(before ? actsSince(db, before.upTo) : lastAct(db))
  )
  if (before?.of === of && !isStale) {
    before.upTo = upTo
    return before.gathered
  }
  const gathered = gather(store, request, actor)
  held.set(store, { of, upTo, gathered })
  gathered.catch(() => held.delete(store))
  return gathered
}

/** Nothing was gathered before: of a trail of a million acts only the last is looked at. */
const lastAct = (db: ReadDb): { upTo: number; isStale: boolean } => ({
  upTo: db.get<{ upTo: number }>(sql`SELECT coalesce(max(rowid), 0) AS upTo FROM audit`).upTo,
  isStale: true
})

/** The last act there is, and whether any since `after` may have changed an item. */
function actsSince(db: ReadDb, after: number): { upTo: number; isStale: boolean } {
  const acts = db.all<{ upTo: number; operation: string }>(
    sql`SELECT max(rowid) AS upTo, operation FROM audit WHERE rowid > ${after} GROUP BY operation`
  )
  return {
    upTo: Math.max(after, ...acts.map((act) => act.upTo)),
    isStale: acts.some(({ operation }) => mayChangeAnItem(operation))
  }
}

/** A reading changes nothing, and what is done with requests is no part of an answer before it has gone. */
function mayChangeAnItem(operation: string): boolean {
  if (operation.startsWith('subjectAccess.')) return false
  return !Object.hasOwn(contract, operation) || contract[operation as keyof typeof contract].kind !== 'read'
}

const lengthOf = ({ texts }: ToldRecord): number => texts.reduce((sum, { text }) => sum + text.length, 0)

async function gather(store: Store, request: Asked & { id: string }, actor: Actor): Promise<GatheredItems> {
  const mine: Gathering = { done: 0, of: 0 }
  progress = mine
  const refs = await selectItems(store, request, actor, () => turn())
  mine.of = refs.length
  const items: GatheredItem[] = []
  for (let at = 0; at < refs.length; at += CHUNK) {
    const some = refs.slice(at, at + CHUNK)
    const told = await store.read((db) => toldItems(db, request, some, actor))
    const byId = new Map(told.map((item) => [itemIdOf(item), item]))
    for (const ref of some) {
      const itemId = itemIdOf(ref)
      const item = byId.get(itemId)
      if (item) items.push({ ref, itemId, sha256: itemSha256(item), length: lengthOf(item) })
    }
    mine.done = Math.min(at + CHUNK, refs.length)
    await turn()
  }
  const { others, own } = await store.read((db) =>
    thirdParties(
      db,
      request.personId,
      items.map(({ ref }) => ref),
      actor
    )
  )
  return {
    items,
    places: new Map(items.map(({ itemId }, place) => [itemId, place])),
    suggestionsIn: suggester(others, own)
  }
}
