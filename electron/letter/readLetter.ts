import { and, eq, sql } from 'drizzle-orm'
import { family, familyIndex, letter } from '../../db/schema/index.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { LetterToPrint } from '../../shared/letter/letter.ts'
import { begin } from '../export/journal.ts'
import { hubName } from '../family/readableFamily.ts'
import type { Job } from '../ipc/operation.ts'
import { listLetters } from './listLetters.ts'

/**
 * A letter as main prints it. That it was begun is in the audit before main has it.
 *
 * @throws Refusal not-found, family-restricted, letter-withheld
 */
export const readLetter: Job<{ familyId: Id; id: Id; paperId: Id }, LetterToPrint> = async (
  store,
  { familyId, id, paperId },
  actor
) => {
  const read = await store.read(async (db) => {
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
  const told = { operation: 'letter.savePdf' as const, subjectIds: [familyId, id] }
  await begin(store, { ...told, id: paperId, path: '', familyId }, actor)
  return read
}
