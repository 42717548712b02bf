import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { asSchool, districtsInForce } from './asSchool.ts'
import { schoolInForce } from './schoolInForce.ts'

/** @throws Refusal not-found */
export async function readSchool(
  db: ReadDb,
  { id }: Parsed<'school.read'>,
  actor: Actor
): Promise<Output<'school.read'>> {
  const row = await schoolInForce(db, id)
  return row ? asSchool(row, await districtsInForce(db, actor)) : notFound()
}
