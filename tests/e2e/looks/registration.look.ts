import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { button, field, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily, addPractitioner } from '../screens/family.ts'
import { morgan } from '../screens/people.ts'
import { beginRegistration } from '../screens/registration.ts'
import { answerWith, fault, hiddenStops, look, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)

let desk: OpenDesk

test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('practitioners: none, a new one, its errors, some', async () => {
  const { page, app } = desk
  await goTo(page, 'Directory')
  await page.getByRole('tab', { name: 'Practitioners' }).click()
  await expect(page.getByText('No practitioner is registered yet.')).toBeVisible()
  await look(desk, 'practitioners-empty')
  await button(page, 'Register a practitioner').click()
  await field(page, 'EHM training').fill('soon')
  await button(page, 'Register this practitioner').click()
  await look(desk, 'practitioner-errors')
  await button(page, 'Cancel').click()
  await addPractitioner(page)
  await addPractitioner(page, { name: `Sam ${UNBROKEN}`, trainedOn: '', role: UNBROKEN.slice(0, 100) })
  await goTo(page, 'Desk')
  await goTo(page, 'Directory')
  await expect(page.getByRole('cell', { name: /^Priya Shah/ })).toBeVisible()
  await look(desk, 'practitioners')
  const mend = await answerWith(app, 'practitioner.list', fault)
  await page.getByLabel('Search practitioners').fill('sam')
  await expect(button(page, 'Close this message')).toBeVisible()
  await look(desk, 'practitioners-failed')
  await mend()
  await button(page, 'Close this message').click()
})

test('a form: empty, with errors, with everything', async () => {
  const { page } = desk
  await addFamily(page)
  const form = await beginRegistration(page)
  await look(desk, 'registration-empty')
  await form.agreed.check()
  await form.takePart.check()
  await form.register.click()
  await expect(form.errors).toBeVisible()
  await look(desk, 'registration-errors')
  expect(await hiddenStops(desk, 40)).toEqual([])
  const child = form.person(0)
  await child.name.fill('Robin Vale')
  await child.birth.fill('3/9/15')
  await child.address.fill('4 Mill Lane, Hertford SG14 1AB')
  await child.phone.fill('07700 900123')
  await expect(page.getByText('Already in the record?')).toBeVisible()
  await form.addParent.click()
  await form.person(1).name.fill(`Jo ${UNBROKEN}`)
  await form.person(1).relation.fill('mother')
  await form.addUnborn.click()
  await form.person(2).expected.fill('3/3/27')
  await form.whoAgreed.selectOption({ index: 2 })
  await form.how.selectOption({ label: 'By phone' })
  await form.responsible.check()
  await form.needs.fill(`School and the health visitor both see needs. ${UNBROKEN}`)
  await form.keyworker.fill('priya')
  await page
    .getByRole('option', { name: /Priya Shah/ })
    .first()
    .click()
  await look(desk, 'registration-typed')
  await button(page, 'This is them: Robin Vale, Born 3 September 2015 · SG14 1AB').click()
  await expect(page.getByText('In the record already.')).toBeVisible()
  await form.registerPractitioner.click()
  await look(desk, 'registration-known')
  await button(page, 'Cancel').click()
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'registration-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await goTo(page, 'Desk')
  await look(desk, 'desk-unfinished-form')
})
