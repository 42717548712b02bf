import { eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { familyAccess, familyIndex } from '../../db/schema/index.ts'
import { mayOpenFamily, type FamilySubject, type Opening } from '../../shared/access/mayOpenFamily.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { londonDate, toInstant } from '../../shared/time/london.ts'

/** What the record says of how far a family is open to somebody. */
export interface Standing {
  hubId: Id
  createdBy: Id
  named: string
  wasGivenReason: boolean
}

/** A reason given today opens a restricted family until the London day ends. */
const wasGivenReason = (actor: Actor): SQL => sql`EXISTS (SELECT 1 FROM ${familyAccess}
  WHERE ${familyAccess.familyId} = ${familyIndex.familyId} AND ${familyAccess.createdBy} = ${actor.id}
    AND ${familyAccess.factId} = ''
    AND ${familyAccess.createdAt} >= ${toInstant(londonDate(actor.now), '00:00') ?? actor.now})`

/** For a query on `family_index`. */
export const standingColumns = (actor: Actor) => ({
  hubId: familyIndex.hubId,
  createdBy: familyIndex.createdBy,
  named: familyIndex.named,
  wasGivenReason: wasGivenReason(actor).mapWith(Boolean)
})

/** The same for a query in plain SQL. */
export const standingFor = (actor: Actor): SQL => sql`${familyIndex.hubId} AS hubId,
  ${familyIndex.createdBy} AS createdBy, ${familyIndex.named} AS named, ${wasGivenReason(actor)} AS wasGivenReason`

/** A local hub by the name it goes by now, for a query on `family_index`. */
export const hubName = sql<string>`coalesce((SELECT json_extract(value, '$.name') FROM setting
  WHERE kind = 'local-hub' AND key = ${familyIndex.hubId} AND deleted_at IS NULL ORDER BY valid_from DESC LIMIT 1), '')`

/** A row of `family_index` as `mayOpenFamily` asks for it. */
export const asSubject = ({
  hubId,
  createdBy,
  named
}: Pick<Standing, 'hubId' | 'createdBy' | 'named'>): FamilySubject => ({
  hubId,
  writtenBy: createdBy,
  named: named === '' ? undefined : (JSON.parse(named) as string[])
})

const openingOn = (standing: Standing, actor: Actor): Opening => {
  const opening = mayOpenFamily(actor, asSubject(standing))
  return opening === 'with-reason' && standing.wasGivenReason ? 'yes' : opening
}

/** May its names be told without any more asking? */
export const isOpenTo = (actor: Actor, standing: Standing): boolean => openingOn(standing, actor) === 'yes'

/**
 * Lets nobody by who may not open this family.
 *
 * @throws Refusal not-found, family-restricted
 */
export function letIn<S extends Standing>(standing: S | undefined, actor: Actor): S {
  if (!standing) return notFound()
  const opening = openingOn(standing, actor)
  if (opening === 'no') notFound()
  if (opening === 'with-reason') refuse('family-restricted')
  return standing
}

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

async function standingOf(db: ReadDb, familyId: Id, actor: Actor): Promise<Standing | undefined> {
  const [standing] = await db
    .select(standingColumns(actor))
    .from(familyIndex)
    .where(eq(familyIndex.familyId, familyId))
  return standing
}

/** How far this family is open to this person. */
export async function openingOf(db: ReadDb, familyId: Id, actor: Actor): Promise<Opening> {
  const standing = await standingOf(db, familyId, actor)
  return standing ? openingOn(standing, actor) : 'no'
}

/**
 * Lets nobody by who may not open this family.
 *
 * @returns where it belongs, for what is written about it
 * @throws Refusal not-found, family-restricted
 */
export const mustOpen = async (db: ReadDb, familyId: Id, actor: Actor): Promise<Standing> =>
  letIn(await standingOf(db, familyId, actor), actor)
