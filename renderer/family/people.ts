import { factOn, factsOn, type FactRow } from '../../shared/family/fact.ts'
import type { MemberRow } from '../../shared/family/family.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { isEligible } from '../../shared/person/birth.ts'
import { ageOn, showDate } from '../words/dates.ts'

/** What somebody is called on a day; a baby that is not born yet has no name. */
export function nameOf(facts: readonly FactRow[], personId: Id, on: CivilDate): string {
  const name = factOn(facts, personId, 'name', on)?.value.name
  if (name) return name
  return factOn(facts, personId, 'expected-birth', on) ? 'Unborn child' : 'Not named'
}

const years = (count: number): string =>
  count === 0 ? 'under 1 year old' : `${String(count)} ${count === 1 ? 'year' : 'years'} old`

/** `11 years old`, `expected on 3 March 2027`; '' where nothing is known of it. */
export function ageWords(facts: readonly FactRow[], personId: Id, on: CivilDate): string {
  const died = factOn(facts, personId, 'died', on)
  if (died) return `died on ${showDate(died.value.date)}`
  const birth = factOn(facts, personId, 'birth', on)
  if (birth && birth.value.date <= on) return years(ageOn(birth.value.date, on))
  const expected = factOn(facts, personId, 'expected-birth', on)
  return expected ? `expected on ${showDate(expected.value.date)}` : ''
}

/** R1: whether a child is eligible on a day, and why not; undefined of one who is no child. */
export function eligibility(
  facts: readonly FactRow[],
  { keptId, role }: Pick<MemberRow, 'keptId' | 'role'>,
  on: CivilDate
): { eligible: boolean; words: string } | undefined {
  if (role === 'unborn') return { eligible: true, words: 'Eligible' }
  if (role !== 'child') return undefined
  const birth = factOn(facts, keptId, 'birth', on)
  if (!birth) return { eligible: false, words: 'Date of birth needed to say whether eligible' }
  const age = ageOn(birth.value.date, on)
  const hasNeed = (['learning-need', 'disability'] as const).some((kind) =>
    factsOn(facts, keptId, kind, on).some(({ value }) => value.answer === 'yes')
  )
  if (isEligible(age, hasNeed)) return { eligible: true, words: 'Eligible' }
  return {
    eligible: false,
    words:
      age < 25
        ? 'Not eligible: 18 or over, and no learning need or disability is recorded'
        : 'Not eligible: 25 or over'
  }
}
