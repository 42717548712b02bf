import type { Id } from '../ids.ts'
import type { Days, FamilyToCover, Taker } from './cover.ts'
import { loadDuring, type LoadDuring } from './loads.ts'
import { takerProblem } from './taker.ts'

/** Why somebody is proposed: they stand in already, are of the team (R40), work in the district, or have room. */
export type ProposalReason = 'stands-in' | 'team' | 'district' | 'room'

export interface Proposal {
  practitionerId: Id
  reason: ProposalReason
  load: LoadDuring
}

interface Candidate extends Proposal {
  taker: Taker
}

/** The nearer first; whoever has no room comes after everybody who has. */
const nearness: readonly ProposalReason[] = ['stands-in', 'team', 'district', 'room']
const FULL = 100

/**
 * One person for each family, as advice: of its team first, then who works in its district, then anybody (R40), and of
 * those who are as near the one with the lowest load once it is theirs; nobody above what they can hold while another one
 * has room. The families with the fewest of their team who could are seen to first, each with what was proposed before it,
 * so that the same people and families give the same proposal on every computer.
 *
 * @param chosen whom a family goes to already, '' where that is open; such a family gets no proposal
 * @returns by the assessment's id; none where nobody could
 */
export function proposals(
  families: readonly FamilyToCover[],
  takers: readonly Taker[],
  asked: Days,
  chosen: (family: FamilyToCover) => Id
): Map<Id, Proposal> {
  const found = new Map<Id, Proposal>()
  const givenTo = (family: FamilyToCover) =>
    chosen(family) || (found.get(family.episodeId)?.practitionerId ?? '')
  const able = (family: FamilyToCover) => takers.filter((taker) => takerProblem(taker, family) === '')
  const ofTeam = ({ teamIds }: FamilyToCover, all: readonly Taker[]) =>
    all.filter(({ practitionerId }) => teamIds.includes(practitionerId)).length
  const open = families
    .filter((family) => chosen(family) === '')
    .map((family) => ({ family, able: able(family) }))
    .map((each) => ({ ...each, ofTeam: ofTeam(each.family, each.able) }))
    .toSorted((a, b) => a.ofTeam - b.ofTeam || compare(a.family.reference, b.family.reference))
  for (const { family, able: all } of open) {
    const best = all
      .map((taker): Candidate => {
        const given = (each: FamilyToCover) => (each === family ? taker.practitionerId : givenTo(each))
        const load = loadDuring(taker, asked, families, given)
        return { taker, practitionerId: taker.practitionerId, reason: reasonFor(taker, family), load }
      })
      .reduce<Candidate | undefined>((a, b) => (a === undefined || inOrder(a, b) > 0 ? b : a), undefined)
    if (best) {
      const { practitionerId, reason, load } = best
      found.set(family.episodeId, { practitionerId, reason, load })
    }
  }
  return found
}

function reasonFor({ practitionerId, hubIds }: Taker, family: FamilyToCover): ProposalReason {
  if (family.standIns.some((days) => days.practitionerId === practitionerId)) return 'stands-in'
  if (family.teamIds.includes(practitionerId)) return 'team'
  return hubIds.includes(family.hubId) ? 'district' : 'room'
}

const isOver = ({ load }: Candidate) => Number(load.during.percent > FULL)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const inOrder = (a: Candidate, b: Candidate): number =>
  isOver(a) - isOver(b) ||
  nearness.indexOf(a.reason) - nearness.indexOf(b.reason) ||
  a.load.during.percent - b.load.during.percent ||
  compare(a.taker.name, b.taker.name) ||
  compare(a.practitionerId, b.practitionerId)
