import { expect, test } from '@playwright/test'
import { otherKindLabels } from '../../renderer/words/labels.ts'
import { CONCERN_LIMIT } from '../../shared/call/call.ts'
import { DANGER_ENDING } from '../../shared/call/danger.ts'
import { everyCall } from '../../shared/call/filter.ts'
import { chooseSchool, fact, file, filed, fillCall, leaveAll, logCall, openFiled } from './screens/call.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { addSchool, ask } from './screens/hub.ts'

let desk: OpenDesk

test.beforeAll(async () => {
  desk = await openDesk()
  await addSchool(desk.page)
})
test.afterEach(() => leaveAll(desk.page))
test.afterAll(() => desk.close())

const filedCalls = async () => Number((await ask(desk.page, 'call.count', { filter: everyCall })).total)

test('a school’s call by the keyboard alone, from F2 to Ctrl+Enter', async () => {
  const { page } = desk
  const { keyboard } = page
  const form = await logCall(page)
  await expect(page.getByText('Nothing to save yet')).toBeVisible()
  expect(await ask(page, 'call.drafts', {})).toEqual([])

  await keyboard.press('Space')
  await expect(form.aSchool).toBeChecked()
  await keyboard.press('Tab')
  await expect(form.school).toBeFocused()
  await keyboard.type('elms')
  await expect(page.getByRole('option', { name: /Elmsworthy Junior School/ })).toBeVisible()
  await keyboard.press('Enter')
  await expect(form.school).toHaveValue('Elmsworthy Junior School')
  // gate, caller, first child and concern fit a window of 1280 by 800 without scrolling
  await expect(form.line).toBeInViewport({ ratio: 1 })
  await expect(form.concern).toBeInViewport({ ratio: 1 })
  await keyboard.press('Tab')
  await keyboard.type('Sam Whitlock')
  await keyboard.press('Tab')
  await keyboard.type('Head of year')
  await keyboard.press('Tab')
  await keyboard.type('01632 960222')
  await keyboard.press('Tab')
  await keyboard.press('Space')
  await expect(form.mayLeaveMessage).toBeChecked()
  await keyboard.press('F4')
  await expect(form.concern).toBeFocused()
  await keyboard.type('Comes to school hungry.\nSister too.')
  await keyboard.press('Tab')
  await keyboard.type('Targeted')
  await keyboard.press('Tab')
  await keyboard.type('Two children, for weeks')
  await keyboard.press('Tab')
  await keyboard.type('Speak to the parents together.')
  await keyboard.press('Tab')
  await keyboard.type('Would rather refer.')
  await keyboard.press('Tab')
  await keyboard.type('Advice')
  await keyboard.press('Control+Enter')

  const reference = await filed(page)
  expect(reference).toMatch(/^HUB-[0-9A-HJKMNP-TV-Z]{4}-000001$/)
  await expect(heading(page, 'Desk')).toBeVisible()
  await openFiled(page, reference)
  for (const [label, value] of [
    ['Who is calling', 'Elmsworthy Junior School'],
    ['Caller’s name', 'Sam Whitlock'],
    ['Caller’s role', 'Head of year'],
    ['Phone number', '01632 960222'],
    ['Outcome', 'Advice only'],
    ['Level of need discussed', 'Targeted'],
    ['Why this level', 'Two children, for weeks'],
    ['Advice given', 'Speak to the parents together.'],
    ['Where the caller disagrees', 'Would rather refer.']
  ] as const)
    await expect(fact(page, label), label).toHaveText(value)
  await expect(page.getByText('Comes to school hungry.\nSister too.')).toBeVisible()
  await expect(fact(page, 'Took place')).toHaveText(/23 November 2026.*in hours/)
})

test('pressed twice, the call is filed once', async () => {
  const { page } = desk
  const before = await filedCalls()
  const form = await logCall(page)
  await fillCall(page, form)
  await form.fileCall.dblclick()
  await filed(page)
  await page.keyboard.press('Control+Enter')
  expect(await filedCalls()).toBe(before + 1)
})

test('what is missing is said by field and in a summary, and only after “File call”', async () => {
  const { page } = desk
  const form = await logCall(page)
  await form.callerName.fill('Sam')
  await form.callerName.fill('')
  await form.concern.focus()
  await expect(form.errors).toBeHidden()
  await expect(page.getByText('Error:')).toHaveCount(0)

  await form.fileCall.click()
  await expect(form.errors).toBeFocused()
  await expect(form.errors.getByRole('listitem')).toHaveText([
    'Choose who is calling',
    'Enter the caller’s name',
    'Enter what the concern is',
    'Enter the advice that was given',
    'Choose the outcome of the call'
  ])
  for (const [control, message] of [
    [form.whoIsCalling, 'Choose who is calling'],
    [form.callerName, 'Enter the caller’s name'],
    [form.concern, 'Enter what the concern is'],
    [form.advice, 'Enter the advice that was given'],
    [form.outcome, 'Choose the outcome of the call']
  ] as const) {
    await expect(control).toHaveAttribute('aria-invalid', 'true')
    await expect(control).toHaveAccessibleDescription(new RegExp(message))
  }
  await form.errors.getByRole('link', { name: 'Enter what the concern is' }).click()
  await expect(form.concern).toBeFocused()

  // R9: what was consulted, and what the parents know, never stands in the way
  await fillCall(page, form)
  await expect(form.consulted).not.toBeChecked()
  await file(page, form)
})

