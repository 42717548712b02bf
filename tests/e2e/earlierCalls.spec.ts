import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { aCall, callsWith } from '../fixtures/calls.ts'
import { newId } from '../../shared/ids.ts'
import type { School } from '../../shared/school/school.ts'
import { addPerson, firstUnlock } from './screens/account.ts'
import { check } from './screens/axe.ts'
import { callForm, filed, fillCall, leaveAll, logCall, openFiled } from './screens/call.ts'
import { button, field, goTo, heading, lock, openDesk, unlock, type OpenDesk } from './screens/desk.ts'
import { addSchool, ask } from './screens/hub.ts'
import { blake, morgan } from './screens/people.ts'

let desk: OpenDesk
let elmsworthy: School
/** Filed before any test, about Siân Featherstone. */
let first: string

test.beforeAll(async () => {
  desk = await openDesk()
  elmsworthy = await addSchool(desk.page)
  await addSchool(desk.page, { name: 'Wychford Infant School', postcode: 'SG13 0ZZ' })
  const child = {
    id: newId(),
    name: 'Siân Featherstone',
    birth: '3/9/2015',
    upn: '',
    relation: 'Pupil',
    address: '4 Invented Lane, AL10 0ZZ'
  }
  const call = aCall(elmsworthy.id, {
    schoolText: elmsworthy.name,
    children: [child],
    outcome: 'advice-only'
  })
  first = (await ask(desk.page, 'call.file', call)).reference
})
test.afterEach(() => leaveAll(desk.page))
test.afterAll(() => desk.close())

const strip = (page: Page) => page.getByRole('region', { name: 'Have we spoken before?' })
const earlier = (page: Page, reference: string) =>
  strip(page).getByRole('group', { name: `Call ${reference}`, exact: true })
const aboutTheSame = (page: Page, reference: string) =>
  earlier(page, reference).getByRole('checkbox', { name: 'About the same' })

async function linksOf(page: Page, reference: string) {
  const { rows } = await ask(page, 'call.list', callsWith(reference))
  const { links } = await ask(page, 'call.read', { id: rows[0]?.id ?? '' })
  return links.map(({ reference: other, kind }) => `${kind} ${other}`).sort()
}

test('the same child, told by another school: seen why, and said so, by the keyboard alone', async () => {
  const { page } = desk
  const { keyboard } = page
  const form = await logCall(page)
  await expect(strip(page)).toContainText(
    'Earlier calls about these children, or from this school, show here.'
  )
  await keyboard.press('Space')
  await keyboard.press('Tab')
  await keyboard.type('wych')
  await expect(page.getByRole('option', { name: /Wychford/ })).toBeVisible()
  await keyboard.press('Enter')
  await expect(strip(page).getByRole('status').first()).toHaveText('No earlier calls in 90 days')
  await keyboard.press('Tab')
  await keyboard.type('Kit Orme')
  for (const passed of ['Caller’s role', 'Phone', 'Message', 'Continuum', 'Lead', 'Parents', 'Child’s name'])
    await test.step(passed, () => keyboard.press('Tab'))
  await expect(form.child(0).name).toBeFocused()
  const before = await form.concern.boundingBox()
  await keyboard.type('Shan Fetherstone')
  await keyboard.press('Tab')
  await keyboard.type('9/3/15')
  const match = earlier(page, first)
  await expect(match).toContainText('About this child')
  await expect(match).toContainText('Day and month of birth changed over')
  await expect(match).toContainText('Siân Featherstone')
  await expect(match).toContainText('Elmsworthy Junior School')
  await expect(strip(page).getByRole('status').first()).toHaveText(
    '1 earlier call in 90 days, 1 about this child'
  )
  await expect(form.child(0).birth).toBeFocused()
  expect(await form.concern.boundingBox()).toEqual(before)

  await keyboard.press('F6')
  await expect(aboutTheSame(page, first)).toBeFocused()
  await keyboard.press('Space')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect(match).toContainText('Bruises seen on both arms')
  await check(page, 'an earlier call, read beside the form')
  await keyboard.press('F6')
  await expect(form.child(0).birth).toBeFocused()
  await keyboard.press('F4')
  await keyboard.type('Seen with bruises again.')
  await form.advice.focus()
  await keyboard.type('Complete the form today.')
  await form.outcome.focus()
  await keyboard.type('Advice')
  await keyboard.press('Control+Enter')
  const reference = await filed(page)
  expect(await linksOf(page, reference)).toEqual([`related ${first}`])
})

