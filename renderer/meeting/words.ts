import type { DueDate } from '../../shared/episode/episode.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Meeting, TeamMember } from '../../shared/meeting/meeting.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { dueOnWords } from '../desk/dueWords.ts'
import { showDate, showDay } from '../words/dates.ts'

export * from '../../shared/words/meeting.ts'

/** How somebody is invited, or given a record: the words are kept as they are here. */
export const wayOptions = ['By e-mail', 'By letter', 'By phone', 'In person'].map((way) => ({
  value: way,
  label: way
}))

/** `Thursday 3 December 2026, 14:30, Hertford Family Centre` */
export const whenAndWhere = ({ on, startsAt, place }: Pick<Meeting, 'on' | 'startsAt' | 'place'>): string =>
  [showDay(on), startsAt, place].filter((part) => part !== '').join(', ')

/** `01992 555 200, ash@harbour.example` */
export const contactWords = ({ phone, email }: Pick<TeamMember, 'phone' | 'email'>): string =>
  [phone && readPhone(phone).national, email].filter((part) => part !== '').join(', ')

/** `from 23 November 2026 to 1 December 2026` */
export const spanOf = ({ validFrom, validTo }: Pick<TeamMember, 'validFrom' | 'validTo'>): string =>
  `from ${showDate(validFrom)}${validTo ? ` to ${showDate(validTo)}` : ''}`

/** Under this id somebody's record of a meeting is unfinished: begun again, it is gone on with. */
export const recordId = ({ id, records }: Pick<Meeting, 'id' | 'records'>, accountId: Id): Id =>
  naturalId('meeting record', id, accountId, String(records.length))

/** The same of a meeting that nobody arranged, beside those that are known. */
export const heldRecordId = (episodeId: Id, meetings: readonly Meeting[], accountId: Id): Id =>
  naturalId('meeting held', episodeId, accountId, String(meetings.length))

/** `Record due Thursday`, `Record made on 4 December 2026`: what became of a due date of a meeting. */
export function dueOfMeeting(due: DueDate, today: CivilDate): { text: string; overdue: boolean } {
  const what = due.rule === 'R34-record' ? 'Record' : 'Copy for the family'
  if (due.doneOn !== '') {
    const done = due.rule === 'R34-record' ? 'Recorded on' : 'Copy given to the family on'
    return { text: `${done} ${showDate(due.doneOn)}`, overdue: false }
  }
  const { text, overdue } = dueOnWords(due.dueOn, today)
  const closed = due.closedDay ? ` (${due.closedDay})` : ''
  return { text: `${what}: ${text.charAt(0).toLowerCase()}${text.slice(1)}${closed}`, overdue }
}

/** What stands in "Status" of a meeting. */
export function statusOf({ ending, on }: Pick<Meeting, 'ending' | 'on'>, today: CivilDate) {
  if (ending === 'cancelled') return { text: 'Cancelled', tone: '' }
  if (ending === 'done') return { text: 'Held', tone: 'good' }
  return on < today ? { text: 'Not recorded yet', tone: 'warn' } : { text: 'Planned', tone: '' }
}
