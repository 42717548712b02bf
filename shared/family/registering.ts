import { naturalId, type CivilDate, type Id } from '../ids.ts'
import { readBirth } from '../person/birth.ts'
import { fold } from '../person/fold.ts'
import { readPhone } from '../person/phone.ts'
import { findPostcode } from '../person/postcode.ts'
import { readDate } from '../time/civilDate.ts'
import { factOn, factsOn, severalAtOnce, type Fact, type FactRow } from './fact.ts'
import type { DraftPerson } from './family.ts'

/** The facts that a person of a form tells, in the order of the form. What was left empty is not known, and no fact. */
export function factsOf(person: DraftPerson, on: CivilDate, district: string): Fact[] {
  const birth = readBirth(person.birth, on)
  const expected = person.role === 'unborn' ? readDate(person.expected) : ''
  const said = (text: string) => text.trim() !== ''
  const facts: (Fact | false)[] = [
    said(person.name) && { kind: 'name', value: { name: person.name.trim() } },
    birth.kind === 'date' && { kind: 'birth', value: { date: birth.date } },
    expected !== '' && { kind: 'expected-birth', value: { date: expected } },
    person.sex !== '' && { kind: 'sex', value: { sex: person.sex } },
    person.ethnicity !== '' && {
      kind: 'ethnicity',
      value: { ethnicity: person.ethnicity, inOwnWords: '' }
    },
    person.disability !== '' && { kind: 'disability', value: { answer: person.disability, note: '' } },
    person.learningNeed !== '' && { kind: 'learning-need', value: { answer: person.learningNeed, note: '' } },
    person.educationalNeeds !== '' && {
      kind: 'educational-needs',
      value: { support: person.educationalNeeds, note: '' }
    },
    said(person.gp) && { kind: 'gp', value: { practice: person.gp.trim(), phone: '' } },
    said(person.language) && {
      kind: 'language',
      value: { language: person.language.trim(), interpreter: person.interpreter || 'not-known' }
    },
    said(person.upn) && { kind: 'upn', value: { upn: person.upn.trim() } },
    person.schoolId !== '' && {
      kind: 'school',
      value: { schoolId: person.schoolId, name: person.schoolText.trim() }
    },
    said(person.address) && {
      kind: 'address',
      value: {
        address: person.address.trim(),
        postcode: findPostcode(person.address) ?? '',
        district,
        withheldFrom: []
      }
    },
    said(person.phone) && {
      kind: 'phone',
      value: {
        number: person.phone.trim(),
        note: '',
        mayLeaveMessage: person.mayLeaveMessage,
        maySayWho: person.maySayWho,
        withheldFrom: []
      }
    }
  ]
  return facts.filter((each) => each !== false)
}

/**
 * Of what a form tells of somebody who is in the record already, the facts that the record does not hold on this day: they
 * begin on it, and what they differ from stays readable. `rows` holds every version of this person's facts.
 */
export const newFactsOf = (
  told: readonly Fact[],
  rows: readonly FactRow[],
  personId: Id,
  on: CivilDate
): Fact[] =>
  told.filter((fact) => {
    const holding = isSeveral(fact.kind)
      ? factsOn(rows, personId, fact.kind, on)
      : [factOn(rows, personId, fact.kind, on)]
    return !holding.some((row) => row && saysTheSame(fact, row))
  })

const isSeveral = (kind: Fact['kind']): boolean => severalAtOnce.some((each) => each === kind)

function saysTheSame(told: Fact, { kind, value }: FactRow): boolean {
  const row = { kind, value } as Fact
  if (row.kind === 'language' && told.kind === 'language' && told.value.interpreter === 'not-known') {
    return fold(row.value.language) === fold(told.value.language)
  }
  return row.kind === told.kind && mark(told) === mark(row)
}

/** What tells one fact of a kind from another: a form knows no notes, and nothing of what is withheld. */
function mark({ kind, value }: Fact): string {
  switch (kind) {
    case 'name':
    case 'other-name':
      return value.name.trim()
    case 'address':
      return fold(value.address)
    case 'phone':
      return readPhone(value.number).digits
    case 'school':
      return value.schoolId
    case 'upn':
      return fold(value.upn)
    case 'gp':
      return fold(value.practice)
    case 'language':
      return `${fold(value.language)} ${value.interpreter}`
    case 'ethnicity':
      return value.ethnicity
    case 'disability':
    case 'learning-need':
      return value.answer
    case 'educational-needs':
      return value.support
    case 'asked-against':
      return value.practitionerId
    case 'relation':
      return `${value.personId} ${fold(value.relation)}`
    case 'birth':
    case 'expected-birth':
    case 'died':
    case 'sex':
    case 'warning':
    case 'hub':
    case 'restriction':
      return JSON.stringify(value)
  }
}

/** The id in a form of somebody who is carried over from a call or a check, so that the record can tell whom. */
export const carriedPersonId = (familyId: Id, childId: Id): Id => naturalId('carried', familyId, childId)