test('someone the hub is not for: each kind has its signpost, and the turn-away is filed', async () => {
  const { page } = desk
  const form = await logCall(page)
  await form.someoneElse.check()
  const signpost = page.getByRole('status').filter({ hasText: 'The hub is not for this caller. Read out:' })
  for (const label of Object.values(otherKindLabels)) {
    await form.kind.selectOption({ label })
    await expect(signpost, label).toContainText(`${DANGER_ENDING}”`)
  }
  expect(DANGER_ENDING).toContain('0300 123 4043')
  expect(DANGER_ENDING).toContain('999')
  await expect(form.outcome).toHaveValue('turned-away')
  await expect(form.advice).toBeHidden()

  await form.kind.selectOption({ label: otherKindLabels.health })
  const reference = await file(page, form)
  await openFiled(page, reference)
  await expect(page.getByText('Turned away', { exact: true }).first()).toBeVisible()
  await expect(fact(page, 'Kind of caller')).toHaveText(otherKindLabels.health)
  await expect(fact(page, 'Read out to the caller')).toContainText('0300 123 4043')
})

test('a keyworker passes by somebody’s word, which is filed as not checked', async () => {
  const { page } = desk
  const form = await logCall(page)
  await form.aKeyworker.check()
  await form.callerName.fill('Kit Marlowe')
  await form.concern.fill('Mother is in hospital again.')
  await form.advice.fill('Bring the next meeting forward.')
  await form.outcome.selectOption({ label: 'Start or continue a Families First Assessment' })
  await form.fileCall.click()
  await expect(form.errors.getByRole('listitem')).toHaveText([
    'Choose the open assessment, or enter who confirmed it'
  ])

  await form.confirmedBy.fill('Lee Fairweather, Coordinator')
  const reference = await file(page, form)
  await openFiled(page, reference)
  await expect(fact(page, 'Open assessment confirmed by')).toHaveText(
    'Lee Fairweather, Coordinator (not checked)'
  )
})

test('an open line asks only who is calling', async () => {
  const { page } = desk
  const form = await logCall(page)
  await expect(form.line.getByRole('option')).toHaveText(['Consultation Hub', 'Advice line', 'Coordinator'])
  await form.line.selectOption({ label: 'Advice line' })
  await form.someoneElse.check()
  await form.kind.selectOption({ label: otherKindLabels.public })
  await expect(page.getByText('The hub is not for this caller.')).toBeHidden()
  await form.callerName.fill('A neighbour')
  await form.concern.fill('Shouting at night.')
  await form.advice.fill('Ring again if it goes on.')
  await form.outcome.selectOption({ label: 'Signposted' })
  const reference = await file(page, form)
  await openFiled(page, reference)
  await expect(fact(page, 'Line')).toHaveText('Advice line')
})

test('an unknown school is added in place, to be checked, and its earlier caller is offered', async () => {
  const { page } = desk
  const form = await logCall(page)
  await form.aSchool.check()
  await form.school.fill('Wychford Lodge')
  await button(page, 'Add “Wychford Lodge” now').click()
  const adding = page.getByRole('group', { name: 'A school that is not in the directory' })
  await expect(adding.getByLabel('School’s name')).toHaveValue('Wychford Lodge')
  await adding.getByLabel('Town').fill('Tring')
  await adding.getByLabel('School’s phone').fill('01632 960333')
  await button(page, 'Add this school').click()
  await expect(page.getByText('To check', { exact: true })).toBeVisible()
  await expect(form.callerName).toBeFocused()
  await form.callerName.fill('Noor Castell')
  await form.callerRole.fill('Designated safeguarding lead')
  await form.phone.fill('01632 960444')
  await form.mayLeaveMessage.check()
  await form.concern.fill('Bruise on the arm.')
  await form.advice.fill('Ring Children’s Services now.')
  await form.outcome.selectOption({ label: 'Urgent referral by telephone' })
  const reference = await file(page, form)
  await openFiled(page, reference)
  await expect(page.getByText('School to check')).toBeVisible()
  const toCheck = await ask(page, 'school.list', { text: '', toCheck: true, after: '' })
  expect(toCheck.rows.map(({ name, town }) => `${name}, ${town}`)).toContain('Wychford Lodge, Tring')

  const next = await logCall(page)
  await chooseSchool(page, next, 'wychford')
  await button(page, 'Noor Castell, Designated safeguarding lead').click()
  await expect(next.callerName).toHaveValue('Noor Castell')
  await expect(next.phone).toHaveValue('01632 960444')
  await expect(next.mayLeaveMessage).toBeChecked()
})

