import type { Tx } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { SaidInClosing } from '../../shared/episode/closing.ts'
import { invalid } from '../../shared/errors.ts'
import { naturalId } from '../../shared/ids.ts'
import { showDate } from '../../shared/time/london.ts'
import type { TakenTransferStep, Transfer } from '../../shared/transfer/transfer.ts'
import { endEpisode, openSince } from '../episode/endEpisode.ts'
import { openActions } from '../episode/endPlan.ts'
import { writtenAfter, type Written } from '../family/written.ts'
import { mustBeConfirmed, mustHaveFeedback } from '../stepUp/mustHaveFeedback.ts'

/**
 * The other authority has the family: the assessment closes here, and says where it went (R39). What is open of its plan goes
 * on there: the closure lists the actions, and the outcomes say so. Not while a step-up is without feedback (R45).
 *
 * @throws Refusal step-up-waits, step-up-not-confirmed, invalid (on)
 */
export async function handOver(
  tx: Tx,
  { familyId, episodeId, authorityName }: Transfer,
  { id, on, who, note }: Extract<TakenTransferStep, { step: 'hand-over' }>,
  written: Written,
  actor: Actor
): Promise<void> {
  mustHaveFeedback(tx, episodeId)
  mustBeConfirmed(tx, episodeId)
  const since = await openSince(tx, episodeId)
  if (on < since.day) invalid({ path: 'on', message: `Enter ${showDate(since.day)} or a later day` })
  const why = `Handed over to ${authorityName}`
  const closure: SaidInClosing['closure'] = {
    kind: 'closed',
    closedOn: on,
    closureReason: why,
    couldTransfer: '',
    transferNote: '',
    stepOutAdvice: '',
    note
  }
  const told = { kind: 'told' as const, aboutId: '', result: '' as const, who, words: authorityName }
  const goesOn = (await openActions(tx, episodeId)).map(({ id: aboutId, words }) => ({
    ...{ kind: 'goes-on' as const, aboutId, result: '' as const, who: authorityName, words }
  }))
  const ending = {
    ...{ id: naturalId('closure', episodeId, id), familyId, episodeId, on, why, actor },
    written: writtenAfter(written, since.recordedAt)
  }
  await endEpisode(tx, ending, {
    closure,
    parts: [...goesOn, told].map((part, position) => ({ ...part, position }))
  })
}
