import { setImmediate as turn } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { caseExport } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse } from '../../shared/errors.ts'
import { exportedAs, type CaseNotesExport } from '../../shared/export/caseNotes.ts'
import { caseNotesFileName, exportReference } from '../../shared/export/export.ts'
import { chosenOf } from '../../shared/export/leftOut.ts'
import { problemsWithExport, problemsWithSelection, type ExportAbout } from '../../shared/export/problems.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { londonDate } from '../../shared/time/london.ts'
import { agencyNames } from '../agency/agencyNames.ts'
import { readableCall } from '../call/readableCall.ts'
import { peopleKnown } from '../episode/readEpisode.ts'
import { readFamily } from '../family/readFamily.ts'
import { readTeam } from '../meeting/readTeam.ts'
import { listStepUps } from '../stepUp/listStepUps.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import type { Job, Write } from '../ipc/operation.ts'
import { gather } from './gather.ts'
import { partsOf } from './parts.ts'

/** What the record knows of what is exported. @throws Refusal not-found, family-restricted */
async function aboutExport(db: ReadDb, draft: CaseNotesExport, actor: Actor): Promise<ExportAbout> {
  const today = londonDate(actor.now)
  if (draft.scope === 'call') return aboutCall(db, draft.subjectId, today, actor)
  const { familyId } = draft
  const { agreements, episodes } = await readFamily(db, { id: familyId }, actor)
  const people = peopleKnown(db, familyId, today)
  return {
    ...{ agreements, today },
    people: people.map(({ keptId }) => keptId),
    children: people.filter(({ role }) => role === 'child' || role === 'unborn').map(({ keptId }) => keptId),
    episodes: episodes.map(({ id }) => id),
    subjects: episodes.some(({ id }) => id === draft.episodeId) ? await recordsOf(db, draft, actor) : []
  }
}

/** A call is of no family: nobody is known to have agreed to anything. @throws Refusal not-found */
async function aboutCall(db: ReadDb, callId: Id, today: CivilDate, actor: Actor): Promise<ExportAbout> {
  const { id } = await readableCall(db, callId, actor)
  return { today, people: [], children: [], episodes: [], agreements: [], subjects: [id] }
}

/** The records of an assessment that may be exported: its meetings that were recorded, or its requests for step-up. */
async function recordsOf(
  db: ReadDb,
  { scope, episodeId }: Pick<CaseNotesExport, 'scope' | 'episodeId'>,
  actor: Actor
): Promise<Id[]> {
  if (scope === 'meeting') {
    const { meetings } = await readTeam(db, { episodeId }, actor)
    return meetings.filter(({ records }) => records.length > 0).map(({ id }) => id)
  }
  return scope === 'step-up' ? (await listStepUps(db, { episodeId }, actor)).map(({ id }) => id) : []
}

/**
 * Everything that an export needs is there.
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id
 */
export async function mustBeComplete(db: ReadDb, draft: CaseNotesExport, actor: Actor): Promise<void> {
  const problems = problemsWithExport(draft, await aboutExport(db, draft, actor))
  if (problems.length > 0) invalid(...problems)
  if (draft.receiver === 'agency' && (await agencyNames(db, { ids: [draft.agencyId] })).length === 0)
    invalid({ path: 'agencyId', message: 'Choose the agency or school from the list' })
  const [before] = await db.select({ id: caseExport.id }).from(caseExport).where(eq(caseExport.id, draft.id))
  if (before) refuse('clashing-id')
}

export interface Prepared {
  reference: string
  fileName: string
}

/** Before main asks where to: its number, and the name that is offered. One that is not saved leaves a gap. */
export const prepareExport: Write<CaseNotesExport, Prepared> = async (tx, draft, actor) => {
  await mustBeComplete(tx, draft, actor)
  const reference = exportReference(actor.deskCode, await nextNumber(tx, 'export'))
  return {
    reference,
    fileName: caseNotesFileName(reference, londonDate(actor.now), exportedAs(chosenOf(draft)))
  }
}

/**
 * What an export would include and leave out, and why, before anything is written.
 *
 * @throws Refusal not-found, family-restricted, invalid (by field)
 */
export const previewExport: Job<CaseNotesExport, Output<'export.preview'>> = async (store, draft, actor) => {
  const about = await store.read((db) => aboutExport(db, draft, actor))
  const problems = problemsWithSelection(draft, about)
  if (problems.length > 0) invalid(...problems)
  const gathered = await gather(store, draft, actor, turn)
  return {
    of: gathered.of,
    sections: gathered.tally,
    parts: draft.format === 'json' ? 1 : (await partsOf(store, gathered, turn)).length
  }
}
