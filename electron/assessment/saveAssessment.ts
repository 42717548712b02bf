import { desc, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { assessment, assessmentEntry } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AssessmentDraft, DraftEntry } from '../../shared/assessment/assessment.ts'
import { byKeptPerson, changedEntries, clashesIn } from '../../shared/assessment/changes.ts'
import { invalid, notFound, Refusal, refuse } from '../../shared/errors.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { endDraft } from '../draft/endDraft.ts'
import { mustBeOpen } from '../episode/mustBeOpen.ts'
import { knownFamily, type KnownFamily } from '../family/peopleOf.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { entriesBefore, readAssessment } from './readAssessment.ts'
import { entriesOf } from './readVersion.ts'

type Saved = Output<'assessment.save'>

/**
 * A version of the whole-family assessment (R4): the entries that this form changes, and nothing else. What two people wrote
 * of different entries stands side by side; what somebody else made of the same entry meanwhile is a changed-since (L7 to
 * L9). The form's draft goes in the same act (L3); the same again answers with the first result (L6).
 *
 * @throws Refusal not-found, family-restricted, assessment-closed, invalid, changed-since, clashing-id, not-your-draft
 */
export async function saveAssessment(
  tx: Tx,
  draft: AssessmentDraft,
  actor: Actor
): Promise<Saved | AlreadyDone<Saved>> {
  const { id, familyId, episodeId } = draft
  const { hubId } = await mustOpen(tx, familyId, actor)
  const entries = peopleOfRecord(draft, knownFamily(tx, familyId))
  const [before] = await tx.select().from(assessment).where(eq(assessment.id, id))
  if (before) {
    if (before.createdBy !== actor.id || !isSaved(tx, draft, entries, before)) refuse('clashing-id')
    return alreadyDone({ id, number: await numberOf(tx, draft, actor) })
  }
  await mustBeOpen(tx, { familyId, episodeId })
  await endDraft(tx, id, actor)
  const standing = await readAssessment(tx, { episodeId }, actor)
  if (clashesIn({ ...draft, entries }, standing).length > 0) throw new Refusal({ code: 'changed-since' })
  const changed = changedEntries(entries, standing.entries)
  if (changed.length === 0) invalid({ path: '', message: 'Nothing has changed since the last version' })

  const [last] = await tx
    .select({ at: assessment.createdAt })
    .from(assessment)
    .where(eq(assessment.episodeId, episodeId))
    .orderBy(desc(assessment.createdAt))
    .limit(1)
  const row = { ...writtenAfter(writtenBy(actor, hubId), last?.at), familyId, episodeId }
  await tx.insert(assessment).values({ ...row, id, basedOn: draft.basedOn, note: draft.note.trim() })
  await tx.insert(assessmentEntry).values(
    changed.map((entry) => ({
      ...row,
      ...entry,
      id: naturalId('assessment-entry', id, entry.personId, entry.domain),
      assessmentId: id
    }))
  )
  return { id, number: standing.versions.length + 1 }
}

/**
 * The entries by the records that count, of people who are or once were in this family's record: somebody who left while the
 * assessment was open was assessed all the same.
 */
const peopleOfRecord = ({ entries }: AssessmentDraft, { people }: KnownFamily): DraftEntry[] =>
  byKeptPerson(entries, (personId: Id) => people.get(personId)?.keptId ?? notFound())

/** Is this form what the version was made of, word for word (L6)? */
function isSaved(
  tx: Tx,
  { episodeId, basedOn, note }: AssessmentDraft,
  entries: readonly DraftEntry[],
  before: typeof assessment.$inferSelect
): boolean {
  const changed = changedEntries(entries, entriesBefore(tx, before))
  const kept = entriesOf(tx, before.id)
  return (
    before.episodeId === episodeId &&
    before.basedOn === basedOn &&
    before.note === note.trim() &&
    changed.length === kept.length &&
    changedEntries(changed, kept).length === 0
  )
}

async function numberOf(tx: Tx, { id, episodeId }: AssessmentDraft, actor: Actor): Promise<number> {
  const { versions } = await readAssessment(tx, { episodeId }, actor)
  return versions.find((version) => version.id === id)?.number ?? notFound()
}
