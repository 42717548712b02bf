import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import { check } from './screens/axe.ts'
import {
  button,
  expectOpen,
  field,
  goTo,
  heading,
  openDesk,
  relaunch,
  unlock,
  type OpenDesk
} from './screens/desk.ts'
import { addPractitioner } from './screens/family.ts'
import { morgan } from './screens/people.ts'
import { beginRegistration, registrationForm } from './screens/registration.ts'
import type { Desk } from './launch.ts'

const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
let desk: Desk & Partial<Pick<OpenDesk, 'recoveryKey'>>

test.beforeAll(async () => {
  desk = await openDesk({ userDataDir, person: { ...morgan, role: roleLabels['triage-manager'] } })
})
test.afterAll(async () => {
  await desk.close()
  rmSync(userDataDir, { recursive: true })
})
test.describe.configure({ mode: 'serial' })

test('a form is typed by the keyboard, says what is missing, and a killed desk brings it back', async () => {
  const { page } = desk
  await addPractitioner(page, { name: 'Sam Reed', trainedOn: '' })
  const form = await beginRegistration(page)
  await check(page, 'an empty registration form')
  await page.keyboard.press('Control+Enter')
  await expect(form.errors).toBeFocused()
  await expect(form.errors.getByRole('link')).toHaveText([
    'Enter at least one child or unborn child',
    'Choose what the family decided'
  ])
  await form.errors.getByRole('link').first().press('Enter')
  await expect(form.person(0).name).toBeFocused()

  await page.keyboard.type('Robin Vale')
  await page.keyboard.press('Tab')
  await page.keyboard.type('3/9/15')
  await form.person(0).address.fill('4 Mill Lane, Hertford SG14 1AB')
  await expect(form.person(0).district.locator('option:checked')).toHaveText('East Hertfordshire')
  await form.addParent.press('Enter')
  await expect(form.person(1).name).toBeFocused()
  await page.keyboard.type('Jo Vale')
  await form.person(1).relation.fill('mother')
  await page.getByRole('button', { name: 'Same address as Robin Vale' }).press('Enter')
  await expect(form.saved).toBeVisible()
  // the second within which what is typed is saved (L1)
  await page.waitForTimeout(1_000)
  await desk.kill()

  desk = await relaunch(desk)
  await unlock(desk.page)
  await expectOpen(desk.page)
  const again = registrationForm(desk.page)
  await expect(again.person(0).birth).toHaveValue('3/9/15')
  await expect(again.person(1).relation).toHaveValue('mother')
  await expect(again.person(1).address).toHaveValue('4 Mill Lane, Hertford SG14 1AB')
})

test('R23: an untrained keyworker is refused; one is registered in place and the family with them', async () => {
  const { page } = desk
  const form = registrationForm(page)
  await form.agreed.check()
  await form.whoAgreed.selectOption({ label: 'Jo Vale' })
  await expect(form.relationOfWho).toHaveValue('mother')
  await form.how.selectOption({ label: 'By phone' })
  await form.responsible.check()
  await form.takePart.check()
  await form.needs.fill('School and the health visitor both see needs that neither can meet alone')
  await form.keyworker.pressSequentially('sam')
  await expect(page.getByRole('option', { name: /Sam Reed/ })).toContainText('Not trained')
  await form.keyworker.press('Enter')
  await form.register.press('Enter')
  await expect(form.errors.getByRole('link')).toHaveText([
    'Sam Reed is not trained and registered on EHM yet, so cannot be given a family'
  ])
  await check(page, 'a registration form with an error')

  await form.registerPractitioner.press('Enter')
  await field(page, 'Practitioner’s name').fill('Priya Shah')
  const agency = page.getByRole('combobox', { name: 'Agency or school', exact: true })
  await agency.pressSequentially('lantern')
  await expect(page.getByRole('option', { name: /Lantern Trust/ })).toBeVisible()
  await agency.press('Enter')
  await expect(page.getByText('01632 960333', { exact: true })).toBeVisible()
  await field(page, 'EHM training').fill('12/1/26')
  await field(page, 'Registered on EHM').fill('9/2/26')
  await check(page, 'a registration form with a new practitioner')
  await button(page, 'Register this practitioner').press('Enter')
  await expect(form.keyworker).toBeFocused()
  await expect(form.keyworker).toHaveValue('Priya Shah')
  await expect(form.errors).toBeHidden()

  await page.keyboard.press('Control+Enter')
  await expect(heading(page, 'The family is registered')).toBeFocused()
  await check(page, 'a registered family')
  await page.getByRole('link', { name: 'Open the family' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Chronology', exact: true })).toBeVisible()
  await expect(page.getByText(/Priya Shah/).first()).toBeVisible()
  await goTo(page, 'Desk')
  await expect(page.getByText('No form unfinished.')).toBeVisible()
})

test('somebody who is in the record already is recognised, and their open assessment is shown', async () => {
  const { page } = desk
  const form = await beginRegistration(page)
  await form.person(0).name.fill('Robin Vale')
  await form.person(0).birth.fill('3/9/15')
  await page.getByRole('button', { name: /^This is them: Robin Vale/ }).press('Enter')
  await expect(page.getByText('In the record already.')).toBeVisible()
  await expect(
    page.getByText(/An assessment is open in this person’s family: FFA-.*Priya Shah/)
  ).toBeVisible()
  await check(page, 'a registration form of somebody known')
  await page.getByRole('button', { name: /^This is somebody else/ }).press('Enter')
  await page.getByRole('button', { name: /^None of these/ }).press('Enter')
  await expect(page.getByText('None of those who were found.')).toBeVisible()
  await button(page, 'Leave for later').click()
  await button(page, 'Set aside: Register a family: Robin Vale').click()
  await field(page, 'Why it is set aside').fill('Registered already')
  await button(page, 'Set this form aside').click()
  await expect(page.getByText('No form unfinished.')).toBeVisible()
})

test('practitioners are a tab of the directory', async () => {
  const { page } = desk
  await goTo(page, 'Directory')
  await page.getByRole('tab', { name: 'Practitioners' }).click()
  await expect(page.getByRole('row', { name: /Sam Reed/ })).toContainText('Not trained')
  await expect(page.getByRole('row', { name: /Priya Shah/ })).toContainText('Yes')
  await check(page, 'the practitioners of the directory')
})
