import { expect, test, type Page } from '@playwright/test'
import { check } from './screens/axe.ts'
import { ash, morgan, robin } from './screens/people.ts'
import {
  button,
  expectOpen,
  field,
  goTo,
  heading,
  lock,
  openDesk,
  tryToUnlock,
  unlock,
  type OpenDesk
} from './screens/desk.ts'

let desk: OpenDesk
test.beforeEach(async () => {
  desk = await openDesk()
})
test.afterEach(async () => {
  await desk.close()
})

async function addPerson(page: Page, { name, role, profession }: typeof robin): Promise<string> {
  await button(page, 'Add a person').click()
  await field(page, 'Name').fill(name)
  await page.getByRole('checkbox', { name: role, exact: true }).check()
  await field(page, 'Profession').selectOption({ label: profession })
  await button(page, 'Add and make a passphrase').click()
  const passphrase = await field(page, 'One-time passphrase').textContent()
  await check(page, 'one-time passphrase')
  await button(page, 'I have written it down').click()
  return passphrase ?? ''
}

async function firstUnlock(page: Page, { name, passphrase }: typeof robin, oneTime: string) {
  await tryToUnlock(page, name, oneTime)
  await expect(field(page, 'Passphrase again')).toBeVisible()
  await field(page, 'Passphrase').fill(passphrase)
  await field(page, 'Passphrase again').fill(passphrase)
  await page.keyboard.press('Enter')
  await expectOpen(page)
}

test('opening hours change from a day on, after a preview, and can be taken back', async () => {
  const { page } = desk
  await goTo(page, 'Settings')
  await check(page, 'settings')
  await button(page, 'Change opening hours').click()
  await check(page, 'changing opening hours')
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday']) {
    await page.getByRole('group', { name: day }).getByLabel('Closes').fill('16.30')
  }
  await field(page, 'From').fill('2027-03-01')
  const change = 'From Monday 1 March 2027: closes 16:30 instead of 17:00, Monday to Thursday'
  await expect(page.getByText(change, { exact: true })).toBeVisible()
  await button(page, 'Save change').click()
  await expect(page.getByText(`Saved. ${change}`)).toBeVisible()
  await check(page, 'opening hours saved')
  await button(page, 'Take back: opening hours from Monday 1 March 2027').click()
  await check(page, 'taking opening hours back')
  await button(page, 'Take back').click()
  await expect(page.getByText('The change is taken back.')).toBeVisible()
  await expect(page.getByText(change, { exact: true })).toBeHidden()
})

test('a training day today closes the desk at once', async () => {
  const { page } = desk
  const clock = page.getByRole('banner')
  await expect(clock).toContainText('Open until 17:00')
  await goTo(page, 'Settings')
  await button(page, 'Add a closed day').click()
  await button(page, 'Save change').click()
  await expect(page.getByRole('link', { name: 'Enter the day that is closed' })).toBeVisible()
  await check(page, 'adding a closed day, with errors')
  await field(page, 'Day').fill('2026-11-23')
  await field(page, 'What the day is').fill('Training day')
  await button(page, 'Save change').click()
  await expect(clock).toContainText('Closed. Opens Tuesday 9:00')
})

test('a person is added, unlocks with a passphrase of their own, and is stopped', async () => {
  const { page } = desk
  await goTo(page, 'People')
  const oneTime = await addPerson(page, robin)
  await check(page, 'somebody new')
  await lock(page)
  await firstUnlock(page, robin, oneTime)
  await lock(page)
  await unlock(page, morgan)
  await goTo(page, 'People')
  await button(page, `Stop access of ${morgan.name}`).click()
  await button(page, 'Stop access').click()
  await expect(page.getByText('This is the last administrator.')).toBeVisible()
  await button(page, `Stop access of ${robin.name}`).click()
  await check(page, 'access stopped')
  await button(page, 'Stop access').click()
  await expect(page.getByText('Access stopped', { exact: true })).toBeVisible()
  await lock(page)
  await tryToUnlock(page, robin.name, robin.passphrase)
  await expect(page.getByText('That name and passphrase do not match.').first()).toBeVisible()
})

test('an auditor reads who did what, and finds the chain whole', async () => {
  const { page } = desk
  await goTo(page, 'People')
  const oneTime = await addPerson(page, ash)
  await lock(page)
  await firstUnlock(page, ash, oneTime)
  await goTo(page, 'Audit')
  await expect(page.getByRole('cell', { name: 'Added a person' })).toBeVisible()
  await check(page, 'audit')
  await field(page, 'Operation').selectOption({ label: 'Set the computer up' })
  await button(page, 'Show').click()
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('cell', { name: morgan.name })).not.toHaveCount(0)
  await button(page, 'Check the chain').click()
  await expect(page.getByText(/^The chain is whole: \d+ rows$/)).toBeVisible()
  await expect(heading(page, 'Audit')).toBeVisible()
})
