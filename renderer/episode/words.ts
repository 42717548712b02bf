import type { EpisodeRecord, EpisodeRow } from '../../shared/episode/episode.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { listed } from '../note/words.ts'
import { showDate } from '../words/dates.ts'

/** Whose assessment it is, where the page says what was done: `FFA-7KQ3-000001 of Robin Vale and Sam Vale`. */
export function assessmentName({ reference, people }: Pick<EpisodeRecord, 'reference' | 'people'>): string {
  const children = people.filter(({ isHere, role, name }) => isHere && role === 'child' && name !== '')
  return [reference, listed(children.map(({ name }) => name))].filter(Boolean).join(' of ')
}

type Keyworker = EpisodeRow['keyworkers'][number]

const until = ({ validTo }: Keyworker): string => (validTo ? ` to ${showDate(validTo)}` : '')
const isOn = ({ validFrom, validTo }: Keyworker, on: CivilDate) =>
  validFrom <= on && (validTo === '' || validTo >= on)
/** How somebody is reached: `Priya Shah, Lantern Trust, 07700 900123`. */
const reached = ({ name, agencyName, phone }: Keyworker): string =>
  [name, agencyName, phone && readPhone(phone).national].filter(Boolean).join(', ')

const as = ({ isCover }: Keyworker): string => (isCover ? ', standing in' : '')

/**
 * Who is, will be or was the keyworker, a line each: `Priya Shah, Lantern Trust, 07700 900123, from …`. The one of this day
 * stands first, then whoever comes, the next one first, then whoever had it before, the last one first.
 */
export function keyworkerLines({ keyworkers }: Pick<EpisodeRow, 'keyworkers'>, on: CivilDate): string[] {
  if (keyworkers.length === 0) return ['None yet']
  const oldestFirst = keyworkers.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  const inOrder = [
    ...oldestFirst.filter((each) => isOn(each, on)),
    ...oldestFirst.filter(({ validFrom }) => validFrom > on),
    ...oldestFirst.filter(({ validTo }) => validTo !== '' && validTo < on).toReversed()
  ]
  return inOrder.map((each) => `${reached(each)}${as(each)}, from ${showDate(each.validFrom)}${until(each)}`)
}

/** What somebody of the team is in it who is its keyworker: of one assessment one is, whoever else stands in (R33, R40). */
export function keyworkerTag(
  { practitionerId }: Pick<Keyworker, 'practitionerId'>,
  { keyworkers }: Pick<EpisodeRow, 'keyworkers'>,
  on: CivilDate
): string {
  const now = keyworkers.find((each) => isOn(each, on))
  if (!now?.isCover) return 'Keyworker'
  return now.practitionerId === practitionerId ? 'Stands in as keyworker' : 'Keyworker, covered'
}

/**
 * Whose it is on a day, and whose next: `Jo Vale, Lantern Trust, 07700 900123, until 2 December 2026`, `Then Priya Shah, …`.
 * Whoever had it before is left out.
 */
export function whoseNow({ keyworkers }: Pick<EpisodeRow, 'keyworkers'>, on: CivilDate): string[] {
  const now = keyworkers.find((each) => isOn(each, on))
  const next = keyworkers.findLast(({ validFrom }) => validFrom > on)
  const nowWords = now
    ? [`${reached(now)}${as(now)}${now.validTo && `, until ${showDate(now.validTo)}`}`]
    : []
  const nextWords = next
    ? [`${now ? 'Then ' : ''}${reached(next)}${as(next)}, from ${showDate(next.validFrom)}`]
    : []
  return [...nowWords, ...nextWords]
}
