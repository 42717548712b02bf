import { setImmediate as turn } from 'node:timers/promises'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid } from '../../shared/errors.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import {
  itemIdOf,
  itemStateOf,
  type FoundItem,
  type FoundPlace
} from '../../shared/subjectAccess/goingThrough.ts'
import { textsOf } from '../../shared/subjectAccess/redact.ts'
import { standsIn, type Standing } from '../../shared/subjectAccess/standsIn.ts'
import { countingDecisions, decidedIn, type CountingDecision } from './countingDecisions.ts'
import { gatheredItems, type GatheredItem, type GatheredItems } from './gatheredItems.ts'
import { theRequest, type RequestAsRecorded } from './theRequest.ts'
import { toldItems } from './selectItems.ts'

/** Looked through at one asking: whoever looks sees how far it is, and may stop. */
const AT_ONCE = 500
/** Whoever types meanwhile waits for no more than these. */
const IN_ONE_TURN = 50
/** Units on either side of what was found. */
const AROUND = 40

/**
 * In which items of a request the same words stand, and where, as words of their own or inside others. Looks through 500
 * items, the oldest first.
 *
 * @throws Refusal not-found, family-restricted, invalid where there is nothing to look for
 */
export async function searchItems(
  store: Store,
  { requestId, text, after }: Parsed<'subjectAccess.search'>,
  actor: Actor
): Promise<Output<'subjectAccess.search'>> {
  const find = standsIn(text)
  if (!find) return invalid({ path: 'text', message: 'Enter a letter or a number to look for' })
  const { row: request } = await store.read((db) => theRequest(db, requestId, actor))
  const { items, places } = await gatheredItems(store, request, actor)
  const beyond = after === '' ? 0 : (places.get(after) ?? -1) + 1
  const some = items.slice(beyond, beyond + AT_ONCE)
  const looked = beyond + some.length
  const ids = some.map(({ itemId }) => itemId)
  const decisions = await store.read((db) => Promise.resolve(countingDecisions(db, requestId, ids)))
  const rows: FoundItem[] = []
  for (let at = 0; at < some.length; at += IN_ONE_TURN) {
    const part = some.slice(at, at + IN_ONE_TURN)
    rows.push(...(await store.read((db) => foundIn(db, { request, places, find, decisions }, part, actor))))
    await turn()
  }
  return { rows, looked, of: items.length, next: looked < items.length ? (some.at(-1)?.itemId ?? '') : '' }
}

async function foundIn(
  db: ReadDb,
  {
    request,
    places,
    find,
    decisions
  }: Pick<GatheredItems, 'places'> & {
    request: RequestAsRecorded
    decisions: ReadonlyMap<string, CountingDecision>
    find: (text: string) => Standing[]
  },
  part: readonly GatheredItem[],
  actor: Actor
): Promise<FoundItem[]> {
  const hashes = new Map(part.map(({ itemId, sha256 }) => [itemId, sha256]))
  const told = await toldItems(
    db,
    request,
    part.map(({ ref }) => ref),
    actor
  )
  return told.flatMap((item) => {
    const found = placesIn(item, find)
    if (found.length === 0) return []
    const itemId = itemIdOf(item)
    const sha256 = hashes.get(itemId) ?? ''
    const newest = decisions.get(itemId)
    return [
      {
        ...{ itemId, sha256, kind: item.kind, title: item.title, on: item.on, places: found },
        number: (places.get(itemId) ?? 0) + 1,
        state: itemStateOf(newest, sha256),
        decided: newest?.itemSha256 === sha256 ? decidedIn(newest) : null
      }
    ]
  })
}

/** Whole words, and that others stand beside them. */
const wordsBefore = (text: string, from: number): string =>
  from <= AROUND ? text.slice(0, from) : `… ${text.slice(from - AROUND, from).replace(/^\S*\s+/u, '')}`
const wordsBehind = (text: string, to: number): string =>
  to + AROUND >= text.length ? text.slice(to) : `${text.slice(to, to + AROUND).replace(/\s+\S*$/u, '')} …`

const placesIn = (item: ToldRecord, find: (text: string) => Standing[]): FoundPlace[] =>
  textsOf(item).flatMap(({ path, text }) =>
    find(text).map(({ from, to, isInside }) => ({
      ...{ path, from, to, isInside },
      before: wordsBefore(text, from),
      words: text.slice(from, to),
      behind: wordsBehind(text, to)
    }))
  )
