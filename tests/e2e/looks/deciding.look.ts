import { expect, test } from '@playwright/test'
import { aDecision } from '../../fixtures/decisions.ts'
import { aStepDown, aStepDownPerson } from '../../fixtures/stepDowns.ts'
import { button, field, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { openStepDown } from '../screens/stepDown.ts'
import { answerWith, fault, hiddenStops, look, shootWindow, sizeWindow, zoom } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `The mornings are hard, and nobody has found a way yet that lasts longer than a week.\n${UNBROKEN}`

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: 'Triage manager' } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const route = (name: string) => desk.page.getByRole('radio', { name }).check()
const link = (name: string) => desk.page.getByRole('link', { name, exact: true })

test('a decision: empty, with errors, each route, long, decided by somebody else meanwhile', async () => {
  const { app, page } = desk
  const form = aStepDown({
    sendingTeam: NAME,
    areas: TEXT,
    risks: TEXT,
    previousKeyworker: NAME,
    hadPrevious: 'yes'
  })
  const people = [aStepDownPerson({ name: NAME, needs: TEXT }), ...form.people.slice(1)]
  const { stepDownId } = await ask(page, 'stepDown.receive', { ...form, people })
  await openStepDown(page, NAME)
  await look(desk, 'decision-none')
  await page.getByRole('region', { name: 'Decision', exact: true }).getByRole('link').first().click()
  await expect(field(page, 'Why this level?')).toBeVisible()
  await look(desk, 'decision-empty')
  await button(page, 'Record decision').click()
  await look(desk, 'decision-errors')
  await page.getByRole('radio', { name: 'Intensive', exact: true }).check()
  for (const [name, label] of [
    ['agency', 'Partner agency'],
    ['former', 'Back to the former keyworker'],
    ['universal', 'Universal services'],
    ['not-accepted', 'Not accepted'],
    ['team', 'Intensive family support team']
  ] as const) {
    await route(label)
    await look(desk, `decision-${name}`)
  }
  for (const label of [
    'Why this level?',
    'Why this route?',
    'What does the decision go by?',
    'What else was considered, and why not?'
  ])
    await field(page, label).fill(TEXT)
  await button(page, 'Show whom to ring').click()
  await look(desk, 'decision-danger')
  await button(page, 'Hide the numbers').click()
  expect.soft(await hiddenStops(desk, 24)).toEqual([])
  await zoom(desk, 2)
  await look(desk, 'decision-200')
  await zoom(desk, 1)
  await ask(page, 'stepDown.decide', aDecision(stepDownId, { rationale: TEXT }))
  await button(page, 'Record decision').click()
  await expect(page.getByText('Something was decided since you began')).toBeVisible()
  await look(desk, 'decision-newer')
  await button(page, 'I have looked: go on with what I typed').click()
  const mend = await answerWith(app, 'stepDown.decide', fault)
  await button(page, 'Record the revised decision').click()
  await look(desk, 'decision-fault')
  await mend()
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'decision-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Record the revised decision').click()
  await expect(page.getByText('Decision recorded.')).toBeVisible()
  await page.getByText(/Before: Intensive/).click()
  await look(desk, 'decision-revised')
})

test('letters: to the social worker, to the family with a field left, one’s own words, made, on a small window', async () => {
  const { page } = desk
  await link('Write the letter to the social worker').click()
  await expect(field(page, 'The letter')).toHaveValue(/Dear/)
  await look(desk, 'triage-letter-sender')
  await button(page, 'Make letter').click()
  await expect(page.getByText(/Letter to .* made/)).toBeVisible()
  await look(desk, 'triage-letter-made')
  await link('Back to the step-down').click()
  await link('Write the letter to the family').click()
  await button(page, 'Make letter').click()
  await look(desk, 'triage-letter-errors')
  await field(page, 'Who is it to?').selectOption('Dana Marsh')
  await expect(field(page, 'The letter')).toHaveValue(/Dear Dana Marsh/)
  await look(desk, 'triage-letter-family')
  await zoom(desk, 2)
  await look(desk, 'triage-letter-200')
  await zoom(desk, 1)
  await button(page, 'Make letter').click()
  await expect(page.getByText(/Letter to .* made/)).toBeVisible()
  await link('Back to the step-down').click()
  await expect(page.getByRole('region', { name: 'Decision', exact: true })).toContainText('Dana Marsh')
  await look(desk, 'decision-letters')
})

test('while something is missing nothing is decided', async () => {
  const { page } = desk
  const form = aStepDown({ lastPlan: '' })
  await ask(page, 'stepDown.receive', {
    ...form,
    people: [aStepDownPerson({ name: 'Kit Reed' }), ...form.people.slice(1)]
  })
  await openStepDown(page, /Kit Reed/)
  await look(desk, 'decision-blocked')
})

test('a letter of the settings, with what it can fill in', async () => {
  const { page } = desk
  await goTo(page, 'Settings')
  await button(page, 'Change Decision, to the family').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('What a letter can fill in').click()
  await dialog.getByText('How it will look, with invented people').click()
  await expect(dialog).toContainText('We would like to find you a keyworker')
  await look(desk, 'triage-letter-setting')
})

test('the targets of triage in the settings, as they are and as nobody may set them', async () => {
  const { page } = desk
  await button(page, 'Cancel').click()
  await button(page, 'Change triage').click()
  const dialog = page.getByRole('dialog')
  await shootWindow(desk, 'triage-setting')
  await dialog.getByLabel('Working days to triage a step-down').fill('0')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert').first()).toBeVisible()
  await shootWindow(desk, 'triage-setting-errors')
  await zoom(desk, 2)
  await shootWindow(desk, 'triage-setting-errors-200')
  await zoom(desk, 1)
})
