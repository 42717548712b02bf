import { expect, test, type Page } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import * as axe from './screens/axe.ts'
import { button, expectOpen, field, heading, lock, openDesk, unlock, type OpenDesk } from './screens/desk.ts'
import { addNote, addSiblings, openNotes, searchNotes } from './screens/note.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
let family: RegistrationDraft

test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  family = await addSiblings(desk.page)
  await addNote(desk.page, family, {
    kind: 'call',
    words: 'Rang the landlord about the boiler',
    aboutIds: [family.people[1]!.id]
  })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const group = (page: Page, name: string) => page.getByRole('group', { name, exact: true })
const notes = (page: Page) => page.getByRole('article', { name: /^(Visit|Call), / })
const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const problems = (page: Page) => page.getByRole('alert', { name: 'There is a problem' })
const zoom = (factor: number) =>
  desk.app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(wanted)
  }, factor)
/** With the whole form in sight: what the bar at its foot half covers is no fault of the page. */
async function check(page: Page, state: string) {
  await zoom(0.5)
  await axe.check(page, state)
  await zoom(1)
}

test('a note about two children, begun with a template, survives a lock and is filed once for both', async () => {
  const { page } = desk
  await searchNotes(page, 'umbrella')
  await expect(page.getByText('No case note that you may read has these words.')).toBeVisible()
  await openNotes(page, 'land boil')
  await expect(heading(page, 'Case notes')).toBeVisible()
  await page.keyboard.press('F3')
  await expect(heading(page, 'Add a case note')).toBeFocused()
  await expect(field(page, 'The note')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(problems(page)).toBeFocused()
  for (const words of ['Choose what the note tells of', 'Choose whom it is about', 'Enter the note'])
    await expect(problems(page)).toContainText(words)
  await check(page, 'a case note with errors')

  await field(page, 'Begin with a template (optional)').selectOption({ label: 'Home visit' })
  await expect(page.getByRole('radio', { name: 'Visit' })).toBeChecked()
  await expect(field(page, 'The note')).toBeFocused()
  await page.keyboard.type(' to see the new beds')
  await expect(field(page, 'The note')).toHaveValue(/^Why I visited: to see the new beds\nWho I saw/)
  await field(page, 'Begin with a template (optional)').selectOption({ label: 'Decision' })
  await check(page, 'a template where something was typed')
  await button(page, 'Leave the note as it is').click()
  await expect(field(page, 'The note')).not.toHaveValue(/What was decided/)
  for (const name of ['Robin Vale', 'Sam Vale'])
    await group(page, 'Whom is it about?').getByRole('checkbox', { name }).check()
  await group(page, 'Who of the family was there? (optional)')
    .getByRole('checkbox', { name: 'Jo Vale' })
    .check()
  await field(page, 'Time').fill('9.20')
  await field(page, 'The child’s voice (optional)').fill('Sam: mine is the blue one')
  await page.getByRole('radio', { name: 'No, and this is why' }).check()
  await field(page, 'Why the family may not see it').fill('A neighbour told us, and asked not to be named')
  await expect(page.getByText('Saved 10:0')).toBeVisible()
  await check(page, 'a case note that is typed')

  await lock(page)
  await unlock(page)
  await expectOpen(page)
  await expect(field(page, 'The child’s voice (optional)')).toHaveValue('Sam: mine is the blue one')
  await expect(group(page, 'Whom is it about?').getByRole('checkbox', { checked: true })).toHaveCount(2)
  await page.keyboard.press('Control+Enter')
  await expect(told(page, 'Case note added about Robin Vale and Sam Vale')).toBeVisible()
  await expect(notes(page)).toHaveCount(2)
  await expect(notes(page).first()).toContainText('Visit, 23 November 2026, 09:20')
  await expect(notes(page).first()).toContainText('A neighbour told us, and asked not to be named')
})

test('the notes are narrowed by kind, person and words, and each child has the one about both', async () => {
  const { page } = desk
  for (const [person, count] of [
    ['Robin Vale', 1],
    ['Sam Vale', 2],
    ['Jo Vale', 0]
  ] as const) {
    await field(page, 'About').selectOption({ label: person })
    await expect(notes(page)).toHaveCount(count)
  }
  await expect(page.getByText('No case note matches this.')).toBeVisible()
  await button(page, 'Show every note').first().click()
  await button(page, 'Call').click()
  await expect(notes(page)).toHaveCount(1)
  await button(page, 'Call').click()
  await field(page, 'Words in the notes').fill('blue beds')
  await expect(notes(page)).toHaveCount(1)
  await expect(notes(page).locator('mark')).toHaveText(['beds', 'blue'])
  await check(page, 'case notes, narrowed')
})

test('a correction is added beside the note, and stands with it on the paper', async () => {
  const { page } = desk
  await page.getByRole('link', { name: /^Add to this note/ }).click()
  await expect(heading(page, 'Add to a case note')).toBeFocused()
  await expect(page.getByRole('region', { name: 'The note as it stands' })).toContainText(
    'to see the new beds'
  )
  await field(page, 'What do you add?').fill('The blue one is Robin’s')
  await check(page, 'adding to a case note')
  await page.keyboard.press('Control+Enter')
  await expect(told(page, 'Added to the case note')).toBeVisible()
  await expect(notes(page).first()).toContainText('mine is the blue one')
  await expect(notes(page).first().getByRole('listitem')).toContainText('The blue one is Robin’s')

  await page.evaluate('window.print = () => { window.printed = true }')
  await button(page, 'Print these notes').click()
  await page.waitForFunction('window.printed')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('Every case note of this assessment. Printed by Morgan Ellis')).toBeVisible()
  await expect(button(page, 'Print these notes')).toBeHidden()
  await page.emulateMedia({ media: 'screen' })

  await searchNotes(page, 'blue robin')
  const found = page.getByRole('main').getByRole('listitem')
  await expect(found).toHaveCount(1)
  await expect(found).toContainText('Added later: The blue one is Robin’s')
  await check(page, 'case notes found')
  await found.getByRole('link').click()
  await expect(notes(page)).toHaveCount(1)
  await expect(button(page, 'Show every note')).toBeVisible()
})
