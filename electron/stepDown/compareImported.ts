import { and, eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { importedStepDown, stepDown, stepDownPerson } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import type { StepDownImportProblem } from '../../shared/stepDown/import.ts'
import {
  draftOf,
  personIds,
  problemsWithImported,
  tellsOfOthers,
  type ImportedStepDown,
  type ImportingStepDowns,
  type PersonBefore
} from '../../shared/stepDown/importStepDown.ts'
import type { StepDownDraft } from '../../shared/stepDown/stepDown.ts'
import { schoolInForce } from '../school/schoolInForce.ts'
import { openedOrNone, type OpenedStepDown } from './mustOpenStepDown.ts'
import type { FoundStepDown } from './stepDownFile.ts'

/** Why a step-down that is here already takes nothing more from a file. */
const closed = {
  done: 'This step-down is done, so nothing is added to it. Give it another step_down_id if the family is stepped down again',
  others: 'A step-down with this step_down_id is here already, with other people. Give this one another',
  'not-open': 'This step-down is of a family that you may not open. Ask somebody who may to add what is new'
} as const

/** Where a step-down of a file stands in the record. */
type Standing =
  | { what: 'new' | 'known' }
  | { what: keyof typeof closed }
  /** What the sender answers, or adds to one that has gone further: its decision stays. */
  | { what: 'answer' | 'changed'; opened: OpenedStepDown; before: PersonBefore[] }

/** What a file is held against. Schools are read as far as they are named. */
export interface Importing extends ImportingStepDowns {
  rules: Rules
  schools: Map<string, { id: Id; name: string } | undefined>
}

/** A step-down that can be stored, as the form would have it typed. */
export interface Storable {
  stepDown: ImportedStepDown
  what: 'new' | 'answer' | 'changed'
  draft: StepDownDraft
  /** Of one that is here already. */
  opened: OpenedStepDown | undefined
}

export type ComparedStepDown =
  Storable | { what: 'known' } | { what: 'wrong'; problems: StepDownImportProblem[] }

/** Holds one step-down of a file against the record, and its words against the rules of the form. */
export async function compareWithRecord(
  db: ReadDb,
  { stepDown: told, problems, placed }: FoundStepDown,
  about: Importing,
  actor: Actor
): Promise<ComparedStepDown> {
  if (!told) return { what: 'wrong', problems }
  const compared = await storableOf(db, told, about, actor)
  return 'wrong' in compared ? { what: 'wrong', problems: compared.wrong.map(placed) } : compared
}

/** The same of a step-down by itself: it is asked once more when it is stored, for others may have been quicker. */
export async function storableOf(
  db: ReadDb,
  told: ImportedStepDown,
  about: Importing,
  actor: Actor
): Promise<Storable | { what: 'known' } | { wrong: ReturnType<typeof problemsWithImported> }> {
  const standing = await standingOf(db, told, actor)
  if (standing.what === 'known') return { what: 'known' }
  if (isClosed(standing)) return { wrong: [{ path: ['step_down_id'], message: closed[standing.what] }] }
  await readSchools(db, told, about.schools)
  const { opened, before } = 'opened' in standing ? standing : { opened: undefined, before: [] }
  const draft = draftOf(told, { basedOn: opened?.versionId ?? '', ids: personIds(told, before) }, about)
  const wrong = problemsWithImported(told, draft, about)
  return wrong.length > 0 ? { wrong } : { stepDown: told, what: standing.what, draft, opened }
}

const isClosed = (standing: Standing): standing is { what: keyof typeof closed } => standing.what in closed

async function standingOf(db: ReadDb, told: ImportedStepDown, actor: Actor): Promise<Standing> {
  const { stepDownId, key, digest } = told
  if ((await db.$count(stepDown, eq(stepDown.id, stepDownId))) === 0) return { what: 'new' }
  const same = and(eq(importedStepDown.sourceKey, key), eq(importedStepDown.digest, digest))
  if ((await db.$count(importedStepDown, same)) > 0) return { what: 'known' }
  const opened = await openedOrNone(db, stepDownId, actor)
  if (!opened) return { what: 'not-open' }
  if (!opened.isOpen) return { what: 'done' }
  const before = await peopleBefore(db, opened.versionId)
  if (tellsOfOthers(told, before)) return { what: 'others' }
  const waits = opened.state === 'received' || opened.state === 'waiting'
  return { what: waits ? 'answer' : 'changed', opened, before }
}

/** The people of a version, by the ids that they keep. */
function peopleBefore(db: ReadDb, versionId: Id): Promise<PersonBefore[]> {
  const { ofId, role, name, birth, expected, upn, position } = stepDownPerson
  return db
    .select({ id: ofId, role, name, birth, expected, upn })
    .from(stepDownPerson)
    .where(eq(stepDownPerson.versionId, versionId))
    .orderBy(position)
}

async function readSchools(
  db: ReadDb,
  { told: { people } }: ImportedStepDown,
  schools: Importing['schools']
): Promise<void> {
  for (const { school_urn: urn } of people) {
    if (urn === undefined || schools.has(urn)) continue
    const school = await schoolInForce(db, naturalId('school', urn))
    schools.set(urn, school && { id: school.schoolId, name: school.name })
  }
}
