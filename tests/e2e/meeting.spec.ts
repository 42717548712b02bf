import { expect, test, type Page } from '@playwright/test'
import { aPerson, aRegistration } from '../fixtures/families.ts'
import * as axe from './screens/axe.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { addFamily, openFamily } from './screens/family.ts'

let desk: OpenDesk
let family: { id: string; reference: string }

test.beforeAll(async () => {
  desk = await openDesk()
  const form = aRegistration()
  const [child, mother] = form.people
  family = await addFamily(desk.page, {
    people: [child ?? aPerson(), mother ?? aPerson()],
    agreement: { ...form.agreement, byPersonId: mother?.id ?? '' }
  })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const section = (page: Page, name: string | RegExp) => page.getByRole('region', { name })
const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check()
/** From the top: what the bar of the window half covers after scrolling is no fault of the page. */
async function check(page: Page, state: string) {
  await page.evaluate('window.scrollTo(0, 0)')
  await axe.check(page, state)
}

test('a team is put together, and somebody leaves it', async () => {
  const { page } = desk
  await openFamily(page, family.reference)
  await section(page, 'Assessment').getByRole('link', { name: /^FFA-/ }).click()
  await link(page, 'Team and meetings').click()
  const team = section(page, /^Team Around the Family/)
  await expect(team.getByRole('row')).toContainText([/Who/, /Priya Shah\s*Keyworker/])
  await expect(page.getByText('No meeting is planned.')).toBeVisible()

  await button(page, 'Add to the team').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add to the team' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Choose where they come from')
  await choose(page, 'Somebody of the family')
  await field(page, 'Person').selectOption({ label: 'Jo Vale' })
  await check(page, 'adding to the team')
  await dialog.getByRole('button', { name: 'Add to the team' }).click()
  await expect(told(page, 'Jo Vale is in the team from 23 November 2026')).toBeVisible()

  await button(page, 'Add to the team').click()
  await choose(page, 'Somebody else')
  await field(page, 'Name').fill('Ash Tran')
  await field(page, 'Work phone (optional)').fill('01992 555 111')
  await field(page, 'Role in the team (optional)').fill('Football coach')
  await dialog.getByRole('button', { name: 'Add to the team' }).click()
  await expect(team.getByRole('row', { name: /Ash Tran/ })).toContainText('Football coach')

  await button(page, 'Change: Ash Tran').click()
  await field(page, 'Last day in the team').fill('22/11/2026')
  await button(page, 'Save').click()
  await expect(dialog.getByRole('alert')).toContainText('Enter a day on or after they joined')
  await field(page, 'Last day in the team').fill('11/12/2026')
  await field(page, 'Why').fill('A new post')
  await button(page, 'Save').click()
  await expect(told(page, 'Ash Tran leaves the team after 11 December 2026')).toBeVisible()
  await expect(team.getByRole('row', { name: /Ash Tran/ })).toContainText('to 11 December 2026')
})

test('a meeting is arranged, cancelled, arranged anew, and recorded', async () => {
  const { page } = desk
  await button(page, 'Arrange a meeting').click()
  await field(page, 'On which day?').fill('22/11/2026')
  await button(page, 'Arrange the meeting').click()
  await expect(page.getByText('Enter today or a later day')).toBeVisible()
  await field(page, 'On which day?').fill('24/11/2026')
  await field(page, 'At what time? (optional)').fill('1430')
  await field(page, 'Where? (optional)').fill('Hertford Family Centre')
  await field(page, 'Agenda (optional)').fill('What the family wants')
  await page.getByRole('checkbox', { name: 'Ash Tran, Football coach' }).uncheck()
  await field(page, 'How Jo Vale is invited').selectOption({ label: 'By letter' })
  await check(page, 'arranging a meeting')
  await button(page, 'Arrange the meeting').click()
  await expect(told(page, 'Invited: Priya Shah and Jo Vale')).toBeVisible()

  await button(page, 'Cancel this meeting…').click()
  await button(page, 'Cancel this date').click()
  await expect(page.getByText('Enter why it is cancelled')).toBeVisible()
  await field(page, 'Why it is cancelled').fill('Jo is ill')
  await button(page, 'Cancel this date').click()
  await expect(page.getByRole('article', { name: 'First meeting on 24 November 2026' })).toContainText(
    'Jo is ill'
  )

  await button(page, 'Arrange a meeting').click()
  await field(page, 'On which day?').fill('23/11/2026')
  await button(page, 'Arrange the meeting').click()
  const meeting = page.getByRole('article', { name: 'First meeting on 23 November 2026' })
  await expect(meeting).toContainText('Record: due Thursday')
  await check(page, 'a team with meetings')

  await meeting.getByRole('link', { name: 'Record this meeting' }).click()
  await expect(heading(page, 'Record of a meeting')).toBeVisible()
  await button(page, 'Record this meeting').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Enter what was said')
  await field(page, 'What was said?').fill('Robin told how school goes')
  await page.getByRole('radiogroup', { name: 'Jo Vale' }).getByLabel('Came', { exact: true }).check()
  await field(page, 'What did the family say? (optional)').fill('Jo is glad that somebody listens')
  await expect(page.getByText(/^Saved \d\d:\d\d$/)).toBeVisible()
  // its foot is a bar that stays in sight, and half covers what is behind it
  await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
  await axe.check(page, 'recording a meeting')

  // looking something up loses nothing
  await link(page, 'Leave for later').click()
  await meeting.getByRole('link', { name: 'Record this meeting' }).click()
  await expect(field(page, 'What was said?')).toHaveValue('Robin told how school goes')
  await button(page, 'Record this meeting').click()
  await expect(told(page, 'Recorded: first meeting on 23 November 2026')).toBeVisible()
  await expect(meeting).toContainText('Jo is glad that somebody listens')
  await expect(meeting).toContainText('Jo Vale: came')
})

test('the record is given to the family, is added to, and the next one is arranged', async () => {
  const { page } = desk
  const meeting = page.getByRole('article', { name: 'First meeting on 23 November 2026' })
  await meeting.getByRole('button', { name: 'Given to the family' }).click()
  await button(page, 'Record that it was given').click()
  await expect(page.getByText('Enter who was given it')).toBeVisible()
  await field(page, 'To whom was it given?').fill('Jo Vale')
  await field(page, 'How?').selectOption({ label: 'In person' })
  await button(page, 'Record that it was given').click()
  await expect(meeting).toContainText('Given to Jo Vale on 23 November 2026, in person')

  await meeting.getByRole('link', { name: 'Add to the record' }).click()
  await field(page, 'What was said?').fill('The school sent its report afterwards')
  await button(page, 'Add to the record').click()
  await expect(meeting).toContainText('The school sent its report afterwards')
  await expect(meeting).toContainText('Robin told how school goes')

  await button(page, 'Arrange the next one').click()
  await expect(field(page, 'On which day?')).toHaveValue('04/01/2027')
  await field(page, 'On which day?').fill('16/12/2026')
  await button(page, 'Arrange the meeting').click()
  await expect(page.getByRole('article', { name: 'Review on 16 December 2026' })).toBeVisible()
})

test('the calendar has it all, as a list and as a month, and leads back by keyboard', async () => {
  const { page } = desk
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/.test(message.text())) refused.push(message.text())
  })
  await goTo(page, 'Calendar')
  await expect(page.getByText('Team meeting Held')).toBeVisible()
  await check(page, 'the calendar of a month, as a list')
  await button(page, 'Month after').click()
  await expect(heading(page, 'December 2026')).toBeVisible()
  await expect(section(page, 'Wednesday 16 December 2026')).toContainText('Keyworker Priya Shah')
  await field(page, 'Keyworker').fill('priya')
  await page.getByRole('option', { name: /^Priya Shah/ }).click()
  await button(page, 'Month').click()
  const entry = page.getByText('Team meeting, Robin Vale')
  await expect(entry).toBeVisible()
  await check(page, 'the calendar as a month')
  expect(refused).toEqual([])
  await page.getByRole('button', { name: /Team meeting, Robin Vale/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: 'Review on 16 December 2026' })).toBeVisible()
})
