import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { stepUpEvent } from '../../db/schema/index.ts'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { problemsWithTaken } from '../../shared/stepUp/problems.ts'
import { londonDate } from '../../shared/time/london.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { insertEvent } from './insertEvent.ts'
import { theStepUp } from './readStepUps.ts'

type Taken = Parsed<'stepUp.takeStep'>

/**
 * What is done for a request outside a meeting: what was asked for is answered, it is withdrawn, or what continues is
 * confirmed (R59). Where agreement was withdrawn triage managers alone say what becomes of it (C10).
 *
 * @throws Refusal not-found, family-restricted, not-allowed, step-not-possible, invalid (on), clashing-id
 */
export async function takeStepUpStep(tx: Tx, taken: Taken, actor: Actor): Promise<null | AlreadyDone<null>> {
  await mustOpen(tx, taken.familyId, actor)
  const [before] = await tx.select().from(stepUpEvent).where(eq(stepUpEvent.id, taken.id))
  if (before) {
    if (before.createdBy !== actor.id || !isTaken(before, taken)) refuse('clashing-id')
    return alreadyDone(null)
  }
  const stepUp = theStepUp(tx, taken, actor)
  if (stepUp.state === 'without-agreement' && !hasRole(actor, 'triage-manager')) {
    throw new Refusal({ code: 'not-allowed' })
  }
  const { requestedOn } = stepUp
  const problems = problemsWithTaken(taken, { requestedOn, today: londonDate(actor.now) })
  if (problems.length > 0) invalid(...problems)
  const { id, event, on, words } = taken
  await insertEvent(tx, stepUp, { id, event, on, who: whoOf(taken), words }, actor)
  return null
}

const whoOf = (taken: Taken): string => ('who' in taken ? taken.who : '')

const isTaken = (before: typeof stepUpEvent.$inferSelect, taken: Taken): boolean =>
  before.stepUpId === taken.stepUpId &&
  before.event === taken.event &&
  before.onDay === taken.on &&
  before.who === whoOf(taken) &&
  before.words === taken.words
