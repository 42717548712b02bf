import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { Refusal } from '../../shared/errors.ts'
import { withheldFacts, withoutWords } from '../../shared/family/withheld.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { factsOf, membersBeside, type FactOfPerson } from './factsOf.ts'
import { mustOpenPerson } from './openPerson.ts'

/** The facts of two records, and where the one that is kept belongs. */
interface TwoRecords {
  kept: FactOfPerson[]
  merged: FactOfPerson[]
  hubId: Id
}

/**
 * Everything that was ever recorded of two people who may be one, for them to be merged field by field. What is withheld
 * comes without its words.
 *
 * @throws Refusal not-found, family-restricted, changed-since (one of them was merged meanwhile)
 */
export async function comparePeople(
  db: ReadDb,
  ids: Parsed<'person.compare'>,
  actor: Actor
): Promise<Output<'person.compare'>> {
  const { kept, merged } = await twoRecords(db, ids, actor)
  const beside = membersBeside(db, [ids.keptId, ids.mergedId]).map(({ keptId }) => keptId)
  const withheld = withheldFacts([
    ...factsOf(db, [ids.keptId, ids.mergedId, ...beside], ['address', 'phone'])
  ])
  const shown = (rows: FactOfPerson[]) =>
    rows.map(({ keptId, ...row }) => ({
      ...(withheld.has(row.ofId) ? withoutWords(row) : row),
      subjectId: keptId
    }))
  return { kept: shown(kept), merged: shown(merged) }
}

/**
 * The records of two people of which neither is part of the other, nor of a third.
 *
 * @throws Refusal not-found, family-restricted, changed-since
 */
export async function twoRecords(
  db: ReadDb,
  { keptId, mergedId }: { keptId: Id; mergedId: Id },
  actor: Actor
): Promise<TwoRecords> {
  const kept = await mustOpenPerson(db, keptId, actor)
  const merged = await mustOpenPerson(db, mergedId, actor)
  const areTwo = kept.keptId === keptId && merged.keptId === mergedId && keptId !== mergedId
  if (!areTwo) throw new Refusal({ code: 'changed-since' })
  return { kept: factsOf(db, [keptId]), merged: factsOf(db, [mergedId]), hubId: kept.hubId }
}
