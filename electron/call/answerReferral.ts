import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { callReferral } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { readableCall } from './readableCall.ts'

/**
 * "Did they refer?" (C6). The first answer closes the question. A later one counts instead of it, and all of them stay.
 * The day is kept of a "Yes" only.
 *
 * @throws Refusal not-found (also of a call after which nobody was to refer), invalid (referredOn), clashing-id
 */
export async function answerReferral(
  tx: Tx,
  { id, callId, answer, reason, ...typed }: Parsed<'call.answerReferral'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const referredOn = answer === 'yes' ? typed.referredOn : ''
  const [before] = await tx.select().from(callReferral).where(eq(callReferral.id, id))
  if (before) {
    const isSame =
      before.callId === callId &&
      before.answer === answer &&
      before.referredOn === referredOn &&
      before.reason === reason
    if (!isSame || before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone(null)
  }
  const advised = await readableCall(tx, callId, actor)
  if (advised.outcome !== 'contact-form') return notFound()
  if (referredOn > londonDate(actor.now)) {
    invalid({ path: 'referredOn', message: 'The day they referred cannot be in the future' })
  }
  if (referredOn !== '' && referredOn < londonDate(advised.tookPlaceAt)) {
    invalid({ path: 'referredOn', message: 'The day they referred cannot be before the call' })
  }
  await tx.insert(callReferral).values({
    id,
    hubId: advised.hubId,
    createdAt: actor.now,
    createdBy: actor.id,
    deviceId: actor.deviceId,
    callId,
    answer,
    referredOn,
    reason
  })
  return null
}
