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

const actions = new Map(acts.flatMap(({ rows }) => rows.callAction ?? []).map((row) => [row.id, row]))
const flags = new Map(acts.flatMap(({ rows }) => rows.callFlag ?? []).map((row) => [row.id, row]))

/** The same, done at the desk. */
async function doAll(store: Store): Promise<void> {
  for (const act of acts) {
    const result = await dispatch(
      store,
      act.operation,
      inputOf(act),
      asActor(act.by, ledger, act.at),
      ({ error }) => {
        throw error
      }
    )
    expect(result).toMatchObject({ ok: true })
  }
}

/** What the page would send for an act. */
function inputOf({ operation, draft, rows, subjectIds }: Act): unknown {
  const about = subjectIds[0] ?? ''
  switch (operation) {
    case 'call.file':
      return draft
    case 'call.recordAttempt':
      return pick(rows.callAttempt?.[0], 'id', 'callId', 'result', 'note')
    case 'call.answerReferral':
      return pick(rows.callReferral?.[0], 'id', 'callId', 'answer', 'referredOn', 'reason')
    case 'call.addAddendum':
      return pick(rows.callAddendum?.[0], 'id', 'callId', 'field', 'text')
    case 'call.markInError':
      return pick(rows.callError?.[0], 'id', 'callId', 'inError', 'reason')
    case 'call.finishAction':
      return { id: about, done: true, note: actions.get(about)?.doneNote }
    case 'call.answerFlag':
      return { id: about, answer: flags.get(about)?.answer }
    default:
      throw new Error(`Nothing at the desk is called ${operation}`)
  }
}

const pick = <T extends object, K extends keyof T>(row: T | undefined, ...keys: K[]) =>
  Object.fromEntries(keys.map((key) => [key, row?.[key]]))

let bulk: Store
let desk: Store
beforeAll(async () => {
  bulk = await county(COUNTY.calls)
  desk = await county(0)
  await doAll(desk)
}, 60_000)
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
    'call_action',
    'call_link',
    'call_attempt',
    'call_referral',
    'call_addendum',
    'call_error',
    'call_loop',
    'call_search',
    'counter'
  ])('holds the rows of %s that the desk writes', (table) => {
    const [ours, theirs] = both(`SELECT * FROM ${table} ORDER BY 1`)
    expect(ours).not.toHaveLength(0)
    expect(ours).toEqual(theirs)
  })

  it('raises the flags that the desk raises', () => {
    const [ours, theirs] = both(
      'SELECT id, call_id, earlier_call_id, owner_id, created_at, row_version, answered_at, answer FROM call_flag ORDER BY 1'
    )
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
