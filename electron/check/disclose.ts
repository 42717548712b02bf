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
 * Records that the newest answer was read out, word for word, and to whom (C3). The page says which, never what.
 *
 * @throws Refusal not-found, changed-since (the answer is not plain, is not the newest, or has been told), clashing-id
 */
export async function disclose(
  tx: Tx,
  { id, checkId, answerId }: Parsed<'check.disclose'>,
  actor: Actor
): Promise<CheckRecord | AlreadyDone<CheckRecord>> {
  const { course, record } = await theCheck(tx, checkId, actor)
  const [before] = await tx.select().from(checkDisclosure).where(eq(checkDisclosure.id, id))
  if (before) {
    if (before.checkId !== checkId || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(record)
  }
  if (record.answer?.id !== answerId || !mayDo(course).includes('disclose')) {
    throw new Refusal({ code: 'changed-since' })
  }
  await tx.insert(checkDisclosure).values({
    ...writtenBy(actor, COUNTY_HUB_ID),
    id,
    checkId,
    what: saidOf(record.answer),
    toName: record.callerName
  })
  return (await theCheck(tx, checkId, actor)).record
}
