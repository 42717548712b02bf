import { expect, test, type Page } from '@playwright/test'
import { newId } from '../../shared/ids.ts'
import { aCall } from '../fixtures/calls.ts'
import { check } from './screens/axe.ts'
import { fact, fillCall, file, logCall, openFiled } from './screens/call.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { addSchool, ask } from './screens/hub.ts'
import { robin } from './screens/people.ts'

let desk: OpenDesk
let schoolId: string

test.beforeAll(async () => {
  desk = await openDesk()
  schoolId = (await addSchool(desk.page)).id
  await ask(desk.page, 'account.add', {
    id: newId(),
    name: robin.name,
    roles: ['adviser'],
    profession: 'cpslo',
    hubIds: []
  })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const section = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) })
const row = (page: Page, name: string) => page.getByRole('article', { name, exact: true })
const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const glance = (page: Page) => page.getByRole('list', { name: 'What waits' }).getByRole('button')

/** A child as a caller tells of them. */
const aChild = (name: string) => ({
  id: newId(),
  name,
  birth: '3/9/2015',
  upn: '',
  relation: '',
  address: ''
})

/** Files a call beside the screen, for what a test needs and is not about; the desk shows it when it is looked at. */
async function fileBeside(changes: Parameters<typeof aCall>[1]): Promise<string> {
  const { reference } = await ask(
    desk.page,
    'call.file',
    aCall(schoolId, { startedAt: '2026-11-23T09:30:00.000Z', outcome: 'advice-only', ...changes })
  )
  await goTo(desk.page, 'Calls')
  await goTo(desk.page, 'Desk')
  return reference
}

test('a promised call-back, by the keyboard alone: due, no answer, called back, gone and told', async () => {
  const { page } = desk
  await expect(section(page, 'Call-backs due')).toHaveText(/Nothing due/)
  const form = await logCall(page)
  await fillCall(page, form, { caller: 'Ann Dean', outcome: 'Call back promised' })
  await form.phone.fill('01632960777')
  const reference = await file(page, form)

  const ann = row(page, 'Ann Dean')
  await expect(ann).toContainText('Due tomorrow 17:00')
  await expect(ann).toContainText('01632 960777')
  await expect(ann).toContainText('Do not leave a message')
  await expect(glance(page)).toHaveText(['Call-backs 1'])

  const { keyboard } = page
  await button(page, 'No answer Ann Dean').focus()
  await keyboard.press('Enter')
  await expect(field(page, 'Note (optional)')).toBeFocused()
  await keyboard.type('Rang out')
  await keyboard.press('Escape')
  await expect(button(page, 'No answer Ann Dean')).toBeFocused()
  await keyboard.press('Enter')
  await expect(field(page, 'Note (optional)')).toHaveValue('Rang out')
  await keyboard.press('Enter')
  await expect(told(page, 'No answer from Ann Dean: still due')).toBeVisible()
  await expect(ann.getByRole('list', { name: 'Tried before' }).getByRole('listitem')).toHaveText([
    /No answer\s+today 10:\d\d, Morgan Ellis: Rang out/
  ])

  await expect(ann.getByRole('heading')).toBeFocused()
  for (let stops = 0; stops < 4; stops++) await keyboard.press('Tab')
  await expect(button(page, 'Left a message Ann Dean')).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByText('Ann Dean asked us not to leave a message.')).toBeVisible()
  await check(page, 'a message that was not wanted')
  await keyboard.press('Escape')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await expect(told(page, 'Called back Ann Dean: closed')).toBeVisible()
  await expect(ann).toBeHidden()
  await expect(section(page, 'Call-backs due').getByRole('heading')).toBeFocused()

  await openFiled(page, reference)
  await expect(fact(page, 'Outcome')).toHaveText('Call back promised')
  await expect(page.getByText('Called back', { exact: true })).toBeVisible()
  await expect(page.getByText('Rang out')).toBeVisible()
})

test('ten working days after the advice to refer: did they? “Yes, on …”', async () => {
  const { page } = desk
  await fileBeside({
    outcome: 'contact-form',
    tookPlaceDate: '6/11/2026',
    tookPlaceTime: '15:59',
    setBackReason: 'Written on paper'
  })
  await expect(section(page, 'Did they refer')).toHaveText(/Advised to refer on 6 November 2026/)
  // Friday 16:00 counts as Monday: its tenth working day is not over
  await fileBeside({
    outcome: 'contact-form',
    tookPlaceDate: '9/11/2026',
    tookPlaceTime: '10:00',
    setBackReason: 'Written on paper'
  })
  await expect(section(page, 'Did they refer').getByRole('article')).toHaveCount(1)

  await page.getByRole('button', { name: /^Yes, on…/ }).click()
  await button(page, 'Record the answer').click()
  await expect(page.getByText('Enter the day they referred')).toBeVisible()
  await check(page, 'a referral without its day')
  await field(page, 'The day they referred').fill('9.11.26')
  await button(page, 'Record the answer').click()
  await expect(told(page, 'Elmsworthy Junior School: referred on 9 November 2026')).toBeVisible()
  await expect(section(page, 'Did they refer')).toHaveText(/Nothing due/)
})

