import { expect, type Page } from '@playwright/test'
import { button, expectOpen, field, goTo, heading, tryToUnlock } from './desk.ts'
import type { Person } from './people.ts'

/** In "People", by an administrator. Returns the one-time passphrase as it is written down. */
export async function addPerson(page: Page, { name, role, profession }: Person): Promise<string> {
  await goTo(page, 'People')
  await button(page, 'Add a person').click()
  const form = page.getByRole('dialog', { name: 'Add a person' })
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByRole('checkbox', { name: role, exact: true }).check()
  await form.getByLabel('Profession', { exact: true }).selectOption({ label: profession })
  await form.getByRole('button', { name: 'Add and make a passphrase' }).click()
  const passphrase = (await field(page, 'One-time passphrase').textContent()) ?? ''
  await button(page, 'I have written it down').click()
  return passphrase.trim()
}

/** The first unlock: the one-time passphrase, and one of their own in its place. */
export async function firstUnlock(page: Page, person: Person, oneTime: string): Promise<void> {
  await tryToUnlock(page, person.name, oneTime)
  await expect(heading(page, 'Choose a new passphrase')).toBeVisible()
  await field(page, 'Passphrase').fill(person.passphrase)
  await field(page, 'Passphrase again').fill(person.passphrase)
  await button(page, 'Open the desk').click()
  await expectOpen(page)
}
