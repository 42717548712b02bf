import type { Tx } from '../../db/open.ts'
import { stepDownLetter } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, notFound, type FieldError } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import { inForce } from '../../shared/setting/inForce.ts'
import { problemsWithTriageWords, type TriageLetterKind } from '../../shared/stepDown/letter.ts'
import { londonDate } from '../../shared/time/london.ts'
import { knownFamily, tellsWithheldOf } from '../family/peopleOf.ts'
import { writtenBy } from '../family/written.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import type { OpenedStepDown } from './mustOpenStepDown.ts'

/** A letter of triage as it was typed. `aboutId`: the return or the decision that it tells of; `address`: a line each. */
export interface TypedTriageLetter {
  id: Id
  kind: TriageLetterKind
  aboutId: Id
  toName: string
  address: string
  subject: string
  body: string
}

/**
 * Keeps a letter of triage with the day and the template that is in force. Refused while a field is left in it, or while it
 * tells what is withheld of the family that the step-down is of: it could not be read again.
 *
 * @param problems what else stands in its way, before its words in the order of the form
 * @throws Refusal not-found, invalid (by field)
 */
export async function keepTriageLetter(
  tx: Tx,
  opened: OpenedStepDown,
  letter: TypedTriageLetter,
  actor: Actor,
  problems: readonly FieldError[] = []
): Promise<void> {
  const wrong = [...problems, ...problemsWithTriageWords(letter), ...withheldIn(tx, opened.familyId, letter)]
  if (wrong.length > 0) invalid(...wrong)
  const today = londonDate(actor.now)
  const letters = inForce(await settingsInRecord(tx), 'triage-letter', today)
  const template = letters.find(({ key }) => key === letter.kind) ?? notFound()
  await tx.insert(stepDownLetter).values({
    ...writtenBy(actor, opened.hubId),
    ...letter,
    toName: letter.toName.trim(),
    subject: letter.subject.trim(),
    body: letter.body.trim(),
    stepDownId: opened.stepDownId,
    templateId: template.id,
    onDay: today
  })
}

function withheldIn(tx: Tx, familyId: Id, letter: TypedTriageLetter): FieldError[] {
  if (familyId === '') return []
  const tells = tellsWithheldOf(knownFamily(tx, familyId))
  const telling = (['toName', 'subject', 'body'] as const).filter((path) => tells(letter[path]))
  const message = 'This tells an address or a phone number that is withheld. Take it out'
  return telling.map((path) => ({ path, message }))
}
