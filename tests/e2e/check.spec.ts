import { expect, test } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import { check } from './screens/axe.ts'
import { beginCheck, checkPage, startCheck, tabTo } from './screens/check.ts'
import {
  button,
  expectOpen,
  field,
  goTo,
  heading,
  lock,
  openDesk,
  unlock,
  type OpenDesk
} from './screens/desk.ts'
import { addFamily } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { morgan } from './screens/people.ts'

const sky = { ...morgan, role: roleLabels.helpdesk }
let desk: OpenDesk

test.beforeAll(async () => {
  desk = await openDesk({ person: sky })
  await addFamily(desk.page)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('by the keyboard alone: agreement, a call back that fails and one that passes, the keyworker, what was disclosed', async () => {
  const { page } = desk
  const { keyboard } = page
  const form = await startCheck(page)
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeFocused()
  await check(page, 'check with errors')
  await tabTo(page, form.agreedBy)
  await keyboard.type('Jo Vale')
  await keyboard.press('Tab')
  await keyboard.type('mother')
  await tabTo(page, page.getByRole('button', { name: /^Today/ }))
  await keyboard.press('Space')
  await keyboard.press('Tab')
  await keyboard.type('Verb')
  await keyboard.press('Tab')
  await keyboard.type('Sam Okoro')
  await keyboard.press('Tab')
  await keyboard.type('Health visitor')
  await keyboard.press('Tab')
  await keyboard.type('lantern')
  await expect(page.getByRole('option', { name: /Lantern Trust/ })).toBeVisible()
  await keyboard.press('Enter')
  await expect(form.employer).toHaveValue('Lantern Trust')
  await keyboard.press('Tab')
  await keyboard.type('Robin Vale')
  await keyboard.press('Tab')
  await keyboard.type('3/9/15')
  await expect(page.getByText('11 years old, 3 September 2015')).toBeVisible()
  await check(page, 'check filled in')
  await keyboard.press('Control+Enter')

  await expect(form.callBack).toContainText('01632 960333')
  await expect(form.callBackHeading).toBeFocused()
  await expect(form.nothingDisclosed).toBeVisible()
  await expect(page.getByText('Priya Shah')).toBeHidden()
  await check(page, 'call back')
  await tabTo(page, form.askFor)
  await expect(form.askFor).toHaveValue('Sam Okoro')
  await tabTo(page, form.notKnown)
  await keyboard.press('Enter')
  await expect(form.callBack).toContainText(
    'Called back 01632 960333, asked for Sam Okoro: they are not known there'
  )
  await expect(form.answer).toContainText('Searched. Say nothing yet: first make sure who is calling.')
  await expect(form.nothingDisclosed).toBeVisible()

  // F4 tells nothing before there is an answer
  await keyboard.press('F4')
  await tabTo(page, form.isThem)
  await keyboard.press('Enter')
  await expect(form.answer).toContainText(
    '“There is an open Families First Assessment. The keyworker is Priya Shah, Lantern Trust, telephone 01632 960444.”'
  )
  await expect(form.answerHeading).toBeFocused()
  await expect(form.nothingDisclosed).toBeVisible()
  await expect(page.getByText('4 Mill Lane')).toBeHidden()
  await check(page, 'an open assessment')
  await keyboard.press('F4')
  await expect(form.answer).toContainText('Disclosed to Sam Okoro by Morgan Ellis')
  await expect(form.nothingDisclosed).toBeHidden()
  await expect(form.disclose).toBeHidden()
  await check(page, 'disclosed')
})

test('locked in the middle it waits on the desk; none is open: the family is registered with its child', async () => {
  const { page } = desk
  const { rows } = await ask(page, 'agency.list', { text: 'Lantern', after: '' })
  const { reference } = await beginCheck(page, rows[0]?.id ?? '', { name: 'Wren Abara', birth: '1/2/14' })
  await lock(page)
  await unlock(page, sky)
  await expectOpen(page)
  await page.getByRole('link', { name: `Check ${reference}` }).press('Enter')
  const opened = checkPage(page)
  await expect(opened.callBackHeading).toBeFocused()
  await opened.isThem.press('Enter')
  await expect(opened.answer).toContainText('“No open Families First Assessment was found.”')
  await check(page, 'none is open')
  await page.getByRole('link', { name: 'Register a family', exact: true }).press('Enter')
  await expect(heading(page, 'Register a family')).toBeVisible()
  await expect(field(page, 'Name').first()).toHaveValue('Wren Abara')

  await goTo(page, 'Checks')
  await expect(page.getByRole('row')).toHaveCount(3)
  await check(page, 'checks')
  await page.getByRole('link', { name: reference }).click()
  await expect(opened.answerHeading).toBeFocused()
  await page.keyboard.press('F4')
  await expect(opened.answer).toContainText('Disclosed to Sam Okoro by Morgan Ellis')
})

test('unclear: more is asked, and the answer changes; another way, a draft that is left, one that is ended', async () => {
  const { page } = desk
  const { rows } = await ask(page, 'agency.list', { text: 'Lantern', after: '' })
  const { reference } = await beginCheck(page, rows[0]?.id ?? '', { name: 'Robin Vale', birth: '' })
  await goTo(page, 'Checks')
  await page.getByRole('link', { name: reference }).click()
  const form = checkPage(page)
  await button(page, 'Make sure in another way').click()
  await form.isThem.click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await check(page, 'another way, with errors')
  await page.getByRole('radio', { name: /in person/ }).check()
  await field(page, 'Why you did not call back on the main number').fill('Stands at the desk with a badge.')
  await form.isThem.click()
  await expect(form.callBack).toContainText('One try in another way than the call back.')
  await expect(form.answer).toContainText('Unclear: say nothing yet.')
  await expect(form.answer).toContainText('date of birth, address with postcode and UPN')
  await expect(form.disclose).toBeHidden()
  await check(page, 'unclear')
  await form.birth.fill('3/9/2015')
  await field(page, 'Address').fill('4 Mill Lane, Hertford SG14 1AB')
  await button(page, 'Ask the record again').click()
  await expect(form.answer).toContainText('The keyworker is Priya Shah')
  await expect(page.getByText('The record was asked 2 times')).toBeVisible()
  await button(page, 'End this check').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'End this check' }).click()
  await expect(dialog.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await check(page, 'ending a check, with errors')
  await dialog.getByLabel('Why', { exact: true }).fill('The caller hung up.')
  await dialog.getByRole('button', { name: 'End this check' }).click()
  await expect(page.getByText('The check has ended.')).toBeVisible()
  await expect(form.nothingDisclosed).toBeVisible()
  await expect(form.disclose).toBeHidden()
  await expect(page.getByText('Priya Shah')).toBeHidden()

  const draft = await startCheck(page)
  await draft.callerName.fill('Sam Whitlock')
  await draft.employer.fill('New Leaf')
  await button(page, 'Add “New Leaf” to the directory').click()
  await expect(page.getByRole('dialog', { name: 'Add an agency to the directory' })).toBeVisible()
  await check(page, 'adding an agency from a check')
  await dialog.getByLabel('Phone number').fill('01632 960555')
  await dialog.getByRole('button', { name: 'Add this agency' }).click()
  await expect(draft.employer).toHaveValue('New Leaf')
  await button(page, 'Leave for later').click()
  await button(page, 'Resume: Check for an open assessment: Sam Whitlock').click()
  await expect(draft.employer).toHaveValue('New Leaf')
  await expect(draft.callerName).toHaveValue('Sam Whitlock')
})
