import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { KeyworkerQuery, KeyworkerRow } from '../../shared/keyworker/keyworker.ts'
import { weekdayNames } from '../../shared/report/describe.ts'
import { listKeyworkers } from '../keyworker/listKeyworkers.ts'
import { date, number, text, yesNo, type Column } from './column.ts'
import { everyRow, listOf, type FoundList } from './foundList.ts'

const columns: Column<KeyworkerRow>[] = [
  text('Keyworker', ({ name }) => name),
  text('Role', ({ role }) => role),
  text('Agency or school', ({ employerName }) => employerName),
  text('Local hub', ({ hubNames }) => hubNames.join(', ')),
  text('Works', ({ weekdays }) => [...weekdays].map((day) => weekdayNames[Number(day) - 1] ?? '').join(', ')),
  yesNo('Term time only', ({ termTimeOnly }) => termTimeOnly),
  number('Families', ({ load }) => load.held),
  number('Of these as cover', ({ load }) => load.covering),
  number('Could hold', ({ load }) => load.capacity),
  number('Load in per cent', ({ load }) => load.percent),
  number('Given in past 7 days', ({ allocatedLately }) => allocatedLately),
  yesNo('May be given a family', ({ isGivable }) => isGivable),
  date('Away until', ({ awayUntil }) => awayUntil),
  text('Covered by', ({ coveredBy }) => coveredBy.join(', ')),
  text('Covers', ({ covers }) => covers.join(', ')),
  date('Last day', ({ leftOn }) => leftOn)
]

/** "Keyworkers" with their loads today: counts, and nothing of a family. */
export async function keyworkersList(
  store: Store,
  filter: Omit<KeyworkerQuery, 'after'>,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<FoundList> {
  const page = (after: string) => store.read((db) => listKeyworkers(db, { ...filter, after }, actor))
  return listOf(columns, await everyRow(page, giveWay))
}
