import { asc, eq, sql } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { subjectRequest, subjectRequestEvent } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { standingOf, type RequestStanding } from '../../shared/subjectAccess/state.ts'
import { mustOpenPerson } from '../person/openPerson.ts'
import { settingsInRecord } from '../setting/listSettings.ts'

export type RequestAsRecorded = typeof subjectRequest.$inferSelect
export type EventAsRecorded = typeof subjectRequestEvent.$inferSelect

/** A request, what happened to it in the order in which it was recorded, and how it stands. */
export interface TheRequest {
  row: RequestAsRecorded
  events: EventAsRecorded[]
  standing: RequestStanding
  /** The newest thing of it (L7), and when it was recorded. */
  lastId: Id
  lastAt: string
}

/**
 * A request, for whoever may open every family of whom it is about.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function theRequest(db: ReadDb, id: Id, actor: Actor): Promise<TheRequest> {
  const [row] = await db.select().from(subjectRequest).where(eq(subjectRequest.id, id))
  if (!row) return notFound()
  await mustOpenPerson(db, row.personId, actor)
  return asItStands(row, await eventsOf(db, id), await settingsInRecord(db))
}

export const eventsOf = (db: ReadDb, requestId: Id): Promise<EventAsRecorded[]> =>
  db
    .select()
    .from(subjectRequestEvent)
    .where(eq(subjectRequestEvent.requestId, requestId))
    .orderBy(asc(subjectRequestEvent.createdAt), asc(subjectRequestEvent.id))

export function asItStands(
  row: RequestAsRecorded,
  events: EventAsRecorded[],
  settings: readonly Setting[]
): TheRequest {
  const last = events.at(-1) ?? row
  const inOrder = events.map(({ event, onDay, toId, words }) => ({ event, on: onDay, toId, words }))
  return {
    ...{ row, events, standing: standingOf(row, inOrder, settings) },
    ...{ lastId: last.id, lastAt: last.createdAt }
  }
}

/** Whether nobody has ended a request, as a condition on `subject_request`. */
export const isOpenRequest = sql`coalesce((SELECT e.event FROM subject_request_event e
  WHERE e.request_id = ${subjectRequest.id} AND e.event IN ('withdraw', 'answer', 'reopen')
  ORDER BY e.created_at DESC, e.id DESC LIMIT 1), 'reopen') = 'reopen'`

/** Who has a request now, as a column of `subject_request`. */
export const ownerOfRequest = sql<Id>`coalesce((SELECT e.to_id FROM subject_request_event e
  WHERE e.request_id = ${subjectRequest.id} AND e.event = 'assign'
  ORDER BY e.created_at DESC, e.id DESC LIMIT 1), ${subjectRequest.ownerId})`

/** The requests that somebody is to answer, as a condition on `subject_request`. */
export const openRequestsOf = (accountId: Id) => sql`(${isOpenRequest} AND ${ownerOfRequest} = ${accountId})`
