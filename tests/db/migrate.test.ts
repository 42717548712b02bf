import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { MigrationMeta } from 'drizzle-orm/migrator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyBeside, migrate, prepare, readMigrations } from '../../db/migrate.ts'
import { CannotOpen, connect, isNetworkFolder, isPlain, type Connection } from '../../db/open.ts'
import { wordQuery } from '../../db/search.ts'
import { migrationsFolder } from '../fixtures/desk.ts'

const real = readMigrations(migrationsFolder)
const key = new Uint8Array(randomBytes(32))
const next = (sql: string): MigrationMeta => ({
  sql: sql.split('--> statement-breakpoint'),
  hash: `test-${sql.length}`,
  folderMillis: real.at(-1)!.folderMillis + 1,
  bps: true
})

let folder: string
let connection: Connection
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'migrate-'))
  connection = connect({ file: join(folder, 'desk.db'), key })
  prepare(connection, real)
})
afterEach(() => {
  connection.close()
  rmSync(folder, { recursive: true })
})

const problemOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof CannotOpen) return error.problem
    throw error
  }
  return 'none'
}

function insert(table: string, values: Record<string, unknown>): void {
  const columns = connection
    .prepare(`SELECT name, type, "notnull" AS required FROM pragma_table_info(?)`)
    .all(table) as {
    name: string
    type: string
    required: number
  }[]
  const row = columns.map(
    ({ name, type, required }) => values[name] ?? (required ? (type === 'INTEGER' ? 0 : '') : null)
  )
  connection.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join()})`).run(row)
}

const aCall = (id: string) => ({
  id,
  reference: `HUB-7KQ3-${id}`,
  created_at: '2026-11-23T10:00:00.000Z',
  took_place_at: '2026-11-23T10:00:00.000Z',
  caller_kind: 'keyworker',
  caller_name: 'Ann Dean',
  concern: 'Zebra crossing',
  outcome: 'advice-only',
  adviser_profession: 'social-worker',
  gate: 'passes'
})

describe('a migration with rows', () => {
  it('keeps every child when a table is rebuilt, and search goes on', () => {
    for (const id of ['1', '2']) {
      insert('call', aCall(id))
      insert('call_child', { id: `c${id}`, call_id: id, name: 'Robin' })
    }
    // as drizzle-kit writes it: new table with the key, rows over, old one dropped
    const ddl = String(connection.prepare(`SELECT sql FROM sqlite_master WHERE name = 'call'`).pluck().get())
    const rebuild = `${ddl.replace('CREATE TABLE `call`', 'CREATE TABLE `__new_call`')};
--> statement-breakpoint
INSERT INTO __new_call SELECT * FROM call;
--> statement-breakpoint
DROP TABLE call;
--> statement-breakpoint
ALTER TABLE __new_call RENAME TO call;`
    prepare(connection, [...real, next(rebuild)])

    expect(connection.prepare('SELECT count(*) FROM call_child').pluck().get()).toBe(2)
    expect(connection.pragma('foreign_key_check')).toEqual([])
    expect(connection.pragma('foreign_keys', { simple: true })).toBe(1)
    insert('call', aCall('3'))
    const found = connection.prepare('SELECT count(*) FROM call_words WHERE call_words MATCH ?').pluck()
    expect(found.get(wordQuery('zebra'))).toBe(3)
  })

  it('is undone whole when it loses rows that others belong to', () => {
    insert('call', aCall('1'))
    insert('call_child', { id: 'c1', call_id: '1', name: 'Robin' })
    const before = connection.prepare('SELECT * FROM call').all()
    expect(problemOf(() => migrate(connection, [...real, next('DELETE FROM call')]))).toBe('migration-failed')
    expect(connection.prepare('SELECT * FROM call').all()).toEqual(before)
    expect(connection.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get()).toBe(real.length)
    expect(connection.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  it('is undone whole when it breaks a rule of the record', () => {
    insert('call', aCall('1'))
    expect(
      problemOf(() => migrate(connection, [...real, next("UPDATE call SET adviser_profession = ''")]))
    ).toBe('migration-failed')
    expect(connection.prepare('SELECT adviser_profession FROM call').pluck().get()).toBe('social-worker')
  })

  it('is undone whole when a statement fails half-way', () => {
    const broken = next('CREATE TABLE half (id TEXT) STRICT;--> statement-breakpoint NOT SQL')
    expect(problemOf(() => migrate(connection, [...real, broken]))).toBe('migration-failed')
    expect(connection.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'half'`).get()).toBeUndefined()
  })

  it('comes after an encrypted copy, of which two are kept', () => {
    const steps: string[] = []
    const add = (n: number): MigrationMeta => ({
      ...next(`CREATE TABLE extra_${n} (id TEXT) STRICT`),
      hash: `h${n}`,
      folderMillis: real.at(-1)!.folderMillis + n
    })
    const all = [1, 2, 3].map(add)
    for (const count of [1, 2, 3])
      migrate(connection, [...real, ...all.slice(0, count)], (step) => steps.push(step))
    expect(steps.slice(0, 3)).toEqual(['copying', 'changing', 'checking'])
    const copies = readdirSync(join(folder, 'copies'))
    expect(copies).toHaveLength(2)
    for (const copy of copies) {
      expect(isPlain(join(folder, 'copies', copy))).toBe(false)
      expect(statSync(join(folder, 'copies', copy)).mode & 0o777).toBe(0o600)
      const opened = connect({ file: join(folder, 'copies', copy), key })
      expect(opened.pragma('integrity_check', { simple: true })).toBe('ok')
      opened.close()
    }
  })

  it('is not run again on a file that has it', () => {
    const steps: string[] = []
    prepare(connection, real, (step) => steps.push(step))
    expect(steps).toEqual([])
  })
})

