import { and, eq, sql } from 'drizzle-orm'
import { family, familyIndex, letter } from '../../db/schema/index.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { LetterToPrint } from '../../shared/letter/letter.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import { hubName } from '../family/readableFamily.ts'
import type { Job, Write } from '../ipc/operation.ts'
import { listLetters } from './listLetters.ts'

/**
 * A letter as main prints it. That it was begun is in the audit before it is read.
 *
 * @throws Refusal not-found, family-restricted, letter-withheld
 */
export const readLetter: Job<{ familyId: Id; id: Id }, LetterToPrint> = (store, { familyId, id }, actor) =>
  store.read(async (db) => {
    const letters = await listLetters(db, { familyId }, actor)
    const found = letters.find((each) => each.id === id) ?? notFound()
    if (found.isWithheld) refuse('letter-withheld')
    const [of] = await db
      .select({ familyReference: family.reference, hubName: sql<string>`${hubName}` })
      .from(letter)
      .innerJoin(family, eq(family.id, letter.familyId))
      .innerJoin(familyIndex, eq(familyIndex.familyId, letter.familyId))
      .where(and(eq(letter.id, id), eq(letter.familyId, familyId)))
    return { ...found, ...(of ?? notFound()) }
  })

interface LetterEnd {
  familyId: Id
  id: Id
  result: 'done' | 'failed'
  /** The file's hash, or the code of what went wrong. */
  reason: string
}

/** How saving a letter ended, in the audit beside its beginning. */
export const endLetter: Write<LetterEnd, null> = async (tx, { familyId, id, result, reason }, actor) => {
  await appendAudit(tx, { operation: 'letter.savePdf', subjectIds: [familyId, id], result, reason }, actor)
  return null
}
