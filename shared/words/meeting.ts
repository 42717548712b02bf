import type { Attendance, Meeting, MeetingKind } from '../meeting/meeting.ts'
import { showDate } from '../time/london.ts'

export const meetingKindLabels: Record<MeetingKind, string> = {
  first: 'First meeting',
  review: 'Review',
  other: 'Another meeting'
}

export const attendanceLabels: Record<Attendance, string> = {
  came: 'Came',
  apologies: 'Sent apologies',
  'did-not-come': 'Did not come'
}

/** `First meeting on 3 December 2026` */
export const meetingName = ({ kind, on }: Pick<Meeting, 'kind' | 'on'>): string =>
  `${kind === 'other' ? 'Meeting' : meetingKindLabels[kind]} on ${showDate(on)}`
