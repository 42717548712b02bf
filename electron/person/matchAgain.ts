import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { LOOKED_UP } from '../../db/families.ts'
import { counter } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { writtenBy } from '../family/written.ts'
import { findDoubles } from './findDoubles.ts'

type Progress = Output<'person.matchProgress'>

/** People in one transaction: a draft that waits for the writer waits for no more than this. */
const CHUNK = 5

/** In this thread's memory: locking the desk ends the thread, and the next run goes on where this one was. */
let progress: Progress = { running: false, looked: 0, total: 0 }

export async function matchProgress(): Promise<Progress> {
  return progress
}

/** Whoever asks while it runs is answered when it ends. */
let running: Promise<Output<'person.matchAgain'>> | undefined

/**
 * Looks up everybody who came since this was last done, by an import or from another desk, a few at a time, so that nobody
 * who types waits (L11). Asked for again while it runs, it is the same run.
 */
export function matchAgain(store: Store, _: object, actor: Actor): Promise<Output<'person.matchAgain'>> {
  running ??= lookUpNewcomers(store, actor).finally(() => {
    running = undefined
  })
  return running
}

async function lookUpNewcomers(store: Store, actor: Actor): Promise<Output<'person.matchAgain'>> {
  const total = await store.read((db) => Promise.resolve(newcomersLeft(db)))
  progress = { running: true, looked: 0, total }
  let found = 0
  try {
    for (;;) {
      const chunk = await store.write((tx) => lookUpSome(tx, actor))
      if (chunk.looked === 0) break
      found += chunk.found
      progress = { ...progress, looked: progress.looked + chunk.looked }
      await turn()
    }
  } finally {
    progress = { ...progress, running: false }
  }
  return { looked: progress.looked, found }
}

const lookedUp = sql`coalesce((SELECT value FROM counter WHERE name = ${LOOKED_UP}), 0)`

const newcomersLeft = (db: ReadDb): number =>
  db.get<{ left: number }>(sql`SELECT count(*) AS left FROM person_index WHERE docid > ${lookedUp}`).left

async function lookUpSome(tx: Tx, actor: Actor): Promise<{ looked: number; found: number }> {
  const people = tx.all<{ docid: number; personId: Id }>(sql`
    SELECT docid, person_id AS personId FROM person_index WHERE docid > ${lookedUp} ORDER BY docid LIMIT ${CHUNK}`)
  const last = people.at(-1)
  if (!last) return { looked: 0, found: 0 }
  const newcomers = people.map(({ personId }) => ({ personId, noneOf: [] }))
  const found = await findDoubles(tx, newcomers, writtenBy(actor, COUNTY_HUB_ID))
  await tx
    .insert(counter)
    .values({ name: LOOKED_UP, value: last.docid })
    .onConflictDoUpdate({ target: counter.name, set: { value: last.docid } })
  return { looked: people.length, found }
}
