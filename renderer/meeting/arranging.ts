import type { FieldError } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { ArrangedMeeting, MeetingKind } from '../../shared/meeting/meeting.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import { readTime } from '../../shared/time/london.ts'

/** "Arrange a meeting" as it is typed. */
export interface Arranging {
  kind: MeetingKind | ''
  on: string
  startsAt: string
  place: string
  agenda: string
  /** Who is asked to come, and how; '' where nobody said. */
  invited: Id[]
  how: Record<Id, string>
}

/** What has no place in the schema: a time and a day as they are typed in England. */
export function problemsWithArranging({ kind, on, startsAt }: Arranging): FieldError[] {
  return [
    ...(kind ? [] : [{ path: 'kind', message: 'Choose which meeting it is' }]),
    ...(readDate(on) ? [] : [{ path: 'on', message: 'Enter a date, like 23/11/2026' }]),
    ...(startsAt.trim() === '' || readTime(startsAt)
      ? []
      : [{ path: 'startsAt', message: 'Enter a time like 14:30' }])
  ]
}

/** As it is sent, once nothing is wrong with it. */
export const arrangedFrom = (
  { kind, on, startsAt, place, agenda, invited, how }: Arranging,
  of: { id: Id; familyId: Id; episodeId: Id }
): ArrangedMeeting => ({
  ...of,
  kind: kind || 'other',
  on: readDate(on),
  startsAt: readTime(startsAt) ?? '',
  place,
  agenda,
  invited: invited.map((memberId) => ({ memberId, how: how[memberId] ?? '' }))
})
