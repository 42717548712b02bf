import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { formDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { Refusal, refuse } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { isFiled } from './isFiled.ts'

type Saved = Output<'draft.save'>

/**
 * Keeps a form as it stands, whatever its state (L1), by the rules of `call.saveDraft`: it is one person's, an older
 * save never covers a newer one (L7), the same again is saved already, and nothing is saved after it was filed (L3).
 *
 * @throws Refusal form-already-filed, not-your-draft, clashing-id, changed-since
 */
export async function saveForm(
  tx: Tx,
  { form: { kind, body: typed }, savedBefore }: Parsed<'draft.save'>,
  actor: Actor
): Promise<Saved | AlreadyDone<Saved>> {
  const { id } = typed
  if (await isFiled(tx, kind, id)) refuse('form-already-filed')
  const [kept] = await tx.select().from(formDraft).where(eq(formDraft.id, id))
  if (kept && kept.ownerId !== actor.id) refuse('not-your-draft')
  if (kept && kept.kind !== kind) refuse('clashing-id')
  const body = JSON.stringify(typed)
  if (kept?.body === body && kept.setAsideAt === '') {
    return alreadyDone({ savedAt: kept.savedAt, saves: kept.saves })
  }
  // one more than the page knows of may have been saved without its answer reaching it
  if (kept && kept.saves > savedBefore + 1) throw new Refusal({ code: 'changed-since' })

  const saved = { savedAt: actor.now, saves: (kept?.saves ?? 0) + 1 }
  const state = { ...saved, body, setAsideAt: '', setAsideReason: '' }
  await tx
    .insert(formDraft)
    .values({ id, kind, ownerId: actor.id, ...state })
    .onConflictDoUpdate({ target: formDraft.id, set: state })
  return saved
}
