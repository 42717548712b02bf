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

/** Who is or was the keyworker, a line each, the one of this day first: `Priya Shah, Lantern Trust, 07700 900123, from …`. */
export function keyworkerLines({ keyworkers }: Pick<EpisodeRow, 'keyworkers'>, on: CivilDate): string[] {
  if (keyworkers.length === 0) return ['None yet']
  const isNow = ({ validFrom, validTo }: Keyworker) => validFrom <= on && (validTo === '' || validTo >= on)
  const inOrder = keyworkers.toSorted((a, b) => Number(isNow(b)) - Number(isNow(a)))
  return inOrder.map((each) =>
    [
      each.name,
      each.agencyName,
      each.phone && readPhone(each.phone).national,
      `from ${showDate(each.validFrom)}${until(each)}`
    ]
      .filter(Boolean)
      .join(', ')
  )
}
