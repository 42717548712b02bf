import type { CivilDate } from '../../shared/ids.ts'
import type {
  AllocationReason,
  Candidate,
  RankedCandidate,
  ReviewDate
} from '../../shared/stepDown/ranking.ts'
import { reasonsFor } from '../../shared/stepDown/ranking.ts'
import { shortDays } from '../keyworker/words.ts'
import { showDate } from '../words/dates.ts'

const dueWords: Record<ReviewDate['what'], string> = {
  finalise: 'the assessment is due',
  meeting: 'the team is to meet by'
}

/** What speaks for or against somebody, as their row says it. Room is told by their bars. */
const said: Record<AllocationReason, (candidate: Candidate) => string | string[]> = {
  keyworker: () => 'Is the keyworker of the open assessment',
  former: () => 'The decision names them as the former keyworker',
  'held-before': ({ heldUntil }) => `Held the family until ${showDate(heldUntil)}`,
  team: () => 'Is in the team around the family',
  school: () => 'Works at a school of the children',
  district: () => 'Works in the family’s district',
  hub: () => 'Works in the family’s hub, in another district',
  'hub-unknown': () => 'Not known whether they work in the family’s hub',
  elsewhere: () => 'Works in another hub',
  room: () => '',
  over: () => 'Would hold more than they can',
  'not-in': ({ notIn }) => notIn.map(awayForWords),
  declined: ({ declinedOn, declinedWhy }) => `Said no on ${showDate(declinedOn)}: ${declinedWhy}`
}

const awayForWords = ({ what, on }: ReviewDate): string =>
  what === 'finalise'
    ? `Away all the week before ${dueWords[what]}, ${showDate(on)}`
    : `Away all the week up to ${showDate(on)}, when ${dueWords[what]}`

const against: readonly AllocationReason[] = ['elsewhere', 'over', 'not-in', 'declined']

/** A line of a row: what it says, and whether it speaks against them. */
export interface ReasonLine {
  words: string
  isAgainst: boolean
}

/** Everything that speaks for and against somebody, and what else is asked of them, in the order of the ranking. */
export function reasonLines(candidate: Candidate): ReasonLine[] {
  const lines = reasonsFor(candidate).flatMap((reason) =>
    [said[reason](candidate)].flat().map((words) => ({ words, isAgainst: against.includes(reason) }))
  )
  const beside = [latelyWords(candidate), askedWords(candidate)].map((words) => ({ words, isAgainst: false }))
  return [...lines, ...beside].filter(({ words }) => words !== '')
}

/** "2 families given in the past 7 days" */
const latelyWords = ({ allocatedLately }: Candidate): string => {
  if (allocatedLately === 0) return 'No family given in the past 7 days'
  return `${allocatedLately === 1 ? '1 family' : `${String(allocatedLately)} families`} given in the past 7 days`
}

const askedWords = ({ asked }: Candidate): string => {
  if (asked === 0) return ''
  return asked === 1
    ? 'Asked to take another step-down, not answered yet'
    : `Asked to take ${String(asked)} other step-downs, not answered yet`
}

/** "Mon Wed Fri, term time only" */
export function worksWords({ weekdays, termTimeOnly }: Candidate): string {
  if (weekdays === '') return 'Nobody has said when'
  const days = weekdays === '12345' ? 'Mon to Fri' : shortDays(weekdays)
  return days + (termTimeOnly ? ', term time only' : '')
}

/** "Away 1 December 2026 to 8 December 2026" */
export const awayWords = ({ from, to }: { from: CivilDate; to: CivilDate }): string =>
  from === to ? `Away ${showDate(from)}` : `Away ${showDate(from)} to ${showDate(to)}`

/** "10 of 26 keyworkers, of every hub" */
export function countWords(shown: number, total: number, otherHubs: boolean): string {
  const people = total === 1 ? 'keyworker' : 'keyworkers'
  const count =
    shown < total
      ? `${shown.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} ${people}`
      : `${total.toLocaleString('en-GB')} ${people}`
  return otherHubs ? `${count}, of every hub` : count
}

/** What the button of a row says to whoever cannot see the row. */
export const assignLabel = ({ name, place }: RankedCandidate): string =>
  `Assign ${name}, place ${String(place)}`
