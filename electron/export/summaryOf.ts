import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, type sharing } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { CaseNotesExport } from '../../shared/export/caseNotes.ts'
import { CASE_NOTES_VERSION, type ExportSummary } from '../../shared/export/caseNotesFile.ts'
import { nameOfPerson } from '../../shared/words/person.ts'
import type { Gathered } from './gather.ts'

/**
 * What an export is, but for the hash of what it includes, which is known last.
 *
 * @param shared with which agency or body; `null` where it is for a person of the family
 */
export async function summaryOf(
  db: ReadDb,
  { receiver, receiverId, personThere, purpose }: CaseNotesExport,
  reference: string,
  { familyId, familyReference, people, chosen, tally }: Gathered,
  shared: Pick<typeof sharing.$inferInsert, 'agencyName'> | null,
  actor: Actor
): Promise<Omit<ExportSummary, 'itemsSha256'>> {
  const person = people.find(({ keptId }) => keptId === receiverId)
  const [writer] = await db.select({ name: account.name }).from(account).where(eq(account.id, actor.id))
  return {
    version: CASE_NOTES_VERSION,
    ...{ reference, exportedAt: actor.now, byName: writer?.name ?? '' },
    ...{ scope: chosen.scope, familyId, familyReference, subjectId: chosen.subjectId },
    ...{ episodeId: chosen.episodeId, personId: chosen.personId, from: chosen.from, to: chosen.to },
    kinds: chosen.kinds,
    receiver: receiver === '' ? notFound() : receiver,
    receiverName: shared?.agencyName ?? (person ? nameOfPerson(person) : notFound()),
    ...{ personThere: personThere.trim(), purpose: purpose.trim() },
    sections: tally
  }
}
