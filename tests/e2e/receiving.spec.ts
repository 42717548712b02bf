import { expect, test } from '@playwright/test'
import { aStepDown, aStepDownPerson } from '../fixtures/stepDowns.ts'
import { zoom } from './looks/look.ts'
import { check } from './screens/axe.ts'
import { button, field, goTo, openDesk, type OpenDesk } from './screens/desk.ts'
import { addFamily } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { blake } from './screens/people.ts'
import { openStepDown } from './screens/stepDown.ts'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const draft = aStepDown()

test('a step-down is received, sent back, answered and matched', async () => {
  const { page } = desk
  const { reference } = await addFamily(page)
  await goTo(page, 'Triage')
  await button(page, 'Receive a step-down').click()
  await page.getByRole('radio', { name: 'End of a Child in Need plan' }).check()
  await field(page, 'Sending team').fill(draft.sendingTeam)
  await field(page, 'Social worker').fill(draft.workerName)
  await field(page, 'Their phone number').fill('12')
  await field(page, 'Statutory work completed on').fill('20/11/2026')
  await field(page, 'Name').fill('Robin Vale')
  await field(page, 'Date of birth').fill('3/9/15')
  await field(page, 'What Robin Vale needs').fill('Sleeps badly and is often late for school')
  // what is here already stands there before anything is made
  const here = page.getByRole('region', { name: 'Is it here already?' })
  await expect(here).toContainText('1 family in the record')
  await expect(here).toContainText('keyworker Priya Shah')
  await field(page, 'Areas still to progress').fill(draft.areas)
  await field(page, 'What was tried').fill(draft.tried)
  await page.getByRole('radiogroup', { name: 'Was there an early help' }).getByLabel('No').check()
  await page.getByRole('radio', { name: 'Medium' }).check()
  await field(page, 'What the risks are').fill(draft.risks)
  await page.getByRole('radio', { name: 'Targeted' }).check()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Enter a phone number')
  await check(page, 'receiving with errors')
  await field(page, 'Their phone number').fill(draft.workerPhone)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('2 things are missing: The family’s agreement')).toBeVisible()

  await page.getByRole('link', { name: 'Send back to the sender' }).click()
  await expect(page.getByRole('checkbox', { name: 'The last plan' })).toBeChecked()
  await button(page, 'Send back to the sender').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText(
    'Enter why it goes back'
  )
  await field(page, 'Why does it go back?').fill('We may not ring before they have agreed')
  await expect(page.getByRole('article', { name: 'The letter on paper' })).toContainText('We may not ring')
  // all of it in sight: no bar lies half over a box to tick
  await zoom(desk, 0.5)
  await check(page, 'sending back')
  await zoom(desk, 1)
  await button(page, 'Send back to the sender').click()
  await expect(page.getByText('Save the letter and send it')).toBeVisible()
  await expect(page.getByText('They have until 30 November 2026.')).toBeVisible()

  await page.getByRole('link', { name: 'Add what the sender told' }).click()
  await field(page, 'The last plan').fill(draft.lastPlan)
  await page.getByRole('radio', { name: 'Yes', exact: true }).last().check()
  await field(page, 'Their name').fill('Jo Vale')
  await field(page, 'When?').fill('18/11/2026')
  await field(page, 'To what, and to telling whom?').fill(draft.agreedScope)
  await expect(page.getByText('Nothing: it can be triaged.')).toBeVisible()
  await button(page, 'Add this to the step-down').click()
  await expect(page.getByText('Nothing is missing: it can be triaged.')).toBeVisible()
  await expect(page.getByText('As it was told on')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Match' })).toBeVisible()
  await check(page, 'a step-down with choices of family')
  await page.getByRole('button', { name: 'Match' }).click()
  await expect(page.getByRole('region', { name: 'The family' })).toContainText('Priya Shah')
  await expect(page.getByRole('link', { name: `Open ${reference}` })).toBeVisible()
})

test('a family that is new to the record is registered from it', async () => {
  const { page } = desk
  const people = [aStepDownPerson(), aStepDownPerson({ name: 'Robin Vale', birth: '3/9/2015' })]
  await ask(page, 'stepDown.receive', aStepDown({ people, agreedById: '', agreedBy: 'Dana Marsh' }))
  await openStepDown(page, 'Rowan Marsh, Robin Vale')
  await button(page, 'Register the family').click()
  const dialog = page.getByRole('dialog', { name: 'Register the family' })
  await expect(dialog.getByText('Already in the record?')).toBeVisible()
  await check(page, 'registering a family from a step-down')
  await dialog.getByRole('button', { name: /^This is them/ }).click()
  await expect(dialog.getByText('In the record already.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Register the family' }).click()
  await expect(page.getByRole('region', { name: 'The family' })).toContainText(
    'Registered from this step-down'
  )
  await page.getByRole('link', { name: /^Open FAM-/ }).click()
  await expect(page.getByRole('article', { name: 'Robin Vale' })).toBeVisible()
})
