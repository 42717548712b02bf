import type { FoundPerson } from '../../shared/person/find.ts'
import type { Strength } from '../../shared/person/match.ts'
import { showDate } from '../words/dates.ts'

/** How sure a match is (L15). */
export const strengthWords: Record<Strength, string> = {
  strong: 'Strong match',
  likely: 'Likely match',
  possible: 'Possible match'
}

/** Somebody who was found, by name or by what stands for it. */
export const personWords = ({ name, restricted }: Pick<FoundPerson, 'name' | 'restricted'>): string =>
  restricted ? 'Somebody of a restricted family' : name || 'Not named'

/** `Born 3 September 2015 · SG14 1AB` */
export const bornWords = ({ birthDate, postcode }: Pick<FoundPerson, 'birthDate' | 'postcode'>): string =>
  [birthDate && `Born ${showDate(birthDate)}`, postcode].filter(Boolean).join(' · ')

/** `FAM-7KQ3-000001, FAM-7KQ3-000007 (earlier)` */
export const familyWords = ({ families }: Pick<FoundPerson, 'families'>): string =>
  families.map(({ reference, isCurrent }) => (isCurrent ? reference : `${reference} (earlier)`)).join(', ')
