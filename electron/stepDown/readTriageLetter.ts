import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { PaperLetter } from '../../shared/letter/letter.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { appendAudit } from '../audit/appendAudit.ts'
import type { Job, Write } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { listTriageLetters } from './listTriageLetters.ts'
import { mustOpenStepDown } from './mustOpenStepDown.ts'

/**
 * A letter of triage as main prints it. That it was begun is in the audit before it is read.
 *
 * @throws Refusal not-found, family-restricted, letter-withheld
 */
export const readTriageLetter: Job<{ stepDownId: Id; id: Id }, PaperLetter> = (
  store,
  { stepDownId, id },
  actor
) =>
  store.read(async (db) => {
    const { hubs } = rulesOn(await settingsInRecord(db), londonDate(actor.now))
    const opened = await mustOpenStepDown(db, stepDownId, actor)
    const letters = await listTriageLetters(db, opened)
    const found = letters.find((each) => each.id === id) ?? notFound()
    if (found.isWithheld) refuse('letter-withheld')
    const { on, toName, address, subject, body } = found
    const hubName = hubs.find(({ key }) => key === opened.hubId)?.name ?? ''
    return { reference: opened.reference, hubName, onDay: on, toName, address, subject, body }
  })

interface LetterEnd {
  stepDownId: Id
  id: Id
  result: 'done' | 'failed'
  /** The file's hash, or the code of what went wrong. */
  reason: string
}

/** How saving a letter of triage ended, in the audit beside its beginning. */
export const endTriageLetter: Write<LetterEnd, null> = async (
  tx,
  { stepDownId, id, result, reason },
  actor
) => {
  const subjectIds = [stepDownId, id]
  await appendAudit(tx, { operation: 'stepDown.saveLetterPdf', subjectIds, result, reason }, actor)
  return null
}
