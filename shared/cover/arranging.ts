import type { FieldError } from '../errors.ts'
import type { CivilDate, Id } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { addDays, showDate } from '../time/london.ts'
import type { CoverDraft, CoverPartDraft, Days, FamilyToCover, Taker } from './cover.ts'
import { takerProblem } from './taker.ts'

/** Longer than this somebody else is to be the keyworker: that is a transfer. */
const MOST_DAYS = 366

/** What a cover is checked against. */
export interface AboutCover {
  today: CivilDate
  /** What the absent keyworker holds on the days. */
  families: readonly FamilyToCover[]
  takers: ReadonlyMap<Id, Taker>
}

const isBlank = (text: string): boolean => text.trim() === ''

/** A form that nobody has typed in (L4). */
export const emptyCover = (ids: Pick<CoverDraft, 'id' | 'practitionerId'>): CoverDraft => ({
  ...ids,
  ...{ fromDay: '', toDay: '', why: '', absenceId: '', parts: [] }
})

export const emptyCoverPart = ({
  familyId,
  episodeId
}: Pick<CoverPartDraft, 'familyId' | 'episodeId'>): CoverPartDraft => ({
  ...{ familyId, episodeId },
  ...{ practitionerId: '', nobodyFound: false, toldOn: '', notToldWhy: '', note: '' }
})

/** The days that were typed; undefined as long as they cannot be read, or the last comes before the first. */
export function coverDays({ fromDay, toDay }: Pick<CoverDraft, 'fromDay' | 'toDay'>): Days | undefined {
  const days = { from: readDate(fromDay), to: readDate(toDay) }
  const isRead = days.from !== '' && days.to !== '' && days.from <= days.to
  return isRead && days.to <= addDays(days.from, MOST_DAYS - 1) ? days : undefined
}

const A_DATE = 'Enter a date like 23/11/2026'

/** What is wrong with the days and the reason alone: the families are known only once the days are. */
export function problemsWithCoverDays(draft: CoverDraft): FieldError[] {
  const [from, to] = [readDate(draft.fromDay), readDate(draft.toDay)]
  return [
    ...(from === '' ? [{ path: 'fromDay', message: A_DATE }] : []),
    ...(to === '' ? [{ path: 'toDay', message: A_DATE }] : []),
    ...(from !== '' && to !== '' ? problemsWithLength(from, to) : []),
    ...(isBlank(draft.why) ? [{ path: 'why', message: 'Enter why they are away' }] : [])
  ]
}

function problemsWithLength(from: CivilDate, to: CivilDate): FieldError[] {
  const path = 'toDay'
  if (to < from) return [{ path, message: 'Enter the first day or a later one' }]
  return to > addDays(from, MOST_DAYS - 1)
    ? [{ path, message: 'Cover is for a year at most. Transfer the families instead' }]
    : []
}

/**
 * What stands between what was typed and a cover, in the order of the form (C9, R40): the days, why, and of each family
 * who stands in, or that nobody was found; and the day on which it was told before, or why it was not. Paths are those of
 * `CoverDraft`.
 */
export function problemsWithCover(draft: CoverDraft, about: AboutCover): FieldError[] {
  const ofEpisode = new Map(about.families.map((family) => [family.episodeId, family]))
  return [
    ...problemsWithCoverDays(draft),
    ...draft.parts.flatMap((part, index) => {
      const family = ofEpisode.get(part.episodeId)
      return family ? problemsWithPart(part, `parts.${String(index)}`, family, about) : []
    })
  ]
}

function problemsWithPart(
  part: CoverPartDraft,
  path: string,
  family: FamilyToCover,
  { today, takers }: AboutCover
): FieldError[] {
  return [
    ...(part.nobodyFound
      ? []
      : problemsWithWho(part.practitionerId, `${path}.practitionerId`, family, takers)),
    ...problemsWithTelling(part, path, family, today)
  ]
}

/** Of whom a family is given to; said in the same words where it is given for good. */
export function problemsWithWho(
  practitionerId: Id,
  path: string,
  family: FamilyToCover,
  takers: ReadonlyMap<Id, Taker>
): FieldError[] {
  if (practitionerId === '') return [{ path, message: `Choose who takes family ${family.reference}` }]
  const taker = takers.get(practitionerId)
  const message = taker ? takerProblem(taker, family) : 'Choose somebody from the list'
  return message === '' ? [] : [{ path, message }]
}

/** R40: the family is told before the change; of a sudden illness the reason stands instead. */
function problemsWithTelling(
  { toldOn, notToldWhy }: CoverPartDraft,
  path: string,
  { days, reference }: FamilyToCover,
  today: CivilDate
): FieldError[] {
  const at = `${path}.toldOn`
  const first = days[0]?.from ?? today
  if (isBlank(toldOn)) {
    const message = `Enter when family ${reference} was told, or why it was not`
    return isBlank(notToldWhy) ? [{ path: at, message }] : []
  }
  const on = readDate(toldOn)
  if (on === '') return [{ path: at, message: A_DATE }]
  if (on > today) return [{ path: at, message: 'The day cannot be in the future' }]
  return on > first
    ? [
        {
          path: at,
          message: `Cover began on ${showDate(first)}. Leave this empty and say why they were not told before`
        }
      ]
    : []
}

/** What is kept of a part, whatever else was typed. */
export interface SaidOfPart {
  familyId: Id
  episodeId: Id
  /** '' where nobody was found. */
  practitionerId: Id
  toldOn: CivilDate
  notToldWhy: string
  note: string
}

/** What a form says, in the order of the assessments: told a second time it is the same. */
export function saidInCover({ fromDay, toDay, why, absenceId, practitionerId, parts }: CoverDraft) {
  return {
    cover: { practitionerId, fromDay: readDate(fromDay), toDay: readDate(toDay), why: why.trim(), absenceId },
    parts: parts
      .map((part): SaidOfPart => {
        const toldOn = readDate(part.toldOn)
        return {
          familyId: part.familyId,
          episodeId: part.episodeId,
          practitionerId: part.nobodyFound ? '' : part.practitionerId,
          toldOn,
          notToldWhy: toldOn === '' ? part.notToldWhy.trim() : '',
          note: part.note.trim()
        }
      })
      .toSorted((a, b) => (a.episodeId < b.episodeId ? -1 : 1))
  }
}
