import type { EpisodeRecord, EpisodeRow, EpisodeState, StepKind } from '../../shared/episode/episode.ts'
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

const path: readonly EpisodeState[] = ['registered', 'set-up', 'assessing', 'plan-agreed', 'reviewing']

/** The state that a step leads to; to finalise leads to none (R32). */
const reachedBy: Record<StepKind, EpisodeState | undefined> = {
  'set-up': 'set-up',
  start: 'assessing',
  finalise: undefined,
  'agree-plan': 'plan-agreed'
}

/** Every state on the way, and whether it is past, now or to come; of one that has ended also how. */
export function stepRow({
  state,
  steps
}: Pick<EpisodeRecord, 'state' | 'steps'>): { state: EpisodeState; place: 'past' | 'now' | 'later' }[] {
  const here = path.indexOf(state)
  if (here >= 0)
    return path.map((each, place) => ({
      state: each,
      place: place < here ? 'past' : place === here ? 'now' : 'later'
    }))
  const done = ['registered', ...steps.map(({ step }) => reachedBy[step])]
  return [
    ...path.filter((each) => done.includes(each)).map((each) => ({ state: each, place: 'past' as const })),
    { state, place: 'now' }
  ]
}
