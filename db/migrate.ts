import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readMigrationFiles, type MigrationMeta } from 'drizzle-orm/migrator'
import type { OpeningStep } from '../shared/account/account.ts'
import { brokenInvariants } from './invariants.ts'
import { CannotOpen, isPlain, type Connection } from './open.ts'
import { dropSearchTriggers, keepSearchInStep } from './search.ts'

interface Applied {
  hash: string
  created_at: number
}

const BOOKS = `CREATE TABLE IF NOT EXISTS __drizzle_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, hash text NOT NULL, created_at numeric)`
const COPIES_KEPT = 2

/** The migrations of this build, oldest first. Their times must rise: an earlier one would be skipped silently. */
export function readMigrations(folder: string): MigrationMeta[] {
  const migrations = readMigrationFiles({ migrationsFolder: folder })
  migrations.reduce((before, { folderMillis }) => {
    if (folderMillis <= before) throw new Error('Migrations are out of order')
    return folderMillis
  }, 0)
  return migrations
}

/**
 * Brings the file to this build's schema: the only way to migrate (style.md 3.4).
 *
 * An encrypted copy comes first; then every pending migration, the foreign key check and the invariants run in ONE
 * transaction, with foreign keys off around it: a rebuilt table would otherwise empty its children. Any failure
 * rolls the whole of it back.
 *
 * @throws CannotOpen newer-file, no-space, migration-failed
 */
export function migrate(
  connection: Connection,
  migrations: readonly MigrationMeta[],
  progress: (step: OpeningStep) => void = () => undefined
): void {
  connection.exec(BOOKS)
  const applied = connection
    .prepare('SELECT hash, created_at FROM __drizzle_migrations ORDER BY created_at')
    .all() as Applied[]
  // A newer build, or another history, has been here: what this build would make of the file is anyone's guess.
  if (applied.some(({ hash }, index) => hash !== migrations[index]?.hash)) throw new CannotOpen('newer-file')
  const pending = migrations.slice(applied.length)
  if (pending.length === 0) return
  if (applied.length > 0) {
    progress('copying')
    copyBeside(connection, `before-${applied.length}`)
  }
  connection.pragma('foreign_keys = OFF')
  try {
    connection.exec('BEGIN IMMEDIATE')
    progress('changing')
    dropSearchTriggers(connection)
    const book = connection.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
    for (const { sql, hash, folderMillis } of pending) {
      for (const statement of sql) connection.exec(statement)
      book.run(hash, folderMillis)
    }
    keepSearchInStep(connection)
    progress('checking')
    const orphans = connection.pragma('foreign_key_check') as unknown[]
    if (orphans.length > 0) throw new Error(`${orphans.length} rows lost the row they belong to`)
    const broken = brokenInvariants(connection)
    if (broken.length > 0) throw new Error(`Rules broken: ${broken.join('; ')}`)
    connection.exec('COMMIT')
  } catch (cause) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw new CannotOpen('migration-failed', { cause })
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}

/**
 * Writes a copy of the open file into `copies/` beside it, encrypted with the same key; keeps the newest two.
 *
 * @throws CannotOpen no-space, not-encrypted
 */
export function copyBeside(connection: Connection, label: string): string {
  const folder = join(dirname(connection.name), 'copies')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < statSync(connection.name).size * 2) throw new CannotOpen('no-space')
  const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${label}.db`
  // one name for all: what a killed copy left is not kept for ever
  const half = join(folder, 'copy.half')
  rmSync(half, { force: true })
  connection.prepare('VACUUM INTO ?').run(half)
  chmodSync(half, 0o600)
  if (isPlain(half)) {
    rmSync(half)
    throw new CannotOpen('not-encrypted')
  }
  const copy = join(folder, name)
  renameSync(half, copy)
  const copies = readdirSync(folder)
    .filter((file) => file.endsWith('.db'))
    .sort()
  for (const old of copies.slice(0, -COPIES_KEPT)) rmSync(join(folder, old))
  return copy
}

/** Migrates, then makes the search triggers that a migration may have dropped. */
export function prepare(
  connection: Connection,
  migrations: readonly MigrationMeta[],
  progress?: (step: OpeningStep) => void
): void {
  migrate(connection, migrations, progress)
  keepSearchInStep(connection, () => progress?.('changing'))
}
