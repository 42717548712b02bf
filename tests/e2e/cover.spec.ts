import { expect, test, type Page } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import { newId } from '../../shared/ids.ts'
import { aRegistration } from '../fixtures/families.ts'
import * as axe from './screens/axe.ts'
import { choose, startGiving } from './screens/cover.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { addPractitioner } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  const { page } = desk
  const priya = await addPractitioner(page)
  await addPractitioner(page, { id: newId(), name: 'Sam Reed' })
  await addPractitioner(page, { id: newId(), name: 'Ada Brook' })
  for (let family = 0; family < 2; family += 1)
    await ask(page, 'family.register', aRegistration({ practitionerId: priya.id }))
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const problems = (page: Page) => page.getByRole('alert', { name: 'There is a problem' })
const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const loads = (page: Page) => page.getByRole('table', { name: 'What each would hold' })
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

test('cover for an absence: every family has somebody, and the keyworker is back sooner', async () => {
  const { page } = desk
  await startGiving(page, 'Priya Shah', 'Arrange cover')
  await button(page, 'Arrange cover').click()
  await expect(problems(page)).toBeFocused()
  await check(page, 'cover without days')

  await field(page, 'First day').fill('1/12/2026')
  await field(page, 'Last day').fill('10/12/2026')
  await field(page, 'Why they are away').fill('Leave')
  await expect(heading(page, 'What each would hold')).toBeVisible()
  await button(page, 'Arrange cover').click()
  await expect(problems(page)).toContainText('Choose who takes family')
  await check(page, 'cover with errors')

  // the phone rings: what was typed is there when it is gone on with
  await choose(page, 'Who stands in', 0, 'Sam Reed')
  await expect(told(page, 'Saved 10:')).toBeVisible()
  await goTo(page, 'Desk')
  await page.getByRole('button', { name: /^Resume: Arrange cover: Priya Shah/ }).click()
  await expect(page.getByRole('combobox', { name: 'Who stands in' }).first()).toHaveValue('Sam Reed')

  await page.getByRole('button', { name: /^Choose .* for family/ }).click()
  await field(page, 'They were told on').fill('23/11/2026')
  await button(page, 'Fill in').click()
  await expect(loads(page).getByRole('row')).toHaveCount(3)
  await check(page, 'cover filled in')
  await button(page, 'Arrange cover').click()
  await expect(heading(page, 'Cover is arranged')).toBeFocused()
  await check(page, 'cover arranged')

  await goTo(page, 'Keyworkers')
  const covers = page.getByRole('region', { name: 'Who covers whom' })
  await expect(covers).toContainText('Priya Shah is away from 1 December 2026 to 10 December 2026')
  await expect(covers).toContainText('Sam Reed (1 family)')
  await covers.getByRole('button', { name: 'Back sooner (Priya Shah)' }).click()
  await field(page, 'Last day of cover').fill('5/12/2026')
  await expect(page.getByText('They are back on 6 December 2026')).toBeVisible()
  await button(page, 'Record that they are back').click()
  await expect(problems(page)).toContainText('Enter why they are back sooner')
  await check(page, 'back sooner with an error')
  await field(page, 'Why they are back sooner').fill('Came home early')
  await button(page, 'Record that they are back').click()
  await expect(covers).toContainText('to 5 December 2026')
  await check(page, 'who covers whom')
})

test('all families of somebody who leaves go to others', async () => {
  const { page } = desk
  await startGiving(page, 'Priya Shah', 'Give all families to others')
  await field(page, 'First day with the others').fill('14/12/2026')
  await field(page, 'Why they leave').fill('A post elsewhere')
  await button(page, 'Choose whoever is proposed where nobody is chosen yet').click()
  await expect(loads(page).getByRole('row')).toHaveCount(3)
  await check(page, 'giving families away')
  await choose(page, 'Who has it then', 1, 'Ada Brook')
  await choose(page, 'Who has it then', 0, 'Ada Brook')
  await expect(loads(page)).toContainText('2 of 12 families')
  await button(page, 'Give all families to others').click()
  await expect(heading(page, 'All families go to others')).toBeFocused()
  await expect(page.getByText('They hold no family after 13 December 2026')).toBeVisible()
  await check(page, 'families given away')
})
