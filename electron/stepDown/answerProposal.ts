import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { episode, stepDownAllocation, stepDownEvent, transferStep } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, Refusal, refuse } from '../../shared/errors.ts'
import { naturalIdBeside, type Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { problemsWithAnswer } from '../../shared/stepDown/allocating.ts'
import { fromArrival, standingOf } from '../../shared/stepDown/state.ts'
import type { AnsweredProposal } from '../../shared/stepDown/stepDown.ts'
import { londonDate } from '../../shared/time/london.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { acceptStepDown } from './acceptStepDown.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'
import { eventsOf, recordEvent } from './recordEvent.ts'

type Answered = Output<'stepDown.answer'>

/**
 * What came of a proposal, recorded on the keyworker's behalf (C8). A yes opens the assessment, or gives the open one to them
 * (`acceptStepDown`), and is final. A no touches no assessment: the step-down is back in the queue with its age, and the
 * reason is kept. It may be taken back before they answer.
 *
 * @throws Refusal not-found, family-restricted, clashing-id, changed-since (another proposal stands), step-not-possible,
 *   invalid (by field), and of a yes whatever `acceptStepDown` refuses
 */
export async function answerProposal(
  tx: Tx,
  answer: Parsed<'stepDown.answer'>,
  actor: Actor
): Promise<Answered | AlreadyDone<Answered>> {
  const { id, stepDownId, allocationId, on } = answer
  const now = await mustOpenStepDown(tx, stepDownId, actor)
  const content = contentOf(answer)
  const [before] = await tx.select().from(stepDownEvent).where(eq(stepDownEvent.id, id))
  if (before) {
    const isSame = (Object.keys(content) as (keyof typeof content)[]).every(
      (key) => before[key] === content[key]
    )
    if (!isSame || before.createdBy !== actor.id || !(await isAcceptedSo(tx, answer))) refuse('clashing-id')
    return alreadyDone({ episodeId: before.toId })
  }
  const proposal = await theProposal(tx, now, allocationId)
  const toId =
    answer.answer === 'accept'
      ? await acceptStepDown(tx, now, { answer, ...proposal }, actor)
      : mustBeAnswer(answer, proposal.proposedOn, actor)
  await recordEvent(tx, { ...content, id, toId, on }, actor)
  return { episodeId: toId }
}

const contentOf = (answer: AnsweredProposal) => ({
  stepDownId: answer.stepDownId,
  event: answer.answer,
  aboutId: answer.allocationId,
  onDay: answer.on,
  who: answer.answer === 'take-back' ? '' : answer.who,
  words: answer.answer === 'accept' ? '' : answer.words
})

/** The proposal that stands, if it is this one. */
async function theProposal(db: ReadDb, now: OpenedStepDown, allocationId: Id) {
  if (now.state !== 'allocated') refuse('step-not-possible')
  const standing = standingOf(fromArrival(await eventsOf(db, now.stepDownId), now.receivedAt))
  if (standing.allocationId !== allocationId) throw new Refusal({ code: 'changed-since' })
  const [kept] = await db
    .select({ practitionerId: stepDownAllocation.practitionerId, at: stepDownAllocation.createdAt })
    .from(stepDownAllocation)
    .where(eq(stepDownAllocation.id, allocationId))
  if (!kept) return notFound()
  return { practitionerId: kept.practitionerId, proposedOn: londonDate(kept.at) }
}

/** A no, or its taking back: it leads to no assessment. */
function mustBeAnswer(answer: AnsweredProposal, proposedOn: string, { now }: Actor): Id {
  const problems = problemsWithAnswer(answer, {
    today: londonDate(now),
    proposedOn,
    changesKeyworker: false
  })
  if (problems.length > 0) invalid(...problems)
  return ''
}

/** Did a yes come with these words (L6)? What nothing asked for was kept nowhere. */
async function isAcceptedSo(db: ReadDb, answer: AnsweredProposal): Promise<boolean> {
  if (answer.answer !== 'accept') return true
  const [begun] = await db
    .select({ because: episode.goesOnBecause })
    .from(episode)
    .where(eq(episode.id, answer.episodeId))
  const [agreed] = await db
    .select({ on: transferStep.agreedOn })
    .from(transferStep)
    .where(eq(transferStep.id, naturalIdBeside(answer.id, 'propose')))
  return (
    ['', answer.goesOnBecause].includes(begun?.because ?? '') &&
    (agreed?.on ?? answer.agreedOn) === answer.agreedOn
  )
}
