import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { oncePerConnection } from '../../db/prepared.ts'
import { caseNote, caseNotePerson, episode } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import { naturalIdBeside, type Id, type Instant } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import type { NoteDraft, NoteKind } from '../../shared/note/note.ts'
import { happenedAt, problemsWithNote } from '../../shared/note/problems.ts'
import { endDraft } from '../draft/endDraft.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'

type Added = Output<'note.add'>
type Note = typeof caseNote.$inferSelect

/**
 * Files a case note of an assessment, once for everybody whom it is about (R54, L20), or what is added to one. A note never
 * changes, and one is taken of a closed assessment too (ADR 27). The form's draft goes in the same act (L3); the same again
 * answers with the first result (L6).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, not-your-draft
 */
export async function addNote(tx: Tx, draft: NoteDraft, actor: Actor): Promise<Added | AlreadyDone<Added>> {
  const { hubId } = await mustOpen(tx, draft.familyId, actor)
  const [before] = await tx.select().from(caseNote).where(eq(caseNote.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id || !(await isAdded(tx, draft, before))) refuse('clashing-id')
    return alreadyDone({ id: draft.id, recordedAt: before.createdAt })
  }
  await mustBeOfFamily(tx, draft)
  await endDraft(tx, draft.id, actor)
  const problems = problemsWithNote(draft, { people: peopleOfFamily(tx, draft), now: actor.now })
  if (problems.length > 0) invalid(...problems)

  const written = writtenBy(actor, hubId)
  const ofNote = draft.addsTo === '' ? undefined : await noteAddedTo(tx, draft)
  const note = ofNote ? added(draft, ofNote, actor.now) : typed(draft, actor.now)
  await tx.insert(caseNote).values({ ...written, ...note })
  for (const person of peopleIn(draft)) await tx.insert(caseNotePerson).values({ ...written, ...person })
  return { id: draft.id, recordedAt: actor.now }
}

async function mustBeOfFamily(tx: Tx, { familyId, episodeId }: NoteDraft): Promise<void> {
  // all of the family: one place of the file, where the assessment by its id would be two
  const found = await tx.select({ id: episode.id }).from(episode).where(eq(episode.familyId, familyId))
  if (found.every(({ id }) => id !== episodeId)) notFound()
}

/** A note of the same assessment that adds to no other. */
async function noteAddedTo(tx: Tx, { addsTo, episodeId }: NoteDraft): Promise<Note> {
  const [found] = await tx
    .select()
    .from(caseNote)
    .where(and(eq(caseNote.id, addsTo), eq(caseNote.episodeId, episodeId), eq(caseNote.addsTo, '')))
  return found ?? notFound()
}

/**
 * Everyone who belongs or belonged to the family, by each of their records. Those that they were merged with are looked for
 * where one of them is named: in a large record every look costs (ADR 29).
 */
function peopleOfFamily(tx: Tx, { familyId, aboutIds, presentIds }: NoteDraft): Id[] {
  const { asMembers, withMerged } = people(tx)
  const ids = (found: { personId: Id }[]) => found.map(({ personId }) => personId)
  const members = ids(asMembers.all({ familyId }))
  const named = [...aboutIds, ...presentIds]
  return named.every((id) => members.includes(id)) ? members : ids(withMerged.all({ familyId }))
}

const ofFamily = sql`m.family_id = ${sql.placeholder('familyId')} AND NOT m.in_error AND NOT EXISTS (
  SELECT 1 FROM family_member later
  WHERE later.family_id = m.family_id AND +later.of_id = m.of_id AND (later.created_at, later.id) > (m.created_at, m.id))`

const people = oncePerConnection((tx: Tx) => ({
  asMembers: tx
    .select({ personId: sql<Id>`m.person_id` })
    .from(sql`family_member m`)
    .where(ofFamily)
    .prepare(),
  withMerged: tx
    .select({ personId: sql<Id>`r.person_id` })
    .from(
      sql`family_member m CROSS JOIN person_index p ON p.person_id = m.person_id
      CROSS JOIN person_index r ON r.kept_id = p.kept_id`
    )
    .where(ofFamily)
    .prepare()
}))

/** What of a form is kept as it was typed. The form has been checked. */
const typed = (draft: NoteDraft, now: Instant) => ({
  id: draft.id,
  familyId: draft.familyId,
  episodeId: draft.episodeId,
  kind: draft.kind as NoteKind,
  happenedAt: happenedAt(draft, now) ?? now,
  addsTo: '',
  words: draft.words.trim(),
  childsVoice: draft.childsVoice.trim(),
  present: draft.present.trim(),
  familyMaySee: draft.familyMaySee === 'yes',
  restrictedWhy: draft.familyMaySee === 'yes' ? '' : draft.restrictedWhy.trim()
})

/** What is added is of the note's kind, and the family may see it where they may see the note. */
const added = (draft: NoteDraft, { id, kind, familyMaySee }: Note, now: Instant) => ({
  ...typed({ ...draft, childsVoice: '', present: '', restrictedWhy: '' }, now),
  addsTo: id,
  kind,
  familyMaySee
})

/** Each once, whether it is about them, they were there, or both. What is added to a note is about the same people. */
const peopleIn = ({ id, addsTo, aboutIds, presentIds }: NoteDraft) =>
  addsTo === ''
    ? [...new Set([...aboutIds, ...presentIds])].map((personId) => ({
        id: naturalIdBeside(id, 'note-person', personId),
        noteId: id,
        personId,
        isAbout: aboutIds.includes(personId),
        wasPresent: presentIds.includes(personId)
      }))
    : []

/** Is this form what was filed, word for word (L6)? */
async function isAdded(tx: Tx, draft: NoteDraft, before: Note): Promise<boolean> {
  const again =
    draft.addsTo === ''
      ? typed(draft, before.createdAt)
      : added(draft, { ...before, id: draft.addsTo }, before.createdAt)
  const isSame = (Object.keys(again) as (keyof typeof again)[]).every((key) => before[key] === again[key])
  const named = await tx
    .select({
      personId: caseNotePerson.personId,
      isAbout: caseNotePerson.isAbout,
      wasPresent: caseNotePerson.wasPresent
    })
    .from(caseNotePerson)
    .where(eq(caseNotePerson.noteId, draft.id))
  return isSame && inWords(named) === inWords(peopleIn(draft))
}

const inWords = (named: readonly { personId: Id; isAbout: boolean; wasPresent: boolean }[]): string =>
  named
    .map(({ personId, isAbout, wasPresent }) => [personId, isAbout, wasPresent].join(' '))
    .toSorted()
    .join('\n')
