import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { openStore, type Store } from '../../db/store.ts'
import { dispatch } from '../../electron/ipc/dispatch.ts'
import { callsWith } from '../fixtures/calls.ts'
import { stretchingHere } from '../fixtures/stretchHere.ts'
import { actsOf, type Act } from '../../scripts/county/acts.ts'
import { keyOf, ledgerOf, makeCounty, migrationsFolder } from '../../scripts/county/county.ts'
import { asActor } from '../../scripts/county/people.ts'

const COUNTY = { calls: 300, seed: 3, until: '2026-11-20' }

const folders: string[] = []
const stores: Store[] = []

/** A county of so many calls, opened as the desk opens it. */
async function county(calls: number): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'county-'))
  folders.push(folder)
  await makeCounty(folder, { ...COUNTY, calls }, () => undefined, stretchingHere)
  const key = await keyOf(folder, stretchingHere)
  const store = openStore({ file: join(folder, 'store', 'desk.db'), key, migrationsFolder })
  stores.push(store)
  return store
}

const { ledger, chance } = ledgerOf(COUNTY)
const acts = [...actsOf(ledger, chance, COUNTY.calls)]

/** The same, done at the desk. */
async function doAll(store: Store): Promise<void> {
  for (const act of acts) {
    const done = asOperation(act)
    if (!done) continue
    const result = await dispatch(
      store,
      act.operation,
      done,
      asActor(act.by, ledger, act.at),
      ({ error }) => {
        throw error
      }
    )
    expect(result).toMatchObject({ ok: true })
  }
}

function asOperation({ draft, rows }: Act): unknown {
  if (draft) return draft
  const [addendum] = rows.callAddendum ?? []
  if (addendum) {
    const { id, callId, field, text } = addendum
    return { id, callId, field, text }
  }
  return undefined
}

let bulk: Store
let desk: Store
beforeAll(async () => {
  bulk = await county(COUNTY.calls)
  desk = await county(0)
  await doAll(desk)
})
afterAll(() => {
  for (const store of stores) store.close()
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const rows = (store: Store, sql: string) => store.reader.prepare(sql).all()
const both = (sql: string) => [rows(bulk, sql), rows(desk, sql)]

describe('a county that the seed makes', () => {
  it.each([
    'account',
    'account_role',
    'setting',
    'school',
    'call',
    'call_child',
    'call_addendum',
    'call_search',
    'counter'
  ])('holds the rows of %s that the desk writes', (table) => {
    const [ours, theirs] = both(`SELECT * FROM ${table} ORDER BY 1`)
    expect(ours).not.toHaveLength(0)
    expect(ours).toEqual(theirs)
  })

  it('keeps every rule of the record, with the triggers and indexes of any desk', () => {
    expect(brokenInvariants(bulk.reader)).toEqual([])
    const [ours, theirs] = both(`SELECT type, name, sql FROM sqlite_master ORDER BY type, name`)
    expect(ours).toEqual(theirs)
    expect(rows(bulk, 'PRAGMA foreign_key_check')).toEqual([])
  })

  it('has one whole chain of audit rows, in the order of time', async () => {
    const auditor = ledger.people.find(({ roles }) => roles.includes('auditor'))!
    const checked = await dispatch(
      bulk,
      'audit.checkChain',
      {},
      asActor(auditor, ledger, '2026-11-23T10:00:00.000Z'),
      ({ error }) => {
        throw error
      }
    )
    expect(checked).toMatchObject({ ok: true, value: { whole: true } })
    expect(
      rows(bulk, 'SELECT 1 FROM audit a JOIN audit b ON b.sequence = a.sequence + 1 WHERE b.at < a.at')
    ).toEqual([])
  })

  it('is found by the words in it as at any desk', async () => {
    const found = (store: Store, search: string) =>
      dispatch(
        store,
        'call.list',
        callsWith(search),
        asActor(ledger.people[0]!, ledger, '2026-11-23T10:00:00.000Z'),
        () => undefined
      )
    for (const search of ['attendance', 'st', 'HUB-7KQ3-000123'])
      expect(await found(bulk, search)).toEqual(await found(desk, search))
  })

  it('is the same for the same seed, and another for another', () => {
    const made = (seed: number) => {
      const other = ledgerOf({ ...COUNTY, seed })
      return [...actsOf(other.ledger, other.chance, 50)]
    }
    expect(made(3)).toEqual(made(3))
    expect(made(3)).not.toEqual(made(4))
  })
})
