import type { FieldError } from '../errors.ts'
import type { CivilDate, Id, Instant } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { londonDate, readTime, toInstant } from '../time/london.ts'
import type { NoteDraft } from './note.ts'

/** Nothing that a note tells of happened before: what is earlier is a slip of the keyboard. */
export const FIRST_DAY: CivilDate = '2000-01-01'

const isBlank = (text: string): boolean => text.trim() === ''

/**
 * When a note's visit, call or meeting happened, in London time (R54). Without a day it was today, and today without a time
 * it was now, as it is for whatever is added to a note. Undefined where the day or the time cannot be read, or an earlier
 * day has no time.
 */
export function happenedAt(
  { addsTo, happenedOn, happenedTime }: Pick<NoteDraft, 'addsTo' | 'happenedOn' | 'happenedTime'>,
  now: Instant
): Instant | undefined {
  if (addsTo !== '') return now
  const today = londonDate(now)
  const day = isBlank(happenedOn) ? today : readDate(happenedOn)
  if (isBlank(happenedTime)) return day === today ? now : undefined
  return toInstant(day, happenedTime)
}

/**
 * What stands between what was typed and a case note, in the order of the form (R54, L20). What is added to a note has
 * words and nothing else. `people`: everyone who belongs or belonged to the family.
 */
export function problemsWithNote(
  draft: NoteDraft,
  about: { people: readonly Id[]; now: Instant }
): FieldError[] {
  if (draft.addsTo !== '') return problemsWithWords(draft, 'Enter what you add')
  return [
    ...(draft.kind === '' ? [{ path: 'kind', message: 'Choose what the note tells of' }] : []),
    ...problemsWithTime(draft, about.now),
    ...problemsWithPeople(draft, about.people),
    ...problemsWithWords(draft, 'Enter the note'),
    ...problemsWithSeeing(draft)
  ]
}

function problemsWithTime(draft: NoteDraft, now: Instant): FieldError[] {
  const { happenedOn, happenedTime } = draft
  const today = londonDate(now)
  const day = isBlank(happenedOn) ? today : readDate(happenedOn)
  if (day === '') return [{ path: 'happenedOn', message: 'Enter a date like 23/11/2026' }]
  if (day > today) return [{ path: 'happenedOn', message: 'The day cannot be in the future' }]
  if (day < FIRST_DAY) return [{ path: 'happenedOn', message: 'Check the year' }]
  if (!isBlank(happenedTime) && readTime(happenedTime) === undefined) {
    return [{ path: 'happenedTime', message: 'Enter a time like 14:30' }]
  }
  const at = happenedAt(draft, now)
  if (at === undefined) return [{ path: 'happenedTime', message: 'Enter about what time it was' }]
  return at > now ? [{ path: 'happenedTime', message: 'The time cannot be in the future' }] : []
}

function problemsWithPeople({ aboutIds, presentIds }: NoteDraft, people: readonly Id[]): FieldError[] {
  const areOfFamily = (ids: readonly Id[]) => ids.every((id) => people.includes(id))
  return [
    ...(aboutIds.length > 0 && areOfFamily(aboutIds)
      ? []
      : [{ path: 'aboutIds', message: 'Choose whom it is about' }]),
    ...(areOfFamily(presentIds)
      ? []
      : [{ path: 'presentIds', message: 'Choose who was there from the people of the family' }])
  ]
}

const problemsWithWords = ({ words }: NoteDraft, message: string): FieldError[] =>
  isBlank(words) ? [{ path: 'words', message }] : []

function problemsWithSeeing({ familyMaySee, restrictedWhy }: NoteDraft): FieldError[] {
  if (familyMaySee === '') return [{ path: 'familyMaySee', message: 'Choose whether the family may see it' }]
  return familyMaySee === 'no' && isBlank(restrictedWhy)
    ? [{ path: 'restrictedWhy', message: 'Enter why the family may not see it' }]
    : []
}
