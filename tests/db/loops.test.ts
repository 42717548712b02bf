import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { prepare, readMigrations } from '../../db/migrate.ts'
import type { Connection } from '../../db/open.ts'
import { emptyCall } from '../../shared/call/call.ts'
import { loopKinds } from '../../shared/call/loop.ts'
import { newId } from '../../shared/ids.ts'
import { migrationsFolder } from '../fixtures/desk.ts'
import { ACCOUNT, AT, earlierRecord } from '../fixtures/earlierRecord.ts'
import { emptyFile } from '../fixtures/emptyFile.ts'
import { insertRow } from '../fixtures/rows.ts'

const file = emptyFile()
let connection: Connection
beforeEach(() => {
  connection = file()
  prepare(connection, readMigrations(migrationsFolder))
})

const insert = (table: string, values: Record<string, unknown>) => insertRow(connection, table, values)

const aCall = (id: string, outcome: string) => ({
  id,
  reference: `HUB-7KQ3-${id}`,
  hub_id: 'hub',
  created_at: AT,
  created_by: 'morgan',
  took_place_at: AT,
  caller_kind: 'keyworker',
  caller_name: 'Ann Dean',
  concern: 'A concern',
  outcome,
  adviser_profession: 'social-worker',
  gate: 'passes'
})

interface Row {
  table: string
  values: Record<string, unknown>
}
const loops = (of = connection) => of.prepare('SELECT id, owner_id AS owner FROM call_loop ORDER BY id').all()

