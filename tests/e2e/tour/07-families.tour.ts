import { button, field, goTo, heading, lock, unlock } from '../screens/desk.ts'
import { addFamily, personCard } from '../screens/family.ts'
import { morgan } from '../screens/people.ts'
import { expect, shot, test } from './tour.ts'

test('families: anyone is found, with why', async ({ desk: { page } }) => {
  await lock(page)
  await unlock(page, morgan)
  await addFamily(page)
  await goTo(page, 'Families')
  await field(page, 'Find anyone').fill('robin vale 9/3/15')
  await expect(page.getByRole('option').first()).toContainText('Robin Vale')
  await shot(page, 'find-anyone')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Family of Robin Vale')).toBeVisible()
  await expect(page.getByText('Family registered as')).toBeVisible()
  await shot(page, 'family')
})

test('an address changes from a day, and the old one stays readable', async ({ desk: { page } }) => {
  const card = personCard(page, 'Robin Vale')
  await button(page, 'Change address of Robin Vale').click()
  await field(page, 'Address with postcode').fill('9 Sun Street, Stevenage SG1 1AA')
  await shot(page, 'an-address-changes')
  await button(page, 'Save').click()
  await expect(card).toContainText('9 Sun Street')
  await card.getByText('Earlier and later values').click()
  await shot(page, 'earlier-values')
})

test('everything that was recorded, in one chronology', async ({ desk: { page } }) => {
  await page.getByRole('link', { name: 'Chronology', exact: true }).click()
  await button(page, 'Details').click()
  await expect(page.getByText('Family registered as')).toBeHidden()
  await shot(page, 'chronology')
})
