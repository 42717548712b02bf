import { addPerson, firstUnlock } from '../screens/account.ts'
import { button, goTo, heading, lock } from '../screens/desk.ts'
import { ash } from '../screens/people.ts'
import { expect, shot, test } from './tour.ts'

test('an administrator: settings, people', async ({ desk: { page } }) => {
  await goTo(page, 'Settings')
  await expect(heading(page, 'Opening hours')).toBeVisible()
  await shot(page, 'settings')
  await button(page, 'Change opening hours').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await shot(page, 'change-opening-hours')
  await page.keyboard.press('Escape')
  const oneTime = await addPerson(page, ash)
  await expect(page.getByRole('row').filter({ hasText: ash.name })).toBeVisible()
  await shot(page, 'people')
  await lock(page)
  await firstUnlock(page, ash, oneTime)
})

test('an auditor: who did what, and whether the chain is whole', async ({ desk: { page } }) => {
  await goTo(page, 'Audit')
  await button(page, 'Check the chain').click()
  await expect(page.getByText(/^The chain is whole/)).toBeVisible()
  await shot(page, 'audit')
})
