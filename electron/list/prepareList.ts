import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { caseExport } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, refuse, Refusal } from '../../shared/errors.ts'
import { exportReference } from '../../shared/export/export.ts'
import {
  listFileName,
  mayExportList,
  problemsWithListExport,
  type ListExport
} from '../../shared/list/list.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { Prepared } from '../export/prepareExport.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import type { Write } from '../ipc/operation.ts'

/**
 * Whoever asks may take this list out of the building, and everything that is asked for it is there.
 *
 * @throws Refusal not-allowed, invalid (by field), clashing-id
 */
export async function mustBeComplete(db: ReadDb, draft: ListExport, actor: Actor): Promise<void> {
  if (!mayExportList(actor, draft.query.list)) throw new Refusal({ code: 'not-allowed' })
  const problems = problemsWithListExport(draft)
  if (problems.length > 0) invalid(...problems)
  const [before] = await db.select({ id: caseExport.id }).from(caseExport).where(eq(caseExport.id, draft.id))
  if (before) refuse('clashing-id')
}

/** Before main asks where to: its number, and the name that is offered. One that is not saved leaves a gap. */
export const prepareList: Write<ListExport, Prepared> = async (tx, draft, actor) => {
  await mustBeComplete(tx, draft, actor)
  const reference = exportReference(actor.deskCode, await nextNumber(tx, 'export'))
  const extension = draft.isProtected ? 'zip' : draft.format
  return { reference, fileName: listFileName(draft.query.list, reference, londonDate(actor.now), extension) }
}
