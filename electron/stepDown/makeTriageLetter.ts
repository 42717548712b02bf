import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { stepDownLetter } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { Refusal, refuse, type FieldError } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { addressLines } from '../../shared/letter/withheld.ts'
import { problemsWithRecipient } from '../../shared/stepDown/letter.ts'
import { londonDate } from '../../shared/time/london.ts'
import { endDraft } from '../draft/endDraft.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { decisionOf } from './fillTriageLetter.ts'
import { keepTriageLetter } from './keepTriageLetter.ts'
import { mustOpenStepDown, type OpenedStepDown } from './mustOpenStepDown.ts'
import { familyAddressees, versionOf } from './triageRecipients.ts'

type Draft = Parsed<'stepDown.makeLetter'>
type Made = Output<'stepDown.makeLetter'>

/**
 * A letter of a decision as it was typed, to the social worker or to the family; of the decision that counts, for one that
 * was revised meanwhile is told to nobody any more. The address is the record's of today and never the page's, and stands in
 * no letter while it is withheld. The form's draft goes in the same act (L3); the same again answers with the first result
 * (L6).
 *
 * @throws Refusal not-found, family-restricted, changed-since, invalid (by field), clashing-id, not-your-draft
 */
export async function makeTriageLetter(
  tx: Tx,
  draft: Draft,
  actor: Actor
): Promise<Made | AlreadyDone<Made>> {
  const opened = await mustOpenStepDown(tx, draft.stepDownId, actor)
  const [before] = await tx.select().from(stepDownLetter).where(eq(stepDownLetter.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id || !isMade(draft, before)) refuse('clashing-id')
    return alreadyDone({ id: draft.id })
  }
  await endDraft(tx, draft.id, actor)
  await decisionOf(tx, draft.stepDownId, draft.aboutId)
  if (opened.decisionId !== draft.aboutId) throw new Refusal({ code: 'changed-since' })

  const { address, isWithheld, people } = await addressedTo(tx, draft, opened, londonDate(actor.now))
  const problems: FieldError[] = problemsWithRecipient(draft, people)
  if (draft.withAddress && address === '') {
    const message = isWithheld
      ? 'Where they live is withheld. Hand the letter over.'
      : 'No address of theirs is known'
    problems.push({ path: 'withAddress', message })
  }
  const { id, kind, aboutId, toName, subject, body } = draft
  const letter = { id, kind, aboutId, toName, subject, body, address: draft.withAddress ? address : '' }
  await keepTriageLetter(tx, opened, letter, actor, problems)
  return { id }
}

async function addressedTo(db: ReadDb, draft: Draft, opened: OpenedStepDown, today: string) {
  if (draft.kind === 'decision-sender') {
    const { workerAddress } = await versionOf(db, draft.stepDownId, opened.versionId)
    return { address: addressLines(workerAddress), isWithheld: false, people: [] }
  }
  const { recipients, addressOf } = await familyAddressees(db, opened, today)
  return { ...addressOf(draft.toPersonId), people: recipients.map(({ id }) => id) }
}

/** Is this form the letter that was made, word for word (L6)? */
const isMade = (draft: Draft, row: typeof stepDownLetter.$inferSelect): boolean =>
  row.stepDownId === draft.stepDownId &&
  row.kind === draft.kind &&
  row.aboutId === draft.aboutId &&
  (row.address !== '') === draft.withAddress &&
  (['toName', 'subject', 'body'] as const).every((key) => row[key] === draft[key].trim())
