import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { practitioner } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal, type FieldError } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

/**
 * Somebody leaves after a day, or goes on after all (`leftOn` is '' then). Nobody leaves while they hold or will hold an
 * open assessment, or a transfer to them waits: those go to others first (L18, "Give all families to others").
 *
 * @throws Refusal not-found, changed-since, invalid (leftOn)
 */
export async function closeKeyworker(
  tx: Tx,
  { practitionerId, leftOn, why, rowVersion }: Parsed<'keyworker.close'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const [somebody] = await tx.select().from(practitioner).where(eq(practitioner.id, practitionerId))
  if (!somebody) return notFound()
  const isSame = somebody.leftOn === leftOn && somebody.leftWhy === why
  if (isSame && somebody.rowVersion === rowVersion + 1) return alreadyDone(null)
  if (somebody.rowVersion !== rowVersion) throw new Refusal({ code: 'changed-since' })
  if (leftOn !== '') {
    const open = openFor(tx, practitionerId, leftOn)
    if (open) invalid(open)
  }
  await tx
    .update(practitioner)
    .set({ leftOn, leftWhy: why, rowVersion: rowVersion + 1, updatedAt: actor.now, updatedBy: actor.id })
    .where(eq(practitioner.id, practitionerId))
  return null
}

/** What would have no keyworker if somebody left. */
function openFor(tx: Tx, practitionerId: Id, leftOn: CivilDate): FieldError | undefined {
  const { families, proposals } = tx.get<{ families: number; proposals: number }>(sql`SELECT
    (SELECT count(DISTINCT s.episode_id) FROM keyworker_span s CROSS JOIN episode_now n ON n.episode_id = s.episode_id
      WHERE s.practitioner_id = ${practitionerId} AND s.to_day > ${leftOn} AND n.closed_on = '') AS families,
    (SELECT count(DISTINCT t.id) FROM transfer_step t WHERE t.practitioner_id = ${practitionerId} AND t.step = 'propose'
      AND NOT EXISTS (SELECT 1 FROM transfer_step x WHERE x.transfer_id = t.transfer_id
        AND x.step IN ('propose', 'accept', 'decline', 'hand-over', 'cancel')
        AND (x.created_at, x.id) > (t.created_at, t.id))) AS proposals`)
  if (families > 0) {
    const held = families === 1 ? '1 family' : `${String(families)} families`
    return { path: 'leftOn', message: `They hold ${held} after that day. Give all families to others first` }
  }
  if (proposals > 0) {
    const waiting = proposals === 1 ? '1 transfer' : `${String(proposals)} transfers`
    return {
      path: 'leftOn',
      message: `${waiting} to them ${proposals === 1 ? 'waits' : 'wait'}. Have each declined or cancelled first`
    }
  }
  return undefined
}
