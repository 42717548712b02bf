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
import { openRequest } from './openRequest.ts'
import type { RequestAsRecorded } from './theRequest.ts'

/** An answer that may go: every item of it is decided, and somebody who decided none of them agreed to exactly that. */
export interface ReadyAnswer {
  request: RequestAsRecorded
  decisionsSha256: string
}

/**
 * @param agreed what was agreed to when it was begun; '' at first
 * @throws Refusal not-found, family-restricted, step-not-possible, items-undecided, answer-not-agreed, changed-since
 */
export async function mustBeReady(
  store: Store,
  requestId: string,
  agreed: string,
  actor: Actor
): Promise<ReadyAnswer> {
  const request = await store.read((db) => openRequest(db, requestId, actor))
  const { decisionsSha256, isAgreed } = await answerStanding(store, request, actor)
  if (decisionsSha256 === '') refuse('items-undecided')
  if (!isAgreed) refuse('answer-not-agreed')
  if (agreed !== '' && agreed !== decisionsSha256) throw new Refusal({ code: 'changed-since' })
  return { request, decisionsSha256 }
}

/** Before main asks where to: its number, and the name that is offered. One that is not saved leaves a gap. */
export const prepareAnswer: Job<SavedAnswer, Prepared> = async (store, wanted, actor) => {
  if (!wanted.isProtected && wanted.openReason.trim() === '')
    invalid({ path: 'openReason', message: 'Enter why it goes without a passphrase' })
  const { request } = await mustBeReady(store, wanted.requestId, '', actor)
  const number = await store.write((tx) => nextNumber(tx, 'export'))
  return {
    reference: exportReference(actor.deskCode, number),
    fileName: answerFileName(request.reference, londonDate(actor.now))
  }
}
