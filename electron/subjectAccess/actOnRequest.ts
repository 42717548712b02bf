import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { subjectRequestEvent } from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { contract } from '../../shared/ipc/contract.ts'
import type { RequestAct } from '../../shared/subjectAccess/request.ts'
import { isDated, problemsWithAct } from '../../shared/subjectAccess/requestProblems.ts'
import { mayHappen } from '../../shared/subjectAccess/state.ts'
import { readDate } from '../../shared/time/civilDate.ts'
import { londonDate } from '../../shared/time/london.ts'
import { peopleAtWork } from '../account/peopleAtWork.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { eventsOf, theRequest, type RequestAsRecorded } from './theRequest.ts'

/**
 * Something happens to a request: whoever asks has proved who they are, the time is extended, it is withdrawn, answered,
 * goes on after all, or somebody else prepares it. Whoever acts says what they have read (L7).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), clashing-id, changed-since, step-not-possible
 */
export async function actOnRequest(tx: Tx, act: RequestAct, actor: Actor): Promise<null | AlreadyDone<null>> {
  const { row, standing, lastId, lastAt } = await theRequest(tx, act.requestId, actor)
  const today = londonDate(actor.now)
  const [before] = await tx.select().from(subjectRequestEvent).where(eq(subjectRequestEvent.id, act.id))
  if (before) {
    const again = contentOf(act, londonDate(before.createdAt))
    const isSame = (Object.keys(again) as (keyof typeof again)[]).every((key) => before[key] === again[key])
    return isSame && before.createdBy === actor.id ? alreadyDone(null) : refuse('clashing-id')
  }
  if (act.basedOn !== lastId) throw new Refusal({ code: 'changed-since' })
  if (!mayHappen(standing, row).includes(act.event)) refuse('step-not-possible')
  const problems = problemsWithAct(act, standing, row.receivedOn, today)
  if (problems.length > 0) invalid(...problems)
  if (act.event === 'assign') await mustPrepare(tx, act.toId)
  await tx.insert(subjectRequestEvent).values({
    ...writtenAfter(writtenBy(actor, row.hubId), lastAt),
    ...{ id: act.id, ...contentOf(act, today) }
  })
  return null
}

/** Somebody else prepares the answer from now on, after whoever has left. Whoever calls has made sure that they may. */
export async function assignRequest(
  tx: Tx,
  { id: requestId, hubId, createdAt }: RequestAsRecorded,
  toId: Id,
  actor: Actor
): Promise<void> {
  const lastAt = (await eventsOf(tx, requestId)).at(-1)?.createdAt ?? createdAt
  await tx.insert(subjectRequestEvent).values({
    ...writtenAfter(writtenBy(actor, hubId), lastAt),
    ...{ id: newId(), requestId, event: 'assign', onDay: londonDate(actor.now), toId, words: '' }
  })
}

const contentOf = ({ requestId, event, on, toId, words }: RequestAct, today: string) => ({
  ...{ requestId, event },
  onDay: isDated(event) ? readDate(on) : today,
  toId: event === 'assign' ? toId : '',
  words: event === 'assign' ? '' : words.trim()
})

/** Only who may record a request prepares an answer. */
async function mustPrepare(tx: Tx, accountId: Id): Promise<void> {
  const found = (await peopleAtWork(tx)).find(({ id }) => id === accountId)
  const { may } = contract['subjectAccess.act']
  if (!found || (may !== 'anyone' && !hasRole(found, ...may)))
    invalid({ path: 'toId', message: 'Choose an adviser or triage manager who works here' })
}