describe('indexes of another layout', () => {
  it('are made anew at the opening, which says that it takes a while', () => {
    connection.pragma('user_version = 1')
    const steps: string[] = []
    prepare(connection, real, (step) => steps.push(step))
    prepare(connection, real, (step) => steps.push(step))
    expect(steps).toEqual(['changing'])
  })
})

describe('a file that this build must not touch', () => {
  it('refuses one that a newer build has been in', () => {
    migrate(connection, [...real, next('CREATE TABLE later (id TEXT) STRICT')])
    expect(problemOf(() => migrate(connection, real))).toBe('newer-file')
  })

  it('refuses one with another history', () => {
    connection.prepare(`UPDATE __drizzle_migrations SET hash = 'other' WHERE id = 1`).run()
    expect(problemOf(() => migrate(connection, real))).toBe('newer-file')
  })

  it('refuses migrations that are out of order', () => {
    const other = mkdtempSync(join(tmpdir(), 'order-'))
    mkdirSync(join(other, 'meta'))
    const entries = [20, 10].map((when, idx) => ({
      idx,
      version: '6',
      when,
      tag: `000${idx}`,
      breakpoints: true
    }))
    for (const { tag } of entries) writeFileSync(join(other, `${tag}.sql`), 'SELECT 1')
    writeFileSync(
      join(other, 'meta/_journal.json'),
      JSON.stringify({ version: '7', dialect: 'sqlite', entries })
    )
    expect(() => readMigrations(other)).toThrow('out of order')
    rmSync(other, { recursive: true })
  })

  it('refuses one that is not encrypted, and leaves it as it is', () => {
    const plain = join(folder, 'plain.db')
    const database = new Database(plain)
    database.exec('CREATE TABLE t (x TEXT)')
    database.close()
    const before = readFileSync(plain)
    expect(problemOf(() => connect({ file: plain, key }))).toBe('not-encrypted')
    expect(readFileSync(plain)).toEqual(before)
  })

  it('refuses a wrong key', () => {
    expect(
      problemOf(() => connect({ file: join(folder, 'desk.db'), key: new Uint8Array(randomBytes(32)) }))
    ).toBe('wrong-key')
  })

  it.each([
    [0x6969, 'linux', '/srv/desk', true],
    [0xff534d42 | 0, 'linux', '/srv/desk', true],
    [0xef53, 'linux', '/home/desk', false],
    [0, 'win32', '\\\\server\\share\\desk', true],
    [0, 'win32', '//server/share', true],
    [0, 'win32', '\\\\?\\UNC\\server\\share', true],
    [0, 'win32', '\\\\?\\C:\\Users\\desk', false],
    [0, 'win32', 'C:\\Users\\desk', false]
  ] as const)('knows a folder on another computer: %s %s %s', (type, platform, path, expected) => {
    expect(isNetworkFolder(path, () => type, platform)).toBe(expected)
  })
})

it('a copy is made beside the file, whole and encrypted', () => {
  insert('call', aCall('1'))
  const copy = copyBeside(connection, 'test')
  const bytes = readFileSync(copy)
  expect(bytes.includes('Zebra')).toBe(false)
  const opened = connect({ file: copy, key })
  expect(opened.prepare('SELECT concern FROM call').pluck().all()).toEqual(['Zebra crossing'])
  opened.close()
})
