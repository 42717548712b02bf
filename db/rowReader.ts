import { Column, is, type SQL } from 'drizzle-orm'
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types'

interface Decoder {
  mapFromDriverValue(value: unknown): unknown
}

/** What `mapWith` gave to an expression Drizzle keeps from its types. */
const decoderOf = (column: Column | SQL): Decoder =>
  is(column, Column) ? column : (column as SQL & { decoder: Decoder }).decoder

/**
 * How a row of a prepared select's `values()` is read: as its `all()` would, which finds out anew for every value how
 * that is done, and takes half as long as SQLite takes to find 50 calls. Values behind those of the columns are left
 * alone; a column that a left join may leave empty has to say what it then is (`coalesce`).
 */
export function rowReader<C extends Record<string, Column | SQL>>(
  columns: C
): (values: readonly unknown[]) => SelectResultFields<C> {
  const fields = Object.entries(columns).map(([name, column]) => ({ name, decoder: decoderOf(column) }))
  return (values) => {
    const row: Record<string, unknown> = {}
    for (let index = 0; index < fields.length; index += 1) {
      const { name, decoder } = fields[index]!
      const value = values[index]
      row[name] = value === null ? null : decoder.mapFromDriverValue(value)
    }
    return row as SelectResultFields<C>
  }
}
