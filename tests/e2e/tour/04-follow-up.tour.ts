import { callForm, chooseSchool, file, logCall, openFiled } from '../screens/call.ts'
import { button, field, goTo, heading } from '../screens/desk.ts'
import { expect, shot, test } from './tour.ts'

let reference: string

test('have we spoken before?', async ({ desk: { page } }) => {
  const form = await logCall(page)
  await chooseSchool(page, form, 'alder')
  await form.callerName.fill('Sam Whitlock')
  await form.phone.fill('01632 960222')
  await form.child(0).name.fill('Imogan Farow')
  await form.child(0).birth.fill('9/3/15')
  const strip = page.getByRole('region', { name: 'Have we spoken before?' })
  await expect(strip.getByText('Day and month of birth changed over')).toBeVisible()
  await strip.getByRole('checkbox', { name: 'About the same' }).first().check()
  await page.evaluate('window.scrollTo(0, 0)')
  await shot(page, 'spoken-before')
  await form.concern.fill('Imogen came in with a bruise on her arm and would not say how it came about.')
  await form.outcome.selectOption({ label: 'Call back promised' })
  reference = await file(page, form)
})

test('what waits on the desk', async ({ desk: { page } }) => {
  await goTo(page, 'Desk')
  const sam = page.getByRole('article', { name: 'Sam Whitlock', exact: true })
  await expect(sam).toContainText('01632 960222')
  await shot(page, 'desk-what-waits')
  await button(page, 'Called back Sam Whitlock').click()
  await field(page, 'Note (optional)').fill('Spoke to Sam, who will see Imogen with the nurse today.')
  await shot(page, 'called-back')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Called back Sam Whitlock: closed')).toBeVisible()
})

test('a further call, and the receipt of the first', async ({ desk: { page } }) => {
  // the list still stands where it was left, with the words that were looked for
  await goTo(page, 'Calls')
  await field(page, 'Search calls').fill('')
  await openFiled(page, reference)
  await shot(page, 'a-call-followed-up')
  await button(page, 'Save advice receipt').click()
  await expect(page.getByText(/This copy is not encrypted/)).toBeVisible()
  await shot(page, 'advice-receipt')
  await page.keyboard.press('Escape')
  await button(page, 'Log a further call about this').click()
  await expect(callForm(page).child(0).name).toHaveValue('Imogan Farow')
  await shot(page, 'further-call')
  await callForm(page).leaveForLater.click()
})

test('calls by what became of them, and the picture of the line', async ({ desk: { page } }) => {
  await goTo(page, 'Calls')
  await button(page, 'Filters').click()
  await field(page, 'Outcome').selectOption({ label: 'Call back promised' })
  await expect(page.getByText('1 to 1 of 1 call')).toBeVisible()
  await shot(page, 'filtered-calls')
  await button(page, 'Clear all').click()
  await goTo(page, 'Reports')
  await expect(page.getByRole('img').first()).toBeVisible()
  await shot(page, 'reports')
})

test('the close of day', async ({ desk: { page } }) => {
  await goTo(page, 'Desk')
  await button(page, 'Close of day').click()
  await expect(heading(page, 'Close of day, Monday 23 November 2026')).toBeVisible()
  await shot(page, 'close-of-day')
})
