import { and, eq, isNull } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { account, accountRole, stepDownEvent } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { StepDownAct } from '../../shared/stepDown/stepDown.ts'
import { londonDate } from '../../shared/time/london.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { mustOpenStepDown } from './mustOpenStepDown.ts'
import { recordEvent } from './recordEvent.ts'

/**
 * What a triage manager does with a step-down without a form: it goes on although something is missing, ends, is reopened,
 * or somebody takes it. Whoever acts says what they have read (L7).
 *
 * @throws Refusal not-found, family-restricted, clashing-id, changed-since, step-not-possible, invalid (words, toId)
 */
export async function act(
  tx: Tx,
  taken: Parsed<'stepDown.act'>,
  actor: Actor
): Promise<null | AlreadyDone<null>> {
  const { lastId } = await mustOpenStepDown(tx, taken.stepDownId, actor)
  const content = contentOf(taken)
  const [before] = await tx.select().from(stepDownEvent).where(eq(stepDownEvent.id, taken.id))
  if (before) {
    const isSame = (Object.keys(content) as (keyof typeof content)[]).every(
      (key) => before[key] === content[key]
    )
    return isSame && before.createdBy === actor.id ? alreadyDone(null) : refuse('clashing-id')
  }
  if (taken.basedOn !== lastId) throw new Refusal({ code: 'changed-since' })
  if (taken.act === 'end') mustSayWhy(taken)
  if (taken.act === 'take' && taken.toId !== '') await mustTriage(tx, taken.toId)
  await recordEvent(tx, { ...content, id: taken.id, on: londonDate(actor.now) }, actor)
  return null
}

const contentOf = (taken: StepDownAct) => ({
  stepDownId: taken.stepDownId,
  event: taken.act,
  toId: taken.act === 'take' ? taken.toId : '',
  reason: taken.act === 'end' ? taken.reason : '',
  words: taken.act === 'take' ? '' : taken.words
})

function mustSayWhy({ reason, words }: Extract<StepDownAct, { act: 'end' }>): void {
  if (words !== '') return
  if (reason === 'duplicate') invalid({ path: 'words', message: 'Enter the reference of the one we have' })
  if (reason === 'other') invalid({ path: 'words', message: 'Enter why it ends' })
}

/** Only triage managers look after a step-down. */
async function mustTriage(db: ReadDb, accountId: Id): Promise<void> {
  const [found] = await db
    .select({ id: account.id })
    .from(account)
    .innerJoin(accountRole, eq(accountRole.accountId, account.id))
    .where(
      and(
        eq(account.id, accountId),
        eq(account.status, 'active'),
        isNull(accountRole.deletedAt),
        eq(accountRole.role, 'triage-manager')
      )
    )
  if (!found) invalid({ path: 'toId', message: 'Choose a triage manager who works here' })
}
