import { and, eq, ne } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { account, call, callAction, callFlag, callHandOver, callLoop } from '../../db/schema/index.ts'
import { mayRead, type Subject } from '../../shared/access/mayRead.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { OpenItemKind } from '../../shared/call/loop.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { signedChange } from '../account/signed.ts'
import { openFlag } from './openFlags.ts'
import { notInError, openAction, proposedCallBack } from './openItems.ts'
import { subjectOf } from './readableCall.ts'

/** One open item: whose it is, and the calls that it is of as `mayRead` asks of them: a flag is of two. */
export interface OpenItem {
  kind: OpenItemKind
  /** As `handOver` names it: the call of a call-back or referral; the action; the flag. */
  itemId: Id
  callId: Id
  ownerId: Id
  hubId: Id
  calls: Subject[]
}

const ofCall = { callId: call.id, hubId: call.hubId, writtenBy: call.createdBy }

/** Undefined where there is none, or it is closed. */
export async function openItem(db: ReadDb, kind: OpenItemKind, itemId: Id): Promise<OpenItem | undefined> {
  const [found] = await ownedBy(db, kind, itemId)
  if (!found) return undefined
  const { writtenBy, ...item } = found
  const calls = [{ hubId: item.hubId, writtenBy }]
  return { kind, itemId, ...item, calls: kind === 'flag' ? [...calls, await earlierOf(db, itemId)] : calls }
}

/** May this person read every call that an item is of (L25)? */
export const mayReadItem = (actor: Actor, { calls }: Pick<OpenItem, 'calls'>): boolean =>
  calls.every((each) => mayRead(actor, each))

async function earlierOf(db: ReadDb, flagId: Id): Promise<Subject> {
  const [flag] = await db
    .select({ callId: callFlag.earlierCallId })
    .from(callFlag)
    .where(eq(callFlag.id, flagId))
  return subjectOf(db, flag?.callId ?? '')
}

function ownedBy(db: ReadDb, kind: OpenItemKind, itemId: Id) {
  switch (kind) {
    case 'action':
      return db
        .select({ ...ofCall, ownerId: callAction.ownerId })
        .from(callAction)
        .innerJoin(call, eq(call.id, callAction.callId))
        .where(and(eq(callAction.id, itemId), openAction, notInError))
    case 'flag':
      return db
        .select({ ...ofCall, ownerId: callFlag.ownerId })
        .from(callFlag)
        .innerJoin(call, eq(call.id, callFlag.callId))
        .where(and(eq(callFlag.id, itemId), openFlag, notInError))
    case 'call-back':
    case 'referral':
      return db
        .select({ ...ofCall, ownerId: callLoop.ownerId })
        .from(callLoop)
        .innerJoin(call, eq(call.id, callLoop.callId))
        .where(and(eq(callLoop.callId, itemId), eq(callLoop.kind, kind)))
  }
}

/**
 * Gives an open item to someone else (L19): a promise by a row beside it, which `id` names, an action or a flag by its
 * next version. The proposed action "Call back" goes where its call-back goes.
 */
export async function giveTo(tx: Tx, item: OpenItem, toId: Id, actor: Actor, id: Id): Promise<void> {
  const given = { ...signedChange(actor), ownerId: toId }
  const { kind, itemId, callId, ownerId, hubId } = item
  if (kind === 'action') {
    await tx.update(callAction).set(given).where(eq(callAction.id, itemId))
    return
  }
  if (kind === 'flag') {
    await tx.update(callFlag).set(given).where(eq(callFlag.id, itemId))
    return
  }
  if (kind === 'call-back') {
    const isTheirs = and(eq(callAction.callId, callId), eq(callAction.ownerId, ownerId))
    await tx
      .update(callAction)
      .set(given)
      .where(and(isTheirs, openAction, proposedCallBack))
  }
  const written = { hubId, createdAt: actor.now, createdBy: actor.id, deviceId: actor.deviceId }
  await tx.insert(callHandOver).values({ ...written, id, callId, kind, toId })
}

/** The owner where their access still stands, else whoever acts: nothing opens again for somebody who has gone (L18). */
export async function ownerAtWork(db: ReadDb, ownerId: Id, actor: Actor): Promise<Id> {
  const [owner] = await db.select({ status: account.status }).from(account).where(eq(account.id, ownerId))
  return owner?.status === 'active' ? ownerId : actor.id
}

/** What opens again with a call that is put back and has nobody at work goes to whoever put it back (L18, L23). */
export async function takeOnOrphans(tx: Tx, callId: Id, actor: Actor): Promise<void> {
  const gone = ne(account.status, 'active')
  const loops = await tx
    .select({ kind: callLoop.kind, itemId: callLoop.callId })
    .from(callLoop)
    .innerJoin(account, eq(account.id, callLoop.ownerId))
    .where(and(eq(callLoop.callId, callId), gone))
  const actions = await tx
    .select({ itemId: callAction.id })
    .from(callAction)
    .innerJoin(account, eq(account.id, callAction.ownerId))
    .where(and(eq(callAction.callId, callId), openAction, gone))
  const flags = await tx
    .select({ itemId: callFlag.id })
    .from(callFlag)
    .innerJoin(account, eq(account.id, callFlag.ownerId))
    .where(and(eq(callFlag.callId, callId), openFlag, gone))
  const orphans = [
    ...loops,
    ...actions.map((row) => ({ ...row, kind: 'action' as const })),
    ...flags.map((row) => ({ ...row, kind: 'flag' as const }))
  ]
  for (const { kind, itemId } of orphans) {
    const item = await openItem(tx, kind, itemId)
    // the proposed action has gone along with its call-back
    if (item && item.ownerId !== actor.id) await giveTo(tx, item, actor.id, actor, newId())
  }
}
