import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { prepare, readMigrations } from '../../db/migrate.ts'
import { connect, type Connection } from '../../db/open.ts'
import { callDraft, emptyCall } from '../../shared/call/call.ts'
import { newId } from '../../shared/ids.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { migrationsFolder } from '../fixtures/desk.ts'

const migrations = readMigrations(migrationsFolder)
const AT = '2026-11-23T10:00:00.000Z'
const ACCOUNT = newId()

let folder: string
let connection: Connection
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'families-'))
  connection = connect({ file: join(folder, 'desk.db'), key: new Uint8Array(randomBytes(32)) })
})
afterEach(() => {
  connection.close()
  rmSync(folder, { recursive: true })
})

describe('migration 0003, with rows', () => {
  /** A record as the version before left it: somebody set it up, and a call is half typed. */
  beforeEach(() => {
    connection.exec(`CREATE TABLE __drizzle_migrations (
      id INTEGER PRIMARY KEY AUTOINCREMENT, hash text NOT NULL, created_at numeric)`)
    for (const { sql, hash, folderMillis } of migrations.slice(0, 3)) {
      for (const statement of sql) connection.exec(statement)
      connection
        .prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
        .run(hash, folderMillis)
    }
    insert('account', { id: ACCOUNT, name: 'Morgan Ellis', status: 'active' })
    insert('account_role', { id: newId(), account_id: ACCOUNT, role: 'administrator' })
    insert('setting', {
      id: newId(),
      hub_id: 'county',
      created_at: AT,
      created_by: ACCOUNT,
      kind: 'screen',
      key: 'desk',
      value: '{"hideFromRecordings":true}',
      valid_from: '2019-12-01'
    })
  })

  function insert(table: string, values: Record<string, unknown>): void {
    const columns = connection
      .prepare('SELECT name, type, "notnull" AS required FROM pragma_table_info(?)')
      .all(table) as { name: string; type: string; required: number }[]
    const row = columns.map(
      ({ name, type, required }) => values[name] ?? (required ? (type === 'INTEGER' ? 0 : '') : null)
    )
    connection.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join()})`).run(row)
  }

  it('the new settings are there as a new computer has them, written by whoever set it up', () => {
    prepare(connection, migrations)
    const kept = connection
      .prepare(
        `SELECT id, kind, key, value, valid_from, valid_to, provisional, source FROM setting
         WHERE kind IN ('postcode-area', 'agreement') AND created_by = ? ORDER BY kind, key`
      )
      .all(ACCOUNT)
    const expected = seedSettings()
      .filter(({ kind }) => kind === 'postcode-area' || kind === 'agreement')
      .map(({ id, kind, key, value, validFrom, validTo, provisional, source }) => ({
        id,
        kind,
        key,
        value: JSON.stringify(value),
        valid_from: validFrom,
        valid_to: validTo,
        provisional: Number(provisional),
        source
      }))
      .sort((a, b) => (`${a.kind} ${a.key}` < `${b.kind} ${b.key}` ? -1 : 1))
    expect(kept).toEqual(expected)
    expect(brokenInvariants(connection)).toEqual([])
  })

  it('a half-typed call opens, without an assessment', () => {
    const { assessmentId: _, ...before } = { ...emptyCall(newId(), newId(), AT), concern: 'Half typed' }
    insert('call_draft', {
      call_id: before.id,
      owner_id: ACCOUNT,
      started_at: AT,
      saved_at: AT,
      saves: 1,
      body: JSON.stringify(before)
    })
    prepare(connection, migrations)
    const body: unknown = JSON.parse(String(connection.prepare('SELECT body FROM call_draft').pluck().get()))
    expect(callDraft.parse(body)).toEqual({ ...before, assessmentId: '' })
  })
})
