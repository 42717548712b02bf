import { and, desc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { callDraft } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { DraftRow } from '../../shared/call/call.ts'

const MOST = 200
const typed = <T>(field: string) => sql<T>`json_extract(${callDraft.body}, ${`$.${field}`})`

/** What an unfinished call is known by in a list. */
export const draftColumns = {
  id: callDraft.callId,
  startedAt: callDraft.startedAt,
  savedAt: callDraft.savedAt,
  callerKind: typed<DraftRow['callerKind']>('callerKind'),
  schoolText: typed<string>('schoolText'),
  callerName: typed<string>('callerName')
}

/** My unfinished calls, the last one touched first. A draft is its owner's alone. */
export async function listDrafts(db: ReadDb, _input: object, actor: Actor): Promise<DraftRow[]> {
  return db
    .select(draftColumns)
    .from(callDraft)
    .where(and(eq(callDraft.ownerId, actor.id), eq(callDraft.setAsideAt, '')))
    .orderBy(desc(callDraft.savedAt), desc(callDraft.callId))
    .limit(MOST)
}
