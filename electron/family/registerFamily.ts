import { and, countDistinct, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import {
  callChild,
  checkFamily,
  family,
  familyMember,
  person,
  personChoice,
  personPair
} from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { factOn, type Fact, type FactRow } from '../../shared/family/fact.ts'
import type { DraftPerson, MemberRole, RegistrationDraft } from '../../shared/family/family.ts'
import {
  isEmptyPerson,
  problemsWithRegistration,
  startsAssessment,
  type KnownInRecord
} from '../../shared/family/problems.ts'
import { carriedPersonId, factsOf, newFactsOf } from '../../shared/family/registering.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { districtOfAddress } from '../../shared/setting/district.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { insertAgreement } from '../agreement/insertAgreement.ts'
import { readableCall } from '../call/readableCall.ts'
import { theCheck } from '../check/theCheck.ts'
import { endDraft } from '../draft/endDraft.ts'
import { beginEpisode } from '../episode/beginEpisode.ts'
import { reasonToGoOn } from '../episode/findElsewhere.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { findDoubles } from '../person/findDoubles.ts'
import { isKnownPerson } from '../person/knownPeople.ts'
import { mustOpenPerson } from '../person/openPerson.ts'
import { practitionerOf } from '../practitioner/listPractitioners.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { insertFacts } from './insertFacts.ts'
import { districtOfFamily, hubOf, insertFamily, insertMembership } from './insertFamily.ts'
import { personFacts } from './personFacts.ts'
import { isRegistered } from './sentAgain.ts'
import { writtenBy, type Written } from './written.ts'

type Registered = Output<'family.register'>

/** Somebody of the form: what was typed, and who that is in the record. */
interface Member {
  /** As typed; somebody of the record by the record that counts for them. */
  typed: DraftPerson
  /** Whose record counts, where there is one already; the form's own id for somebody new. */
  personId: Id
  isNew: boolean
  /** What the record has of somebody who was there already. */
  facts: FactRow[]
  /** ONS code; '' where nobody knows. */
  district: string
}

/**
 * Registers a family (R22): its people, what they agreed to and, where that is a yes to taking part, its assessment with a
 * keyworker come to be, and the form's draft goes, in one transaction (L3). What is typed of somebody who is in the record
 * already becomes a dated fact beside what the record has; what is left empty changes nothing. The same form again answers
 * with the first result (L6).
 *
 * @throws Refusal invalid (by field), not-found (somebody chosen, or the call), family-restricted, clashing-id,
 *   not-your-draft
 */
export async function registerFamily(
  tx: Tx,
  draft: RegistrationDraft,
  actor: Actor
): Promise<Registered | AlreadyDone<Registered>> {
  const [before] = await tx.select().from(family).where(eq(family.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id || !(await isRegistered(tx, draft, before))) refuse('clashing-id')
    return alreadyDone({
      id: before.id,
      reference: before.reference,
      doubles: await doublesFound(tx, before, actor)
    })
  }
  await endDraft(tx, draft.id, actor)
  const rules = rulesOn(await settingsInRecord(tx), londonDate(actor.now))
  const members = await membersOf(tx, draft, rules, actor)
  await mustBeComplete(tx, draft, members, rules)
  const { reference, written } = await insertRegistered(tx, draft, members, rules, actor)
  if (startsAssessment(draft)) {
    const { id: familyId, episodeId: id, reason, practitionerId, goesOnBecause: because } = draft
    const childIds = members
      .filter(({ typed: { role } }) => role === 'child' || role === 'unborn')
      .map(({ personId }) => personId)
    const goesOnBecause = await reasonToGoOn(tx, { familyId, childIds, because }, actor)
    await beginEpisode(tx, { id, familyId, reason, practitionerId, goesOnBecause }, actor, written)
  }
  if (draft.callId !== '') await linkCall(tx, draft, members, actor, written)
  if (draft.checkId !== '') await linkCheck(tx, draft, actor, written)
  const registered = { id: draft.id, createdAt: written.createdAt }
  return { id: draft.id, reference, doubles: await doublesFound(tx, registered, actor) }
}

/**
 * Refuses a form that lacks something, by what the record knows of who is in it already.
 *
 * @throws Refusal invalid (by field)
 */
export async function mustBeComplete(
  tx: Tx,
  draft: RegistrationDraft,
  members: readonly Member[],
  rules: Rules
): Promise<void> {
  const people = draft.people.map((each) => members.find(({ typed }) => typed.id === each.id)?.typed ?? each)
  const problems = problemsWithRegistration(
    { ...draft, people },
    {
      today: rules.on,
      rules,
      practitioner: await practitionerOf(tx, draft.practitionerId, rules.on),
      known: new Map(
        members
          .filter(({ isNew }) => !isNew)
          .map(({ personId, facts }) => [personId, knownOn(facts, rules.on)])
      )
    }
  )
  if (problems.length > 0) invalid(...problems)
}

/** The family of a form that was checked, with its people, what they agreed to and who may be in the record already. */
export async function insertRegistered(
  tx: Tx,
  draft: RegistrationDraft,
  members: readonly Member[],
  rules: Rules,
  actor: Actor
): Promise<{ reference: string; written: Written }> {
  const district = districtOfFamily(
    members.map((each) => ({ role: each.typed.role, district: each.district }))
  )
  const written = writtenBy(actor, hubOf(district, rules))
  for (const member of members) await insertMember(tx, member, members, draft, rules.on, written)
  const { reference } = await insertFamily(tx, { id: draft.id, district }, actor, written)
  const byPersonId =
    members.find(({ typed }) => typed.id === draft.agreement.byPersonId)?.personId ??
    draft.agreement.byPersonId
  await insertAgreement(tx, { ...draft.agreement, familyId: draft.id, byPersonId }, rules.on, written)
  await recordChoices(tx, draft, members, written)
  // who was said to be none of those shown stands in the choices
  const newcomers = members.filter(({ isNew }) => isNew).map(({ personId }) => ({ personId, noneOf: [] }))
  await findDoubles(tx, newcomers, written)
  return { reference, written }
}

/**
 * How many of a family's people were found to be in the record already when it was registered, as far as this person may
 * know of whom they are like: to the helpdesk a number would tell that somebody is there (R22).
 */
export async function doublesFound(
  tx: Tx,
  { id, createdAt }: Pick<typeof family.$inferSelect, 'id' | 'createdAt'>,
  actor: Actor
): Promise<number> {
  const other = sql`iif(${personPair.oneId} = ${familyMember.personId}, ${personPair.otherId}, ${personPair.oneId})`
  const [found] = await tx
    .select({ people: countDistinct(familyMember.personId) })
    .from(familyMember)
    .innerJoin(personPair, sql`${familyMember.personId} IN (${personPair.oneId}, ${personPair.otherId})`)
    .where(
      and(eq(familyMember.familyId, id), eq(personPair.createdAt, createdAt), isKnownPerson(other, actor))
    )
  return found?.people ?? 0
}

/**
 * Who the form is of. Nobody names somebody whose family they may not open.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function membersOf(
  tx: Tx,
  draft: RegistrationDraft,
  rules: Rules,
  actor: Actor
): Promise<Member[]> {
  const members: Member[] = []
  for (const typed of draft.people) {
    if (isEmptyPerson(typed)) continue
    const isNew = typed.personId === ''
    const personId = isNew ? typed.id : (await mustOpenPerson(tx, typed.personId, actor)).keptId
    const facts = isNew ? [] : personFacts(tx, personId)
    const told = typed.district || districtOfAddress(typed.address, rules)
    const home = factOn(facts, personId, 'address', rules.on)?.value.district ?? ''
    members.push({
      typed: isNew ? typed : { ...typed, personId },
      personId,
      isNew,
      facts,
      district: told || home
    })
  }
  return members
}

/** R1: what the record knows of somebody's age and needs. */
function knownOn(facts: readonly FactRow[], on: CivilDate): KnownInRecord {
  const subjectId = facts[0]?.subjectId ?? ''
  const needs = (['learning-need', 'disability'] as const).map(
    (kind) => factOn(facts, subjectId, kind, on)?.value.answer
  )
  return {
    birthDate: factOn(facts, subjectId, 'birth', on)?.value.date ?? '',
    hasNeed: needs.includes('yes')
  }
}

async function insertMember(
  tx: Tx,
  { typed, personId, isNew, facts, district }: Member,
  members: readonly Member[],
  draft: RegistrationDraft,
  today: CivilDate,
  written: Written
): Promise<void> {
  const told = [...factsOf(typed, today, district), ...relationOf(typed, personId, members)]
  if (isNew) await tx.insert(person).values({ ...written, id: personId })
  await insertFacts(
    tx,
    isNew ? told : newFactsOf(told, facts, personId, today),
    { subject: 'person', subjectId: personId, actId: draft.id, validFrom: isNew ? '' : today },
    written
  )
  const role = typed.role as MemberRole
  await insertMembership(tx, { familyId: draft.id, personId, role, validFrom: '' }, written)
}

/** "Mother of" the first child of the form. */
function relationOf(typed: DraftPerson, personId: Id, members: readonly Member[]): Fact[] {
  const first = members.find(({ typed: { role } }) => role === 'child' || role === 'unborn')
  const relation = typed.relation.trim()
  if (!first || first.personId === personId || relation === '') return []
  return [{ kind: 'relation', value: { personId: first.personId, relation } }]
}

/** L15: who was recognised, and of whom it was said that they are none of those who were offered. */
async function recordChoices(
  tx: Tx,
  draft: RegistrationDraft,
  members: readonly Member[],
  written: Written
): Promise<void> {
  const chosen = members.filter(({ typed, isNew }) => !isNew || typed.noneOf.length > 0)
  if (chosen.length === 0) return
  await tx.insert(personChoice).values(
    chosen.map(({ typed, personId, isNew }) => ({
      ...written,
      id: naturalId('choice', draft.id, typed.id),
      about: 'registration' as const,
      aboutId: typed.id,
      callId: '',
      personId: isNew ? '' : personId,
      shown: (isNew ? typed.noneOf : [personId]).join(' ')
    }))
  )
}

/** The call that the form goes on from is told of each child that it carried over. */
async function linkCall(
  tx: Tx,
  draft: RegistrationDraft,
  members: readonly Member[],
  actor: Actor,
  written: Written
): Promise<void> {
  await readableCall(tx, draft.callId, actor)
  const children = await tx
    .select({ id: callChild.id })
    .from(callChild)
    .where(eq(callChild.callId, draft.callId))
  const choices = children.flatMap(({ id }) => {
    const member = members.find(({ typed }) => typed.id === carriedPersonId(draft.id, id))
    return member ? [{ childId: id, personId: member.personId }] : []
  })
  if (choices.length === 0) return
  await tx.insert(personChoice).values(
    choices.map(({ childId, personId }) => ({
      ...written,
      id: naturalId('choice', draft.id, childId),
      about: 'call-child' as const,
      aboutId: childId,
      callId: draft.callId,
      personId,
      shown: ''
    }))
  )
}

/** The check that the form goes on from says which family came of it. */
async function linkCheck(
  tx: Tx,
  { id: familyId, checkId }: RegistrationDraft,
  actor: Actor,
  written: Written
): Promise<void> {
  await theCheck(tx, checkId, actor)
  const id = naturalId('check-family', checkId, familyId)
  await tx.insert(checkFamily).values({ ...written, id, checkId, familyId })
}
