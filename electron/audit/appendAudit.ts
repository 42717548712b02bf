import { createHash } from 'node:crypto'
import { desc, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
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

/** Adds a row to this device's chain: its hash covers itself and the row before. */
export async function appendAudit(tx: Tx, act: Act, actor: Actor): Promise<void> {
  const [previous] = await tx
    .select({ sequence: audit.sequence, hash: audit.hash })
    .from(audit)
    .where(eq(audit.deviceId, actor.deviceId))
    .orderBy(desc(audit.sequence))
    .limit(1)
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
  await tx.insert(audit).values({ ...row, hash: hashOf(row) })
  if (subjectIds.length > 0) {
    await tx
      .insert(auditSubject)
      .values(subjectIds.map((subjectId) => ({ id: newId(), auditId: row.id, subjectId, at: row.at })))
  }
}
