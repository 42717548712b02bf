import type { FamilyToCover, Taker } from '../cover/cover.ts'
import { problemsWithWho } from '../cover/arranging.ts'
import type { FieldError } from '../errors.ts'
import type { CivilDate, Id } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { addDays, showDate } from '../time/london.ts'
import type { ReassignmentDraft, ReassignmentPartDraft } from './reassignment.ts'

/** How far from today the others may begin, in days: a slip of the keyboard must not wait for years. */
const WITHIN_DAYS = 366

/** What a reassignment is checked against. */
export interface AboutReassignment {
  today: CivilDate
  /** What goes to others. */
  families: readonly FamilyToCover[]
  takers: ReadonlyMap<Id, Taker>
}

const isBlank = (text: string): boolean => text.trim() === ''

/** A form that nobody has typed in (L4). */
export const emptyReassignment = (
  ids: Pick<ReassignmentDraft, 'id' | 'practitionerId'>
): ReassignmentDraft => ({
  ...ids,
  ...{ fromDay: '', why: '', parts: [] }
})

export const emptyReassignmentPart = ({
  familyId,
  episodeId
}: Pick<ReassignmentPartDraft, 'familyId' | 'episodeId'>): ReassignmentPartDraft => ({
  ...{ familyId, episodeId, practitionerId: '', toldOn: '' }
})

const A_DATE = 'Enter a date like 23/11/2026'

/** What is wrong with the day and the reason alone: the families are known only once the day is. */
export function problemsWithReassignmentDay(draft: ReassignmentDraft, today: CivilDate): FieldError[] {
  const why = isBlank(draft.why) ? [{ path: 'why', message: 'Enter why they leave' }] : []
  const day = reassignmentDay(draft, today)
  if (day !== '') return why
  const isRead = readDate(draft.fromDay) !== ''
  const [first, last] = [addDays(today, -WITHIN_DAYS), addDays(today, WITHIN_DAYS)]
  const message = isRead ? `Enter a day between ${showDate(first)} and ${showDate(last)}` : A_DATE
  return [{ path: 'fromDay', message }, ...why]
}

/** The first day on which others have the families; '' as long as it cannot be read or is too far off. */
export function reassignmentDay(
  { fromDay }: Pick<ReassignmentDraft, 'fromDay'>,
  today: CivilDate
): CivilDate {
  const day = readDate(fromDay)
  const isNear = day >= addDays(today, -WITHIN_DAYS) && day <= addDays(today, WITHIN_DAYS)
  return day !== '' && isNear ? day : ''
}

/**
 * What stands between what was typed and a reassignment, in the order of the form: the day, why, and of each family who has
 * it then. When the family is told may be left open (R37). Paths are those of `ReassignmentDraft`.
 */
export function problemsWithReassignment(
  draft: ReassignmentDraft,
  { today, families, takers }: AboutReassignment
): FieldError[] {
  const ofEpisode = new Map(families.map((family) => [family.episodeId, family]))
  return [
    ...problemsWithReassignmentDay(draft, today),
    ...draft.parts.flatMap(({ episodeId, practitionerId, toldOn }, index) => {
      const path = `parts.${String(index)}`
      const family = ofEpisode.get(episodeId)
      return family
        ? [
            ...problemsWithWho(practitionerId, `${path}.practitionerId`, family, takers),
            ...problemsWithTelling(toldOn, `${path}.toldOn`, today)
          ]
        : []
    })
  ]
}

function problemsWithTelling(toldOn: string, path: string, today: CivilDate): FieldError[] {
  if (isBlank(toldOn)) return []
  const on = readDate(toldOn)
  if (on === '') return [{ path, message: A_DATE }]
  return on > today ? [{ path, message: 'The day cannot be in the future' }] : []
}

/** What a form says. */
export function saidInReassignment({ practitionerId, fromDay, why, parts }: ReassignmentDraft) {
  return {
    reassignment: { practitionerId, fromDay: readDate(fromDay), why: why.trim() },
    parts: parts.map((part) => ({ ...part, toldOn: readDate(part.toldOn) }))
  }
}
export type SaidInReassignment = ReturnType<typeof saidInReassignment>
