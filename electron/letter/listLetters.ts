import { desc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, letter } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Letter } from '../../shared/letter/letter.ts'
import { knownFamily, tellsWithheldOf } from '../family/peopleOf.ts'
import { mustOpen } from '../family/readableFamily.ts'

/**
 * The letters to a family, the newest first. One that tells what is withheld by now comes without its words.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function listLetters(
  db: ReadDb,
  { familyId }: Parsed<'letter.list'>,
  actor: Actor
): Promise<Output<'letter.list'>> {
  await mustOpen(db, familyId, actor)
  const rows = await lettersOf(db, familyId)
  if (rows.length === 0) return []
  const tells = tellsWithheldOf(knownFamily(db, familyId))
  return rows.map((row) => shownLetter(row, tells(row.address, row.subject, row.body)))
}

const lettersOf = (db: ReadDb, familyId: Id) =>
  db
    .select({
      id: letter.id,
      familyId: letter.familyId,
      episodeId: letter.episodeId,
      aboutId: letter.aboutId,
      templateName: letter.templateName,
      onDay: letter.onDay,
      toName: letter.toName,
      address: letter.address,
      subject: letter.subject,
      body: letter.body,
      recordedAt: letter.createdAt,
      byName: sql<string>`coalesce(${account.name}, '')`
    })
    .from(letter)
    .leftJoin(account, eq(account.id, letter.createdBy))
    .where(eq(letter.familyId, familyId))
    .orderBy(desc(letter.createdAt), desc(letter.id))

/** One that was written before something in it was withheld tells it no more. */
function shownLetter(row: Omit<Letter, 'isWithheld'>, isWithheld: boolean): Letter {
  return isWithheld ? { ...row, isWithheld, address: '', subject: '', body: '' } : { ...row, isWithheld }
}
