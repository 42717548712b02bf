import type { OpeningStep } from '../shared/account/account.ts'
import { filesBeside, removeUnfinished, type Files } from './files.ts'
import { asDrizzle, connect, type Connection, type ReadDb, type Tx, type Where } from './open.ts'
import { prepare, readMigrations } from './migrate.ts'

/** The open record: one writer whose writes stand in a queue, and a reader that never sees half a write. */
export interface Store {
  /**
   * Runs `work` in one immediate transaction. It is the only one while it runs; nothing but database calls may be
   * awaited inside. What it throws undoes all of it.
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  read<T>(work: (db: ReadDb) => Promise<T>): Promise<T>
  /** For invariants and checks, on the reader. */
  readonly reader: Connection
  readonly files: Files
  close(): void
}

export interface OpenOptions extends Where {
  migrationsFolder: string
  progress?: (step: OpeningStep) => void
}

/** @throws CannotOpen */
export function openStore({ migrationsFolder, progress, ...where }: OpenOptions): Store {
  const writer = connect(where)
  try {
    prepare(writer, readMigrations(migrationsFolder), progress)
    const files = filesBeside(where)
    removeUnfinished(writer, files)
    const reader = connect(where, { readonly: true })
    return { ...queued(writer, reader), reader, files }
  } catch (error) {
    writer.close()
    throw error
  }
}

function queued(writer: Connection, reader: Connection): Omit<Store, 'reader' | 'files'> {
  const tx = asDrizzle(writer)
  const db: ReadDb = asDrizzle(reader)
  const write = oneByOne(writer, 'BEGIN IMMEDIATE')
  const read = oneByOne(reader, 'BEGIN')
  return {
    write: (work) => write(() => work(tx)),
    read: (work) => read(() => work(db)),
    close() {
      reader.close()
      writer.close()
    }
  }
}

/** A queue in which each piece of work has the connection, and one transaction, to itself. */
function oneByOne(connection: Connection, begin: string) {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(async () => {
      connection.exec(begin)
      // the driver answers at once, so work that waits for nothing else is done before the event loop turns
      let hasWaited = false
      const turn = setImmediate(() => {
        hasWaited = true
      })
      try {
        const value = await work()
        if (hasWaited) throw new Error('Something other than the database was awaited inside a transaction')
        connection.exec('COMMIT')
        return value
      } catch (error) {
        if (connection.inTransaction) connection.exec('ROLLBACK')
        throw error
      } finally {
        clearImmediate(turn)
      }
    })
    last = mine.catch(() => undefined)
    return mine
  }
}
