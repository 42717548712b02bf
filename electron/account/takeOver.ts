import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import {
  callDraft,
  formDraft,
  impactMeeting,
  planAction,
  stepDown,
  stepDownNow,
  stepUp,
  subjectRequest
} from '../../db/schema/index.ts'
import { mayRead } from '../../shared/access/mayRead.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { draftForm, type DraftKind } from '../../shared/draft/draft.ts'
import { invalid, notFound, Refusal, refuse } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { contract, type Parsed } from '../../shared/ipc/contract.ts'
import type { Operation } from '../../shared/ipc/operations.ts'
import type { OutcomesDraft } from '../../shared/stepUp/stepUp.ts'
import { londonDate } from '../../shared/time/london.ts'
import { giveTo, openItem } from '../call/openItem.ts'
import { subjectOf } from '../call/readableCall.ts'
import { openingOf } from '../family/readableFamily.ts'
import type { Write } from '../ipc/operation.ts'
import { mustOpenPerson } from '../person/openPerson.ts'
import { giveAction, openActionsOf } from '../plan/giveAction.ts'
import { openedOrNone, openStepDownsOf } from '../stepDown/mustOpenStepDown.ts'
import { recordEvent } from '../stepDown/recordEvent.ts'
import { chairedBy } from '../stepUp/theMeeting.ts'
import { assignRequest } from '../subjectAccess/actOnRequest.ts'
import { openRequestsOf } from '../subjectAccess/theRequest.ts'
import { ownDraft, ownForm } from './openWork.ts'
import { accountRow, activeAccount, personOf, type Person } from './person.ts'
import { signedChange } from './signed.ts'
import { checkMayTakeOn } from './takesOn.ts'

/**
 * L18: hands what a stopped person left open to someone at work who takes calls, and may read the call it comes from.
 * Nobody else's can be taken (L2).
 *
 * @throws Refusal not-found, not-your-draft, person-stopped, invalid (toId)
 */
export const takeOver: Write<Parsed<'account.takeOver'>, null> = async (tx, input, actor) => {
  const from = await accountRow(tx, input.accountId)
  if (from.status === 'active') refuse('not-your-draft')
  const to = await personOf(tx, await activeAccount(tx, input.toId))

  if (input.kind === 'draft') {
    checkMayTakeOn(to)
    const moved = await tx
      .update(callDraft)
      .set({ ownerId: to.id })
      .where(and(eq(callDraft.callId, input.workId), ownDraft(from.id)))
      .returning({ id: callDraft.callId })
    return moved.length > 0 ? null : notFound()
  }
  if (input.kind === 'form') return takeForm(tx, input.workId, from.id, { ...actor, ...to })
  if (input.kind === 'plan-action') return takePlanAction(tx, input.workId, from.id, to, actor)
  if (input.kind === 'impact-meeting') return takeMeeting(tx, input.workId, from.id, to, actor)
  if (input.kind === 'subject-request')
    return takeRequest(tx, input.workId, from.id, { ...actor, ...to }, actor)
  if (input.kind === 'step-down') return takeStepDown(tx, input.workId, from.id, { ...actor, ...to }, actor)
  const item = await openItem(tx, input.kind, input.workId)
  if (item?.ownerId !== from.id) return notFound()
  checkMayTakeOn(to, item.calls)
  await giveTo(tx, item, to.id, actor, newId())
  return null
}

/** Half a form goes to somebody who may file it, and may open the family that it is of without giving a reason. */
async function takeForm(tx: Tx, id: Id, fromId: Id, to: Actor): Promise<null> {
  const [form] = await tx
    .select()
    .from(formDraft)
    .where(and(eq(formDraft.id, id), ownForm(fromId)))
  if (!form) return notFound()
  const typed = draftForm.parse({ kind: form.kind, body: JSON.parse(form.body) as unknown })
  if (!mayRun(to, filedBy[form.kind])) {
    invalid({ path: 'toId', message: 'They may not file this form. Choose someone else' })
  }
  if (typed.kind === 'export' && typed.body.scope === 'call') await mustReadCall(tx, typed.body.subjectId, to)
  else if ('familyId' in typed.body) await mustOpenFamily(tx, typed.body.familyId, to)
  if ('stepDownId' in typed.body) await mustOpenReceived(tx, typed.body.stepDownId, to)
  if (typed.kind === 'outcomes') await mustOpenAgenda(tx, typed.body.items, to)
  if (typed.kind === 'subject-access' && typed.body.personId !== '')
    await mustOpenSubject(tx, typed.body.personId, to)
  await tx.update(formDraft).set({ ownerId: to.id }).where(eq(formDraft.id, id))
  return null
}

/** A step-down that is typed for the first time is not there yet. */
async function mustOpenReceived(tx: Tx, id: Id, to: Actor): Promise<void> {
  if ((await tx.$count(stepDown, eq(stepDown.id, id))) > 0) await mustOpenFor(tx, id, to)
}

async function mustOpenAgenda(tx: Tx, items: OutcomesDraft['items'], to: Actor): Promise<void> {
  const families = await tx
    .selectDistinct({ id: stepUp.familyId })
    .from(stepUp)
    .where(
      inArray(
        stepUp.id,
        items.map(({ stepUpId }) => stepUpId)
      )
    )
  for (const { id } of families) await mustOpenFamily(tx, id, to)
}

