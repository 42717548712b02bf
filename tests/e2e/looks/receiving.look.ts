import { test } from '@playwright/test'
import { aRegistration } from '../../fixtures/families.ts'
import { anIncompleteStepDown, aReturn, aStepDown, aStepDownPerson } from '../../fixtures/stepDowns.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addPractitioner } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { blake } from '../screens/people.ts'
import { openStepDown } from '../screens/stepDown.ts'
import { answerWith, fault, look, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const WORD = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('receiving, from the empty form to what is like it', async () => {
  const { page } = desk
  const form = aStepDown({
    people: [aStepDownPerson({ name: NAME, needs: `${WORD} ${NAME}` })],
    sendingTeam: `${WORD} Assessment Team`,
    ...{ agreedById: '', agreedBy: NAME, agreedRelation: 'mother' }
  })
  await ask(page, 'stepDown.receive', form)
  const practitioner = await addPractitioner(page)
  await ask(page, 'family.register', aRegistration({ practitionerId: practitioner.id }))
  await goTo(page, 'Triage')
  await button(page, 'Receive a step-down').click()
  await button(page, 'Receive this step-down').waitFor()
  await look(desk, 'receive-empty')
  await field(page, 'Statutory work completed on').fill('31/2/2026')
  await field(page, 'Received on').fill('24/11/2026')
  await field(page, 'Their phone number').fill('12')
  await button(page, 'Receive this step-down').click()
  await heading(page, 'There is a problem').waitFor()
  await look(desk, 'receive-errors')
  await field(page, 'Name').fill('Robin Vale')
  await field(page, 'Date of birth').fill('3/9/2015')
  await button(page, 'Add a child').click()
  await page.getByLabel('Name', { exact: true }).nth(1).fill(NAME)
  await page.getByLabel('Date of birth').nth(1).fill('14/5/2016')
  await field(page, 'Address with postcode').fill('9 Weir Close, Hertford SG14 2QT')
  await page.getByRole('link', { name: /^Open STD-/ }).waitFor()
  await page.getByRole('radio', { name: 'Yes', exact: true }).last().check()
  await look(desk, 'receive-similar')
})

test('one that lacks something, sent back and answered', async () => {
  const { page, app } = desk
  const form = anIncompleteStepDown(['agreement', 'last-plan', 'requested-level'], {
    people: [aStepDownPerson({ name: 'Lark Reed', birth: '3/9/2015' })]
  })
  await ask(page, 'stepDown.receive', form)
  await openStepDown(page, 'Lark Reed')
  await page.getByRole('heading', { name: 'Is it here already?' }).waitFor()
  await look(desk, 'told-missing')
  await button(page, 'Triage it all the same').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Triage it all the same' }).click()
  await look(desk, 'told-keep')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Send back to the sender' }).click()
  await field(page, 'The letter').waitFor()
  await field(page, 'Why does it go back?').fill(`${NAME} has not been asked`)
  await page.getByText('has not been asked').first().waitFor()
  await look(desk, 'return-form')
  await field(page, 'What it is about').fill('')
  await button(page, 'Send back to the sender').click()
  await heading(page, 'There is a problem').waitFor()
  await look(desk, 'return-errors')
  await ask(page, 'stepDown.return', aReturn(form, { words: `${WORD} ${NAME}` }))
  await openStepDown(page, 'Lark Reed')
  await page.getByText('Sent back once').click()
  await look(desk, 'told-waiting')
  const mend = await answerWith(app, 'stepDown.similar', fault)
  await openStepDown(page, 'Lark Reed')
  await page.getByText('It could not be looked up').waitFor()
  await look(desk, 'match-failed')
  await button(page, 'Close this message').click()
  await mend()
})

test('which family it is, and registering it', async () => {
  const { page } = desk
  const form = aStepDown({
    people: [
      aStepDownPerson({ name: 'Robin Vale', birth: '3/9/2015' }),
      aStepDownPerson({ name: NAME, birth: '14/5/2016', school: `${WORD} Junior School` })
    ],
    ...{ address: '4 Mill Lane, Hertford SG14 1AB', agreedById: '', agreedBy: NAME }
  })
  await ask(page, 'stepDown.receive', form)
  await openStepDown(page, /^Robin Vale/)
  await page
    .getByRole('button', { name: /^Match/ })
    .first()
    .waitFor()
  await look(desk, 'match-choices')
  await button(page, 'Register the family').click()
  await page.getByRole('dialog').getByText('Already in the record?').first().waitFor()
  await look(desk, 'match-register')
  await page.getByRole('dialog').getByRole('button', { name: 'Register the family' }).click()
  await page.getByText('Registered from this step-down').waitFor()
  await look(desk, 'match-registered')
})
