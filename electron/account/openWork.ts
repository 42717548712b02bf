import { and, eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import {
  call,
  callAction,
  callDraft,
  callFlag,
  callLoop,
  episode,
  formDraft,
  impactMeeting,
  planAction,
  stepDown,
  stepDownNow,
  subjectRequest
} from '../../db/schema/index.ts'
import type { OpenWork } from '../../shared/account/account.ts'
import type { OpenItemKind } from '../../shared/call/loop.ts'
import type { DraftKind } from '../../shared/draft/draft.ts'
import type { Instant } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { showDate, showTime, londonDate } from '../../shared/time/london.ts'
import { openFlag } from '../call/openFlags.ts'
import { notAskedAsCallBack, notInError, openAction } from '../call/openItems.ts'
import type { Read } from '../ipc/operation.ts'
import { openActionsOf } from '../plan/giveAction.ts'
import { openStepDownsOf } from '../stepDown/mustOpenStepDown.ts'
import { chairedBy } from '../stepUp/theMeeting.ts'
import { openRequestsOf } from '../subjectAccess/theRequest.ts'
import { accountRow } from './person.ts'

export const ownDraft = (ownerId: string) => and(eq(callDraft.ownerId, ownerId), eq(callDraft.setAsideAt, ''))
/** What names an unfinished call without a word of what was typed. */
export const draftLabel = (startedAt: Instant): string =>
  `Call begun ${showTime(startedAt)} on ${showDate(londonDate(startedAt))}`

export const ownForm = (ownerId: string) => and(eq(formDraft.ownerId, ownerId), eq(formDraft.setAsideAt, ''))
const formLabels: Record<DraftKind, string> = {
  registration: 'Registration of a family',
  agreement: 'Agreement',
  withdrawal: 'Withdrawal of agreement',
  sharing: 'Sharing of information',
  check: 'Check for an open assessment',
  assessment: 'Assessment',
  note: 'Case note',
  meeting: 'Record of a meeting',
  closing: 'Closing of an assessment',
  transfer: 'Transfer of a keyworker',
  cover: 'Cover',
  reassignment: 'Reassignment of families',
  'hand-over': 'Hand-over of families',
  letter: 'Letter',
  advice: 'Advice',
  'step-down': 'Step-down',
  return: 'Return of a step-down',
  decision: 'Decision on a step-down',
  'triage-letter': 'Letter about a step-down',
  'step-up': 'Request for step-up',
  outcomes: 'Outcomes of an Action and Impact Meeting',
  'subject-access': 'Subject access request',
  export: 'Export of case notes'
}
const formLabel = (kind: DraftKind, savedAt: Instant): string =>
  `${formLabels[kind]}, last saved ${showTime(savedAt)} on ${showDate(londonDate(savedAt))}`

const itemLabels: Record<OpenItemKind, (reference: string) => string> = {
  'call-back': (reference) => `Call-back promised in call ${reference}`,
  referral: (reference) => `“Did they refer?” after call ${reference}`,
  action: (reference) => `Action from call ${reference}`,
  flag: (reference) => `Flag on call ${reference}`
}

/**
 * L18: unfinished calls and forms of one person, and every promise, action and flag that waits for them, also of the plan of
 * an assessment, the meetings that they chair, the step-downs that they look after and the subject access requests that they answer, named without case content. Of a
 * call entered in error nothing waits.
 */
export async function workOf(db: ReadDb, ownerId: string): Promise<OpenWork[]> {
  const drafts = await db
    .select({ id: callDraft.callId, since: callDraft.startedAt })
    .from(callDraft)
    .where(ownDraft(ownerId))
    .orderBy(callDraft.startedAt)
  const forms = await db
    .select({ id: formDraft.id, kind: formDraft.kind, since: formDraft.savedAt })
    .from(formDraft)
    .where(ownForm(ownerId))
    .orderBy(formDraft.savedAt, formDraft.id)
  const loops = await db
    .select({ kind: callLoop.kind, id: callLoop.callId, reference: call.reference, since: callLoop.since })
    .from(callLoop)
    .innerJoin(call, eq(call.id, callLoop.callId))
    .where(eq(callLoop.ownerId, ownerId))
    .orderBy(callLoop.kind, callLoop.since, callLoop.callId)
  const actions = await db
    .select({ id: callAction.id, reference: call.reference, since: callAction.createdAt })
    .from(callAction)
    .innerJoin(call, eq(call.id, callAction.callId))
    .where(and(eq(callAction.ownerId, ownerId), openAction, notInError, notAskedAsCallBack))
    .orderBy(callAction.createdAt, callAction.id)
  const flags = await db
    .select({ id: callFlag.id, reference: call.reference, since: callFlag.createdAt })
    .from(callFlag)
    .innerJoin(call, eq(call.id, callFlag.callId))
    .where(and(eq(callFlag.ownerId, ownerId), openFlag, notInError))
    .orderBy(callFlag.createdAt, callFlag.id)
  const ofPlans = await db
    .select({ id: planAction.id, reference: episode.reference, since: planAction.createdAt })
    .from(planAction)
    .innerJoin(episode, eq(episode.id, planAction.episodeId))
    .where(openActionsOf(ownerId))
    .orderBy(planAction.createdAt, planAction.id)
  const meetings = await db
    .select({ id: impactMeeting.id, onDay: impactMeeting.onDay, since: impactMeeting.createdAt })
    .from(impactMeeting)
    .where(chairedBy(ownerId))
    .orderBy(impactMeeting.onDay, impactMeeting.id)
  const stepDowns = await db
    .select({ id: stepDownNow.stepDownId, reference: stepDown.reference, since: stepDownNow.since })
    .from(stepDownNow)
    .innerJoin(stepDown, eq(stepDown.id, stepDownNow.stepDownId))
    .where(openStepDownsOf(ownerId))
    .orderBy(stepDownNow.since, stepDownNow.stepDownId)
  const requests = await db
    .select({ id: subjectRequest.id, reference: subjectRequest.reference, since: subjectRequest.createdAt })
    .from(subjectRequest)
    .where(openRequestsOf(ownerId))
    .orderBy(subjectRequest.receivedOn, subjectRequest.id)
  const items = [
    ...loops,
    ...actions.map((row) => ({ ...row, kind: 'action' as const })),
    ...flags.map((row) => ({ ...row, kind: 'flag' as const }))
  ]
  return [
    ...drafts.map((row) => ({ ...row, kind: 'draft' as const, label: draftLabel(row.since) })),
    ...forms.map(({ id, kind, since }) => ({
      id,
      since,
      kind: 'form' as const,
      label: formLabel(kind, since)
    })),
    ...ofPlans.map(({ reference, ...row }) => ({
      ...row,
      kind: 'plan-action' as const,
      label: `Action from the plan of ${reference}`
    })),
    ...meetings.map(({ onDay, ...row }) => ({
      ...row,
      kind: 'impact-meeting' as const,
      label: `Chair of the Action and Impact Meeting on ${showDate(onDay)}`
    })),
    ...stepDowns.map(({ reference, ...row }) => ({
      ...row,
      kind: 'step-down' as const,
      label: `Step-down ${reference}`
    })),
    ...requests.map(({ reference, ...row }) => ({
      ...row,
      kind: 'subject-request' as const,
      label: `Subject access request ${reference}`
    })),
    ...items.map(({ reference, ...row }) => ({ ...row, label: itemLabels[row.kind](reference) }))
  ]
}

/** L18: "nobody owns it", what someone whose access was taken away left open. Nothing of a person at work. */
export const openWork: Read<Parsed<'account.openWork'>, Output<'account.openWork'>> = async (db, { id }) => {
  const { status } = await accountRow(db, id)
  return status === 'active' ? [] : workOf(db, id)
}