test('children: siblings, dates as they are spoken, ages, and one who stays unnamed', async () => {
  const { page } = desk
  const form = await logCall(page)
  await fillCall(page, form)
  const [first, second, third] = [form.child(0), form.child(1), form.child(2)]
  await first.name.fill('Imogen Farrow')
  await first.birth.fill('3/9/15')
  await expect(form.children.getByText('11 years old, 3 September 2015')).toBeVisible()
  await form.addChild.click()
  await expect(second.name).toBeFocused()
  await second.name.fill('Rafe Farrow')
  await second.birth.fill('03092018')
  await second.relation.fill('Brother')
  await expect(form.children.getByText('8 years old, 3 September 2018')).toBeVisible()
  await form.addChild.click()
  await third.birth.fill('age 7')
  await third.address.fill('AL10 0ZZ')
  await expect(form.children.getByText('7 years old', { exact: true })).toBeVisible()

  await button(page, 'Remove child 2').click()
  await expect(form.children.getByLabel('Child’s name')).toHaveCount(2)
  await button(page, 'Undo').click()
  await expect(second.name).toHaveValue('Rafe Farrow')

  await third.birth.fill('31/2/19')
  await form.fileCall.click()
  await expect(form.errors.getByRole('listitem')).toHaveText([/no such day/])
  await third.birth.fill('age 7')
  const reference = await file(page, form)
  await openFiled(page, reference)
  const children = page.getByRole('region', { name: 'Children' })
  await expect(children.getByRole('listitem')).toHaveText([
    /Imogen Farrow\s*Born 3 September 2015 11 years old/,
    /Rafe Farrow\s*Born 3 September 2018 8 years old\s*Brother/,
    /Not named\s*7 years old\s*AL10 0ZZ/
  ])
})

test('the concern counts its last characters, a level asks why, and actions have an owner', async () => {
  const { page } = desk
  const form = await logCall(page)
  await fillCall(page, form)
  await expect(page.getByText(/characters? left/)).toBeHidden()
  await form.concern.fill('x'.repeat(CONCERN_LIMIT - 5))
  await expect(page.getByText('5 characters left')).toBeVisible()
  await form.concern.fill('Late every day.')
  await form.level.selectOption({ label: 'Intensive' })
  await form.addAction.click()
  await form.action(0).who.fill('Morgan Ellis')
  await form.fileCall.click()
  await expect(form.errors.getByRole('listitem')).toHaveText([
    'Enter why this level of need was discussed',
    'Enter what is to be done'
  ])

  await form.levelWhy.fill('Three agencies are needed.')
  await form.action(0).what.fill('Send the form')
  await form.action(0).byWhen.fill('27/11/2026')
  const reference = await file(page, form)
  await openFiled(page, reference)
  await expect(page.getByRole('region', { name: 'Actions' }).getByRole('listitem')).toHaveText([
    /Send the form\s*Morgan Ellis\s*By 27 November 2026\s*Open/
  ])
})

test('a call from paper is set back with its reason, and a booked slot counts as in hours', async () => {
  const { page } = desk
  const form = await logCall(page)
  await fillCall(page, form)
  await form.onPaper.check()
  await field(page, 'Date of the call').fill('21/11/2026')
  await field(page, 'Time of the call').fill('14:30')
  await form.fileCall.click()
  await expect(form.errors.getByRole('listitem')).toHaveText(['Enter why the time is set back'])
  await expect(page.getByText(/21 November 2026.*out of hours/)).toBeVisible()
  await field(page, 'Why it is recorded later').fill('The power was off')
  await form.bookedSlot.check()
  await field(page, 'Date of the slot').fill('21/11/2026')
  await field(page, 'Time of the slot').fill('14:30')
  await expect(page.getByText(/21 November 2026.*in hours/)).toBeVisible()
  await form.outcome.selectOption({ label: 'Advice only' })
  const reference = await file(page, form)
  await openFiled(page, reference)
  await expect(fact(page, 'Took place')).toHaveText(/21 November 2026.*14:30.*in hours/)
  await expect(fact(page, 'Why it was recorded later')).toHaveText('The power was off')
  await expect(fact(page, 'Booked slot')).toHaveText(/21 November 2026.*14:30/)
  await expect(fact(page, 'Filed')).toHaveText(/23 November 2026/)
})

