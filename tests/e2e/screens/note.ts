import { expect, type Page } from '@playwright/test'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import type { NoteDraft } from '../../../shared/note/note.ts'
import { aNote } from '../../fixtures/notes.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { button, field, goTo, heading } from './desk.ts'
import { addFamily } from './family.ts'
import { ask } from './hub.ts'

/** Robin and Sam Vale with their mother Jo, and an assessment that is open. */
export async function addSiblings(page: Page, name = 'Sam Vale') {
  const { people, agreement } = aRegistration()
  const [robin, jo] = people
  return (await addFamily(page, { people: [robin!, aPerson({ name, birth: '1/5/2018' }), jo!], agreement }))
    .form
}

/** A case note in the record, of an hour at which the desk of the test had begun. */
export const addNote = (page: Page, family: RegistrationDraft, changes: Partial<NoteDraft> = {}) =>
  ask(page, 'note.add', aNote(family, changes))

/** By its words, from whichever page. */
export async function searchNotes(page: Page, words: string): Promise<void> {
  await goTo(page, 'Families')
  await page.getByRole('link', { name: 'Search case notes', exact: true }).click()
  await expect(heading(page, 'Search case notes')).toBeVisible()
  await field(page, 'Words in the notes').fill(words)
  await button(page, 'Search').click()
}

/** The notes of an assessment, come to by one that has these words alone. */
export async function openNotes(page: Page, words: string): Promise<void> {
  await searchNotes(page, words)
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
  await button(page, 'Show every note').click()
  await expect(button(page, 'Show every note')).toBeHidden()
}
