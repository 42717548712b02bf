import { and, eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, agreement, attachment, caseNote } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { AttachmentRow } from '../../shared/attachment/attachment.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { mustOpen, type Standing } from '../family/readableFamily.ts'
import type { Belonging } from './sealedFile.ts'

const withWriter = (db: ReadDb) =>
  db
    .select({
      id: attachment.id,
      attachedId: attachment.attachedId,
      name: attachment.name,
      mediaType: attachment.mediaType,
      size: attachment.size,
      at: attachment.createdAt,
      byName: account.name
    })
    .from(attachment)
    .leftJoin(account, eq(account.id, attachment.createdBy))

type FileOn = Output<'attachment.list'>[number]
const asFile = ({ attachedId, byName, ...row }: Awaited<ReturnType<typeof withWriter>>[number]): FileOn => ({
  attachedId,
  file: { ...row, byName: byName ?? '' }
})

/** The files of the family's agreements or notes, the oldest first. @throws Refusal not-found, family-restricted */
export async function listFiles(
  db: ReadDb,
  { familyId, attachedTo }: Parsed<'attachment.list'>,
  actor: Actor
): Promise<FileOn[]> {
  await mustOpen(db, familyId, actor)
  const rows = await withWriter(db)
    .where(and(eq(attachment.familyId, familyId), eq(attachment.attachedTo, attachedTo)))
    .orderBy(attachment.createdAt, attachment.id)
  return rows.map(asFile)
}

/** As it stands in the list. */
export async function fileRow(db: ReadDb, id: Id): Promise<AttachmentRow> {
  const [row] = await withWriter(db).where(eq(attachment.id, id))
  return row ? asFile(row).file : notFound()
}

/**
 * Lets nobody by who may not open the family, or where it has no such note or agreement.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function mustStandOn(
  db: ReadDb,
  { familyId, attachedTo, attachedId }: Belonging,
  actor: Actor
): Promise<Standing> {
  const standing = await mustOpen(db, familyId, actor)
  const table = attachedTo === 'note' ? caseNote : agreement
  const [found] = await db
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.id, attachedId), eq(table.familyId, familyId)))
  return found ? standing : notFound()
}
