import { expect, test, type Locator, type Page } from '@playwright/test'
import { newId } from '../../shared/ids.ts'
import { aStepDown, aStepDownPerson } from '../fixtures/stepDowns.ts'
import * as axe from './screens/axe.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { ask } from './screens/hub.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: 'Triage manager' } })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const ITEMS = 10
const MOST_STOPS = 30

/** From the top: what the bar of the window half covers after scrolling is no fault of the page. */
async function check(page: Page, state: string) {
  await page.evaluate('window.scrollTo(0, 0)')
  await axe.check(page, state)
}

/** With Tab, as somebody without a mouse comes there. */
async function tabTo(page: Page, place: Locator) {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if (await place.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(place).toBeFocused()
}
async function type(page: Page, label: string, words: string) {
  await tabTo(page, field(page, label))
  await page.keyboard.type(words)
}
async function choose(page: Page, name: string | RegExp) {
  await tabTo(page, page.getByRole('radio', { name }))
  await page.keyboard.press('Space')
}
const list = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name} `) })
const rows = (page: Page) => page.getByRole('table', { name: 'Step-downs to triage' }).getByRole('link')

test('ten step-downs are triaged by keys alone', async () => {
  const { page } = desk
  for (let index = 0; index < ITEMS; index++) {
    const form = aStepDown({ risk: index === 9 ? 'high' : 'low' })
    const people = [aStepDownPerson({ name: `Child ${String(index)}` }), ...form.people.slice(1)]
    await ask(page, 'stepDown.receive', { ...form, people })
  }
  await goTo(page, 'Triage')
  await expect(list(page, 'To triage')).toContainText('10')
  await page.keyboard.press('3')
  await expect(list(page, 'To triage')).toHaveAttribute('aria-pressed', 'true')
  await expect(rows(page)).toHaveCount(ITEMS)
  // the highest risk stands first
  await page.keyboard.press('j')
  await expect(rows(page).first()).toBeFocused()
  await expect(rows(page).first()).toContainText('Child 9')
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).nth(1)).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('t')
  await expect(page.getByRole('status').filter({ hasText: 'You have taken' })).toBeVisible()
  await expect(rows(page).first()).toBeFocused()
  await check(page, 'the queue as a table')

  for (let left = ITEMS; left > 0; left--) {
    // back from one, the next stands in its place
    await expect(rows(page).first()).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(heading(page, 'What the sender told')).toBeVisible()
    await page.keyboard.press('n')
    await expect(heading(page, 'What the sender tells')).toBeVisible()
    await choose(page, /^Universal$/)
    await type(page, 'Why this level?', 'Needs are few')
    await choose(page, 'Intensive family support team')
    await type(page, 'Why this route?', 'Mornings')
    await type(page, 'What does the decision go by?', 'The plan')
    await type(page, 'What else was considered, and why not?', 'A course')
    await tabTo(page, button(page, 'Record decision'))
    await page.keyboard.press('Enter')
    await expect(page.getByText('Decision recorded.')).toBeVisible()
    await page.keyboard.press('q')
    await expect(heading(page, 'Triage')).toBeVisible()
    await expect(list(page, 'To triage')).toContainText(String(left - 1))
    if (left > 1) await expect(rows(page)).toHaveCount(left - 1)
  }
  await expect(page.getByText('No step-down matches.')).toBeVisible()
  await expect(list(page, 'To allocate')).toContainText('10')
  await check(page, 'a list with nothing in it')
})

test('the board, a colleague’s act since it was opened, an end and a new beginning', async () => {
  const { page } = desk
  await page.keyboard.press('0')
  await page.keyboard.press('b')
  const column = page.getByRole('region', { name: 'To allocate 10' })
  await expect(column.getByRole('link')).toHaveCount(ITEMS)
  await check(page, 'the queue as a board')
  await column.getByRole('link', { name: 'Child 4' }).click()
  await expect(heading(page, 'Child 4')).toBeVisible()
  const [{ id = '' } = {}] = (
    await ask(page, 'stepDown.queue', {
      filter: { state: '', hubId: '', age: '', risk: '', source: '', overdue: false, mine: false },
      after: ''
    })
  ).rows.filter(({ childNames }) => childNames === 'Child 4')
  const { lastId } = await ask(page, 'stepDown.last', { id })
  await ask(page, 'stepDown.act', { id: newId(), stepDownId: id, basedOn: lastId, act: 'take', toId: '' })
  // somebody who acts on what they read before is told, and nothing is recorded
  await button(page, 'End').click()
  await page.getByRole('radio', { name: 'The sender withdrew it' }).check()
  await button(page, 'End it').click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('changed')
  await check(page, 'an end that comes too late')
  await button(page, 'Cancel').click()
  await button(page, 'Leave without saving').click()
  await page.evaluate("window.dispatchEvent(new Event('focus'))")
  await expect(page.getByText('Morgan Ellis recorded something here at')).toBeVisible()
  await check(page, 'something was recorded since')
  await button(page, 'Show what is new').click()
  await expect(page.getByText('Morgan Ellis recorded something here at')).toBeHidden()

  await button(page, 'End').click()
  await button(page, 'End it').click()
  await expect(page.getByRole('dialog').getByRole('alert').first()).toContainText('Choose why it ends')
  await page.getByRole('radio', { name: 'The sender withdrew it' }).check()
  await button(page, 'End it').click()
  await expect(page.getByText('Ended: The sender withdrew it')).toBeVisible()
  await button(page, 'Reopen').click()
  await field(page, 'Why does it go on?').fill('They asked again')
  await button(page, 'Reopen it').click()
  await expect(page.getByText('Reopened: it waits to be triaged')).toBeVisible()
})