test('an action that is overdue: done, still to be done after all, done', async () => {
  const { page } = desk
  await fileBeside({
    actions: [{ id: newId(), what: 'Send the form', who: 'Morgan Ellis', byWhen: '20/11/2026' }]
  })
  const action = row(page, 'Send the form')
  await expect(action).toContainText('Overdue, was due Friday')
  await check(page, 'an overdue action')
  await button(page, 'Done Send the form').click()
  await field(page, 'Note (optional)').fill('By post')
  await button(page, 'Mark as done').click()
  await expect(told(page, 'Done: Send the form')).toBeVisible()
  await expect(action).toBeHidden()
  await button(page, 'Undo').click()
  await expect(told(page, 'Open again: Send the form')).toBeVisible()
  await expect(action.getByRole('heading')).toBeFocused()
  await button(page, 'Done Send the form').click()
  await button(page, 'Mark as done').click()
  await expect(action).toBeHidden()
})

test('two concerns about one child: a flag for one named person, answered', async () => {
  const { page } = desk
  const earlier = await fileBeside({ children: [aChild('Imogen Farrow')] })
  const later = await fileBeside({ children: [aChild('Imogen Farrow')] })
  const flag = row(page, 'Imogen Farrow')
  await expect(flag).toContainText('For you')
  await expect(flag.getByRole('link')).toHaveText([earlier, later])
  await button(page, 'Answer Imogen Farrow').click()
  await button(page, 'Answer the flag').click()
  await expect(page.getByText('Write what you decided')).toBeVisible()
  await field(page, 'What you decided').fill('One concern, told twice.')
  await button(page, 'Answer the flag').click()
  await expect(told(page, 'Flag answered: Imogen Farrow')).toBeVisible()
  await expect(section(page, 'Flags')).toHaveText(/Nothing due/)
})

test('what is mine is handed to a colleague, from the desk and from the close-of-day sheet, and printed', async () => {
  const { page } = desk
  await fileBeside({ outcome: 'call-back', callerName: 'Noor Castell', mayLeaveMessage: true })
  await button(page, 'Hand to… Noor Castell').click()
  await field(page, 'Hand to').selectOption({ label: robin.name })
  await button(page, 'Hand over').click()
  await expect(told(page, `Noor Castell: handed to ${robin.name}`)).toBeVisible()
  await expect(row(page, 'Noor Castell')).toBeHidden()
  await page.getByRole('radio', { name: 'Everyone’s' }).check()
  await expect(row(page, 'Noor Castell')).toContainText(`For ${robin.name}`)
  await check(page, 'everyone’s work')

  await button(page, 'Close of day').click()
  await expect(heading(page, 'Close of day, Monday 23 November 2026')).toBeVisible()
  await expect(page.getByText('Next opening: Tuesday 24 November 2026, 9:00')).toBeVisible()
  const owner = field(page, 'Tomorrow’s owner of Noor Castell')
  await expect(owner.getByRole('option', { selected: true })).toHaveText(robin.name)
  await owner.selectOption({ label: 'Morgan Ellis (you)' })
  await expect(told(page, 'Noor Castell: with Morgan Ellis tomorrow')).toBeVisible()
  for (const none of ['No unfinished calls', 'No flags to answer', 'No open actions'])
    await expect(page.getByText(none, { exact: true })).toBeVisible()
  await check(page, 'close-of-day sheet')

  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('OFFICIAL-SENSITIVE')).toBeVisible()
  await expect(page.getByText(/Printed by Morgan Ellis, 23 November 2026, 10:\d\d/)).toBeVisible()
  const noor = page.getByRole('row').filter({ hasText: 'Noor Castell' })
  await expect(noor.getByRole('cell').last()).toHaveText(/Morgan Ellis$/)
  await expect(noor.getByText('Morgan Ellis', { exact: true })).toBeVisible()
  for (const onScreen of [owner, button(page, 'Print'), page.getByRole('navigation')])
    await expect(onScreen).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
})
