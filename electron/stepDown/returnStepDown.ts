import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { stepDownLetter, stepDownReturn, stepDownVersion } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound, refuse, Refusal } from '../../shared/errors.ts'
import { naturalIdBeside } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { addressLines } from '../../shared/letter/withheld.ts'
import { problemsWithReturn } from '../../shared/stepDown/problems.ts'
import { needed } from '../../shared/stepDown/stepDown.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { writtenAfter, writtenBy } from '../family/written.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { keepTriageLetter } from './keepTriageLetter.ts'
import { mustOpenStepDown } from './mustOpenStepDown.ts'
import { recordEvent } from './recordEvent.ts'

type Returned = Output<'stepDown.return'>

/**
 * "Send back to the sender" (C7): what is missing and why, with the letter that tells it; the clock that then runs is the
 * sender's. It is about the newest of what they told (L7). The form's draft goes in the same act (L3).
 *
 * @throws Refusal not-found, family-restricted, invalid (by field), changed-since, step-not-possible, clashing-id,
 *   not-your-draft
 */
export async function returnStepDown(
  tx: Tx,
  draft: Parsed<'stepDown.return'>,
  actor: Actor
): Promise<Returned | AlreadyDone<Returned>> {
  const { id, stepDownId, versionId } = draft
  const opened = await mustOpenStepDown(tx, stepDownId, actor)
  const letterId = naturalIdBeside(id, 'letter')
  const said = { stepDownId, versionId, missing: inOrder(draft.missing), words: draft.words.trim() }
  const [before] = await tx.select().from(stepDownReturn).where(eq(stepDownReturn.id, id))
  if (before) {
    const isSame = (Object.keys(said) as (keyof typeof said)[]).every((key) => before[key] === said[key])
    if (before.createdBy !== actor.id || !isSame || !(await isLetter(tx, letterId, draft)))
      refuse('clashing-id')
    return alreadyDone({ letterId })
  }
  await endDraft(tx, id, actor)
  if (versionId !== opened.versionId) throw new Refusal({ code: 'changed-since' })
  const [version] = await tx.select().from(stepDownVersion).where(eq(stepDownVersion.id, versionId))
  const { sendingTeam, workerName, workerAddress } = version ?? notFound()
  await keepTriageLetter(
    tx,
    opened,
    {
      ...{ id: letterId, kind: 'return', aboutId: id, subject: draft.subject, body: draft.body },
      toName: workerName || sendingTeam,
      address: addressLines(workerAddress)
    },
    actor,
    problemsWithReturn(draft)
  )
  const written = writtenAfter(writtenBy(actor, opened.hubId), opened.lastAt)
  await tx.insert(stepDownReturn).values({ ...written, ...said, id, sendingTeam })
  const event = { id: naturalIdBeside(id, 'returned'), stepDownId, event: 'return' as const, aboutId: id }
  await recordEvent(tx, { ...event, on: londonDate(actor.now), words: said.words }, actor)
  return { letterId }
}

const inOrder = (missing: readonly string[]): string =>
  needed.filter((each) => missing.includes(each)).join(' ')

async function isLetter(
  tx: Tx,
  letterId: string,
  { subject, body }: Parsed<'stepDown.return'>
): Promise<boolean> {
  const [kept] = await tx.select().from(stepDownLetter).where(eq(stepDownLetter.id, letterId))
  return kept?.subject === subject.trim() && kept.body === body.trim()
}
