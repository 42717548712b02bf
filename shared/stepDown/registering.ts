import { z } from 'zod'
import { emptyAgreement, emptyPerson, emptyRegistration } from '../family/emptyForms.ts'
import type { DraftPerson, RegistrationDraft } from '../family/family.ts'
import { id, newId, type CivilDate } from '../ids.ts'
import type { StepDownDraft, StepDownPerson } from './stepDown.ts'

/**
 * "Register the family" of a step-down: of each person who that is in the record, '' for somebody new, and who was said to
 * be somebody else (L15). What is told of them is in the version.
 */
export const registeredStepDown = z.strictObject({
  /** The family's id. */
  id,
  stepDownId: id,
  /** What was said last of which family it is; '' for nothing (L7). */
  basedOn: z.union([z.literal(''), id]),
  /** The version that was read: the newest. */
  versionId: id,
  agreementId: id,
  people: z
    .array(z.strictObject({ id, personId: z.union([z.literal(''), id]), noneOf: z.array(id).max(20) }))
    .max(30)
})
export type RegisteredStepDown = z.output<typeof registeredStepDown>

/** What a version tells of a family, as far as registering asks for it. */
export type ToldOfFamily = Pick<
  StepDownDraft,
  | 'people'
  | 'address'
  | 'district'
  | 'sendingTeam'
  | 'agreement'
  | 'agreedById'
  | 'agreedBy'
  | 'agreedRelation'
  | 'agreedOn'
  | 'agreedScope'
>

/** Somebody of a step-down as the registration of a family has them. Children and who cares for them live at its address. */
export const registeringPerson = (
  person: StepDownPerson,
  { address, district }: Pick<ToldOfFamily, 'address' | 'district'>
): DraftPerson => ({
  ...emptyPerson(person.id),
  role: person.role,
  name: person.name,
  birth: person.birth,
  expected: person.expected,
  sex: person.sex,
  upn: person.upn,
  schoolId: person.schoolId,
  schoolText: person.schoolId === '' ? '' : person.school,
  relation: person.relation,
  phone: person.phone,
  ...(person.role === 'other' || person.role === 'unborn' ? {} : { address, district })
})

/**
 * The registration that a step-down comes to: its people and the agreement as the sender told it, which is looked at again
 * on the day of registering, because no one here has heard it. No assessment begins.
 *
 * @param received the London day on which the step-down arrived, where the sender did not say when the family agreed
 */
export function registrationOf(
  told: ToldOfFamily,
  chosen: RegisteredStepDown,
  { today, received }: { today: CivilDate; received: CivilDate }
): RegistrationDraft {
  const isGiven = told.agreement === 'given'
  const empty = emptyRegistration(
    { familyId: chosen.id, episodeId: newId(), agreementId: chosen.agreementId, personId: newId() },
    ''
  )
  return {
    ...empty,
    people: told.people.map((person) => ({
      ...registeringPerson(person, told),
      ...chosen.people.find(({ id: personId }) => personId === person.id)
    })),
    agreement: {
      ...emptyAgreement(chosen.agreementId, chosen.id),
      decision: told.agreement || 'not-asked',
      byPersonId: told.agreedById,
      byName: told.agreedBy,
      relation: told.agreedRelation,
      takePart: isGiven,
      decidedOn: told.agreedOn || received,
      reviewOn: isGiven ? today : '',
      note: [`Told by the sending team, ${told.sendingTeam || 'which is not named'}.`, told.agreedScope]
        .filter(Boolean)
        .join(' ')
    }
  }
}
