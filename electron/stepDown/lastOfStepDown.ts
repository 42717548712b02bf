import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { LastOfStepDown } from '../../shared/stepDown/record.ts'
import { mustOpenStepDown } from './mustOpenStepDown.ts'

/**
 * What was recorded last of a step-down, and by whom.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function lastOfStepDown(
  db: ReadDb,
  { id }: Parsed<'stepDown.last'>,
  actor: Actor
): Promise<LastOfStepDown> {
  const { lastId, lastAt } = await mustOpenStepDown(db, id, actor)
  const by = db.get<Pick<LastOfStepDown, 'byId' | 'byName'> | undefined>(sql`
    SELECT x.created_by AS byId, coalesce(a.name, '') AS byName
    FROM (SELECT created_by FROM step_down_event WHERE id = ${lastId}
      UNION ALL SELECT created_by FROM step_down_version WHERE id = ${lastId}
      UNION ALL SELECT created_by FROM step_down_family WHERE id = ${lastId}
      UNION ALL SELECT created_by FROM step_down WHERE id = ${lastId}) x LEFT JOIN account a ON a.id = x.created_by`)
  return by ? { lastId, lastAt, ...by } : notFound()
}
