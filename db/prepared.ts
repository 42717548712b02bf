import { getTableColumns, sql, type InferSelectModel, type SQL } from 'drizzle-orm'
import { SQLiteSyncDialect, type SQLiteInsertValue, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from './open.ts'

/**
 * What is made of a connection at the first asking and kept for as long as the connection is: its statements above all.
 * Drizzle takes longer to put one into words than SQLite takes to run most of them.
 */
export function oncePerConnection<Db extends object, Made>(make: (db: Db) => Made): (db: Db) => Made {
  const kept = new WeakMap<Db, Made>()
  return (db) => {
    const made = kept.get(db) ?? make(db)
    kept.set(db, made)
    return made
  }
}

/** An insert of one row at a time, put into words once. The row is whole: a default of the schema is not filled in. */
export function inserting<Of extends SQLiteTable>(
  tx: Tx,
  table: Of
): (row: InferSelectModel<Of>) => Promise<void> {
  const columns = Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)])
  const statement = tx
    .insert(table)
    .values(Object.fromEntries(columns) as SQLiteInsertValue<Of>)
    .prepare()
  return async (row) => {
    await statement.execute(row)
  }
}

const dialect = new SQLiteSyncDialect()

/**
 * The part of a question that is the same for whoever asks, put into words once: of the longest ones the wording takes a
 * tenth of the time.
 *
 * @throws Error where it has a value in it, which would be everybody's
 */
export function inWords(part: SQL): SQL {
  const { sql: words, params } = dialect.sqlToQuery(part)
  if (params.length > 0) throw new Error('A value belongs to one question and not to all of them')
  return sql.raw(words)
}
