import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { FamilyRow } from '../../shared/family/family.ts'
import type { Id } from '../../shared/ids.ts'
import { agreementOf } from '../../shared/words/family.ts'
import { listFamilies } from '../family/listFamilies.ts'
import { date, day, text, yesNo, type Column } from './column.ts'
import { everyRow, listOf, type FoundList } from './foundList.ts'

const columns: Column<FamilyRow>[] = [
  text('Family', ({ reference }) => reference),
  text('Children', ({ childNames }) => childNames),
  yesNo('Restricted', ({ restricted }) => restricted),
  text('Local hub', ({ hubName }) => hubName),
  text('Keyworker', ({ keyworkerName }) => keyworkerName),
  text('Agreement', ({ agreement }) => agreementOf(agreement)),
  date('Next date', ({ nextDate }) => nextDate),
  day('Registered', ({ registeredAt }) => registeredAt)
]

/** "All families", the newest first: of a restricted one that is not open to this person nothing but its reference, day and hub. */
export async function familiesList(
  store: Store,
  hubId: Id,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<FoundList> {
  const page = (after: string) => store.read((db) => listFamilies(db, { hubId, after }, actor))
  return listOf(columns, await everyRow(page, giveWay))
}
