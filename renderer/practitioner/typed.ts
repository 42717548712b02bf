import type { FieldError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import {
  practitioner,
  type Practitioner,
  type PractitionerDetails
} from '../../shared/practitioner/practitioner.ts'
import { readDate, writeDate } from '../../shared/time/civilDate.ts'

const dates = ['trainedOn', 'standardsOn', 'registeredOn'] as const

/** What stands in the form: dates as they are typed. `employerText` is what stands in the field of the directory. */
export interface TypedPractitioner extends Omit<PractitionerDetails, 'employer'> {
  employer: PractitionerDetails['employer'] | ''
  employerText: string
}

/** A practitioner in the form's words; without one, a new one of this name. */
export const typedOf = (of: Practitioner | undefined, name: string): TypedPractitioner => ({
  name: of?.name ?? name,
  role: of?.role ?? '',
  employerId: of?.employerId ?? '',
  employer: of?.employer ?? '',
  employerText: of?.employerName ?? '',
  phone: of?.phone ?? '',
  email: of?.email ?? '',
  trainedOn: writeDate(of?.trainedOn ?? ''),
  standardsOn: writeDate(of?.standardsOn ?? ''),
  registeredOn: writeDate(of?.registeredOn ?? ''),
  id: of?.id ?? newId(),
  rowVersion: of?.rowVersion ?? 0
})

/** What the form stands for, right or not. */
export function detailsOf({ employerText: _, employer, ...typed }: TypedPractitioner): PractitionerDetails {
  const read = Object.fromEntries(dates.map((day) => [day, readDate(typed[day])]))
  return { ...typed, ...read, employer: employer || 'agency' }
}

export function problemsWithTyped(typed: TypedPractitioner): FieldError[] {
  const issues = practitioner.safeParse(detailsOf(typed)).error?.issues ?? []
  return [
    ...issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    ...dates
      .filter((day) => typed[day].trim() !== '' && readDate(typed[day]) === '')
      .map((path) => ({ path, message: 'Enter a date like 23/11/2026' }))
  ]
}
