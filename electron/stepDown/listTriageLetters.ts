import { asc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, stepDownLetter } from '../../db/schema/index.ts'
import type { Id } from '../../shared/ids.ts'
import type { StepDownLetter } from '../../shared/stepDown/record.ts'
import { knownFamily, tellsWithheldOf } from '../family/peopleOf.ts'

/**
 * The letters of a step-down in the order in which they were made. One that tells what is withheld by now of the family that
 * it is of comes without its words. Whoever calls has made sure that the step-down may be read.
 */
export async function listTriageLetters(
  db: ReadDb,
  { stepDownId, familyId }: { stepDownId: Id; familyId: Id }
): Promise<StepDownLetter[]> {
  const rows = await lettersOf(db, stepDownId)
  if (rows.length === 0 || familyId === '') return rows.map((row) => ({ ...row, isWithheld: false }))
  const tells = tellsWithheldOf(knownFamily(db, familyId))
  return rows.map((row) =>
    tells(row.toName, row.address, row.subject, row.body)
      ? { ...row, isWithheld: true, address: '', subject: '', body: '' }
      : { ...row, isWithheld: false }
  )
}

const lettersOf = (db: ReadDb, stepDownId: Id) =>
  db
    .select({
      id: stepDownLetter.id,
      kind: stepDownLetter.kind,
      aboutId: stepDownLetter.aboutId,
      on: stepDownLetter.onDay,
      toName: stepDownLetter.toName,
      address: stepDownLetter.address,
      subject: stepDownLetter.subject,
      body: stepDownLetter.body,
      recordedAt: stepDownLetter.createdAt,
      byName: sql<string>`coalesce(${account.name}, '')`
    })
    .from(stepDownLetter)
    .leftJoin(account, eq(account.id, stepDownLetter.createdBy))
    .where(eq(stepDownLetter.stepDownId, stepDownId))
    .orderBy(asc(stepDownLetter.createdAt), asc(stepDownLetter.id))
