import type { z } from 'zod'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { TriageRow, triageRowsQuery } from '../../shared/report/triage.ts'
import { everyTriageRow } from '../report/triageRows.ts'
import { instant, prose, text, yesNo, type Column } from './column.ts'
import { listOf, type FoundList } from './foundList.ts'

const columns: Column<TriageRow>[] = [
  text('Reference', ({ reference }) => reference),
  text('Children', ({ childNames }) => childNames),
  yesNo('Restricted', ({ isRestricted }) => isRestricted),
  instant('When', ({ at }) => at),
  text('Local hub', ({ hubName }) => hubName),
  text('Keyworker or sending team', ({ who }) => who),
  prose('What was said', ({ words }) => words)
]

/** The rows behind a number of the report of triage: of a restricted family nobody hears a name, nor what somebody said. */
export const triageRowsList = async (
  store: Store,
  filter: Omit<z.output<typeof triageRowsQuery>, 'after'>,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<FoundList> => listOf(columns, await everyTriageRow(store, filter, actor, giveWay))
