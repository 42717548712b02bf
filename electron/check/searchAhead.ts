import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { DraftChild } from '../../shared/call/call.ts'
import { personOfChild } from '../../shared/call/earlier.ts'
import { mayDo } from '../../shared/check/state.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { matchKnown, type Sought } from '../../shared/person/known.ts'
import { londonDate } from '../../shared/time/london.ts'
import { candidates, questionsAbout } from '../person/candidates.ts'
import { theCheck } from './theCheck.ts'

/** What a search found, and of which record: once something is recorded of anybody, it counts no more. */
interface Found {
  recordState: string
  personIds: Id[]
}

/**
 * Of each check, by whom it looks for, who may be meant: ids alone, in this thread's memory, which ends when the desk
 * locks. No operation tells of it (ADR 22).
 */
const found = new Map<Id, Map<string, Found>>()
/** Checks whose search is kept: those of one desk that wait for a call back. */
const MOST = 20
/** A search takes some tens of milliseconds, by how much there is: the answer to it takes as long as ever. */
const ANSWERED_AFTER_MS = 400

/**
 * Looks for the children of a check while the caller is called back, so that the answer is there once identity is sure
 * (R19). It says that it has looked and nothing else, always after the same time, whatever there is.
 *
 * @throws Refusal not-found
 */
export async function searchAhead(store: Store, { id }: Parsed<'check.search'>, actor: Actor): Promise<null> {
  await Promise.all([lookAhead(store, id, actor), pause(ANSWERED_AFTER_MS)])
  return null
}

/** One child at a time, so that nobody who types waits. */
export async function lookAhead(store: Store, checkId: Id, actor: Actor): Promise<void> {
  const { course, record } = await store.read((db) => theCheck(db, checkId, actor))
  if (!mayDo(course).includes('try-identity')) return
  const ofCheck = new Map<string, Found>()
  for (const child of record.children) {
    const sought = soughtOf(child, londonDate(actor.now))
    const one = await store.read(async (db) => ({
      recordState: stateOfRecord(db),
      personIds: await likelyPeople(db, sought)
    }))
    ofCheck.set(JSON.stringify(sought), one)
    await turn()
  }
  found.delete(checkId)
  found.set(checkId, ofCheck)
  const [oldest] = found.keys()
  if (found.size > MOST && oldest !== undefined) found.delete(oldest)
}

/** A child of a check, to be looked for. */
export const soughtOf = (child: DraftChild, today: CivilDate): Sought => ({
  ...personOfChild(child, today, ''),
  phone: ''
})

/** Who may be meant, by everything that is recorded of people; which of it counts today, the answer looks at. */
export async function likelyPeople(db: ReadDb, sought: Sought): Promise<Id[]> {
  const people = await candidates(db, questionsAbout(sought))
  return people.filter(({ known }) => matchKnown(sought, known)).map(({ personId }) => personId)
}

/** What was found of this child for this check, where nothing was recorded of anybody since; used once. */
export function foundAhead(db: ReadDb, checkId: Id, sought: Sought): Id[] | undefined {
  const key = JSON.stringify(sought)
  const one = found.get(checkId)?.get(key)
  found.get(checkId)?.delete(key)
  return one?.recordState === stateOfRecord(db) ? one?.personIds : undefined
}

/** Rows of these tables are only ever added, so the last of each tells whether there is more to be found than there was. */
const stateOfRecord = (db: ReadDb): string =>
  db.get<{ state: string }>(sql`SELECT printf('%d %d %d %d',
    (SELECT max(rowid) FROM person), (SELECT max(rowid) FROM fact),
    (SELECT max(rowid) FROM person_merge), (SELECT max(rowid) FROM person_unmerge)) AS state`).state
