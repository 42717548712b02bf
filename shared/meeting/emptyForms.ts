import type { Id } from '../ids.ts'
import type { MeetingDraft } from './meeting.ts'

/** "Record this meeting", as it is begun. */
export const emptyMeetingDraft = (of: {
  id: Id
  familyId: Id
  episodeId: Id
  meetingId: Id
}): MeetingDraft => ({
  ...of,
  kind: '',
  heldOn: '',
  attendance: [],
  record: '',
  decisions: '',
  familyViews: ''
})
