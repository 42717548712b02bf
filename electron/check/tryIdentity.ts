import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { checkTry } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CheckRecord } from '../../shared/check/check.ts'
import { mayDo, needsReason } from '../../shared/check/state.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { inDirectory } from '../agency/inDirectory.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { theCheck } from './theCheck.ts'

/**
 * One try to make sure who is calling (R19, C2). The number called back is the directory's at this moment: none that the
 * page or the caller gives. Another way than calling back needs a reason.
 *
 * @throws Refusal not-found, invalid (reason), no-main-number, changed-since (not at this step), clashing-id
 */
export async function tryIdentity(
  tx: Tx,
  { id, checkId, method, personAskedFor, result, reason }: Parsed<'check.tryIdentity'>,
  actor: Actor
): Promise<CheckRecord | AlreadyDone<CheckRecord>> {
  const { check, course, record } = await theCheck(tx, checkId, actor)
  const [before] = await tx.select().from(checkTry).where(eq(checkTry.id, id))
  if (before) {
    const isSame =
      before.checkId === checkId &&
      before.method === method &&
      before.personAskedFor === personAskedFor &&
      before.result === result &&
      before.reason === reason
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(record)
  }
  if (!mayDo(course).includes('try-identity')) throw new Refusal({ code: 'changed-since' })
  if (needsReason(method) && reason === '') {
    invalid({ path: 'reason', message: 'Enter why you did not call back on the main number' })
  }
  const number = needsReason(method)
    ? ''
    : ((await inDirectory(tx, check.employer, check.employerId))?.mainNumber ?? '')
  if (!needsReason(method) && number === '') refuse('no-main-number')
  await tx.insert(checkTry).values({
    ...writtenBy(actor, COUNTY_HUB_ID),
    id,
    checkId,
    method,
    number,
    personAskedFor,
    result,
    reason
  })
  return (await theCheck(tx, checkId, actor)).record
}
