import { factOn } from '../family/fact.ts'
import type { FamilyRecord, MemberRole } from '../family/family.ts'
import { membersOn } from '../family/members.ts'
import type { CivilDate, Id } from '../ids.ts'
import { ageOn } from '../time/london.ts'
import { capacities, type AgreementDraft, type AgreementRow, type Capacity } from './agreement.ts'

/** Someone of the family who may agree, refuse or withdraw. */
export interface AgreeingPerson {
  id: Id
  name: string
  role: MemberRole | ''
  /** Whole years; undefined where it is not known. */
  ageYears: number | undefined
  /** Where it is known, the age on the day of the decision counts and not `ageYears`. */
  birthDate?: CivilDate
}

/** Who decided, why their word counts and how they said it (R25). */
export type WhoDecided = Pick<
  AgreementDraft,
  'byPersonId' | 'byName' | 'relation' | 'capacity' | 'capacityNote' | 'route'
>

/** Who of a family may agree, refuse or withdraw on a day: everyone who belongs to it then and is alive. */
export function agreeingPeople(
  { members, facts }: Pick<FamilyRecord, 'members' | 'facts'>,
  on: CivilDate
): AgreeingPerson[] {
  return membersOn(members, on)
    .here.filter(({ keptId }) => !factOn(facts, keptId, 'died', on))
    .map(({ keptId, role }) => {
      const birthDate = factOn(facts, keptId, 'birth', on)?.value.date
      return {
        id: keptId,
        name: factOn(facts, keptId, 'name', on)?.value.name ?? '',
        role,
        ageYears: birthDate === undefined ? undefined : ageOn(birthDate, on),
        ...(birthDate === undefined ? {} : { birthDate })
      }
    })
}

/** L7: from this birthday on a young person agrees or refuses for themselves. */
export const YOUNG_PERSON = 16
/** R1, S0: Families First ends here, with a recorded need. Nobody older prevails as a young person. */
const OLDEST_YOUNG_PERSON = 24
const ADULT = 18

const ageThen = ({ ageYears, birthDate }: AgreeingPerson, on: CivilDate): number | undefined =>
  birthDate ? ageOn(birthDate, on) : ageYears

/**
 * Why the word of this person can count, by their age on the day of the decision (R25, L7). Someone whose age is not
 * known, and someone outside the record (`undefined`), can have any reason that the record does not contradict.
 */
export function capacitiesOf(person: AgreeingPerson | undefined, on: CivilDate): readonly Capacity[] {
  if (person?.role === 'unborn') return []
  const age = person && ageThen(person, on)
  if (age === undefined) return capacities
  return capacities.filter((capacity) => {
    switch (capacity) {
      case 'young-person-16-or-over':
        return age >= YOUNG_PERSON && age <= OLDEST_YOUNG_PERSON
      case 'competent-under-16':
        return age < YOUNG_PERSON
      case 'adult-for-self':
        return age >= ADULT
      // a mother of 15 has parental responsibility; the child whom it is all about has not
      case 'parental-responsibility':
        return person?.role !== 'child' || age >= YOUNG_PERSON
      case 'other':
        return true
    }
  })
}

/** R25, L7: is it the word of a competent young person, which prevails over a parent's? */
export const isOfYoungPerson = ({ capacity }: Pick<AgreementRow, 'capacity'>): boolean =>
  capacity === 'young-person-16-or-over' || capacity === 'competent-under-16'
