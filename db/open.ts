import { closeSync, existsSync, openSync, readSync, chmodSync, mkdirSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { rawKey } from './key.ts'
import { addSearchFunctions } from './search.ts'
import * as schema from './schema/index.ts'

/** The raw connection, for what Drizzle has no words for: pragmas, triggers, VACUUM INTO. */
export type Connection = Database.Database & { key(key: Buffer): number }

/** Reads only. Has no insert, update or delete: the compiler refuses them, and so does the connection. */
export type ReadDb = Pick<
  BetterSQLite3Database<typeof schema>,
  'select' | 'selectDistinct' | 'all' | 'get' | '$count'
>

/** Inside a write's transaction. */
export type Tx = BetterSQLite3Database<typeof schema>

export type OpenProblem =
  'not-encrypted' | 'network-folder' | 'wrong-key' | 'newer-file' | 'migration-failed' | 'no-space'

export class CannotOpen extends Error {
  readonly problem: OpenProblem
  constructor(problem: OpenProblem, options?: ErrorOptions) {
    super(problem, options)
    this.name = 'CannotOpen'
    this.problem = problem
  }
}

const PLAIN_HEADER = 'SQLite format 3\0'

/** True where the file can be read by anyone: an encrypted one starts with random bytes. */
export function isPlain(file: string): boolean {
  if (!existsSync(file)) return false
  const first = Buffer.alloc(16)
  const handle = openSync(file, 'r')
  try {
    readSync(handle, first, 0, 16, 0)
  } finally {
    closeSync(handle)
  }
  return first.toString('latin1') === PLAIN_HEADER
}

// NFS, SMB, CIFS, SMB2, AFS, Coda: a write-ahead log is not safe on any of them (sqlite.org/wal.html).
const NETWORK_FILE_SYSTEMS = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x73757245])

/** Is this folder on another computer? By file system on Linux, by `\\server\share` on Windows. */
export function isNetworkFolder(
  folder: string,
  fileSystem = (path: string): number => statfsSync(path).type,
  platform: NodeJS.Platform = process.platform
): boolean {
  if (platform === 'win32') return /^[\\/]{2}(?![?.][\\/])/.test(folder) || /^\\\\\?\\UNC\\/i.test(folder)
  return platform === 'linux' && NETWORK_FILE_SYSTEMS.has(fileSystem(folder) >>> 0)
}

export interface Where {
  file: string
  /** 32 bytes. The caller keeps and overwrites it. */
  key: Uint8Array
  nativeBinding?: string | undefined
}

/**
 * Pages kept decrypted. SQLite's own 2 MB hold less than one look into the indexes of a million calls needs, and each
 * page that has gone is read, checked and decrypted anew.
 */
const CACHE_KIB = 65_536

/**
 * Opens one connection to the encrypted file, making it when it is not there.
 *
 * @throws CannotOpen not-encrypted, network-folder, wrong-key
 */
export function connect({ file, key, nativeBinding }: Where, { readonly = false } = {}): Connection {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if (isNetworkFolder(dirname(file))) throw new CannotOpen('network-folder')
  if (isPlain(file)) throw new CannotOpen('not-encrypted')
  const connection = new Database(file, {
    readonly,
    ...(nativeBinding ? { nativeBinding } : {})
  }) as Connection
  const raw = rawKey(key)
  try {
    // The order matters: cipher, its version, the key, a first read, and only then the rest.
    connection.pragma(`cipher='sqlcipher'`)
    connection.pragma('legacy=4')
    connection.key(raw)
    connection.prepare('select count(*) from sqlite_master').get()
  } catch (cause) {
    connection.close()
    throw new CannotOpen('wrong-key', { cause })
  } finally {
    raw.fill(0)
  }
  addSearchFunctions(connection)
  connection.pragma('temp_store = MEMORY')
  connection.pragma(`cache_size = -${String(CACHE_KIB)}`)
  connection.pragma('foreign_keys = ON')
  connection.pragma('busy_timeout = 5000')
  if (!readonly) {
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    connection.pragma('secure_delete = ON')
    for (const each of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(each)) chmodSync(each, 0o600)
  }
  return connection
}

/** More than the desk has: lists of ids of every length are statements of their own. */
const KEPT_STATEMENTS = 300

/** Drizzle on a connection. It would prepare every statement anew, which takes longer than most of them run. */
export const asDrizzle = (connection: Connection): Tx =>
  drizzle(Object.assign(Object.create(connection) as Connection, { prepare: keptReady(connection) }), {
    schema
  })

/**
 * SQLite looks at a bound limit when it plans, and plans the whole statement anew whenever one is bound: a quarter of
 * what a page of calls takes. Behind a sign it does not look.
 */
const unseenLimits = (text: string): string => text.replaceAll(/\blimit \?/gi, 'LIMIT +?')

/** Prepares a statement once and keeps those last used; what was bound to one is gone when it has run. */
function keptReady(connection: Connection): (text: string) => Database.Statement {
  const kept = new Map<string, Database.Statement>()
  return (text) => {
    const statement = kept.get(text) ?? connection.prepare(unseenLimits(text))
    // a map remembers in what order it was filled: the last used moves to the end
    kept.delete(text)
    kept.set(text, statement)
    const [longestUnused = text] = kept.keys()
    if (kept.size > KEPT_STATEMENTS) kept.delete(longestUnused)
    // whoever asks says in what form rows are wanted, and the last one's wish would still hold
    return statement.reader ? statement.raw(false) : statement
  }
}
