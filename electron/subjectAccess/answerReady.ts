import { eq } from 'drizzle-orm'
import { caseExport } from '../../db/schema/index.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import { exportReference } from '../../shared/export/export.ts'
import { answerFileName, type SavedAnswer } from '../../shared/subjectAccess/request.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { Prepared } from '../export/prepareExport.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import type { Job } from '../ipc/operation.ts'
import { answerStanding } from './answerStanding.ts'
import { theRequest, type RequestAsRecorded } from './theRequest.ts'

/** An answer that may go: every item of it is decided, and somebody who decided none of them agreed to exactly that. */
export interface ReadyAnswer {
  request: RequestAsRecorded
  decisionsSha256: string
}

/**
 * @param agreed what was agreed to when it was begun; '' at first
 * @throws Refusal not-found, family-restricted, step-not-possible, identity-not-proved, items-undecided,
 *   answer-not-agreed, changed-since
 */
export async function mustBeReady(
  store: Store,
  requestId: string,
  agreed: string,
  actor: Actor
): Promise<ReadyAnswer> {
  const { row: request, standing } = await store.read((db) => theRequest(db, requestId, actor))
  if (standing.state !== 'open') refuse('step-not-possible')
  // until then nobody knows into whose hands it would go
  if (standing.begins === '') refuse('identity-not-proved')
  const { decisionsSha256, isAgreed } = await answerStanding(store, request, actor)
  if (decisionsSha256 === '') refuse('items-undecided')
  if (!isAgreed) refuse('answer-not-agreed')
  if (agreed !== '' && agreed !== decisionsSha256) throw new Refusal({ code: 'changed-since' })
  return { request, decisionsSha256 }
}

/** What the form says of the file is all there, and it is no file that has gone. @throws Refusal invalid (openReason), clashing-id */
export async function mustBeComplete(
  store: Store,
  { id, isProtected, openReason }: SavedAnswer
): Promise<void> {
  if (!isProtected && openReason.trim() === '')
    invalid({ path: 'openReason', message: 'Enter why it goes without a passphrase' })
  if ((await store.read((db) => db.$count(caseExport, eq(caseExport.id, id)))) > 0) refuse('clashing-id')
}

/** Before main asks where to: its number, and the name that is offered. One that is not saved leaves a gap. */
export const prepareAnswer: Job<SavedAnswer, Prepared> = async (store, wanted, actor) => {
  await mustBeComplete(store, wanted)
  const { request } = await mustBeReady(store, wanted.requestId, '', actor)
  const number = await store.write((tx) => nextNumber(tx, 'export'))
  return {
    reference: exportReference(actor.deskCode, number),
    fileName: answerFileName(request.reference, londonDate(actor.now))
  }
}
