import { createHash } from 'node:crypto'
import { desc, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { inserting, oncePerConnection } from '../../db/prepared.ts'
import { audit, auditSubject } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AuditResult } from '../../shared/audit/audit.ts'
import { newId } from '../../shared/ids.ts'

export interface Act {
  /** Known beforehand where the act may be told of twice. */
  id?: string
  operation: string
  subjectIds: readonly string[]
  /** A code, never what a person wrote. */
  reason?: string
  result: AuditResult
}

/** The fields that a row's hash covers, in their order. */
export function hashOf(row: Omit<typeof audit.$inferSelect, 'hash'>): string {
  const { id, sequence, at, actorId, deviceId, operation, subjectIds, reason, result, previousHash } = row
  return createHash('sha256')
    .update(
      JSON.stringify([
        id,
        sequence,
        at,
        actorId,
        deviceId,
        operation,
        subjectIds,
        reason,
        result,
        previousHash
      ])
    )
    .digest('hex')
}

const statements = oncePerConnection((tx: Tx) => ({
  latest: tx
    .select({ sequence: audit.sequence, hash: audit.hash })
    .from(audit)
    .where(eq(audit.deviceId, sql.placeholder('deviceId')))
    .orderBy(desc(audit.sequence))
    .limit(1)
    .prepare(),
  insert: inserting(tx, audit),
  insertSubject: inserting(tx, auditSubject)
}))

/** Adds a row to this device's chain: its hash covers itself and the row before. */
export async function appendAudit(tx: Tx, act: Act, actor: Actor): Promise<void> {
  const { latest, insert, insertSubject } = statements(tx)
  const [previous] = await latest.execute({ deviceId: actor.deviceId })
  const subjectIds = [...new Set(act.subjectIds)]
  const row = {
    id: act.id ?? newId(),
    sequence: (previous?.sequence ?? 0) + 1,
    at: actor.now,
    actorId: actor.id,
    deviceId: actor.deviceId,
    operation: act.operation,
    subjectIds: subjectIds.join(' '),
    reason: act.reason ?? '',
    result: act.result,
    previousHash: previous?.hash ?? ''
  }
  await insert({ ...row, hash: hashOf(row) })
  for (const subjectId of subjectIds) {
    await insertSubject({ id: newId(), auditId: row.id, subjectId, at: row.at })
  }
}
