import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FactRow } from '../../shared/family/fact.ts'
import { tellsWithheld } from '../../shared/family/tellsWithheld.ts'
import { factsOf, membersBeside, withheldBesidePeople } from '../person/factsOf.ts'
import { mustOpenPerson } from '../person/openPerson.ts'
import type { RequestAsRecorded } from './theRequest.ts'

/**
 * Whether a text tells an address or phone number that whoever gets the answer must not know: where the person asks for
 * themselves what is withheld from them, and of anybody else, whose hands it is in, all that is withheld.
 */
export async function withheldFromReader(
  db: ReadDb,
  { personId, requester }: Pick<RequestAsRecorded, 'personId' | 'requester'>,
  actor: Actor
): Promise<(...texts: string[]) => boolean> {
  const { keptId } = await mustOpenPerson(db, personId, actor)
  const people = [...new Set(membersBeside(db, [keptId]).map((member) => member.keptId))]
  const facts = [...factsOf(db, people, ['address', 'phone']), ...withheldBesidePeople(db, people)]
  const theirs = new Set([
    keptId,
    ...facts.filter((fact) => fact.keptId === keptId).map((fact) => fact.subjectId)
  ])
  const isKept = (fact: FactRow): boolean =>
    requester !== 'person' ||
    ('withheldFrom' in fact.value && fact.value.withheldFrom.some((id) => theirs.has(id)))
  // every version of what is withheld by its newest one
  const kept = new Set(facts.filter(isKept).map(({ ofId }) => ofId))
  return tellsWithheld(facts.filter(({ ofId }) => kept.has(ofId)))
}
