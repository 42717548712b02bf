import { test, type Page } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import { aRegistration } from '../../fixtures/families.ts'
import { aTransferOut, aTransferStep } from '../../fixtures/transfers.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { goToPart, openEpisode } from '../screens/episode.ts'
import { addFamily, addPractitioner } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { answerWith, fault, look, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const WORD = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk()
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const openTeam = async (page: Page, reference: string) => {
  await openEpisode(page, reference)
  await goToPart(page, 'Team and meetings')
  await page.getByRole('region', { name: 'Keyworker', exact: true }).waitFor()
}
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check()

test('a transfer in the county, from its form to the choice of notes', async () => {
  const { page, app } = desk
  const { reference } = await addFamily(page)
  await addPractitioner(page, { id: newId(), name: NAME })
  await openTeam(page, reference)
  await page.getByRole('link', { name: 'Transfer keyworker' }).waitFor()
  await look(desk, 'transfer-none')
  await page.getByRole('link', { name: 'Transfer keyworker' }).click()
  await button(page, 'Ask for the transfer').click()
  await look(desk, 'transfer-form-errors')
  await choose(page, 'Out of the county')
  await field(page, 'Which authority does the family go to?').selectOption({ label: 'Luton' })
  await field(page, 'Why does the keyworker change?').selectOption({ label: 'The family does not engage' })
  await choose(page, 'No')
  await look(desk, 'transfer-form')
  await choose(page, 'In the county')
  await field(page, 'What is to be known about it? (optional)').fill(`${WORD} ${NAME}`)
  await button(page, 'Ask for the transfer').click()
  await button(page, 'The family was told').waitFor()
  await look(desk, 'transfer-asked-for')
  await button(page, 'The family was told').click()
  await button(page, 'Record that they were told').click()
  await look(desk, 'transfer-step-error')
  await field(page, 'Who of the family was told?').fill(NAME)
  await button(page, 'Record that they were told').click()
  await button(page, 'It was held').click()
  await button(page, 'Record the review').click()
  await button(page, 'Propose a keyworker').click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'New keyworker' }).fill('Feather')
  await page.getByRole('option', { name: /Feather/ }).click()
  await field(page, 'From which day?').fill('3/12/2026')
  await look(desk, 'transfer-propose')
  await button(page, 'Propose').click()
  await button(page, 'Accept').click()
  await button(page, 'Record that they accept').click()
  await button(page, 'Choose notes to give').waitFor()
  await look(desk, 'transfer-accepted')
  await button(page, 'Choose notes to give').click()
  await choose(page, 'Some notes, chosen one by one')
  await look(desk, 'transfer-notes')
  await page.keyboard.press('Escape')
  await button(page, 'Leave without saving').click()
  const mend = await answerWith(app, 'transfer.list', fault)
  await goToPart(page, 'Overview')
  await goToPart(page, 'Team and meetings')
  await button(page, 'Try again').waitFor()
  await look(desk, 'transfer-failed')
  await mend()
})

test('a transfer out of the county that waits for its hand-over', async () => {
  const { page } = desk
  const keyworker = await addPractitioner(page, { id: newId(), name: 'Lee Hart' })
  const form = aRegistration({ practitionerId: keyworker.id })
  const { reference } = await ask(page, 'family.register', form)
  const draft = aTransferOut(form)
  await ask(page, 'transfer.request', draft)
  for (const step of [
    aTransferStep(draft, 'tell-family'),
    aTransferStep(draft, 'hold-review'),
    aTransferStep(draft, 'contact-authority'),
    aTransferStep(draft, 'propose', { who: 'Ana Ruiz', on: '2026-12-03' }),
    aTransferStep(draft, 'accept', { who: 'Ana Ruiz' })
  ])
    await ask(page, 'transfer.takeStep', step)
  await openTeam(page, reference)
  await button(page, 'Hand over').click()
  await look(desk, 'transfer-hand-over')
  await page.keyboard.press('Escape')
  await look(desk, 'transfer-out')
})
