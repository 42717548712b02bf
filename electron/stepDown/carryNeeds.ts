import { asc, eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { stepDownPerson, stepDownVersion } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import { factOn } from '../../shared/family/fact.ts'
import { childrenOn } from '../../shared/family/members.ts'
import { naturalIdBeside, type CivilDate, type Id } from '../../shared/ids.ts'
import {
  childrenTold,
  entriesOf,
  noteOf,
  type ChildTold,
  type PersonOfFamily,
  type ToldOfFamily
} from '../../shared/stepDown/carrying.ts'
import { londonDate } from '../../shared/time/london.ts'
import { readAssessment } from '../assessment/readAssessment.ts'
import { saveAssessment } from '../assessment/saveAssessment.ts'
import { knownFamily, type KnownFamily } from '../family/peopleOf.ts'
import { addNote } from '../note/addNote.ts'
import type { OpenedStepDown } from './mustOpenStepDown.ts'

/** What the sender told last, for whoever works with the family now. */
export async function toldLast(tx: Tx, { versionId, reference }: OpenedStepDown): Promise<ToldOfFamily> {
  const [version] = await tx.select().from(stepDownVersion).where(eq(stepDownVersion.id, versionId))
  const rows = await tx
    .select()
    .from(stepDownPerson)
    .where(eq(stepDownPerson.versionId, versionId))
    .orderBy(asc(stepDownPerson.position))
  if (!version) return notFound()
  return { ...version, reference, people: rows.map((row) => ({ ...row, id: row.ofId })) }
}

/**
 * What the children of a step-down need goes into the assessment as a version of it, and everything that was told into a case
 * note, in the transaction in which a keyworker accepts it (issue 7, section 4). `acceptId`: the act that the ids follow from.
 */
export async function carryNeeds(
  tx: Tx,
  told: ToldOfFamily,
  { acceptId, familyId, episodeId }: { acceptId: Id; familyId: Id; episodeId: Id },
  actor: Actor
): Promise<void> {
  const today = londonDate(actor.now)
  const family = knownFamily(tx, familyId)
  const ofRecord = childrenOfRecord(family, today)
  const children = childrenTold(told.people, ofRecord, today)
  const standing = await readAssessment(tx, { episodeId }, actor)
  const entries = entriesOf(children, told.reference, standing.entries)
  if (entries.length > 0)
    await saveAssessment(
      tx,
      {
        id: naturalIdBeside(acceptId, 'assessment'),
        ...{ familyId, episodeId, entries, basedOn: standing.versions[0]?.id ?? '' },
        note: `What step-down ${told.reference} tells of the children’s needs`
      },
      actor
    )
  await addNote(
    tx,
    {
      id: naturalIdBeside(acceptId, 'note'),
      ...{ familyId, episodeId, addsTo: '', kind: 'decision', happenedOn: '', happenedTime: '' },
      ...{ words: noteOf(told, children), childsVoice: '', presentIds: [], present: '' },
      aboutIds: aboutWhom(children, ofRecord, family),
      familyMaySee: 'no',
      restrictedWhy: 'Written by social care for colleagues; look at it before the family sees it'
    },
    actor
  )
}

/** A note is about somebody: where no child is surely one of the family's, it is about all of them, or about everybody. */
function aboutWhom(
  children: readonly ChildTold[],
  ofRecord: readonly PersonOfFamily[],
  { people }: KnownFamily
): Id[] {
  const found = children.flatMap(({ personId }) => personId ?? [])
  if (found.length > 0) return found
  const all = ofRecord.map(({ personId }) => personId)
  return all.length > 0 ? all : [...new Set([...people.values()].map(({ keptId }) => keptId))]
}

/** The children of a family today, with what tells one from another. */
function childrenOfRecord({ members, facts }: KnownFamily, today: CivilDate): PersonOfFamily[] {
  const rows = facts.map((fact) => ({ ...fact, subjectId: fact.keptId }))
  return childrenOn(members, today).map((personId) => ({
    personId,
    name: factOn(rows, personId, 'name', today)?.value.name ?? '',
    birthDate: factOn(rows, personId, 'birth', today)?.value.date ?? '',
    upn: factOn(rows, personId, 'upn', today)?.value.upn ?? '',
    schoolId: factOn(rows, personId, 'school', today)?.value.schoolId ?? '',
    ...{ ageYears: null, toldOn: today, address: '', postcode: '' }
  }))
}
