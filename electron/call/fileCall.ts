import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { inserting, oncePerConnection } from '../../db/prepared.ts'
import { call, callAction, callChild, callDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { callReference } from '../../shared/account/deskCode.ts'
import { foldName } from '../../shared/account/name.ts'
import type { CallDraft, CallerKind, DraftAction, Outcome } from '../../shared/call/call.ts'
import { personOfChild } from '../../shared/call/earlier.ts'
import { gate } from '../../shared/call/gate.ts'
import { isEmptyAction, isEmptyChild, problemsWith } from '../../shared/call/problems.ts'
import { countsAsInHours, tookPlaceAt } from '../../shared/call/tookPlace.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { readBirth } from '../../shared/person/birth.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { findPostcode } from '../../shared/person/postcode.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import { londonDate, toInstant } from '../../shared/time/london.ts'
import { peopleAtWork } from '../account/peopleAtWork.ts'
import { mayTakeOn } from '../account/takesOn.ts'
import { openAssessment } from '../episode/findOpen.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { schoolInForce } from '../school/schoolInForce.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { rulesVersion } from '../setting/rulesVersion.ts'
import { insertLinks } from './links.ts'
import { raiseFlag } from './raiseFlag.ts'

type Filed = Output<'call.file'>

const callId = sql.placeholder('callId')

const statements = oncePerConnection((tx: Tx) => ({
  filed: tx
    .select({
      id: call.id,
      reference: call.reference,
      createdAt: call.createdAt,
      createdBy: call.createdBy,
      startedAt: call.startedAt
    })
    .from(call)
    .where(eq(call.id, callId))
    .prepare(),
  kept: tx
    .select({ ownerId: callDraft.ownerId })
    .from(callDraft)
    .where(eq(callDraft.callId, callId))
    .prepare(),
  insertCall: inserting(tx, call),
  insertChild: inserting(tx, callChild),
  insertAction: inserting(tx, callAction),
  deleteDraft: tx.delete(callDraft).where(eq(callDraft.callId, callId)).prepare()
}))

/**
 * Files a call: the call, its children, actions and links, its reference and the flag of a second concern (C5) come to
 * be, and its draft goes, in one transaction (L3). Filing the same call again answers with the first result (L6).
 *
 * @throws Refusal invalid (by field), not-your-draft, clashing-id
 */
export async function fileCall(tx: Tx, draft: CallDraft, actor: Actor): Promise<Filed | AlreadyDone<Filed>> {
  const ask = statements(tx)
  const [filed] = await ask.filed.execute({ callId: draft.id })
  if (filed) {
    if (filed.createdBy !== actor.id || filed.startedAt !== draft.startedAt) refuse('clashing-id')
    return alreadyDone({ id: filed.id, reference: filed.reference, filedAt: filed.createdAt })
  }
  const [kept] = await ask.kept.execute({ callId: draft.id })
  if (kept && kept.ownerId !== actor.id) refuse('not-your-draft')

  const settings = await settingsInRecord(tx)
  const when = tookPlaceAt(draft)
  const on = londonDate(when)
  const rules = rulesOn(settings, on)
  const problems = problemsWith(draft, rules, { now: actor.now })
  if (problems.length > 0) invalid(...problems)
  const { answer, signpost } = gate(draft, rules)

  const school = draft.callerKind === 'school' ? await schoolInForce(tx, draft.schoolId) : undefined
  if (draft.callerKind === 'school' && !school && answer !== 'turned-away')
    invalid({ path: 'schoolId', message: 'Choose the school from the list' })
  const assessmentId = draft.callerKind === 'keyworker' ? draft.assessmentId : ''
  if (assessmentId !== '' && !(await openAssessment(tx, assessmentId, actor))) {
    const message = 'This assessment is not open any more. Choose another, or enter who confirmed it'
    invalid({ path: 'assessmentId', message })
  }
  const district = rules.districts.find(({ key }) => key === school?.district)

  const written = {
    hubId: district?.hubId ?? COUNTY_HUB_ID,
    createdAt: actor.now,
    createdBy: actor.id,
    deviceId: actor.deviceId
  }
  const reference = callReference(actor.deskCode, await nextNumber(tx, 'call'))
  await insertChildren(tx, draft, on, written)
  await insertActions(tx, draft, actor, written)
  await ask.insertCall({
    ...written,
    id: draft.id,
    reference,
    line: draft.line,
    callerKind: draft.callerKind as CallerKind,
    otherKind: draft.callerKind === 'someone-else' ? draft.otherKind : '',
    schoolId: school?.schoolId ?? '',
    schoolName: school?.name ?? '',
    schoolTown: school?.town ?? '',
    schoolToCheck: school?.toCheck ?? false,
    assessmentId,
    assessmentConfirmedBy:
      draft.callerKind === 'keyworker' && assessmentId === '' ? draft.assessmentConfirmedBy.trim() : '',
    gate: answer === 'unanswered' ? 'passes' : answer,
    signpost,
    callerName: draft.callerName.trim(),
    callerRole: draft.callerRole.trim(),
    callerPhone: draft.callerPhone.trim(),
    callerDigits: readPhone(draft.callerPhone).digits,
    mayLeaveMessage: draft.mayLeaveMessage,
    consultedContinuum: draft.consultedContinuum,
    spokeToLead: draft.spokeToLead,
    parentsKnow: draft.parentsKnow,
    concern: draft.concern,
    level: draft.level,
    levelName: rules.levels.find(({ key }) => key === draft.level)?.name ?? '',
    levelWhy: draft.levelWhy,
    advice: draft.advice,
    disagreement: draft.disagreement,
    outcome: (draft.outcome || 'turned-away') satisfies Outcome,
    adviserProfession: actor.profession,
    startedAt: draft.startedAt,
    tookPlaceAt: when,
    setBackReason: draft.setBackReason.trim(),
    bookedAt: (draft.bookedSlot && toInstant(readDate(draft.bookedDate), draft.bookedTime)) || '',
    dangerReadAt: draft.dangerReadAt,
    seconds: draft.seconds,
    inHours: countsAsInHours(settings, draft),
    rulesVersion: rulesVersion(rules)
  })
  await insertLinks(tx, draft.id, draft.links, written, actor)
  if (answer !== 'turned-away' && draft.concern.trim() !== '') {
    const children = draft.children
      .filter((child) => !isEmptyChild(child))
      .map((child) => personOfChild(child, on, school?.schoolId ?? ''))
    await raiseFlag(tx, { ...draft, children, hubId: written.hubId, tookPlaceAt: when }, settings, actor)
  }
  await ask.deleteDraft.execute({ callId: draft.id })
  return { id: draft.id, reference, filedAt: actor.now }
}

type Written = Pick<typeof call.$inferInsert, 'hubId' | 'createdAt' | 'createdBy' | 'deviceId'>

async function insertChildren(tx: Tx, draft: CallDraft, on: string, written: Written): Promise<void> {
  const { insertChild } = statements(tx)
  const children = draft.children.filter((child) => !isEmptyChild(child))
  for (const [position, child] of children.entries()) {
    const birth = readBirth(child.birth, on)
    await insertChild({
      ...written,
      id: child.id,
      callId: draft.id,
      position,
      name: child.name.trim(),
      birthText: child.birth.trim(),
      birthDate: birth.kind === 'date' ? birth.date : '',
      ageYears: birth.kind === 'date' ? birth.ageYears : birth.kind === 'age' ? birth.years : null,
      upn: child.upn.trim(),
      relation: child.relation.trim(),
      address: child.address.trim(),
      postcode: findPostcode(child.address) ?? ''
    })
  }
}

/** A colleague who is named sees to an action where they take calls and may read this one; else the adviser does (L18). */
async function insertActions(tx: Tx, draft: CallDraft, actor: Actor, written: Written): Promise<void> {
  const { insertAction } = statements(tx)
  const actions = draft.actions.filter((action) => !isEmptyAction(action))
  if (actions.length === 0) return
  const subject = { hubId: written.hubId, writtenBy: actor.id }
  const people = (await peopleAtWork(tx)).filter((person) => mayTakeOn(person, [subject]))
  const ownerOf = ({ who }: DraftAction) => {
    const wanted = foldName(who)
    return people.find(({ name }) => foldName(name) === wanted)?.id ?? actor.id
  }
  for (const [position, action] of actions.entries()) {
    await insertAction({
      ...written,
      rowVersion: 1,
      updatedAt: written.createdAt,
      updatedBy: written.createdBy,
      deletedAt: null,
      deletedBy: null,
      id: action.id,
      callId: draft.id,
      position,
      what: action.what.trim(),
      who: action.who.trim(),
      ownerId: ownerOf(action),
      byWhen: readDate(action.byWhen),
      doneAt: '',
      doneNote: ''
    })
  }
}