test('another child of the same school: “None of these” is recorded', async () => {
  const { page } = desk
  const form = await logCall(page)
  await fillCall(page, form)
  await form.child(0).name.fill('Ned Sparrow')
  await expect(earlier(page, first)).toContainText('From this school')
  await button(page, 'None of these').click()
  await expect(strip(page)).toContainText('Recorded: none of these')
  await check(page, 'none of the earlier calls')
  await strip(page).getByRole('button', { name: 'Undo' }).click()
  await expect(button(page, 'None of these')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(strip(page).getByRole('button', { name: 'Undo' })).toBeFocused()
  await form.fileCall.click()
  expect(await linksOf(page, await filed(page))).toEqual([`not-related ${first}`])
})

test('at 200 % zoom it is one line above the form, and nothing scrolls sideways', async () => {
  const { page, app } = desk
  const form = await logCall(page)
  await fillCall(page, form)
  await zoom(app, 2)
  await expect(strip(page).getByRole('status').first()).toContainText(/earlier calls? in 90 days/)
  await expect(earlier(page, first)).toBeHidden()
  const top = await form.concern.evaluate((field: HTMLElement) => field.offsetTop)
  await form.child(0).name.fill('Siân Featherstone')
  await expect(strip(page).getByRole('status').first()).toContainText('about this child')
  expect(await form.concern.evaluate((field: HTMLElement) => field.offsetTop)).toBe(top)
  await page.keyboard.press('F6')
  await expect(aboutTheSame(page, first)).toBeFocused()
  await expect(aboutTheSame(page, first)).toBeInViewport()
  const isWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
  expect(await page.evaluate(isWide)).toBe(false)
  await check(page, 'earlier calls at 200 %')
  await zoom(app, 1)
})

const zoom = (app: ElectronApplication, factor: number) =>
  app.evaluate(({ BrowserWindow }, wanted) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.setZoomFactor(wanted)
  }, factor)

test('a further call carries over the children and the school, and is there after a lock', async () => {
  const { page } = desk
  await openFiled(page, first)
  await button(page, 'Log a further call about this').click()
  const form = callForm(page)
  await expect(form.child(0).name).toHaveValue('Siân Featherstone')
  await expect(form.child(0).birth).toHaveValue('3/9/2015')
  await expect(form.child(0).address).toHaveValue('4 Invented Lane, AL10 0ZZ')
  await expect(form.school).toHaveValue('Elmsworthy Junior School')
  await expect(form.concern).toHaveValue('')
  await expect(form.advice).toHaveValue('')
  await expect(form.saved).toBeVisible()
  const further = page.getByText(`Further to ${first} of 23 November 2026`, { exact: true })
  await expect(further).toBeVisible()
  await check(page, 'a further call')

  // looked up in the middle of the call, and back
  await page.getByRole('link', { name: `${first} of 23 November 2026` }).click()
  await expect(heading(page, `Call ${first}`)).toBeVisible()
  await page.keyboard.press('F7')
  await expect(form.child(0).name).toHaveValue('Siân Featherstone')
  await lock(page)
  await unlock(page)
  await expect(further).toBeVisible()

  await form.callerName.fill('Sam Whitlock')
  await form.concern.fill('The bruises have gone.')
  await form.advice.fill('Keep watching.')
  await form.outcome.selectOption({ label: 'Advice only' })
  await form.fileCall.click()
  expect(await linksOf(page, await filed(page))).toContain(`further ${first}`)
})

test('a manager takes over an unfinished call, and it is no longer its first owner’s', async () => {
  const { page } = desk
  const form = await logCall(page)
  await form.aKeyworker.check()
  await form.callerName.fill('Pat Lindsey')
  await form.concern.fill('Half a sen')
  await expect(form.saved).toBeVisible()
  const oneTime = await addPerson(page, blake)
  await lock(page)
  await firstUnlock(page, blake, oneTime)

  const colleagues = page.getByRole('region', { name: /^Colleagues’ unfinished calls/ })
  await expect(colleagues.getByRole('listitem').filter({ hasText: 'Pat Lindsey' })).toContainText(morgan.name)
  await button(page, 'Hand over: Pat Lindsey').click()
  await expect(field(page, 'Hand to')).toBeFocused()
  await field(page, 'Hand to').selectOption({ label: `${blake.name} (you)` })
  await check(page, 'handing a call over')
  await button(page, 'Hand this call over').click()
  await expect(colleagues.getByText(`Handed to ${blake.name}: Pat Lindsey`)).toBeVisible()
  await page
    .getByRole('region', { name: /^My unfinished/ })
    .getByRole('button', { name: /^Resume/ })
    .click()
  await expect(form.concern).toHaveValue('Half a sen')
  await lock(page)
  await unlock(page)
  await goTo(page, 'Desk')
  await expect(page.getByText('Pat Lindsey')).toBeHidden()
})
