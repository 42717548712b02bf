import { notFound, refuse } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { PaperLetter } from '../../shared/letter/letter.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { begin } from '../export/journal.ts'
import type { Job } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { listTriageLetters } from './listTriageLetters.ts'
import { mustOpenStepDown } from './mustOpenStepDown.ts'

/**
 * A letter of triage as main prints it. That it was begun is in the audit before main has it.
 *
 * @throws Refusal not-found, family-restricted, letter-withheld
 */
export const readTriageLetter: Job<{ stepDownId: Id; id: Id; paperId: Id }, PaperLetter> = async (
  store,
  { stepDownId, id, paperId },
  actor
) => {
  const read = await store.read(async (db) => {
    const { hubs } = rulesOn(await settingsInRecord(db), londonDate(actor.now))
    const opened = await mustOpenStepDown(db, stepDownId, actor)
    const letters = await listTriageLetters(db, opened)
    const found = letters.find((each) => each.id === id) ?? notFound()
    if (found.isWithheld) refuse('letter-withheld')
    const { on, toName, address, subject, body } = found
    const hubName = hubs.find(({ key }) => key === opened.hubId)?.name ?? ''
    return { reference: opened.reference, hubName, onDay: on, toName, address, subject, body }
  })
  const told = { operation: 'stepDown.saveLetterPdf' as const, subjectIds: [stepDownId, id] }
  await begin(store, { ...told, id: paperId, path: '', familyId: '' }, actor)
  return read
}
