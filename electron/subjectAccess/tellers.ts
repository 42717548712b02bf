import { sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { Id } from '../../shared/ids.ts'
import type { ItemKind, ItemRef } from '../../shared/subjectAccess/request.ts'
import { toldCalls } from '../export/toldCall.ts'
import { toldLetters } from '../export/toldLetter.ts'
import { toldMeetings } from '../export/toldMeeting.ts'
import { toldStepDowns } from '../export/toldStepDown.ts'
import { toldStepUps } from '../export/toldStepUp.ts'
import type { Subject } from './subject.ts'
import { toldAssessments } from './toldAssessments.ts'
import { toldBroughtIn } from './toldBroughtIn.ts'
import { toldEntries } from './toldEntries.ts'
import { toldNotes } from './toldNotes.ts'
import { toldOutcomes } from './toldOutcomes.ts'

/** What is needed to tell items of somebody; whoever asks has been let into every family of theirs. */
export interface Telling {
  db: ReadDb
  subject: Subject
  actor: Actor
}

/** Tells items of one kind, in any order. What has gone since is left out. */
export type Teller = (telling: Telling, refs: readonly ItemRef[]) => Promise<ToldRecord[]>

/** Of this desk, and what was brought in. */
const hereAndThere =
  (...some: Teller[]): Teller =>
  async (telling, refs) =>
    (await Promise.all(some.map((tell) => tell(telling, refs)))).flat()

export const tellers: Record<ItemKind, Teller> = {
  note: toldNotes,
  entry: toldEntries,
  assessment: hereAndThere(toldAssessments, toldBroughtIn),
  outcome: hereAndThere(toldOutcomes, toldBroughtIn),
  call: ({ db, actor }, refs) => toldCalls(db, idsOf(refs), actor),
  meeting: ({ db, actor }, refs) =>
    ofEach(refs, episodesOf(db, idsOf(refs)), (episodeId) => toldMeetings(db, episodeId, actor)),
  letter: ({ db, actor }, refs) =>
    ofEach(refs, familiesOf(refs), (familyId) => toldLetters(db, familyId, actor)),
  'step-down': ({ db, actor }, refs) => toldStepDowns(db, idsOf(refs), actor),
  'step-up': ({ db, actor }, refs) =>
    ofEach(refs, familiesOf(refs), (familyId) => toldStepUps(db, familyId, actor))
}

const idsOf = (refs: readonly ItemRef[]): Id[] => refs.map(({ id }) => id)
const familiesOf = (refs: readonly ItemRef[]): Id[] => [...new Set(refs.map(({ familyId }) => familyId))]

const episodesOf = (db: ReadDb, meetingIds: readonly Id[]): Id[] =>
  db
    .all<{ id: Id }>(
      sql`SELECT episode_id AS id FROM json_each(${JSON.stringify(meetingIds)}) each JOIN (
        SELECT id AS meeting_id, episode_id FROM episode_date UNION SELECT id, episode_id FROM meeting
        UNION SELECT meeting_id, episode_id FROM meeting_record) m ON m.meeting_id = each.value GROUP BY episode_id`
    )
    .map(({ id }) => id)

/** Those that were asked for, of everything that is told of some families or assessments. */
async function ofEach(
  refs: readonly ItemRef[],
  owners: readonly Id[],
  told: (ownerId: Id) => Promise<ToldRecord[]>
): Promise<ToldRecord[]> {
  const asked = new Set(idsOf(refs))
  const found: ToldRecord[] = []
  for (const owner of owners) found.push(...(await told(owner)).filter(({ id }) => asked.has(id)))
  return found
}
