import { and, eq, isNull, ne } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { account, accountRole } from '../../db/schema/index.ts'
import type { Actor, Profession, Role } from '../../shared/access/roles.ts'
import { foldName } from '../../shared/account/name.ts'
import { invalid, notFound, refuse } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { signedDeletion, signedNew } from './signed.ts'

/** What a person may do at the desk, as an administrator chooses it. */
export interface Position {
  roles: readonly Role[]
  profession: Profession
  /** Of a coordinator; anyone else's are left out. */
  hubIds: readonly string[]
}

/** A person as main needs them to know who acts. */
export interface Person {
  id: string
  name: string
  roles: Role[]
  profession: Profession
  hubIds: string[]
}

export type AccountRow = typeof account.$inferSelect
type RoleRow = typeof accountRole.$inferSelect
type Held = Pick<RoleRow, 'role' | 'localHubId'>

export async function accountRow(db: ReadDb, id: string): Promise<AccountRow> {
  const [row] = await db
    .select()
    .from(account)
    .where(and(eq(account.id, id), isNull(account.deletedAt)))
  return row ?? notFound()
}

export async function activeAccount(db: ReadDb, id: string): Promise<AccountRow> {
  const row = await accountRow(db, id)
  return row.status === 'active' ? row : refuse('person-stopped')
}

const heldRoles = (db: ReadDb, accountId: string): Promise<RoleRow[]> =>
  db
    .select()
    .from(accountRole)
    .where(and(eq(accountRole.accountId, accountId), isNull(accountRole.deletedAt)))
    .orderBy(accountRole.role, accountRole.localHubId)

/** The roles and hubs that some rows of one person come to. */
export function positionOf(rows: readonly Held[]) {
  return {
    roles: [...new Set(rows.map(({ role }) => role))],
    hubIds: rows.filter(({ role }) => role === 'coordinator').map(({ localHubId }) => localHubId)
  }
}

export async function personOf(db: ReadDb, { id, name, profession }: AccountRow): Promise<Person> {
  return { id, name, profession, ...positionOf(await heldRoles(db, id)) }
}

/** A row for each role; for a coordinator one for each local hub. */
const wantedRoles = ({ roles, hubIds }: Position) =>
  [...new Set(roles)].flatMap((role): Held[] =>
    role === 'coordinator'
      ? [...new Set(hubIds)].map((localHubId) => ({ role, localHubId }))
      : [{ role, localHubId: '' }]
  )

const isSameRole = (a: Held, b: Held) => a.role === b.role && a.localHubId === b.localHubId

/**
 * R11: an adviser advises as one of three professions. R56: a coordinator has at least one local hub, and each is one
 * of the county's.
 */
export async function checkPosition(
  db: ReadDb,
  { roles, profession, hubIds }: Position,
  actor: Actor
): Promise<void> {
  if (roles.includes('adviser') && profession === 'other') {
    invalid({ path: 'profession', message: 'Choose the profession that they advise as' })
  }
  if (!roles.includes('coordinator')) return
  if (hubIds.length === 0) invalid({ path: 'hubIds', message: 'Choose at least one local hub' })
  const { hubs } = rulesOn(await settingsInRecord(db), londonDate(actor.now))
  const known = new Set(hubs.map(({ key }) => key))
  if (!hubIds.every((hubId) => known.has(hubId))) {
    invalid({ path: 'hubIds', message: 'Choose local hubs from the list' })
  }
}

/** Brings the roles that a person holds to what is wanted: one taken away is softly deleted, and may come back. */
export async function saveRoles(tx: Tx, accountId: string, position: Position, actor: Actor): Promise<void> {
  const held = await heldRoles(tx, accountId)
  const wanted = wantedRoles(position)
  for (const row of held.filter((each) => !wanted.some((other) => isSameRole(each, other)))) {
    await tx.update(accountRole).set(signedDeletion(actor)).where(eq(accountRole.id, row.id))
  }
  const missing = wanted.filter((each) => !held.some((other) => isSameRole(each, other)))
  if (missing.length > 0) {
    await tx
      .insert(accountRole)
      .values(missing.map((each) => ({ ...signedNew(actor), ...each, id: newId(), accountId })))
  }
}

export async function insertAccount(
  tx: Tx,
  { id, name, ...position }: Position & { id: string; name: string },
  actor: Actor
): Promise<Person> {
  const row = {
    ...signedNew(actor),
    id,
    name,
    profession: position.profession,
    status: 'active' as const
  }
  await tx.insert(account).values(row)
  await saveRoles(tx, id, position, actor)
  return personOf(tx, await accountRow(tx, id))
}

/** A name is one person's for as long as their account is not closed: whoever comes back is added anew. */
export async function checkNameFree(db: ReadDb, name: string): Promise<void> {
  const others = await db.select({ name: account.name }).from(account).where(ne(account.status, 'closed'))
  if (others.some((other) => foldName(other.name) === foldName(name))) refuse('name-taken')
}

/** L18: someone can always let people in. */
export async function checkNotLastAdministrator(db: ReadDb, accountId: string): Promise<void> {
  const administrators = await db
    .selectDistinct({ id: account.id })
    .from(account)
    .innerJoin(accountRole, eq(accountRole.accountId, account.id))
    .where(
      and(
        eq(account.status, 'active'),
        isNull(account.deletedAt),
        eq(accountRole.role, 'administrator'),
        isNull(accountRole.deletedAt)
      )
    )
  if (administrators.length === 1 && administrators[0]?.id === accountId) refuse('last-administrator')
}
