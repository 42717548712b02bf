import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { familyMember, person } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import type { Fact } from '../../shared/family/fact.ts'
import type { MemberRole } from '../../shared/family/family.ts'
import { membersOn } from '../../shared/family/members.ts'
import { problemsWithPerson } from '../../shared/family/problems.ts'
import { factsOf, newFactsOf } from '../../shared/family/registering.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { districtOfAddress } from '../../shared/setting/district.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { londonDate } from '../../shared/time/london.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { findDoubles } from '../person/findDoubles.ts'
import { mustOpenPerson } from '../person/openPerson.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { followAddress } from './followAddress.ts'
import { insertFacts } from './insertFacts.ts'
import { knownFamily, type KnownFamily } from './peopleOf.ts'
import { personFacts } from './personFacts.ts'
import { mustOpen } from './readableFamily.ts'
import { isToldOf } from './sentAgain.ts'
import { writtenBy, type Written } from './written.ts'

type Added = Output<'family.addMember'>
type Input = Parsed<'family.addMember'>

/**
 * Somebody joins a family: new to the record, or known, and then in both families where they are in another. What is
 * typed of somebody known becomes facts of today beside what the record has; what is left empty changes nothing. Who may
 * be in the record already is kept for somebody to look at (L11).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id
 */
export async function addMember(tx: Tx, input: Input, actor: Actor): Promise<Added | AlreadyDone<Added>> {
  const { familyId, person: typed, from, reason } = input
  const [before] = await tx.select().from(familyMember).where(eq(familyMember.id, input.id))
  if (before) {
    const isSame =
      before.familyId === familyId &&
      before.createdBy === actor.id &&
      (typed.personId !== '' || before.personId === typed.id) &&
      before.role === typed.role &&
      before.validFrom === from &&
      before.reason === reason &&
      (typed.personId !== '' || (await isToldOf(tx, input.id, typed, londonDate(before.createdAt))))
    if (!isSame) refuse('clashing-id')
    return alreadyDone({ id: before.id, personId: before.personId })
  }
  const { hubId } = await mustOpen(tx, familyId, actor)
  const today = londonDate(actor.now)
  const rules = rulesOn(await settingsInRecord(tx), today)
  const isNew = typed.personId === ''
  const personId = isNew ? typed.id : (await mustOpenPerson(tx, typed.personId, actor)).keptId
  const family = knownFamily(tx, familyId)
  const problems = problemsWithPerson(typed, 'person', { today, rules })
  if (membersOn(family.members, today).here.some(({ keptId }) => keptId === personId)) {
    problems.push({ path: 'person.personId', message: 'This person is in the family already' })
  }
  if (problems.length > 0) invalid(...problems)

  const written = writtenBy(actor, hubId)
  if (isNew) await insertPerson(tx, personId, written)
  const facts = isNew ? [] : personFacts(tx, personId)
  const told = [
    ...factsOf(typed, today, typed.district || districtOfAddress(typed.address, rules)),
    ...relationTo(family, typed.relation, today)
  ]
  await insertFacts(
    tx,
    isNew ? told : newFactsOf(told, facts, personId, today),
    { subject: 'person', subjectId: personId, actId: input.id, validFrom: isNew ? '' : today },
    written
  )
  await tx.insert(familyMember).values({
    ...written,
    ...{ id: input.id, ofId: input.id, familyId, personId, role: typed.role as MemberRole },
    ...{ validFrom: from, validTo: '', inError: false, reason }
  })
  await findDoubles(tx, isNew ? [{ personId, noneOf: typed.noneOf }] : [], written)
  const about = { id: input.id, familyId, subjectId: personId, validFrom: from }
  if (hubId === COUNTY_HUB_ID) await followAddress(tx, about, hubId, rules, written)
  return { id: input.id, personId }
}

async function insertPerson(tx: Tx, id: Id, written: Written): Promise<void> {
  const [before] = await tx.select({ id: person.id }).from(person).where(eq(person.id, id))
  if (before) refuse('clashing-id')
  await tx.insert(person).values({ ...written, id })
}

/** "Mother of" the first child of the family. */
function relationTo({ members }: KnownFamily, typed: string, today: CivilDate): Fact[] {
  const child = membersOn(members, today).here.find(({ role }) => role === 'child' || role === 'unborn')
  const relation = typed.trim()
  return child && relation !== '' ? [{ kind: 'relation', value: { personId: child.keptId, relation } }] : []
}
