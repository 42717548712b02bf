import type { EpisodePerson, EpisodeRecord } from '../../shared/episode/episode.ts'
import type { DraftEntry } from '../../shared/assessment/assessment.ts'
import type { Id } from '../../shared/ids.ts'
import { nameOfPerson } from '../episode/theEpisode.ts'
import { showDate } from '../words/dates.ts'
import { memberRoleLabels } from '../words/labels.ts'

/** Somebody whom the assessment is of. */
export interface Assessed {
  id: Id
  name: string
  /** `Child`, `Parent or carer, left the family on 3 November 2026` */
  about: string
}

/**
 * The whole family (R4), the children first: everybody who is in it, who left it while the assessment was open, and of whom
 * something is written.
 */
export const assessedPeople = (
  { people, registeredOn }: Pick<EpisodeRecord, 'people' | 'registeredOn'>,
  entries: readonly DraftEntry[]
): Assessed[] =>
  people
    .filter(
      ({ keptId, isHere, until }) =>
        isHere || until >= registeredOn || entries.some(({ personId }) => personId === keptId)
    )
    .map((person) => ({ id: person.keptId, name: nameOfPerson(person), about: aboutWords(person) }))

function aboutWords({ role, isHere, until }: EpisodePerson): string {
  const left = until ? `left the family on ${showDate(until)}` : 'not in the family now'
  return [memberRoleLabels[role], isHere ? '' : left].filter(Boolean).join(', ')
}