/** What is to be done for a family goes to somebody who works with families, and may open this one without giving a reason. */
async function takePlanAction(tx: Tx, id: Id, fromId: Id, to: Person, actor: Actor): Promise<null> {
  const [action] = await tx
    .select()
    .from(planAction)
    .where(and(eq(planAction.id, id), openActionsOf(fromId)))
  if (!action) return notFound()
  if (!mayRun(to, 'plan.recordProgress')) {
    invalid({ path: 'toId', message: 'They do not work with families. Choose someone else' })
  }
  await mustOpenFamily(tx, action.familyId, { ...actor, ...to })
  await giveAction(tx, action, to, actor)
  return null
}

/** R42: a triage manager chairs it from now on. */
async function takeMeeting(tx: Tx, id: Id, fromId: Id, to: Person, actor: Actor): Promise<null> {
  if (!mayRun(to, 'stepUp.planMeeting')) {
    invalid({ path: 'toId', message: 'A triage manager chairs this meeting. Choose someone else' })
  }
  const moved = await tx
    .update(impactMeeting)
    .set({ ...signedChange(actor), chairId: to.id })
    .where(and(eq(impactMeeting.id, id), chairedBy(fromId)))
    .returning({ id: impactMeeting.id })
  return moved.length > 0 ? null : notFound()
}

/** C11: another triage manager looks after it from now on, who may open its family without giving a reason. */
async function takeStepDown(tx: Tx, id: Id, fromId: Id, to: Actor, actor: Actor): Promise<null> {
  const isTheirs = and(eq(stepDownNow.stepDownId, id), openStepDownsOf(fromId))
  if ((await tx.$count(stepDownNow, isTheirs)) === 0) return notFound()
  if (!mayRun(to, 'stepDown.act')) {
    invalid({ path: 'toId', message: 'A triage manager looks after a step-down. Choose someone else' })
  }
  await mustOpenFor(tx, id, to)
  const taken = { id: newId(), stepDownId: id, event: 'take' as const, toId: to.id }
  await recordEvent(tx, { ...taken, on: londonDate(actor.now) }, actor)
  return null
}

/** C14: somebody else prepares the answer from now on, who may open every family of whom it is about. */
async function takeRequest(tx: Tx, id: Id, fromId: Id, to: Actor, actor: Actor): Promise<null> {
  const [request] = await tx
    .select()
    .from(subjectRequest)
    .where(and(eq(subjectRequest.id, id), openRequestsOf(fromId)))
  if (!request) return notFound()
  if (!mayRun(to, 'subjectAccess.act')) {
    invalid({ path: 'toId', message: 'They do not answer subject access requests. Choose someone else' })
  }
  await mustOpenSubject(tx, request.personId, to)
  await assignRequest(tx, request, to.id, actor)
  return null
}

async function mustOpenSubject(tx: Tx, personId: Id, to: Actor): Promise<void> {
  try {
    await mustOpenPerson(tx, personId, to)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    invalid({ path: 'toId', message: 'They may not open every family of this person. Choose someone else' })
  }
}

function mayRun(to: Pick<Actor, 'roles'>, operation: Operation): boolean {
  const { may } = contract[operation]
  return may === 'anyone' || hasRole(to, ...may)
}

async function mustOpenFamily(tx: Tx, familyId: Id, to: Actor): Promise<void> {
  if ((await openingOf(tx, familyId, to)) !== 'yes') {
    invalid({ path: 'toId', message: 'They may not open this family. Choose someone else' })
  }
}

async function mustReadCall(tx: Tx, callId: Id, to: Actor): Promise<void> {
  if (!mayRead(to, await subjectOf(tx, callId))) {
    invalid({ path: 'toId', message: 'They may not read this call. Choose someone else' })
  }
}

async function mustOpenFor(tx: Tx, stepDownId: Id, to: Actor): Promise<void> {
  if (!(await openedOrNone(tx, stepDownId, to))) {
    invalid({ path: 'toId', message: 'They may not open this step-down. Choose someone else' })
  }
}

const filedBy = {
  registration: 'family.register',
  agreement: 'agreement.record',
  withdrawal: 'agreement.withdraw',
  sharing: 'sharing.record',
  check: 'check.begin',
  assessment: 'assessment.save',
  note: 'note.add',
  meeting: 'meeting.record',
  closing: 'episode.close',
  transfer: 'transfer.request',
  cover: 'cover.arrange',
  reassignment: 'reassignment.make',
  'hand-over': 'keyworker.saveHandOver',
  letter: 'letter.make',
  advice: 'advice.record',
  'step-down': 'stepDown.receive',
  return: 'stepDown.return',
  decision: 'stepDown.decide',
  'triage-letter': 'stepDown.makeLetter',
  'step-up': 'stepUp.request',
  outcomes: 'stepUp.recordOutcomes',
  'subject-access': 'subjectAccess.record',
  export: 'export.save'
} as const satisfies Record<DraftKind, Operation>
