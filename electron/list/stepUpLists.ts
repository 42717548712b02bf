import type { z } from 'zod'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { ImpactMeetingRow, StepUp } from '../../shared/stepUp/record.ts'
import type { impactMeetingQuery } from '../../shared/stepUp/stepUp.ts'
import { meetingStandings, nextLabels, stepUpStateLabels } from '../../shared/words/stepUp.ts'
import { listMeetings } from '../stepUp/listMeetings.ts'
import { listOpenStepUps } from '../stepUp/listStepUps.ts'
import { date, number, text, yesNo, type Column } from './column.ts'
import { everyRow, listOf, type FoundList } from './foundList.ts'

const requests: Column<StepUp>[] = [
  text('Step-up', ({ reference }) => reference),
  text('Family', ({ familyReference }) => familyReference),
  text('Children', ({ childNames }) => childNames),
  yesNo('Restricted', ({ isHidden }) => isHidden),
  text('Assessment', ({ episodeReference }) => episodeReference),
  text('Local hub', ({ hubName }) => hubName),
  date('Requested', ({ requestedOn }) => requestedOn),
  text('Where it stands', ({ state }) => stepUpStateLabels[state]),
  text('Next', ({ next }) => (next ? nextLabels[next.act] : '')),
  text('It is with', ({ ownerName }) => ownerName),
  date('Meeting', ({ meetingOn }) => meetingOn)
]

/** "Requests without feedback", the first asked for first: of a restricted family nobody is named. */
export const stepUpsList = async (store: Store, hubId: Id, actor: Actor): Promise<FoundList> =>
  listOf(requests, await store.read((db) => listOpenStepUps(db, { hubId }, actor)))

const meetings: Column<ImpactMeetingRow>[] = [
  date('Day', ({ onDay }) => onDay),
  text('Starts', ({ startsAt }) => startsAt),
  text('Local hub', ({ hubName }) => hubName),
  text('Place', ({ place }) => place),
  text('Chair', ({ chairName }) => chairName),
  number('Requests', ({ cases }) => cases),
  text('Where it stands', ({ ending }) => meetingStandings[ending])
]

/** "Action and Impact Meetings": a request of a family that this person may not know of is not counted. */
export async function impactMeetingsList(
  store: Store,
  filter: Omit<z.output<typeof impactMeetingQuery>, 'after'>,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<FoundList> {
  const page = (after: string) => store.read((db) => listMeetings(db, { ...filter, after }, actor))
  return listOf(meetings, await everyRow(page, giveWay))
}
