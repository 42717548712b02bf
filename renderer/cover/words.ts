import type { Days, FamilyToCover, HeldDays, Taker } from '../../shared/cover/cover.ts'
import type { LoadDuring } from '../../shared/cover/loads.ts'
import type { Proposal, ProposalReason } from '../../shared/cover/proposal.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import { showDate } from '../words/dates.ts'

/** "from 3 December 2026 to 5 December 2026", "on 3 December 2026", "from 3 December 2026 on" */
export function daysWords({ from, to }: Days): string {
  if (to === LAST_DAY) return `from ${showDate(from)} on`
  return from === to ? `on ${showDate(from)}` : `from ${showDate(from)} to ${showDate(to)}`
}

/** Of a family that they have on fewer days than were asked for, or stand in for; '' where there is nothing to say. */
export function heldWords({ days }: FamilyToCover, asked: Days): string {
  const isWhole = (held: HeldDays) => held.from === asked.from && held.to === asked.to
  const parts = days.map((held) => {
    const when = isWhole(held) ? '' : daysWords(held)
    return [held.coverId === '' ? '' : 'They stand in here', when].filter(Boolean).join(' ')
  })
  const words = parts.filter(Boolean).join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "25% → 33%" */
export const loadChange = ({ before, during }: LoadDuring): string =>
  before.percent === during.percent
    ? `${String(before.percent)}%`
    : `${String(before.percent)}% → ${String(during.percent)}%`

const reasons: Record<ProposalReason, string> = {
  'stands-in': 'stands in already',
  team: 'of the team',
  district: 'works in the district',
  room: 'has room'
}

/** "Sam Reed: of the team, 25% → 33%" */
export const proposalWords = (name: string, { reason, load }: Proposal): string =>
  `${name}: ${reasons[reason]}, ${loadChange(load)}`

/** What of somebody is to be known before a family is given to them. */
export function takerDetail(taker: Taker, family: FamilyToCover, load: LoadDuring, problem: string): string {
  const { role, employerName, away, practitionerId } = taker
  return [
    family.teamIds.includes(practitionerId) && 'Of the team',
    role,
    employerName,
    loadChange(load),
    problem || (away[0] && `away ${daysWords(away[0])}`)
  ]
    .filter(Boolean)
    .join(' · ')
}
