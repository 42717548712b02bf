import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { Id } from '../../shared/ids.ts'
import { listLetters } from '../letter/listLetters.ts'
import { below, toldTexts } from './toldTexts.ts'

/** In the place of the words of a letter that tells what is withheld by now. */
export const LETTER_WITHHELD =
  'This letter tells an address or a phone number that is withheld by now. Its words stay in the record.'

/**
 * The letters to a family as they were made, the first first. One that tells what is withheld by now says so, and no more.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function toldLetters(db: ReadDb, familyId: Id, actor: Actor): Promise<ToldRecord[]> {
  const letters = await listLetters(db, { familyId }, actor)
  return letters.toReversed().map((letter) => ({
    ...{ id: letter.id, kind: 'letter', reference: '', title: 'Letter', on: letter.onDay },
    ...{ recordedAt: letter.recordedAt, byName: letter.byName },
    texts: toldTexts([
      ['template', 'Which letter', letter.templateName],
      ['to', 'To', below(letter.toName, letter.address)],
      ['subject', 'About', letter.subject],
      ['body', 'The letter', letter.isWithheld ? LETTER_WITHHELD : letter.body]
    ]),
    files: []
  }))
}
