import { mayStart, problemsWithAgreement } from '../agreement/problems.ts'
import type { AgreeingPerson } from '../agreement/who.ts'
import type { FieldError } from '../errors.ts'
import type { CivilDate, Id } from '../ids.ts'
import { isEligible, readBirth } from '../person/birth.ts'
import { findPostcode } from '../person/postcode.ts'
import { mayBeGivenFamily, type Practitioner } from '../practitioner/practitioner.ts'
import type { Rules } from '../setting/inForce.ts'
import { readDate } from '../time/civilDate.ts'
import { addDays, ageOn } from '../time/london.ts'
import type { DraftPerson, RegistrationDraft } from './family.ts'

/** What the record knows of somebody who is in it already. */
export interface KnownInRecord {
  /** '' where it is not known. */
  birthDate: CivilDate
  /** R1: a learning need or disability is recorded. */
  hasNeed: boolean
}

/** What a registration form is checked against. */
export interface Registering {
  today: CivilDate
  rules: Pick<Rules, 'districts'>
  /** The chosen keyworker; undefined where nobody has this id. */
  practitioner: Pick<Practitioner, 'name' | 'trainedOn' | 'registeredOn' | 'leftOn'> | undefined
  /** By `personId`. Of somebody who is missing the page does not know, and the record decides. */
  known: ReadonlyMap<Id, KnownInRecord>
}

/** A child who is overdue is still unborn so many days after the expected date, and none is expected further ahead. */
const OVERDUE_DAYS = 28
const AHEAD_DAYS = 300

const isBlank = (...texts: string[]): boolean => texts.every((text) => text.trim() === '')

/** A card of the form that nobody wrote in; it is not filed. */
export const isEmptyPerson = (person: DraftPerson): boolean =>
  person.personId === '' &&
  person.schoolId === '' &&
  isBlank(
    person.name,
    person.birth,
    person.expected,
    person.upn,
    person.gp,
    person.language,
    person.relation,
    person.address,
    person.phone,
    person.schoolText
  )

/** Everyone of a form who may agree or refuse. They go by the form's own ids, also who is in the record already. */
export const agreeingInForm = (people: readonly DraftPerson[], today: CivilDate): AgreeingPerson[] =>
  people
    .filter((person) => !isEmptyPerson(person))
    .map(({ id, name, role, birth }) => {
      const read = readBirth(birth, today)
      const ageYears = read.kind === 'date' ? read.ageYears : undefined
      return { id, name, role, ageYears, ...(read.kind === 'date' ? { birthDate: read.date } : {}) }
    })

/** R24: an assessment starts with the registration where the family agreed to take part; otherwise none does. */
export const startsAssessment = ({ agreement }: RegistrationDraft): boolean => mayStart(agreement, false)

/**
 * What stands between a registration form and a family in the record, in the order of the form (R1, R22 to R27). Whether
 * the family was seen, whom it was offered and what else is known never block.
 */
export function problemsWithRegistration(draft: RegistrationDraft, about: Registering): FieldError[] {
  const people = draft.people.map((person, index) => ({ person, at: `people.${String(index)}` }))
  const filled = people.filter(({ person }) => !isEmptyPerson(person))
  return [
    ...filled.flatMap(({ person, at }) => problemsWithPerson(person, at, about)),
    ...problemsWithSamePerson(filled),
    ...problemsWithEligibility(filled, about),
    ...problemsWithAgreement(draft.agreement, {
      people: agreeingInForm(draft.people, about.today),
      today: about.today
    }).map(({ path, message }) => ({ path: `agreement.${path}`, message })),
    ...(startsAssessment(draft) ? problemsWithStart(draft, about) : [])
  ]
}

interface PlacedPerson {
  person: DraftPerson
  at: string
}

type Placed = Pick<Registering, 'today' | 'rules'>

/** What is missing of one person, or cannot be read; `at` is where they stand in the form. */
export function problemsWithPerson(person: DraftPerson, at: string, about: Placed): FieldError[] {
  const problems: FieldError[] = []
  if (person.role === '') problems.push({ path: `${at}.role`, message: 'Choose who this is in the family' })
  if (person.personId === '' && person.role !== 'unborn' && isBlank(person.name)) {
    problems.push({ path: `${at}.name`, message: 'Enter the name' })
  }
  const message =
    person.role === 'unborn' ? expectedMessage(person, about.today) : birthMessage(person, about)
  if (message !== '') {
    problems.push({ path: `${at}.${person.role === 'unborn' ? 'expected' : 'birth'}`, message })
  }
  if (person.role === 'child' && person.schoolId === '' && !isBlank(person.schoolText)) {
    problems.push({ path: `${at}.schoolId`, message: 'Choose the school from the list, or add it' })
  }
  return [...problems, ...problemsWithAddress(person, at, about)]
}

