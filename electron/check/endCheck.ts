import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { checkEnding } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CheckRecord } from '../../shared/check/check.ts'
import { mayDo } from '../../shared/check/state.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { listTakers } from './listTakers.ts'
import { theCheck } from './theCheck.ts'

/**
 * Ends a check that nothing was told of: passed on to one named triage manager or coordinator (L21), or given up, with
 * the reason.
 *
 * @throws Refusal not-found, invalid (toId), changed-since (it is over), clashing-id
 */
export async function endCheck(
  tx: Tx,
  { id, checkId, kind, reason, toId }: Parsed<'check.end'>,
  actor: Actor
): Promise<CheckRecord | AlreadyDone<CheckRecord>> {
  const { course, record } = await theCheck(tx, checkId, actor)
  const [before] = await tx.select().from(checkEnding).where(eq(checkEnding.id, id))
  if (before) {
    const isSame = before.checkId === checkId && before.kind === kind && before.reason === reason
    const isToSame = kind === 'ended' || before.toId === toId
    if (!isSame || !isToSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(record)
  }
  if (!mayDo(course).includes('end')) throw new Refusal({ code: 'changed-since' })
  if (kind === 'passed-on') {
    const takers = await listTakers(tx, {}, actor)
    if (!takers.some(({ id: takerId }) => takerId === toId)) {
      invalid({ path: 'toId', message: 'Choose a triage manager or a coordinator' })
    }
  }
  await tx.insert(checkEnding).values({
    ...writtenBy(actor, COUNTY_HUB_ID),
    id,
    checkId,
    kind,
    reason,
    toId: kind === 'passed-on' ? toId : ''
  })
  return (await theCheck(tx, checkId, actor)).record
}
