import { expect, test, type Page } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import * as axe from './screens/axe.ts'
import { addPlanned, openEnding } from './screens/closing.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { addFamily } from './screens/family.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const region = (page: Page, name: string) => page.getByRole('region', { name })
const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check()
const problems = (page: Page) => page.getByRole('alert', { name: 'There is a problem' })
/** With the whole form in sight: what the bar at its foot half covers is no fault of the page. */
async function check(page: Page, state: string) {
  const zoom = (factor: number) =>
    desk.app.evaluate(({ BrowserWindow }, wanted) => {
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(wanted)
    }, factor)
  await zoom(0.5)
  await axe.check(page, state)
  await zoom(1)
}

test('an assessment is closed with what became of its plan, and goes on after all', async () => {
  const { page } = desk
  const { reference } = await addPlanned(page)
  await openEnding(page, reference)
  await link(page, 'Close assessment').click()
  await button(page, 'Close assessment').click()
  await expect(problems(page)).toBeFocused()
  for (const words of ['Enter why', 'Choose whether it could go on', 'Choose what became of this outcome'])
    await expect(problems(page)).toContainText(words)
  await check(page, 'closing with errors')

  await field(page, 'Why is it closed?').fill('The family manages by itself')
  await choose(page, 'No')
  await field(page, 'Why could it not?').fill('Nothing is left to do')
  // the phone rings: what was typed is there when it is gone on with
  await expect(told(page, 'Saved 10:')).toBeVisible()
  await goTo(page, 'Desk')
  await page.getByRole('button', { name: /^Resume: Close assessment/ }).click()
  await expect(field(page, 'Why is it closed?')).toHaveValue('The family manages by itself')

  await choose(page, 'Met')
  await field(page, 'What changed, and how one can tell').fill('Four days of five since October')
  await field(page, 'What is the family told for the time after?').fill('Ring the school nurse first')
  await field(page, 'Who').fill('Jo Vale')
  await expect(page.getByText('Meeting on 3 December 2026')).toBeVisible()
  await button(page, 'Close assessment').click()
  await expect(told(page, 'of Robin Vale closed. To be told: Jo Vale. Ended with it')).toBeVisible()
  await expect(heading(page, 'Ending')).toBeFocused()
  const ending = region(page, 'Ending')
  await expect(ending).toContainText('Met: Robin is in school four days of five')
  await expect(ending).toContainText('No. Nothing is left to do')
  await check(page, 'a closed assessment')

  await button(page, 'Reopen').click()
  await button(page, 'Reopen').click()
  await expect(page.getByText('Enter why it goes on')).toBeVisible()
  await field(page, 'Why does it go on?').fill('Robin asked for it')
  await check(page, 'reopening')
  await button(page, 'Reopen').click()
  await expect(told(page, 'reopened. What was cancelled when it closed stays cancelled.')).toBeVisible()
  await ending.getByText('Closed before, and reopened (1)').click()
  await expect(ending).toContainText('by Morgan Ellis: Robin asked for it')
  await check(page, 'an assessment that was reopened')
})

test('what has nothing planned next stands on the desk; stepped up with the work that goes on, it does not', async () => {
  const { page } = desk
  const { reference } = await addFamily(page)
  await goTo(page, 'Desk')
  const list = region(page, 'No next action')
  await expect(list.getByRole('listitem')).toHaveCount(2)
  await expect(list).toContainText('Keyworker Priya Shah')
  await expect(region(page, 'Nobody owns it')).toContainText('Every open assessment has a keyworker.')
  await check(page, 'the desk of who minds assessments')
  await openEnding(page, reference)

  await link(page, 'Step up').click()
  await field(page, 'Why is it stepped up?').fill('Robin was hurt at home')
  await field(page, 'Who').fill('Jo Vale')
  await button(page, 'Step up').click()
  await expect(problems(page)).toContainText('Enter the work that goes on, or say here why none does')
  await button(page, 'Add work').click()
  await field(page, 'What goes on').fill('Breakfast club')
  await field(page, 'Who does it').fill('School')
  await check(page, 'stepping up')
  await button(page, 'Step up').click()
  await expect(told(page, 'stepped up. To be told: Jo Vale.')).toBeVisible()
  await expect(region(page, 'Ending')).toContainText('School: Breakfast club')
  await expect(page.getByText('A step-up is an end.')).toBeVisible()
  await expect(button(page, 'Reopen')).toBeHidden()
  await goTo(page, 'Desk')
  await expect(list.getByRole('listitem')).toHaveCount(1)
})