function expectedMessage({ expected, personId }: DraftPerson, today: CivilDate): string {
  if (isBlank(expected)) return personId === '' ? 'Enter the day on which the child is expected' : ''
  const day = readDate(expected)
  if (day === '') return 'Enter a date like 23/11/2026'
  if (day < addDays(today, -OVERDUE_DAYS)) return 'This day is past. If the child is born, choose “Child”'
  return day > addDays(today, AHEAD_DAYS) ? 'Check the day: it is more than ten months ahead' : ''
}

function birthMessage({ birth }: DraftPerson, { today }: Placed): string {
  const read = readBirth(birth, today)
  if (read.kind === 'unreadable') return read.message
  return read.kind === 'age'
    ? 'Enter the date of birth, like 3/9/15. If nobody knows it, leave this empty'
    : ''
}

/** Where they live says which local hub the family belongs to. */
function problemsWithAddress(person: DraftPerson, at: string, { rules }: Placed): FieldError[] {
  if (person.district !== '' && !rules.districts.some(({ key }) => key === person.district)) {
    return [{ path: `${at}.district`, message: 'Choose the district from the list' }]
  }
  if (isBlank(person.address) || person.district !== '' || findPostcode(person.address) !== undefined)
    return []
  return [{ path: `${at}.address`, message: 'Enter the postcode as well, or choose the district' }]
}

function problemsWithSamePerson(filled: readonly PlacedPerson[]): FieldError[] {
  const known = filled.filter(({ person }) => person.personId !== '')
  return known
    .filter(
      ({ person }, index) => known.findIndex((other) => other.person.personId === person.personId) !== index
    )
    .map(({ at }) => ({ path: `${at}.name`, message: 'This person is in the form already. Remove one' }))
}

/** R1, S0: under 18, or under 25 with a recorded learning need or disability; a child that is not born yet is under 18. */
function problemsWithEligibility(filled: readonly PlacedPerson[], about: Registering): FieldError[] {
  const children = filled.filter(({ person }) => person.role === 'child' || person.role === 'unborn')
  const [first] = children
  if (!first) return [{ path: 'people.0.name', message: 'Enter at least one child or unborn child' }]
  if (children.some(({ person }) => isEligibleChild(person, about))) return []
  const unread = children.find(({ person }) => birthDateOf(person, about) === '')
  if (unread && isBlank(unread.person.birth)) {
    return [
      {
        path: `${unread.at}.birth`,
        message: 'Enter the date of birth: at least one child must be shown to be young enough'
      }
    ]
  }
  return unread ? [] : [{ path: `${first.at}.birth`, message: NOT_ELIGIBLE }]
}

const NOT_ELIGIBLE =
  'Families First is for a child under 18, or under 25 with a learning need or disability. Check the dates of birth'

function isEligibleChild(person: DraftPerson, about: Registering): boolean {
  const inRecord = about.known.get(person.personId)
  const isForRecord = person.personId !== '' && !inRecord
  if (person.role === 'unborn' || isForRecord) return true
  const birthDate = birthDateOf(person, about)
  const saysNeed = [person.learningNeed, person.disability].includes('yes')
  return birthDate !== '' && isEligible(ageOn(birthDate, about.today), saysNeed || inRecord?.hasNeed === true)
}

/** As typed, or as the record has it. */
function birthDateOf({ birth, personId }: DraftPerson, { today, known }: Registering): CivilDate {
  const read = readBirth(birth, today)
  return read.kind === 'date' ? read.date : (known.get(personId)?.birthDate ?? '')
}

/** R2: why more than one agency is needed. R23: who is trained and registered may be given the family. */
function problemsWithStart(draft: RegistrationDraft, { practitioner, today }: Registering): FieldError[] {
  const problems: FieldError[] = []
  if (isBlank(draft.reason)) problems.push({ path: 'reason', message: 'Enter what the family needs' })
  if (draft.practitionerId === '' || !practitioner) {
    problems.push({ path: 'practitionerId', message: 'Choose the keyworker from the list' })
  } else if (!mayBeGivenFamily(practitioner, today)) {
    problems.push({
      path: 'practitionerId',
      message: `${practitioner.name} is not trained and registered on EHM yet, so cannot be given a family`
    })
  }
  return problems
}
