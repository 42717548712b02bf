import type { FiledCall } from '../../shared/call/call.ts'
import type { CheckRecord } from '../../shared/check/check.ts'
import { emptyPerson, emptyRegistration } from '../../shared/family/emptyForms.ts'
import type { DraftPerson, MemberRole, RegistrationDraft } from '../../shared/family/family.ts'
import { carriedPersonId } from '../../shared/family/registering.ts'
import { newId, type Id, type Instant } from '../../shared/ids.ts'
import { hub } from '../hub.ts'

type Child = Pick<FiledCall['children'][number], 'id' | 'name' | 'birthDate' | 'upn' | 'relation' | 'address'>
type Carried = Partial<Pick<RegistrationDraft, 'people' | 'practitionerText' | 'callId' | 'checkId'>>

/** A new form, with what the call or the check that it goes on from knows already. */
export async function beginRegistration(
  familyId: Id,
  startedAt: Instant,
  from: { callId: Id; checkId: Id }
): Promise<RegistrationDraft> {
  const ids = { familyId, episodeId: newId(), agreementId: newId(), personId: newId() }
  const carried = from.callId
    ? await fromCall(familyId, from.callId)
    : from.checkId
      ? await fromCheck(familyId, from.checkId)
      : {}
  return { ...emptyRegistration(ids, startedAt), ...carried }
}

async function fromCall(familyId: Id, callId: Id): Promise<Carried> {
  const answer = await hub['call.read']({ id: callId })
  if (!answer.ok) return {}
  const { children, callerName, schoolId, schoolName } = answer.value
  const school = schoolId ? { schoolId, schoolText: schoolName } : {}
  return {
    callId,
    practitionerText: callerName,
    ...carriedChildren(familyId, children, school)
  }
}

async function fromCheck(familyId: Id, checkId: Id): Promise<Carried> {
  const answer = await hub['check.read']({ id: checkId })
  if (!answer.ok) return {}
  const { children, callerName } = answer.value satisfies CheckRecord
  return { checkId, practitionerText: callerName, ...carriedChildren(familyId, children, {}) }
}

/** What was said of each child. An age alone is no date of birth: it is asked for again. */
function carriedChildren(
  familyId: Id,
  children: readonly Child[],
  school: Partial<DraftPerson>
): Pick<Carried, 'people'> {
  if (children.length === 0) return {}
  return {
    people: children.map(({ id, name, birthDate, upn, address }) => ({
      ...emptyPerson(carriedPersonId(familyId, id)),
      role: 'child',
      name,
      birth: birthDate.split('-').map(Number).filter(Boolean).reverse().join('/'),
      upn,
      address,
      ...school
    }))
  }
}

/** Somebody who is added to the form. */
export const addedPerson = (role: MemberRole): DraftPerson => ({ ...emptyPerson(newId()), role })

/** What a card is called: the name, or what it is for until there is one. */
export function cardTitle({ name, role }: Pick<DraftPerson, 'name' | 'role'>, index: number): string {
  const known = name.trim()
  if (known) return known
  return role === 'unborn' ? 'Unborn child' : `Person ${String(index + 1)}`
}
