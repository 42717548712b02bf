import { sql } from 'drizzle-orm'
import { standingAgreement } from '../../db/agreements.ts'
import type { ReadDb } from '../../db/open.ts'
import { refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

/**
 * Lets no assessment begin, or go on, in a family whose agreement to take part does not stand (R24, S0, S2).
 *
 * @throws Refusal not-taking-part
 */
export function mustTakePart(db: ReadDb, familyId: Id): void {
  const given = db.get<{ id: Id } | undefined>(sql`
    SELECT a.id FROM family y JOIN agreement a ON a.id = ${sql.raw(standingAgreement('y.id'))}
    WHERE y.id = ${familyId} AND a.decision = 'given' AND a.take_part`)
  if (!given) refuse('not-taking-part')
}
