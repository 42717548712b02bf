import type { EpisodeRow } from '../../shared/episode/episode.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { readPhone } from '../../shared/person/phone.ts'
import { showDate } from '../words/dates.ts'

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
