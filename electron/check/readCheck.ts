import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CheckRecord } from '../../shared/check/check.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { theCheck } from './theCheck.ts'

/** @throws Refusal not-found */
export async function readCheck(
  db: ReadDb,
  { id }: Parsed<'check.read'>,
  actor: Actor
): Promise<CheckRecord> {
  return (await theCheck(db, id, actor)).record
}
