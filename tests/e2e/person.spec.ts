import { expect, test, type Page } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import { aPerson, aRegistration } from '../fixtures/families.ts'
import { check } from './screens/axe.ts'
import { fact, file, logCall, openFiled } from './screens/call.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { addFamily } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
let family: Awaited<ReturnType<typeof addFamily>>

test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  family = await addFamily(desk.page)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const option = (page: Page, name: string | RegExp) => page.getByRole('option', { name })

test('a keyworker’s call by keyboard: the open assessment is chosen, the family found, the child matched', async () => {
  const { page } = desk
  const form = await logCall(page)
  await page.keyboard.press('ArrowDown')
  await expect(form.aKeyworker).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(field(page, 'Open assessment')).toBeFocused()
  await page.keyboard.type('ffa 7kq3')
  await expect(page.getByText('No open assessment found.')).toBeVisible()
  await check(page, 'no open assessment')
  await field(page, 'Open assessment').fill('robin va')
  await expect(option(page, /Robin Vale/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Open in the record')).toBeVisible()
  await expect(form.confirmedBy).toBeHidden()

  await form.callerName.fill('Priya Shah')
  await form.child(0).name.fill('Robyn Vail')
  await form.child(0).birth.fill('3/9/15')
  const strip = page.getByRole('region', { name: 'Have we spoken before?' })
  await expect(strip).toContainText('1 family in the record')
  await page.keyboard.press('F6')
  await expect(strip.getByRole('group', { name: `Family ${family.reference}` })).toContainText(
    'keyworker Priya Shah'
  )
  await check(page, 'a family in the strip')
  await page.keyboard.press('F6')

  await form.concern.fill('Tired and hungry on most mornings.')
  await form.advice.fill('Talk to the parents first.')
  await form.outcome.selectOption({ label: 'Advice only' })
  await openFiled(page, await file(page, form))
  await expect(fact(page, 'Open assessment')).toHaveText(/^FFA-/)

  await button(page, 'Match to a family (Robyn Vail)').focus()
  await page.keyboard.press('Enter')
  await expect(field(page, 'Who is this in the record?')).toBeFocused()
  await expect(option(page, /Robin Vale/)).toContainText('Same date of birth')
  await check(page, 'matching a child')
  await page.keyboard.press('Enter')
  await expect(page.getByText('In the record: Robin Vale')).toBeVisible()
  await expect(button(page, 'Change (Robyn Vail)')).toBeFocused()
  await check(page, 'a matched child')
  await button(page, 'Take back (Robyn Vail)').focus()
  await page.keyboard.press('Enter')
  await expect(button(page, 'Match to a family (Robyn Vail)')).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(option(page, 'None of these')).toBeVisible()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByText('None of those who were found in the record')).toBeVisible()
})

test('possible doubles: two people, the same person merged field by field, and taken apart again', async () => {
  const { page } = desk
  const double = (name: string, changes = {}) => {
    const form = aRegistration({ practitionerId: family.form.practitionerId })
    const agreement = { ...form.agreement, byPersonId: '', byName: 'Jo Vale' }
    return ask(page, 'family.register', { ...form, agreement, people: [aPerson({ name, ...changes })] })
  }
  await goTo(page, 'Families')
  await page.getByRole('link', { name: 'Possible doubles' }).click()
  await expect(page.getByText('Nobody waits to be looked at.')).toBeVisible()
  await check(page, 'no doubles')
  await double('Robyn Vale', { sex: 'female', address: '9 Sun Street, Stevenage SG1 1AA' })
  await double('Rob Vail')
  await goTo(page, 'Desk')
  await goTo(page, 'Families')
  await page.getByRole('link', { name: 'Possible doubles' }).click()
  const pairs = page.getByRole('listitem').filter({ has: page.getByText('Found ') })
  await expect(pairs.filter({ hasText: 'Strong match' }).first()).toBeVisible()
  await check(page, 'possible doubles')
  const before = await pairs.count()
  const apart = pairs.filter({ hasText: 'Rob Vail' }).first()
  await apart.getByRole('button', { name: 'Two people' }).press('Enter')
  await expect(page.getByText('Recorded: two people')).toBeVisible()
  await expect(heading(page, 'Possible doubles')).toBeFocused()
  await expect(pairs).toHaveCount(before - 1)

  const pair = pairs.filter({ hasText: 'Robin Vale' }).filter({ hasText: 'Robyn Vale' })
  await pair.getByRole('button', { name: 'Same person: merge' }).press('Enter')
  await expect(
    pair
      .getByRole('radio', { name: 'Robin Vale' })
      .or(pair.getByRole('radio', { name: 'Robyn Vale' }))
      .first()
  ).toBeFocused()
  await pair.getByRole('radio', { name: 'Robyn Vale' }).press('Space')
  await button(page, 'Merge the two records').press('Enter')
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText(
    'Enter why they are the same person'
  )
  await check(page, 'merging, with errors')
  await field(page, 'Why are they the same person?').fill('The school confirmed it')
  await button(page, 'Merge the two records').press('Enter')
  await expect(page.getByText('this can be undone on the family’s page')).toBeVisible()

  await button(page, 'Look for doubles again').press('Enter')
  await expect(page.getByText(/looked up, .* may be in the record already/)).toBeVisible()

  await goTo(page, 'Families')
  await field(page, 'Find anyone').fill('robin vale 3/9/15')
  await expect(option(page, /Robyn Vale/).first()).toContainText('Strong match')
  await page.getByRole('link', { name: family.reference }).click()
  await expect(page.getByText('Merged with the record of')).toBeVisible()
  await page.getByRole('button', { name: 'They are two people' }).press('Enter')
  await field(page, 'Reason').fill('They sat beside each other in class')
  await button(page, 'Take them apart').press('Enter')
  await expect(page.getByText('Merged with the record of')).toBeHidden()
  await expect(heading(page, 'Family of Robin Vale')).toBeVisible()
})
