import type { Tx } from '../../db/open.ts'
import { factOn } from '../../shared/family/fact.ts'
import { saysWhereFamilyLives } from '../../shared/family/recording.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import { insertFacts } from './insertFacts.ts'
import { knownFamily } from './peopleOf.ts'
import { writtenAfter, type Written } from './written.ts'

/** The act that told where somebody of the family lives. */
interface Told {
  id: Id
  familyId: Id
  subjectId: Id
  validFrom: CivilDate
}

/**
 * Takes a family to the local hub of the district in which its children live, from the day on which they do: the hub
 * follows the address (issue 4, section 1). Nothing happens where that is not known, or is where the family is.
 */
export async function followAddress(
  tx: Tx,
  { id, familyId, subjectId, validFrom }: Told,
  hubId: Id,
  rules: Rules,
  written: Written
): Promise<void> {
  const { members, facts: told } = knownFamily(tx, familyId)
  const facts = told.map((row) => ({ ...row, subjectId: row.keptId }))
  const day = validFrom > rules.on ? validFrom : rules.on
  const district = factOn(facts, subjectId, 'address', day)?.value.district ?? ''
  const hub = rules.districts.find(({ key }) => key === district)?.hubId
  if (hub === undefined || hub === hubId) return
  if (!saysWhereFamilyLives(members, facts, subjectId, day)) return
  const before = factOn(facts, familyId, 'hub', day)
  const since = before?.validFrom ?? ''
  await insertFacts(
    tx,
    [{ kind: 'hub', value: { hubId: hub, district } }],
    // not before the day from which it was with the other: the later of the two counts
    { subject: 'family', subjectId: familyId, actId: id, validFrom: validFrom > since ? validFrom : since },
    writtenAfter({ ...written, hubId: hub }, before?.recordedAt)
  )
}
