import type { ExportScope } from '../../shared/export/caseNotes.ts'
import type { Id } from '../../shared/ids.ts'
import { meetingName } from '../../shared/words/meeting.ts'
import { hub } from '../hub.ts'
import { showDate } from '../words/dates.ts'

export interface RecordOption {
  value: Id
  label: string
}

/** The records of an assessment that can be exported by themselves, the newest first; none where they cannot be read. */
export async function recordOptions(scope: ExportScope, episodeId: Id): Promise<RecordOption[]> {
  if (scope === 'meeting') {
    const answer = await hub['meeting.team']({ episodeId })
    if (!answer.ok) return []
    const held = answer.value.meetings.filter(({ records }) => records.length > 0)
    return held.map((meeting) => ({ value: meeting.id, label: meetingName(meeting) }))
  }
  if (scope !== 'step-up') return []
  const answer = await hub['stepUp.list']({ episodeId })
  if (!answer.ok) return []
  return answer.value.map(({ id, reference, requestedOn }) => ({
    value: id,
    label: `${reference}, requested on ${showDate(requestedOn)}`
  }))
}
