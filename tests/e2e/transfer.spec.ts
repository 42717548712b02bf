import { expect, test, type Page } from '@playwright/test'
import { newId, type Id } from '../../shared/ids.ts'
import { emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { aPerson, aRegistration } from '../fixtures/families.ts'
import { aTransfer, aTransferOut, aTransferStep } from '../fixtures/transfers.ts'
import { aNote } from '../fixtures/notes.ts'
import * as axe from './screens/axe.ts'
import { button, field, goTo, openDesk, type OpenDesk } from './screens/desk.ts'
import { goToPart, openEpisode } from './screens/episode.ts'
import { addPractitioner, openFamily } from './screens/family.ts'
import { ask } from './screens/hub.ts'

let desk: OpenDesk
let jo: Id
test.beforeAll(async () => {
  desk = await openDesk()
  jo = (await addPractitioner(desk.page, { id: newId(), name: 'Lee Hart' })).id
  for (const name of ['Priya Shah', 'Sam Reed']) await addPractitioner(desk.page, { id: newId(), name })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const problems = (page: Page) => page.getByRole('alert', { name: 'There is a problem' })
const card = (page: Page) => page.getByRole('region', { name: 'Keyworker', exact: true })
/** By how its name begins: what is said below another may hold the same words. */
const line = (page: Page, label: string) =>
  card(page)
    .getByRole('listitem')
    .filter({ has: page.locator('strong', { hasText: new RegExp(`^${label}`) }) })
const dialog = (page: Page) => page.getByRole('dialog')
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check()
const keyworker = (page: Page) => page.getByRole('definition').nth(0)

async function addFamily(page: Page) {
  const form = aRegistration()
  const [child, mother] = form.people
  return {
    ...(await ask(page, 'family.register', {
      ...form,
      practitionerId: jo,
      people: [child ?? aPerson(), mother ?? aPerson()],
      agreement: { ...form.agreement, byPersonId: mother?.id ?? '' }
    })),
    form
  }
}

async function openTeam(page: Page, reference: string) {
  await openEpisode(page, reference)
  await goToPart(page, 'Team and meetings')
}

/** From the top: what the bar of the window half covers after scrolling is no fault of the page. */
async function check(page: Page, state: string) {
  await page.evaluate('window.scrollTo(0, 0)')
  await axe.check(page, state)
}

async function propose(page: Page, name: string) {
  await button(page, 'Propose a keyworker').click()
  await dialog(page).getByRole('combobox', { name: 'New keyworker' }).fill(name)
  await page.getByRole('option', { name }).click()
  await field(page, 'From which day?').fill('3/12/2026')
  await button(page, 'Propose').click()
  await expect(told(page, `Proposed: ${name}`)).toBeVisible()
}

test('in the county: asked for, declined, accepted by another, and the notes open once agreement is reviewed', async () => {
  const { page } = desk
  const family = await addFamily(page)
  await ask(page, 'note.add', aNote(family.form))
  await openTeam(page, family.reference)
  await page.getByRole('link', { name: 'Transfer keyworker' }).click()
  await button(page, 'Ask for the transfer').click()
  await expect(problems(page)).toContainText('Choose where the new keyworker works')
  await check(page, 'asking for a transfer, with errors')

  // the phone rings: what was chosen is there when it is gone on with
  await choose(page, 'In the county')
  await field(page, 'Why does the keyworker change?').selectOption({ label: 'The family does not engage' })
  await choose(page, 'Yes')
  await expect(told(page, 'Saved 10:')).toBeVisible()
  await goTo(page, 'Desk')
  await page.getByRole('button', { name: /^Resume: Transfer keyworker/ }).click()
  await expect(page.getByRole('radio', { name: 'In the county' })).toBeChecked()
  await field(page, 'Why does the keyworker change?').selectOption({ label: 'The keyworker changes job' })
  await button(page, 'Ask for the transfer').click()
  await expect(told(page, 'What is next stands below')).toBeVisible()
  await expect(line(page, 'Somebody is proposed')).toContainText(
    'First tell the family and plan or hold a review of the team.'
  )
  await expect(button(page, 'Propose a keyworker')).toBeHidden()
  await check(page, 'a transfer that was asked for')

  await button(page, 'The family was told').click()
  await button(page, 'Record that they were told').click()
  await expect(dialog(page).getByRole('alert')).toContainText('Enter who of the family was told')
  await check(page, 'a step with an error')
  await field(page, 'Who of the family was told?').fill('Jo Vale')
  await button(page, 'Record that they were told').click()
  await expect(line(page, 'The family knows')).toContainText('On 23 November 2026: Jo Vale')
  await button(page, 'It is planned').click()
  await field(page, 'For which day?').fill('30/11/2026')
  await button(page, 'Record the day').click()
  await expect(line(page, 'Review of the team')).toContainText('Planned for 30 November 2026')

  await propose(page, 'Sam Reed')
  await button(page, 'Decline').click()
  await field(page, 'Why?').fill('No room in December')
  await button(page, 'Record that they decline').click()
  await expect(line(page, 'The new keyworker accepts')).toContainText('Sam Reed said no')
  await propose(page, 'Priya Shah')
  await button(page, 'Accept').click()
  await expect(field(page, 'Who said yes?')).toHaveValue('Priya Shah')
  await button(page, 'Record that they accept').click()
  await expect(line(page, 'The keyworker changes')).toContainText('On 3 December 2026, by itself')
  await expect(keyworker(page)).toContainText('Lee Hart, Lantern Trust, 01632 960444, until 2 December 2026')
  await expect(keyworker(page)).toContainText('Then Priya Shah')
  const team = page.getByRole('table', { name: 'Who is in the team' })
  await expect(team).toContainText('to 2 December 2026')

  // registered and agreed today: on the day of the request counts
  await expect(line(page, 'Agreement is reviewed')).toContainText('On 23 November 2026')
  await button(page, 'Choose notes to give').click()
  await choose(page, 'Some notes, chosen one by one')
  await page.getByRole('checkbox', { name: /Robin showed me his room/ }).check()
  await check(page, 'choosing notes')
  await button(page, 'Record the choice').click()
  await expect(line(page, 'What of the notes')).toContainText('Some notes, chosen one by one, for Priya Shah')
  await check(page, 'a transfer that was accepted')

  await button(page, 'Take back').click()
  await field(page, 'Why?').fill('Lee stays')
  await dialog(page).getByRole('button', { name: 'Take back' }).click()
  await expect(told(page, 'The present keyworker stays')).toBeVisible()
  await expect(keyworker(page)).not.toContainText('Priya Shah')
  await expect(team).not.toContainText('to 2 December 2026')
  await page.getByText('Earlier transfers (1)').click()
  await expect(card(page)).toContainText('Taken back')
})

test('out of the county: the present keyworker stays until it is handed over, then it closes here', async () => {
  const { page } = desk
  const family = await addFamily(page)
  const draft = aTransferOut(family.form)
  await ask(page, 'transfer.request', draft)
  for (const step of ['tell-family', 'hold-review'] as const)
    await ask(page, 'transfer.takeStep', aTransferStep(draft, step))
  await openTeam(page, family.reference)
  await expect(card(page)).toContainText('Out of the county to Luton')
  await button(page, 'They were spoken to').click()
  await field(page, 'Who was spoken to at Luton?').fill('Sam Okoro')
  await button(page, 'Record the contact').click()
  await button(page, 'Propose a keyworker').click()
  await field(page, 'Who takes the family at Luton?').fill('Ana Ruiz')
  await field(page, 'From which day?').fill('23/11/2026')
  await button(page, 'Propose').click()
  await button(page, 'Accept').click()
  await button(page, 'Record that they accept').click()
  await expect(keyworker(page)).toContainText('Lee Hart')
  await button(page, 'Hand over').click()
  await field(page, 'Who has the family there?').fill('Ana Ruiz')
  await check(page, 'handing over')
  await button(page, 'Hand over and close here').click()
  await expect(told(page, 'The assessment is closed here')).toBeVisible()
  await page.getByText('Earlier transfers (1)').click()
  await expect(card(page)).toContainText('Handed over')
  await goToPart(page, 'Ending')
  await expect(page.getByText('Handed over to Luton').first()).toBeVisible()
})

test('agreement is withdrawn while a transfer waits: nothing is left of it on any list', async () => {
  const { page } = desk
  const { form, reference } = await addFamily(page)
  const draft = aTransfer(form)
  await ask(page, 'transfer.request', draft)
  await goTo(page, 'Families')
  await goTo(page, 'Desk')
  const due = page.getByRole('region', { name: /^Families/ })
  await expect(due).toContainText('Review of the team for a transfer')
  const read = await ask(page, 'family.read', { id: form.id })
  await ask(page, 'agreement.withdraw', {
    ...emptyWithdrawal(newId(), form.id, read.agreements[0]?.id ?? ''),
    ...{ byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility', route: 'phone' },
    ...{ standing: 'none-remains', withdrawalReason: 'Enough', deniedNote: 'Form filled in' },
    ...{ closureReason: 'No agreement', adviceSought: true, signposted: true }
  })
  await goTo(page, 'Families')
  await goTo(page, 'Desk')
  await expect(due).toBeVisible()
  await expect(due).not.toContainText('Review of the team for a transfer')
  await openFamily(page, reference)
  await page.getByText('Assessments that have ended (1)').click()
  await page.getByRole('link', { name: /^FFA-/ }).first().click()
  await goToPart(page, 'Team and meetings')
  await page.getByText('Earlier transfers (1)').click()
  await expect(card(page)).toContainText('Taken back')
  await expect(page.getByRole('link', { name: 'Transfer keyworker' })).toBeHidden()
})
