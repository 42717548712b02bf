import { sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { oncePerConnection } from '../../db/prepared.ts'
import { counter } from '../../db/schema/index.ts'

const countOn = oncePerConnection((tx: Tx) =>
  tx
    .insert(counter)
    .values({ name: sql.placeholder('name'), value: 1 })
    .onConflictDoUpdate({ target: counter.name, set: { value: sql`${counter.value} + 1` } })
    .returning({ value: counter.value })
    .prepare()
)

/** This computer's next number of a kind: a local counter, never the highest of rows that others also write (decisions 5). */
export async function nextNumber(tx: Tx, name: string): Promise<number> {
  const [row] = await countOn(tx).execute({ name })
  return row!.value
}
