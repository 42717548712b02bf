import { eq, sql } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { transferStep } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { mayBeGivenFamily } from '../../shared/practitioner/practitioner.ts'
import { missingForProposal, problemsWithStep } from '../../shared/transfer/problems.ts'
import type { TakenTransferStep, Transfer } from '../../shared/transfer/transfer.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenAfter, writtenBy, type Written } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { holdsAmiss } from '../keyworker/holdsAmiss.ts'
import { makeKeyworker } from '../keyworker/makeKeyworker.ts'
import { practitionerOf } from '../practitioner/listPractitioners.ts'
import { mustBeGivable } from '../practitioner/mustBeGivable.ts'
import { problemsWithChangeover } from './changeover.ts'
import { lastStepAt, nothingSaid, takeBackKeyworker } from './endTransfers.ts'
import { handOver } from './handOver.ts'
import { readTransfers } from './readTransfers.ts'
import { registeredOn } from './requestTransfer.ts'

type Proposal = Extract<TakenTransferStep, { step: 'propose' }>

/**
 * One step of a transfer, in the order of its machine (R36 to R39). Whoever accepts within the county is keyworker from the
 * day of the changeover on, by a row of this transaction and no job; the present one stays until then. Out of the county the
 * present one stays until the other authority has the family: then the assessment closes here, in this transaction too.
 *
 * @throws Refusal not-found, family-restricted, clashing-id, assessment-closed, step-not-possible, transfer-not-ready,
 *   proposal-not-possible, keyworker-gone, step-up-waits, step-up-not-confirmed, invalid (by field)
 */
export async function takeTransferStep(
  tx: Tx,
  taken: Parsed<'transfer.takeStep'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { hubId } = await mustOpen(tx, taken.familyId, actor)
  const [before] = await tx.select().from(transferStep).where(eq(transferStep.id, taken.id))
  if (before) {
    if (before.createdBy !== actor.id || !isSame(before, taken)) refuse('clashing-id')
    return alreadyDone(null)
  }
  const transfer = theTransfer(tx, taken, actor)
  await mustBeOpen(tx, taken)
  if (!transfer.mayDo.includes(taken.step)) refuse('step-not-possible')
  const problems = problemsWithStep(taken, {
    ...{ kind: transfer.kind, requestedOn: transfer.requestedOn },
    today: londonDate(actor.now),
    registeredOn: await registeredOn(tx, taken.episodeId)
  })
  if (problems.length > 0) invalid(...problems)
  if (taken.step === 'propose') await mustBeProposable(tx, transfer, taken, actor)

  const written = writtenAfter(writtenBy(actor, hubId), lastStepAt(transfer))
  const { id, familyId, episodeId, transferId } = taken
  await tx
    .insert(transferStep)
    .values({ ...written, ...contentOf(taken), id, familyId, episodeId, transferId })
  if (taken.step === 'accept' && transfer.kind === 'in-county') await giveFamily(tx, transfer, id, written)
  if (taken.step === 'cancel') {
    await takeBackKeyworker(tx, transferId, { byId: id, reason: taken.note }, written)
    const goesBack = transfer.state === 'accepted' && transfer.kind === 'in-county'
    if (goesBack && holdsAmiss(tx, [episodeId])) refuse('keyworker-gone')
  }
  if (taken.step === 'hand-over') await handOver(tx, transfer, taken, written, actor)
  return null
}

/**
 * A transfer of this assessment as it stands.
 *
 * @throws Refusal not-found
 */
export function theTransfer(
  db: ReadDb,
  { transferId, episodeId, familyId }: { transferId: Id; episodeId: Id; familyId: Id },
  actor: Actor
): Transfer {
  const [found] = readTransfers(
    db,
    sql`t.id = ${transferId} AND t.episode_id = ${episodeId} AND t.family_id = ${familyId}`,
    actor
  )
  return found?.transfer ?? notFound()
}

type StepRow = typeof transferStep.$inferSelect
type Content = Pick<StepRow, 'step' | 'onDay' | 'practitionerId' | 'who' | 'how' | 'note' | 'agreedOn'>

const contentOf = (taken: TakenTransferStep): Content => ({
  ...nothingSaid,
  step: taken.step,
  onDay: taken.on,
  note: taken.note,
  ...('who' in taken ? { who: taken.who } : {}),
  ...(taken.step === 'tell-family' ? { how: taken.how } : {}),
  ...(taken.step === 'propose' ? { practitionerId: taken.practitionerId, agreedOn: taken.agreedOn } : {})
})

function isSame(before: StepRow, taken: TakenTransferStep): boolean {
  const content = contentOf(taken)
  const isSaid = (Object.keys(content) as (keyof Content)[]).every((key) => before[key] === content[key])
  return isSaid && before.transferId === taken.transferId
}

/** R37 to R39, R23: the family was asked first, and whoever is proposed may be given it on the day of the changeover. */
async function mustBeProposable(
  db: ReadDb,
  transfer: Transfer,
  { practitionerId, episodeId, on }: Proposal,
  { now }: Actor
): Promise<void> {
  if (missingForProposal(transfer, londonDate(now)).length > 0) refuse('transfer-not-ready')
  if (transfer.kind === 'out-of-county') return
  await mustBeGivable(db, practitionerId, on)
  const problems = problemsWithChangeover(db, episodeId, { practitionerId, on })
  if (problems.length > 0) invalid(...problems)
}

/** Since the proposal somebody may have left, or another keyworker have come: then it is proposed anew. */
async function giveFamily(
  tx: Tx,
  { id, familyId, episodeId, toId: practitionerId, changeoverOn: on }: Transfer,
  acceptId: Id,
  written: Written
): Promise<void> {
  const practitioner = await practitionerOf(tx, practitionerId, on)
  const isGivable = practitioner !== undefined && mayBeGivenFamily(practitioner, on)
  if (!isGivable || problemsWithChangeover(tx, episodeId, { practitionerId, on }).length > 0)
    refuse('proposal-not-possible')
  await makeKeyworker(
    tx,
    {
      ...{ familyId, episodeId, practitionerId },
      id: naturalId('keyworker', acceptId),
      kind: 'transfer',
      overId: '',
      validFrom: on,
      validTo: '',
      sourceId: id
    },
    written
  )
}
