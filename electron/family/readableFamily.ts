import { eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyAccess, familyIndex } from '../../db/schema/index.ts'
import { mayOpenFamily, type FamilySubject, type Opening } from '../../shared/access/mayOpenFamily.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { londonDate, toInstant } from '../../shared/time/london.ts'

/** A row of `family_index` as `mayOpenFamily` asks for it. */
export const asSubject = ({
  hubId,
  createdBy,
  named
}: Pick<typeof familyIndex.$inferSelect, 'hubId' | 'createdBy' | 'named'>): FamilySubject => ({
  hubId,
  writtenBy: createdBy,
  named: named === '' ? undefined : (JSON.parse(named) as string[])
})

/**
 * The families that an actor may know of, as a condition on `family_index`: those that open with a reason are among
 * them, for whoever looks must learn that there is something. What is shown of each, `mayOpenFamily` says.
 */
export function knownFamilies(actor: Actor): SQL | undefined {
  const scope = readScope(actor)
  switch (scope.kind) {
    case 'all':
      return undefined
    case 'hubs':
      return or(
        inArray(familyIndex.hubId, [...scope.hubIds]),
        eq(familyIndex.createdBy, scope.own),
        sql`instr(${familyIndex.named}, ${scope.own}) > 0`
      )
    case 'none':
      return sql`0`
  }
}

/** How far this family is open to this person; a reason given today opens it until the London day ends. */
export async function openingOf(db: ReadDb, familyId: Id, actor: Actor): Promise<Opening> {
  const today = toInstant(londonDate(actor.now), '00:00') ?? actor.now
  const [found] = await db
    .select({
      hubId: familyIndex.hubId,
      createdBy: familyIndex.createdBy,
      named: familyIndex.named,
      wasGivenReason: sql<0 | 1>`EXISTS (SELECT 1 FROM ${familyAccess}
        WHERE family_id = ${familyIndex.familyId} AND created_by = ${actor.id} AND fact_id = '' AND created_at >= ${today})`
    })
    .from(familyIndex)
    .where(eq(familyIndex.familyId, familyId))
  if (!found) return 'no'
  const opening = mayOpenFamily(actor, asSubject(found))
  return opening === 'with-reason' && found.wasGivenReason === 1 ? 'yes' : opening
}

/**
 * Lets nobody by who may not open this family.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function mustOpen(db: ReadDb, familyId: Id, actor: Actor): Promise<void> {
  const opening = await openingOf(db, familyId, actor)
  if (opening === 'no') notFound()
  if (opening === 'with-reason') refuse('family-restricted')
}
