import { showDate } from '../time/london.ts'
import type { Days, FamilyToCover, Taker } from './cover.ts'
import { overlap } from './loads.ts'

/**
 * Why somebody cannot have a family on its days: they are not trained and registered on the first of them (R23), are away
 * or stood in for themselves, or are the very keyworker whose family it is. '' where they can.
 */
export function takerProblem(taker: Taker, { days }: Pick<FamilyToCover, 'days'>): string {
  const first = days[0]?.from ?? ''
  if (taker.givableFrom === '')
    return 'They are not trained and registered on EHM, so they cannot be given a family'
  if (taker.givableFrom > first)
    return `They cannot be given a family before ${showDate(taker.givableFrom)}, when they are trained and registered`
  if (days.some(({ keyworkerId }) => keyworkerId === taker.practitionerId))
    return 'They are its keyworker, and this is cover for them. Choose somebody else'
  // whoever is its keyworker for good may be away for a while: others stand in for them then
  const standsIn = days.filter(({ isForGood }) => !isForGood)
  const away = taker.away.find((each) => standsIn.some((held) => overlap(held, each)))
  return away ? `They are away themselves ${awayWords(away)}` : ''
}

const awayWords = ({ from, to }: Days) =>
  from === to ? `on ${showDate(from)}` : `from ${showDate(from)} to ${showDate(to)}`
