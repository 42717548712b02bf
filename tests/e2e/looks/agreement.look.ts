import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { newId } from '../../../shared/ids.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { button, field, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily, openFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `They do not want so many people in the house, and will ring when things are calmer.\n${UNBROKEN}`

let desk: OpenDesk
let family: Awaited<ReturnType<typeof addFamily>>

test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const link = (name: string) => desk.page.getByRole('link', { name, exact: true })
const choose = (name: string) => desk.page.getByRole('radio', { name, exact: true }).check()

test('what is due, with everything long, empty, and when it cannot be read', async () => {
  const { page, app } = desk
  await look(desk, 'due-empty')
  const { agreement } = aRegistration()
  const child = aPerson({ name: NAME })
  const mother = aPerson({ role: 'parent-carer', name: `${NAME} the elder`, birth: '1/2/1985' })
  const youth = aPerson({ name: 'Sam Vale', birth: '23/11/2010' })
  family = await addFamily(page, {
    people: [child, mother, youth],
    reason: TEXT,
    agreement: { ...agreement, byPersonId: mother.id, reviewOn: '25/11/2026', note: TEXT }
  })
  for (const [kind, dueOn] of [
    ['meeting', '2026-11-23'],
    ['transfer', '2026-11-30'],
    ['funding', '2026-12-24']
  ] as const)
    await ask(page, 'episode.planDate', {
      id: newId(),
      familyId: family.id,
      episodeId: family.form.episodeId,
      kind,
      dueOn,
      note: TEXT
    })
  await goTo(page, 'Families')
  await goTo(page, 'Desk')
  await expect(page.getByText('Review the agreement')).toBeVisible()
  await look(desk, 'due')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'due-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  const mend = await answerWith(app, 'family.due', fault)
  await goTo(page, 'Families')
  await goTo(page, 'Desk')
  await expect(page.getByText('What is due about families could not')).toBeVisible()
  await look(desk, 'due-failed')
  await mend()
})

test('the panels of a family', async () => {
  const { page } = desk
  await openFamily(page, family.reference)
  await look(desk, 'agreement-panels')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'agreement-panels-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Plan a date').click()
  await button(page, 'Plan this date').click()
  await page.getByRole('button', { name: /^Cancel: Meeting/ }).click()
  await look(desk, 'planning')
})

test('recording', async () => {
  const { page } = desk
  await link('Record agreement').click()
  await look(desk, 'record-empty')
  await choose('They agreed')
  await page.getByRole('checkbox', { name: 'To share information with agencies' }).check()
  await field(page, 'Only with these agencies or schools').fill('lantern')
  await page.getByRole('option', { name: /^Lantern Trust/ }).click()
  await field(page, 'Who agreed?').selectOption({ label: 'Sam Vale' })
  await look(desk, 'record-yes')
  await button(page, 'Record').click()
  await look(desk, 'record-errors')
  expect.soft(await hiddenStops(desk, 24)).toEqual([])
  await choose('They refused')
  await choose('Yes')
  await look(desk, 'record-refusal')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'record-refusal-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await link('Leave for later').click()
})

test('withdrawing', async () => {
  const { page } = desk
  await link('Withdraw agreement').click()
  await look(desk, 'withdraw-empty')
  await field(page, 'Who withdraws?').selectOption({ label: 'Someone else' })
  await choose('Yes, through someone else of the family')
  await look(desk, 'withdraw-through')
  await choose('No, none remains')
  await button(page, 'Withdraw agreement').click()
  await look(desk, 'withdraw-errors')
  expect.soft(await hiddenStops(desk, 28)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'withdraw-errors-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await field(page, 'Who withdraws?').selectOption({ label: `${NAME} the elder` })
  await field(page, 'Who they are to the child').fill('mother')
  await field(page, 'How they told you').selectOption({ label: 'By phone' })
  await choose('They have parental responsibility')
  await field(page, 'Why do they withdraw?').fill(TEXT)
  await field(page, 'Consent-denied record').fill(TEXT)
  await field(page, 'Why is the assessment closed?').fill(TEXT)
  await page.getByRole('checkbox', { name: 'I have sought advice' }).check()
  await page.getByRole('checkbox', { name: 'I have told the family where to turn' }).check()
  await button(page, 'Withdraw agreement').click()
  await expect(page.getByText('Agreement withdrawn. Ended with it')).toBeVisible()
  await page.getByText('Assessments that have ended (1)').click()
  await page.getByText('Everything else that was said (1)').click()
  await look(desk, 'withdrawn')
})
