import type { FieldError } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { TeamMember, TeamMemberVersion } from '../../shared/meeting/meeting.ts'
import { readDate, writeDate } from '../../shared/time/civilDate.ts'

/** Where somebody of the team comes from. */
export type Origin = '' | 'family' | 'directory' | 'other'

export const originLabels: Record<Exclude<Origin, ''>, string> = {
  family: 'Somebody of the family',
  directory: 'A practitioner of the directory',
  other: 'Somebody else'
}

/** "Add to the team" as it is typed. */
export interface Joining {
  origin: Origin
  personId: Id
  practitionerId: Id
  practitionerText: string
  name: string
  role: string
  employer: '' | 'agency' | 'school'
  employerId: Id
  employerText: string
  phone: string
  email: string
  from: string
}

export const emptyJoining = (today: string): Joining => ({
  ...{ origin: '', personId: '', practitionerId: '', practitionerText: '', name: '', role: '' },
  ...{ employer: '', employerId: '', employerText: '', phone: '', email: '', from: writeDate(today) }
})

interface Of {
  id: Id
  familyId: Id
  episodeId: Id
}

/** As it is sent: what was typed for another origin before is left out. A day that cannot be read is ''. */
export function joined(typed: Joining, of: Of): TeamMemberVersion {
  const isOther = typed.origin === 'other'
  return {
    ...{ ...of, ofId: of.id, basedOn: '', role: typed.role, validTo: '', inError: false, reason: '' },
    personId: typed.origin === 'family' ? typed.personId : '',
    practitionerId: typed.origin === 'directory' ? typed.practitionerId : '',
    name: isOther ? typed.name : '',
    employer: isOther ? typed.employer : '',
    employerId: isOther ? typed.employerId : '',
    phone: isOther ? typed.phone : '',
    email: isOther ? typed.email : '',
    validFrom: readDate(typed.from)
  }
}

/** What only the form can tell: which question has no answer yet. */
export function problemsWithJoining(typed: Joining): FieldError[] {
  const missing: Record<Origin, FieldError | undefined> = {
    '': { path: 'origin', message: 'Choose where they come from' },
    family: typed.personId ? undefined : { path: 'personId', message: 'Choose who it is' },
    directory: typed.practitionerId
      ? undefined
      : { path: 'practitionerId', message: 'Choose the practitioner from the list' },
    other: typed.name.trim() ? undefined : { path: 'name', message: 'Enter their name' }
  }
  const found = missing[typed.origin]
  return [
    ...(found ? [found] : []),
    ...(typed.origin === 'other' && typed.employerText.trim() !== '' && typed.employerId === ''
      ? [{ path: 'employerId', message: 'Choose the agency or school from the list, or leave it empty' }]
      : []),
    ...(readDate(typed.from) ? [] : [{ path: 'from', message: 'Enter a date, like 23/11/2026' }])
  ]
}

/** What has happened to somebody of the team. */
export type Way = 'leaves' | 'changed' | 'in-error'

export const wayLabels: Record<Way, string> = {
  leaves: 'They leave the team',
  changed: 'Something about them has changed',
  'in-error': 'They were never in the team'
}

/** "Change" as it is typed. */
export interface Changing {
  way: Way
  on: string
  role: string
  phone: string
  email: string
  reason: string
}

/** A version after this one; a day that cannot be read is ''. */
export function changed(member: TeamMember, typed: Changing, of: Of): TeamMemberVersion {
  const isOther = member.personId === '' && member.practitionerId === ''
  return {
    ...{ ...of, ofId: member.ofId, basedOn: member.id },
    ...{ personId: member.personId, practitionerId: member.practitionerId },
    name: isOther ? member.name : '',
    role: typed.way === 'changed' ? typed.role : member.role,
    employer: isOther ? member.employer : '',
    employerId: isOther ? member.employerId : '',
    phone: isOther ? (typed.way === 'changed' ? typed.phone : member.phone) : '',
    email: isOther ? (typed.way === 'changed' ? typed.email : member.email) : '',
    validFrom: member.validFrom,
    validTo: typed.way === 'leaves' ? readDate(typed.on) : member.validTo,
    inError: typed.way === 'in-error',
    reason: typed.reason
  }
}

export function problemsWithChanging(typed: Changing, { validFrom }: TeamMember): FieldError[] {
  const on = readDate(typed.on)
  const unread = { path: 'on', message: 'Enter a date, like 23/11/2026' }
  const early = { path: 'on', message: 'Enter a day on or after they joined' }
  return [
    ...(typed.way === 'leaves' && on === '' ? [unread] : []),
    ...(typed.way === 'leaves' && on !== '' && on < validFrom ? [early] : []),
    ...(typed.reason.trim() === '' ? [{ path: 'reason', message: 'Enter why' }] : [])
  ]
}
