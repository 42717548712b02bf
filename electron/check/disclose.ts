import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { checkDisclosure } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CheckRecord } from '../../shared/check/check.ts'
import { saidOf } from '../../shared/check/saidOf.ts'
import { mayDo } from '../../shared/check/state.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { theCheck } from './theCheck.ts'

/**
 * Records that the answer was read out, word for word, and to whom (C3). The page says that it was, never what.
 *
 * @throws Refusal not-found, changed-since (there is no plain answer, or it has been told), clashing-id
 */
export async function disclose(
  tx: Tx,
  { id, checkId }: Parsed<'check.disclose'>,
  actor: Actor
): Promise<CheckRecord | AlreadyDone<CheckRecord>> {
  const { course, record } = await theCheck(tx, checkId, actor)
  const [before] = await tx.select().from(checkDisclosure).where(eq(checkDisclosure.id, id))
  if (before) {
    if (before.checkId !== checkId || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(record)
  }
  if (!record.answer || !mayDo(course).includes('disclose')) throw new Refusal({ code: 'changed-since' })
  await tx.insert(checkDisclosure).values({
    ...writtenBy(actor, COUNTY_HUB_ID),
    id,
    checkId,
    what: saidOf(record.answer),
    toName: record.callerName
  })
  return (await theCheck(tx, checkId, actor)).record
}
