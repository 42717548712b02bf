import { setImmediate } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { audit } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { ChainCheck } from '../../shared/audit/audit.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { Job } from '../ipc/operation.ts'
import { hashOf } from './appendAudit.ts'

type Row = typeof audit.$inferSelect
const BATCH = 1_000

/**
 * Reckons every device's chain again. Told first is a row that was altered: its hash is not its own. Failing that, one
 * that does not follow the row before it, as when rows are gone. A chain cut off at its end cannot be told from one
 * that ended there. A part at a time: whoever saves a draft meanwhile does not wait for millions of rows.
 */
export const checkChain: Job<Parsed<'audit.checkChain'>, ChainCheck> = async (store) => {
  let rows = 0
  let previous: Row | undefined
  let altered: Row | undefined
  let loose: Row | undefined
  for await (const batch of alongTheChains(store)) {
    for (const row of batch) {
      rows += 1
      if (row.hash !== hashOf(row)) altered ??= row
      if (!follows(row, previous)) loose ??= row
      previous = row
    }
  }
  const broken = altered ?? loose
  if (!broken) return { whole: true, rows }
  const { sequence, at, id } = broken
  return { whole: false, rows, brokenAt: { sequence, at, id } }
}

async function* alongTheChains(store: Store): AsyncGenerator<Row[]> {
  const place = sql`(${audit.deviceId}, ${audit.sequence}, ${audit.id})`
  for (let last: Row | undefined; ;) {
    const batch: Row[] = await store.read(async (db) =>
      db
        .select()
        .from(audit)
        .where(last && sql`${place} > (${last.deviceId}, ${last.sequence}, ${last.id})`)
        .orderBy(audit.deviceId, audit.sequence, audit.id)
        .limit(BATCH)
    )
    yield batch
    last = batch.at(-1)
    if (batch.length < BATCH) return
    await setImmediate()
  }
}

function follows(row: Row, previous: Row | undefined): boolean {
  const before = previous?.deviceId === row.deviceId ? previous : undefined
  return row.sequence === (before?.sequence ?? 0) + 1 && row.previousHash === (before?.hash ?? '')
}
