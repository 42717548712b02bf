import { and, desc, eq, ne, sql } from 'drizzle-orm'
import { account, callDraft } from '../../db/schema/index.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Read } from '../ipc/operation.ts'
import { draftColumns } from './listDrafts.ts'

const MOST = 200

/**
 * The unfinished calls of everyone else at this computer, the last one touched first, for a manager to hand on. What
 * was set aside is not among them; the manager's own are in `call.drafts`.
 */
export const colleaguesDrafts: Read<
  Parsed<'call.colleaguesDrafts'>,
  Output<'call.colleaguesDrafts'>
> = async (db, _input, actor) =>
  db
    .select({
      ...draftColumns,
      ownerId: callDraft.ownerId,
      ownerName: sql<string>`coalesce(${account.name}, '')`
    })
    .from(callDraft)
    .leftJoin(account, eq(account.id, callDraft.ownerId))
    .where(and(ne(callDraft.ownerId, actor.id), eq(callDraft.setAsideAt, '')))
    .orderBy(desc(callDraft.savedAt), desc(callDraft.callId))
    .limit(MOST)
