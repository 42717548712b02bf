import { and, desc, gte, inArray, lt, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { call, callFlag } from '../../db/schema/index.ts'
import type { Subject } from '../../shared/access/mayRead.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { foldName } from '../../shared/account/name.ts'
import { likeliest, matchChild } from '../../shared/call/earlier.ts'
import type { CallLink } from '../../shared/call/link.ts'
import { twoConcerns } from '../../shared/call/loop.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Match, Person } from '../../shared/person/match.ts'
import { followUpOn, inForce } from '../../shared/setting/inForce.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { addDays, daysBetween, londonDate, toInstant } from '../../shared/time/london.ts'
import { peopleAtWork } from '../account/peopleAtWork.ts'
import { mayTakeOn } from '../account/takesOn.ts'
import { callsFiledSince, questionsAbout, type FiledBefore } from './earlierCalls.ts'

/** A call that was let through with a concern, as it is being filed. */
interface Concern {
  id: Id
  hubId: string
  tookPlaceAt: string
  children: readonly Person[]
  links: readonly CallLink[]
}

/**
 * Two concerns about one child within some days (C5): one flag, about the likeliest earlier call and of those the
 * newest, for one named person (L21). A likely match is enough, for a flag too many costs a look, one too few a child;
 * "none of these" is the adviser's answer, and raises none (L15). Every call is looked at, those of other hubs too,
 * because two hubs that each know of one concern are what the flag is for; who gets it may read both.
 */
export async function raiseFlag(
  tx: Tx,
  concern: Concern,
  settings: readonly Setting[],
  actor: Actor
): Promise<void> {
  const earlier = await earlierConcern(tx, concern, settings)
  if (!earlier) return
  const calls: Subject[] = [
    { hubId: concern.hubId, writtenBy: actor.id },
    { hubId: earlier.call.hubId, writtenBy: earlier.call.createdBy }
  ]
  const ownerId = await addressee(tx, concern.hubId, calls, settings, actor)
  if (ownerId === undefined) return
  await tx.insert(callFlag).values({
    id: naturalId('call-flag', concern.id, earlier.call.id),
    hubId: concern.hubId,
    createdAt: actor.now,
    createdBy: actor.id,
    deviceId: actor.deviceId,
    updatedAt: actor.now,
    updatedBy: actor.id,
    callId: concern.id,
    earlierCallId: earlier.call.id,
    why: why(earlier, concern.tookPlaceAt),
    ownerId,
    answeredAt: '',
    answer: ''
  })
}

interface Earlier extends Match {
  call: FiledBefore
  tookPlaceAt: string
}

async function earlierConcern(
  tx: Tx,
  { id, tookPlaceAt, children, links }: Concern,
  settings: readonly Setting[]
): Promise<Earlier | undefined> {
  const on = londonDate(tookPlaceAt)
  const { twoConcernsDays } = followUpOn(settings, on)
  const since = addDays(on, -twoConcernsDays)
  const isNone = new Set(links.filter(({ kind }) => kind === 'not-related').map(({ callId }) => callId))
  const matches = (await callsFiledSince(tx, since, questionsAbout(children), id)).flatMap((call) => {
    const match = likeliest(call.children.map((child) => matchChild(children, child)))
    return match && match.strength !== 'possible' && !isNone.has(call.id) ? [{ ...match, call }] : []
  })
  // a call written down on paper may be filed long after it took place, and after a later one
  const concerns = await concernsBetween(tx, matches, since, addDays(on, twoConcernsDays))
  return likeliest(
    concerns.flatMap(({ callId, tookPlaceAt: before }) => {
      const match = matches.find(({ call }) => call.id === callId)
      return match ? [{ ...match, tookPlaceAt: before }] : []
    })
  )
}

/** Those that had a concern and took place between two London days, both included: the newest first. */
async function concernsBetween(
  tx: Tx,
  calls: readonly { call: FiledBefore }[],
  from: CivilDate,
  to: CivilDate
): Promise<{ callId: Id; tookPlaceAt: string }[]> {
  if (calls.length === 0) return []
  const ids = calls.map(({ call: { id } }) => id)
  return tx
    .select({ callId: call.id, tookPlaceAt: call.tookPlaceAt })
    .from(call)
    .where(
      and(
        inArray(call.id, ids),
        gte(call.tookPlaceAt, toInstant(from, '00:00') ?? from),
        lt(call.tookPlaceAt, toInstant(addDays(to, 1), '00:00') ?? to),
        sql`trim(${call.concern}) <> ''`
      )
    )
    .orderBy(desc(call.tookPlaceAt), desc(call.id))
}

/** Without a name: it stands in lists and in the record of what was decided. */
function why({ tookPlaceAt: before, reasons }: Earlier, tookPlaceAt: string): string {
  const days = Math.abs(daysBetween(londonDate(before), londonDate(tookPlaceAt)))
  return `${twoConcerns(days)}. ${reasons.map(({ says }) => says).join('. ')}.`
}

/**
 * L21: the Senior Coordinator of the call's hub, else its Coordinator, else the triage manager who has been here
 * longest, else the adviser, else whoever has been here longest; always someone who may read both calls and answer.
 */
async function addressee(
  tx: Tx,
  hubId: string,
  calls: readonly Subject[],
  settings: readonly Setting[],
  actor: Actor
): Promise<Id | undefined> {
  const hub = inForce(settings, 'local-hub', londonDate(actor.now)).find(({ key }) => key === hubId)?.value
  const people = await peopleAtWork(tx)
  const named = (name = '') => people.filter((person) => foldName(person.name) === foldName(name))
  const inTurn = [
    ...named(hub?.seniorCoordinator),
    ...named(hub?.coordinator),
    ...people.filter((person) => hasRole(person, 'triage-manager')),
    actor,
    ...people
  ]
  return inTurn.find((person) => mayTakeOn(person, calls))?.id
}
