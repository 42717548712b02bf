import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { addPlanned, openEnding } from '../screens/closing.ts'
import { button, field, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, look, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `He came to school with a burn, and his mother could not be reached.\n${UNBROKEN}`

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('the lists of the desk: empty, and with a long name', async () => {
  const { page, app } = desk
  await look(desk, 'open-empty')
  const child = aPerson({ name: NAME })
  const mother = aPerson({ role: 'parent-carer', name: 'Jo Vale', birth: '1/2/1985', relation: 'mother' })
  await addFamily(page, {
    people: [child, mother],
    agreement: { ...aRegistration().agreement, byPersonId: mother.id }
  })
  await addFamily(page)
  await goTo(page, 'Families')
  await goTo(page, 'Desk')
  await page.getByRole('region', { name: 'No next action' }).getByRole('link').first().waitFor()
  await look(desk, 'open-lists')
  const mend = await answerWith(app, 'episode.open', fault)
  await goTo(page, 'Families')
  await goTo(page, 'Desk')
  await expect(button(page, 'Close this message')).toBeVisible()
  await look(desk, 'open-failed')
  await mend()
  await button(page, 'Close this message').click()
})

test('the end of an assessment: the way to it, empty, with errors, with everything long, closed, reopened', async () => {
  const { page } = desk
  const { reference } = await addPlanned(page, {}, TEXT)
  await openEnding(page, reference)
  await page.getByRole('link', { name: 'Close assessment' }).waitFor()
  await look(desk, 'ending-open')
  await page.getByRole('link', { name: 'Close assessment' }).click()
  await field(page, 'Why is it closed?').waitFor()
  await look(desk, 'closing-empty')
  await button(page, 'Close assessment').click()
  await look(desk, 'closing-errors')
  await field(page, 'Why is it closed?').fill(TEXT)
  await page.getByRole('radio', { name: 'Yes', exact: true }).check()
  await field(page, 'How could it, and why is it closed all the same?').fill(TEXT)
  await page.getByRole('radio', { name: 'Partly met' }).check()
  await field(page, 'What changed, and how one can tell').fill(TEXT)
  await field(page, 'What is the family told for the time after?').fill(TEXT)
  await field(page, 'Who').fill(UNBROKEN)
  await field(page, 'How and what (optional)').fill(TEXT)
  await button(page, 'Add somebody else').click()
  await look(desk, 'closing-long')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'closing-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Close assessment').click()
  await button(page, 'Reopen').waitFor()
  await look(desk, 'closed')
  await button(page, 'Reopen').click()
  await look(desk, 'reopening')
})

test('stepping up: empty, with work that goes on, stepped up', async () => {
  const { page } = desk
  const { reference } = await addPlanned(page)
  await openEnding(page, reference)
  await page.getByRole('link', { name: 'Step up' }).click()
  await field(page, 'Why is it stepped up?').waitFor()
  await look(desk, 'step-up-empty')
  await button(page, 'Step up').click()
  await look(desk, 'step-up-errors')
  await page.getByRole('checkbox', { name: /^Walk with Robin/ }).check()
  await button(page, 'Add other work').click()
  await field(page, 'What goes on').fill('Breakfast club')
  await field(page, 'Who does it').fill('School')
  await field(page, 'Why is it stepped up?').fill('Robin was hurt at home')
  await page.getByRole('radio', { name: 'Not met' }).check()
  await field(page, 'What changed, and how one can tell').fill('No change')
  await field(page, 'Who').fill('Jo Vale')
  await look(desk, 'step-up')
  await button(page, 'Step up').click()
  await page.getByText('A step-up is an end.').waitFor()
  await look(desk, 'stepped-up')
})
