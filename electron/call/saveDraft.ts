import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { call, callDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

type Saved = Output<'call.saveDraft'>

/**
 * Keeps a call as it stands, whatever its state (L1). `savedBefore` is how many saves the page knows of. One more
 * may have happened whose answer never reached it, and that is let pass; more than one means that the call was
 * changed elsewhere, and what is there is not overwritten (L7). The same text again is saved already.
 *
 * @throws Refusal call-already-filed, not-your-draft, changed-since
 */
export async function saveDraft(
  tx: Tx,
  { draft, savedBefore }: Parsed<'call.saveDraft'>,
  actor: Actor
): Promise<Saved | AlreadyDone<Saved>> {
  const [filed] = await tx.select({ id: call.id }).from(call).where(eq(call.id, draft.id))
  if (filed) refuse('call-already-filed')
  const [kept] = await tx.select().from(callDraft).where(eq(callDraft.callId, draft.id))
  if (kept && kept.ownerId !== actor.id) refuse('not-your-draft')
  const body = JSON.stringify(draft)
  if (kept?.body === body && kept.setAsideAt === '')
    return alreadyDone({ savedAt: kept.savedAt, saves: kept.saves })
  if (kept && kept.saves > savedBefore + 1) throw new Refusal({ code: 'changed-since' })

  const state = { savedAt: actor.now, saves: (kept?.saves ?? 0) + 1, body }
  await tx
    .insert(callDraft)
    .values({
      callId: draft.id,
      ownerId: actor.id,
      startedAt: draft.startedAt,
      setAsideAt: '',
      setAsideReason: '',
      ...state
    })
    .onConflictDoUpdate({ target: callDraft.callId, set: { ...state, setAsideAt: '', setAsideReason: '' } })
  return { savedAt: actor.now, saves: state.saves }
}