test('a second phone rings: calls are tabs, and nothing of one is in the next', async () => {
  const { page } = desk
  const first = await logCall(page)
  await first.aSchool.check()
  await first.callerName.fill('Perpetua Lyle')
  await first.concern.fill('Words of the first call.')
  const second = await logCall(page)
  await expect(second.tabs).toHaveCount(2)
  await expect(second.aSchool).not.toBeChecked()
  await expect(second.callerName).toHaveValue('')
  await expect(second.concern).toHaveValue('')
  await second.callerName.fill('Quentin Rowe')
  await page.getByRole('tab', { name: /Perpetua Lyle/ }).click()
  await expect(first.concern).toHaveValue('Words of the first call.')
  await fillCall(page, first, { caller: 'Perpetua Lyle' })
  await file(page, first)

  // filed: back at the call that is still open
  await expect(second.callerName).toHaveValue('Quentin Rowe')
  await expect(second.tabs).toHaveCount(1)
  await expect(second.concern).toHaveValue('')
  await second.leaveForLater.click()
  await expect(page.getByRole('button', { name: /^Resume.*Quentin Rowe$/ })).toBeVisible()
  const third = await logCall(page)
  for (const control of [third.callerName, third.callerRole, third.concern, third.advice])
    await expect(control).toHaveValue('')
})

test('immediate danger is one key away, and reading it out is recorded', async () => {
  const { page } = desk
  const form = await logCall(page)
  await form.someoneElse.check()
  await form.kind.selectOption({ label: otherKindLabels.public })
  await button(page, 'Immediate danger').click()
  const panel = page.getByRole('region', { name: 'Immediate danger' })
  for (const number of ['999', '0300 123 4043', '101'])
    await expect(panel.getByText(number, { exact: true })).toBeVisible()
  await expect(panel).toContainText('Child Abuse Investigation Unit')
  await button(page, 'I have read these out').click()
  await expect(panel.getByText(/^Recorded: read out at 10:\d\d$/)).toBeVisible()
  await page.keyboard.press('F8')
  await expect(panel).toBeHidden()
  const reference = await file(page, form)
  await openFiled(page, reference)
  await expect(fact(page, 'Immediate danger numbers')).toHaveText(/Read out.*10:\d\d/)
})

test('a filed call is never edited: an addendum names the field; search finds all of it', async () => {
  const { page } = desk
  const form = await logCall(page)
  await fillCall(page, form, { caller: 'Tamsin Oake', concern: 'A wardrobe fell in the night.' })
  await form.phone.fill('01632 960777')
  await form.child(0).name.fill('Ottoline Brand')
  const reference = await file(page, form)
  await openFiled(page, reference)
  await expect(page.getByRole('main').locator('input, textarea')).toHaveCount(1)
  await button(page, 'Add addendum').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await field(page, 'What it corrects or adds to').selectOption({ label: 'The children' })
  await field(page, 'Addendum').fill('Her name is spelled Otoline.')
  await button(page, 'Add addendum').click()
  await expect(page.getByText('Addendum added')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Addenda' }).getByRole('listitem')).toHaveText([
    /The children.*Morgan Ellis.*Her name is spelled Otoline\./
  ])

  await goTo(page, 'Calls')
  const rows = page.getByRole('row').filter({ hasText: /HUB-/ })
  await expect(rows.first()).toContainText(reference)
  for (const words of ['wardrobe', 'ottoline', 'elmsworthy tamsin', '960777']) {
    await field(page, 'Search calls').fill(words)
    await expect(rows, words).toHaveCount(1)
    await expect(rows, words).toContainText(reference)
  }
  await field(page, 'Search calls').fill('zzyzx')
  await expect(page.getByText('No call has these words.')).toBeVisible()
})

test('out of hours it is a message: a call-back at the next opening is proposed', async () => {
  const saturday = await openDesk({ clock: '2026-11-21T22:00:00Z' })
  const { page } = saturday
  await expect(page.getByText('Closed. Opens Monday 9:00').first()).toBeVisible()
  await addSchool(page)
  const form = await logCall(page)
  await expect(page.getByText('The hub is closed: take a message.')).toBeVisible()
  await expect(page.getByText('The call-back is due Monday 23 November 9:00')).toBeVisible()
  await expect(form.outcome).toHaveValue('call-back')
  await expect(form.action(0).what).toHaveValue('Call back')
  await expect(form.action(0).byWhen).toHaveValue('23/11/2026')
  await chooseSchool(page, form, 'Elmsworthy')
  await form.callerName.fill('Sam Whitlock')
  await form.concern.fill('Found crying at the gate.')
  const reference = await file(page, form)
  await openFiled(page, reference)
  await expect(fact(page, 'Took place')).toHaveText(/21 November 2026.*out of hours/)
  await saturday.close()
})
