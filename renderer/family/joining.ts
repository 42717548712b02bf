import { emptyPerson } from '../../shared/family/emptyForms.ts'
import type { DraftPerson } from '../../shared/family/family.ts'
import type { FieldError } from '../../shared/errors.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { readBirth } from '../../shared/person/birth.ts'
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

const unreadable = 'Enter a date, like 23/11/2026'

/** What is missing or cannot be read, by field. */
export function problemsWithJoining({ step, person, from }: Joining, today: CivilDate): FieldError[] {
  const birth = readBirth(person.birth, today)
  const isNew = step === 'new'
  const isUnborn = person.role === 'unborn'
  const found: (FieldError | false)[] = [
    person.role === '' && { path: 'person.role', message: 'Choose what they are in the family' },
    isNew && !isUnborn && person.name.trim() === '' && { path: 'person.name', message: 'Enter the name' },
    isNew && birth.kind === 'unreadable' && { path: 'person.birth', message: birth.message },
    isNew &&
      isUnborn &&
      readDate(person.expected) === '' && {
        path: 'person.expected',
        message: 'Enter when the child is expected, like 23/11/2026'
      },
    from.trim() !== '' && readDate(from) === '' && { path: 'from', message: unreadable }
  ]
  return found.filter((each) => each !== false)
}
