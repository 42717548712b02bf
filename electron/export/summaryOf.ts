import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, type sharing } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { CaseNotesExport } from '../../shared/export/caseNotes.ts'
import { CASE_NOTES_VERSION, type ExportSummary } from '../../shared/export/caseNotesFile.ts'
import type { Gathered } from './gather.ts'
import { receiverOf } from './receiverOf.ts'

/**
 * What an export is, but for the hash of what it includes, which is known last.
 *
 * @param shared with which agency or body; `null` where it is no sharing: for a person of the family, or of a call
 */
export async function summaryOf(
  db: ReadDb,
  draft: CaseNotesExport,
  reference: string,
  { familyId, familyReference, people, chosen, tally }: Gathered,
  shared: Pick<typeof sharing.$inferInsert, 'agencyName'> | null,
  actor: Actor
): Promise<Omit<ExportSummary, 'itemsSha256'>> {
  const { receiver, personThere, purpose } = draft
  const [writer] = await db.select({ name: account.name }).from(account).where(eq(account.id, actor.id))
  return {
    version: CASE_NOTES_VERSION,
    ...{ reference, exportedAt: actor.now, byName: writer?.name ?? '' },
    ...{ scope: chosen.scope, familyId, familyReference, subjectId: chosen.subjectId },
    ...{ episodeId: chosen.episodeId, personId: chosen.personId, from: chosen.from, to: chosen.to },
    kinds: chosen.kinds,
    receiver: receiver === '' ? notFound() : receiver,
    receiverName: shared?.agencyName ?? (await receiverOf(db, draft, people)),
    ...{ personThere: personThere.trim(), purpose: purpose.trim() },
    sections: tally
  }
}
