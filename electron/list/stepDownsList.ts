import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { QueueFilter, QueueRow } from '../../shared/stepDown/record.ts'
import {
  nextActs,
  riskLabels,
  stepDownSourceLabels,
  stepDownStateLabels
} from '../../shared/words/stepDown.ts'
import { listQueue } from '../stepDown/listQueue.ts'
import { instant, text, yesNo, type Column } from './column.ts'
import { everyRow, listOf, type FoundList } from './foundList.ts'

const columns: Column<QueueRow>[] = [
  text('Step-down', ({ reference }) => reference),
  text('Children', ({ childNames }) => childNames),
  yesNo('Restricted', ({ restricted }) => restricted),
  text('Local hub', ({ hubName }) => hubName),
  text('Where it stands', ({ state }) => stepDownStateLabels[state]),
  text('Next', ({ state }) => nextActs[state]),
  text('Who has it', ({ ownerName }) => ownerName),
  text('Keyworker', ({ practitionerName }) => practitionerName),
  text('Risk', ({ risk }) => (risk === '' ? '' : riskLabels[risk])),
  text('Comes of', ({ source }) => (source === '' ? '' : stepDownSourceLabels[source])),
  text('Sending team', ({ sendingTeam }) => sendingTeam),
  instant('Received', ({ receivedAt }) => receivedAt),
  instant('Stands there since', ({ since }) => since),
  instant('Due', ({ dueAt }) => dueAt),
  yesNo('Overdue', ({ isOverdue }) => isOverdue)
]

/** "Step-downs to triage", in the order of the queue: of a restricted family that is not open to this person nobody is named. */
export async function stepDownsList(
  store: Store,
  filter: QueueFilter,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<FoundList> {
  const page = (after: string) => store.read((db) => listQueue(db, { filter, after }, actor))
  return listOf(columns, await everyRow(page, giveWay))
}
