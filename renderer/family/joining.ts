import { emptyPerson } from '../../shared/family/emptyForms.ts'
import type { DraftPerson } from '../../shared/family/family.ts'
import { problemsWithPerson } from '../../shared/family/problems.ts'
import type { FieldError } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import { readDate } from '../../shared/time/civilDate.ts'

/** Somebody who joins the family, as the form has it. */
export interface Joining {
  /** Looked for first; then somebody who was found, or somebody new (L15). */
  step: 'find' | 'known' | 'new'
  person: DraftPerson
  /** What somebody known is called. */
  knownName: string
  from: string
  reason: string
}

export const emptyJoining = (personId: Id): Joining => ({
  step: 'find',
  person: emptyPerson(personId),
  knownName: '',
  from: '',
  reason: ''
})

/** The person as they are sent: of somebody known nothing but who they are and what they are here. */
export const personOf = ({ step, person }: Joining): DraftPerson =>
  step === 'new'
    ? { ...person, personId: '' }
    : { ...emptyPerson(person.id), personId: person.personId, role: person.role }

/** What is missing or cannot be read, by field. */
export function problemsWithJoining(
  joining: Joining,
  { today, rules }: { today: CivilDate; rules: Rules }
): FieldError[] {
  const isUnreadable = joining.from.trim() !== '' && readDate(joining.from) === ''
  return [
    ...problemsWithPerson(personOf(joining), 'person', { today, rules }),
    ...(isUnreadable ? [{ path: 'from', message: 'Enter a date, like 23/11/2026' }] : [])
  ]
}
