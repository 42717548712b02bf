import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { beginCheck, checkPage, startCheck } from '../screens/check.ts'
import { button, field, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels.helpdesk } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

async function dark(name: string): Promise<void> {
  await desk.page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, `${name}-dark`)
  await desk.page.emulateMedia({ colorScheme: 'light' })
}

test('the steps of a check', async () => {
  const { page, app } = desk
  await goTo(page, 'Checks')
  await look(desk, 'checks-empty')
  await addFamily(page)
  const form = await startCheck(page)
  await look(desk, 'check-new')
  expect.soft(await hiddenStops(desk, 40), 'hidden on a new check').toEqual([])
  await form.goOn.click()
  await look(desk, 'check-errors')
  await form.agreedBy.fill('Jo Vale')
  await button(page, 'Today: they agreed today').click()
  await form.agreedHow.selectOption({ label: 'Verbally' })
  await form.callerName.fill('Sam Okoro')
  await form.employer.fill('Wychford')
  await expect(button(page, 'Add “Wychford” to the directory')).toBeVisible()
  await look(desk, 'check-not-in-directory')
  await button(page, 'Add “Wychford” to the directory').click()
  await look(desk, 'check-add-agency')
  await page.keyboard.press('Escape')
  await form.employer.fill('Lantern')
  await page.getByRole('option', { name: /Lantern Trust/ }).click()
  await form.childName.fill('Robin Vale')
  await form.birth.fill('3/9/2015')
  await look(desk, 'check-filled')
  await form.goOn.click()
  await expect(form.callBack).toContainText('01632 960333')
  await look(desk, 'check-call-back')
  await dark('check-call-back')
  expect.soft(await hiddenStops(desk, 30), 'hidden on a call back').toEqual([])
  await form.noAnswer.click()
  await expect(form.callBack).toContainText('no answer')
  await look(desk, 'check-no-answer')
  await button(page, 'Make sure in another way').click()
  await form.isThem.click()
  await look(desk, 'check-another-way-errors')
  await button(page, 'Call back on the main number instead').click()
  const mend = await answerWith(app, 'check.answer', fault)
  await form.isThem.click()
  await expect(button(page, 'Ask the record')).toBeVisible()
  await look(desk, 'check-not-asked')
  await mend()
  await button(page, 'Close this message').click()
  await button(page, 'Ask the record').click()
  await expect(form.answer).toContainText('Priya Shah')
  await look(desk, 'check-open')
  await dark('check-open')
  await form.disclose.click()
  await expect(form.answer).toContainText('Disclosed to')
  await look(desk, 'check-disclosed')
})

test('none, unclear, passed on, everything long', async () => {
  const { page, app } = desk
  const agency = await ask(page, 'agency.list', { text: 'Lantern', after: '' })
  const employerId = agency.rows[0]?.id ?? ''
  const open = async (child: { name: string; birth: string }) => {
    const { reference } = await beginCheck(page, employerId, child)
    await goTo(page, 'Desk')
    await goTo(page, 'Checks')
    await page.getByRole('link', { name: reference }).click()
    return checkPage(page)
  }
  const none = await open({ name: `${NAME} ${UNBROKEN}`, birth: '1/2/2014' })
  await none.askFor.fill(`${NAME} ${UNBROKEN}`)
  await none.isThem.click()
  await expect(none.answer).toContainText('No open')
  await look(desk, 'check-none')
  await dark('check-none')
  await button(page, 'Register a practitioner').click()
  await look(desk, 'check-register-practitioner')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Register a family', exact: true }).click()
  await expect(field(page, 'Name').first()).toBeVisible()
  await look(desk, 'check-to-registration')
  const unclear = await open({ name: 'Robin Vale', birth: '' })
  await unclear.isThem.click()
  await expect(unclear.answer).toContainText('Unclear')
  await look(desk, 'check-unclear')
  await button(page, 'Pass on').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Pass on' }).click()
  await look(desk, 'check-pass-on-errors')
  await page.keyboard.press('Escape')
  await goTo(page, 'Checks')
  await look(desk, 'checks')
  const mend = await answerWith(app, 'check.list', fault)
  await page.getByLabel('Where it stands').selectOption({ label: 'Under way' })
  await expect(button(page, 'Close this message')).toBeVisible()
  await look(desk, 'checks-failed')
  await mend()
  await button(page, 'Close this message').click()
  await goTo(page, 'Desk')
  await look(desk, 'desk-with-checks')
})
