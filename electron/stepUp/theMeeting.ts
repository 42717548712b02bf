import { and, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account, accountRole, impactMeeting } from '../../db/schema/index.ts'
import { mayRead, readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

export type MeetingRow = typeof impactMeeting.$inferSelect

/**
 * An Action and Impact Meeting that this person may know of: of their hubs, or planned by them (L25).
 *
 * @throws Refusal not-found
 */
export async function theMeeting(db: ReadDb, id: Id, actor: Actor): Promise<MeetingRow> {
  const [found] = await db
    .select()
    .from(impactMeeting)
    .where(and(eq(impactMeeting.id, id), isNull(impactMeeting.deletedAt)))
  if (!found || !mayRead(actor, { hubId: found.hubId, writtenBy: found.createdBy })) return notFound()
  return found
}

/** The meetings that an actor may know of, as a condition on `impact_meeting`: the same rule for a list. */
export function knownMeetings(actor: Actor): SQL | undefined {
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return undefined
    case 'hubs':
      return or(inArray(impactMeeting.hubId, [...scope.hubIds]), eq(impactMeeting.createdBy, scope.own))
    case 'none':
      return sql`0`
  }
}

/** L18: the meetings to come that somebody chairs. */
export const chairedBy = (accountId: SQL | Id): SQL | undefined =>
  and(eq(impactMeeting.chairId, accountId), eq(impactMeeting.ending, ''), isNull(impactMeeting.deletedAt))

const isChair = and(
  eq(account.status, 'active'),
  isNull(account.deletedAt),
  eq(accountRole.role, 'triage-manager'),
  isNull(accountRole.deletedAt)
)

/** R42: who may chair a meeting, a triage manager who is at work, by name. */
export const chairs = (db: ReadDb): Promise<{ id: Id; name: string }[]> =>
  db
    .selectDistinct({ id: account.id, name: account.name })
    .from(account)
    .innerJoin(accountRole, eq(accountRole.accountId, account.id))
    .where(isChair)
    .orderBy(account.name, account.id)

/**
 * Lets nobody chair a meeting who is no triage manager at work (R42).
 *
 * @throws Refusal invalid (chairId)
 */
export async function mustBeChair(db: ReadDb, chairId: Id): Promise<void> {
  if ((await chairs(db)).every(({ id }) => id !== chairId))
    invalid({ path: 'chairId', message: 'Choose a triage manager who is at work' })
}
