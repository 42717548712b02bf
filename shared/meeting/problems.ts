import type { FieldError } from '../errors.ts'
import type { CivilDate, Id } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { showDate } from '../time/london.ts'
import type { ArrangedMeeting, Meeting, MeetingDraft, TeamMember, TeamMemberVersion } from './meeting.ts'
import { alreadyInTeam } from './team.ts'

const isBlank = (text: string): boolean => text.trim() === ''

/**
 * What stands between what was typed and somebody of the team (R33, L19). `team`: every version of everybody in it;
 * `people`: the records that count of everybody who belongs or belonged to the family.
 */
export function problemsWithMember(
  version: TeamMemberVersion,
  { team, people }: { team: readonly TeamMember[]; people: readonly Id[] }
): FieldError[] {
  const isLaterVersion = version.ofId !== version.id
  const twin = version.inError ? undefined : alreadyInTeam(team, version)
  return [
    ...problemsWithWho(version, people),
    ...(twin ? [{ path: whoPath(version), message: `${twin.name} is in the team already` }] : []),
    ...(version.validTo !== '' && version.validTo < version.validFrom
      ? [{ path: 'validTo', message: 'Enter a last day on or after the first day' }]
      : []),
    ...(isLaterVersion && isBlank(version.reason)
      ? [{ path: 'reason', message: 'Enter why it is changed' }]
      : [])
  ]
}

const whoPath = ({ personId, practitionerId }: TeamMemberVersion): string =>
  personId ? 'personId' : practitionerId ? 'practitionerId' : 'name'

function problemsWithWho(version: TeamMemberVersion, people: readonly Id[]): FieldError[] {
  const { id, ofId, personId, practitionerId, name, phone, email, employer, employerId } = version
  const said = [personId, practitionerId, name].filter((each) => !isBlank(each))
  if (said.length !== 1) return [{ path: 'name', message: 'Enter who it is' }]
  // whoever turned out to be no one of the family can still leave the team
  if (id === ofId && personId !== '' && !people.includes(personId)) {
    return [{ path: 'personId', message: 'Choose somebody of the family' }]
  }
  // what is withheld of them would be told here
  if (isBlank(name) && [phone, email, employer, employerId].some((each) => each !== '')) {
    return [{ path: 'phone', message: 'Leave this to their own entry' }]
  }
  return (employer === '') === (employerId === '')
    ? []
    : [{ path: 'employerId', message: 'Choose the agency or school from the list' }]
}

/** L28: a meeting is arranged for today or later, and asks nobody twice. `team`: ids of everybody in the team. */
export function problemsWithArranging(
  { on, invited }: ArrangedMeeting,
  { team, today }: { team: readonly Id[]; today: CivilDate }
): FieldError[] {
  const asked = invited.map(({ memberId }) => memberId)
  const isOfTeam = asked.every((memberId) => team.includes(memberId)) && new Set(asked).size === asked.length
  return [
    ...(on < today ? [{ path: 'on', message: 'Enter today or a later day' }] : []),
    ...(isOfTeam ? [] : [{ path: 'invited', message: 'Choose who is invited from the team' }])
  ]
}

/** What a record goes by: the meeting as it stands, undefined for one that was never arranged. */
export interface Recording {
  meeting: Pick<Meeting, 'on' | 'kind'> | undefined
  /** The day of the record that this one adds to; '' for the first. */
  recordedDay: CivilDate
  registeredOn: CivilDate
  /** Ids of everybody in the team, at any time. */
  team: readonly Id[]
  today: CivilDate
}

/** The day it was held: what is added to a record is of the same day. One that cannot be read counts as none. */
export const heldOn = (draft: MeetingDraft, { meeting, recordedDay }: Recording): CivilDate =>
  recordedDay || (isBlank(draft.heldOn) ? (meeting?.on ?? '') : readDate(draft.heldOn))

/** What stands between what was typed and the record of a meeting (R34), in the order of the form. */
export function problemsWithRecord(draft: MeetingDraft, recording: Recording): FieldError[] {
  const isFirst = recording.recordedDay === ''
  const came = draft.attendance.filter(({ attendance }) => attendance !== '')
  const said = draft.attendance.map(({ memberId }) => memberId)
  const isOfTeam =
    said.every((memberId) => recording.team.includes(memberId)) && new Set(said).size === said.length
  return [
    ...(!recording.meeting && draft.kind === ''
      ? [{ path: 'kind', message: 'Choose which meeting it was' }]
      : []),
    ...(isFirst ? problemsWithDay(draft, recording) : []),
    ...(!isOfTeam || (isFirst && came.length === 0)
      ? [{ path: 'attendance', message: 'Choose who came, for at least one of the team' }]
      : []),
    ...(isBlank(draft.record) ? [{ path: 'record', message: 'Enter what was said' }] : [])
  ]
}

function problemsWithDay(draft: MeetingDraft, recording: Recording): FieldError[] {
  const day = heldOn(draft, recording)
  const at = (message: string) => [{ path: 'heldOn', message }]
  if (day === '') {
    return at(isBlank(draft.heldOn) ? 'Enter the day it was held' : 'Enter a date, like 23/11/2026')
  }
  if (day > recording.today) return at('Enter the day it was held: today or an earlier day')
  if (day < recording.registeredOn) {
    return at(`Enter a day from ${showDate(recording.registeredOn)} on, when the assessment was registered`)
  }
  return []
}

/** R34: a copy is given when there is something to give. `heldDay`: '' where nothing is recorded. */
export function problemsWithCopy(on: CivilDate, heldDay: CivilDate, today: CivilDate): FieldError[] {
  if (heldDay === '') return [{ path: 'meetingId', message: 'Record the meeting first' }]
  if (on > today) return [{ path: 'on', message: 'Enter today or an earlier day' }]
  return on < heldDay ? [{ path: 'on', message: 'Enter a day on or after the meeting' }] : []
}
