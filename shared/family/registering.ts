import type { CivilDate } from '../ids.ts'
import { readBirth } from '../person/birth.ts'
import { findPostcode } from '../person/postcode.ts'
import { readDate } from '../time/civilDate.ts'
import type { Fact } from './fact.ts'
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