/** What is open after these rows, said once more in another language than the triggers'. */
function expectedLoops(rows: readonly Row[]) {
  const of = (table: string, callId: unknown) =>
    rows
      .filter((row) => row.table === table && row.values['call_id'] === callId)
      .map(({ values }) => values)
      .sort((a, b) => (stamp(a) < stamp(b) ? -1 : 1))
  return rows
    .filter(({ table }) => table === 'call')
    .flatMap(({ values: { id, outcome } }) => {
      if (of('call_error', id).at(-1)?.['in_error'] === 1) return []
      const kind = outcome === 'contact-form' ? 'referral' : 'call-back'
      const isClosed =
        outcome === 'advice-only' ||
        (kind === 'referral'
          ? of('call_referral', id).length > 0
          : of('call_attempt', id).some(({ result }) => result === 'called-back'))
      if (isClosed) return []
      const given = of('call_hand_over', id).filter((row) => row['kind'] === kind)
      return [{ id: `${kind}/${String(id)}`, owner: given.at(-1)?.['to_id'] ?? 'morgan' }]
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}
const stamp = (values: Record<string, unknown>) => `${String(values['created_at'])} ${String(values['id'])}`

describe('L30: what is open is what the record says is open', () => {
  // few instants, so that some rows are of the same one
  const written = fc.record({
    id: fc.uuid(),
    call_id: fc.constantFrom('1', '2', '3'),
    created_at: fc.integer({ min: 1, max: 5 }).map((hour) => `2026-11-23T1${String(hour)}:00:00.000Z`)
  })
  const beside = (table: string, values: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Row> =>
    fc.tuple(written, values).map(([row, rest]) => ({ table, values: { ...row, ...rest } }))
  const row = fc.oneof(
    beside(
      'call_attempt',
      fc.record({ result: fc.constantFrom('called-back', 'no-answer', 'left-message') })
    ),
    beside('call_referral', fc.record({ answer: fc.constantFrom('yes', 'no', 'not-known') })),
    beside('call_error', fc.record({ in_error: fc.constantFrom(0, 1) })),
    beside(
      'call_hand_over',
      fc.record({ kind: fc.constantFrom(...loopKinds), to_id: fc.constantFrom('jo', 'lee', 'ash') })
    )
  )
  const calls = [aCall('1', 'call-back'), aCall('2', 'contact-form'), aCall('3', 'advice-only')].map(
    (values): Row => ({ table: 'call', values })
  )
  const arriving = fc
    .uniqueArray(row, { maxLength: 12, selector: ({ values }) => values['id'] })
    .chain((rows) => fc.shuffledSubarray([...calls, ...rows], { minLength: rows.length + calls.length }))

  it('after each of any rows, in any order of arrival, a call after its own children too', () => {
    fc.assert(
      fc.property(arriving, (rows) => {
        // as a batch of another desk's rows comes: one transaction, in which a call may come last
        connection.exec('BEGIN')
        try {
          rows.forEach(({ table, values }, index) => {
            insert(table, values)
            expect(loops()).toEqual(expectedLoops(rows.slice(0, index + 1)))
          })
          expect(brokenInvariants(connection)).toEqual([])
          expect(connection.pragma('foreign_key_check')).toEqual([])
        } finally {
          connection.exec('ROLLBACK')
        }
      }),
      { numRuns: 150 }
    )
  })

  it('the invariant sees a promise that the list has lost, and one that it kept too long', () => {
    insert('call', aCall('1', 'call-back'))
    const name = 'L30: what is open is what the record says is open'
    expect(brokenInvariants(connection)).not.toContain(name)
    connection.exec('BEGIN; DELETE FROM call_loop')
    expect(brokenInvariants(connection)).toContain(name)
    connection.exec(`ROLLBACK; UPDATE call_loop SET owner_id = 'lee'`)
    expect(brokenInvariants(connection)).toContain(name)
  })
})

describe('words typed beside a call', () => {
  const typed = [
    ['call_child', 'name'],
    ['call_action', 'what'],
    ['call_addendum', 'text'],
    ['call_attempt', 'note'],
    ['call_referral', 'reason'],
    ['call_error', 'reason']
  ] as const
  const found = () =>
    connection.prepare(`SELECT count(*) FROM call_words WHERE call_words MATCH 'lighthouse'`)

  it.each(typed)('are found whether the row comes before its call or after it: %s', (table, column) => {
    const beside = { call_id: '1', created_at: AT, [column]: 'The lighthouse' }
    // as a batch of another desk's rows comes: one transaction, in which a call may come last
    connection.exec('BEGIN')
    insert(table, { ...beside, id: 'a' })
    insert('call', aCall('1', 'advice-only'))
    connection.exec('COMMIT')
    insert('call', aCall('2', 'advice-only'))
    insert(table, { ...beside, id: 'b', call_id: '2' })
    expect(found().pluck().get()).toBe(2)
  })
})

describe('migration 0002, with rows', () => {
  const record = earlierRecord(2)

  /** The row by which each call is found was written beside it then. */
  beforeEach(() => {
    record.exec('PRAGMA user_version = 1')
    for (const [index, outcome] of ['call-back', 'contact-form', 'advice-only'].entries()) {
      const id = String(index + 1)
      record.insert('call', { ...aCall(id, outcome), created_by: ACCOUNT })
      record.insert('call_search', { docid: index + 1, call_id: id })
    }
    const action = { id: newId(), call_id: '1', what: 'Call back', owner_id: ACCOUNT, row_version: 1 }
    record.insert('call_action', action)
  })

  it('old promises are open, and their owner is who took the call', () => {
    const brought = record.brought()
    expect(loops(brought)).toEqual([
      { id: 'call-back/1', owner: ACCOUNT },
      { id: 'referral/2', owner: ACCOUNT }
    ])
    expect(brokenInvariants(brought)).toEqual([])
  })

  it('opens although somebody has gone whose old promises are open again: they are nobody’s, and listed so', () => {
    record.exec(`UPDATE call_action SET done_at = '${AT}'`)
    record.insert('account', { id: newId(), name: 'Jo Marsh', status: 'closed' })
    record.exec(`UPDATE call SET created_by = (SELECT id FROM account WHERE name = 'Jo Marsh')`)
    expect(loops(record.brought())).toHaveLength(2)
  })

  it('a half-typed call opens, with room for its links', () => {
    const { links: _, ...before } = { ...emptyCall(newId(), newId(), AT), concern: 'Half typed' }
    record.typedCall(before)
    record.brought()
    expect(record.call()).toEqual({ ...before, links: [] })
  })

  it('actions keep what they were, with an empty note, and how soon is asked again is a setting', () => {
    const brought = record.brought()
    expect(brought.prepare('SELECT what, done_note FROM call_action').all()).toEqual([
      { what: 'Call back', done_note: '' }
    ])
    const followUp = brought.prepare(`SELECT value FROM setting WHERE kind = 'follow-up'`).pluck().all()
    expect(followUp.map((value) => JSON.parse(String(value)) as unknown)).toEqual([
      { earlierCallsDays: 90, twoConcernsDays: 14, callBackWorkingDays: 1, referralWorkingDays: 10 }
    ])
  })
})
