import { expect, test, type Page } from '@playwright/test'
import type { CallDraft } from '../../shared/call/call.ts'
import { aCall, aKeyworkersCall } from '../fixtures/calls.ts'
import { fact } from './screens/call.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { addSchool } from './screens/hub.ts'
import { check } from './screens/axe.ts'

let desk: OpenDesk
const CALLS = 130

/** Each 40th is a school's and has rare words in it. */
function aCallOf(n: number, schoolId: string): CallDraft {
  const callerName = `Caller ${String(n).padStart(3, '0')}`
  const outcome = n % 10 === 0 ? 'signposted' : 'advice-only'
  if (n % 40 > 0) return aKeyworkersCall({ callerName, outcome, concern: 'Tired on most mornings.' })
  const concern = `Talks of a gray heron by the river, call ${String(n)}.`
  return aCall(schoolId, { callerName, outcome, concern })
}

test.beforeAll(async () => {
  desk = await openDesk()
  const { page } = desk
  const school = await addSchool(page)
  const drafts = Array.from({ length: CALLS }, (_, index) => aCallOf(index + 1, school.id))
  await page.evaluate(`(async (drafts) => {
    for (const draft of drafts) await window.hub['call.file'](draft)
  })(${JSON.stringify(drafts)})`)
})
test.afterAll(() => desk.close())

const rows = (page: Page) => page.getByRole('row').filter({ hasText: 'HUB-' })
const reference = (n: number) => new RegExp(`^HUB-[0-9A-Z]{4}-${String(n).padStart(6, '0')}$`)
const link = (page: Page, n: number) => page.getByRole('link', { name: reference(n) })

test('filters and words narrow the list; a call opens with its words marked, and coming back finds the place', async () => {
  const { page } = desk
  await goTo(page, 'Calls')
  await expect(page.getByText(`1 to 50 of ${String(CALLS)} calls`)).toBeVisible()
  // only what is near the view stands in the page
  expect(await rows(page).count()).toBeLessThan(50)

  await field(page, 'Search calls').fill('héron')
  await expect(page.getByText('1 to 3 of 3 calls')).toBeVisible()
  await expect(rows(page).first().locator('mark')).toHaveText('heron')
  await button(page, 'Filters').click()
  await field(page, 'Outcome').selectOption({ label: 'Signposted' })
  await field(page, 'From').fill('23.11.26')
  await field(page, 'From').press('Enter')
  await expect(button(page, 'Remove filter: From 23 November 2026')).toBeVisible()
  await expect(page.getByText('1 to 3 of 3 calls')).toBeVisible()
  await field(page, 'Opening hours').selectOption({ label: 'Out of hours' })
  await expect(page.getByText('No call matches these filters.')).toBeVisible()
  await check(page, 'no call matches')
  await button(page, 'Remove filter: Out of hours').click()
  await check(page, 'calls with filters and marked words')
  await button(page, 'Hide filters').click()

  await link(page, 80).click()
  await expect(heading(page, 'What is the concern?')).toBeVisible()
  await expect(page.locator('mark')).toHaveText('heron')
  await page.getByRole('link', { name: 'Back to calls' }).click()
  await expect(link(page, 80)).toBeFocused()
  await expect(field(page, 'Search calls')).toHaveValue('héron')
  await field(page, 'Search calls').fill('')
  await button(page, 'Clear all').click()
  await expect(page.getByText(`1 to 50 of ${String(CALLS)} calls`)).toBeVisible()
})

test('the keys move among rows, the list goes on by itself, and sorting needs no mouse', async () => {
  const { page } = desk
  await goTo(page, 'Calls')
  await expect(page.getByText(`1 to 50 of ${String(CALLS)} calls`)).toBeVisible()
  await link(page, CALLS).focus()
  await page.keyboard.press('ArrowDown')
  await expect(link(page, CALLS - 1)).toBeFocused()
  await page.keyboard.press('End')
  await expect(link(page, CALLS - 49)).toBeFocused()
  await expect(page.getByText(`1 to 100 of ${String(CALLS)} calls`)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(link(page, CALLS - 50)).toBeFocused()
  await expect(link(page, CALLS - 50)).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('Enter')
  await expect(heading(page, 'What is the concern?')).toBeVisible()
  await page.getByRole('link', { name: 'Back to calls' }).click()
  await expect(link(page, CALLS - 50)).toBeFocused()
  await expect(link(page, CALLS - 50)).toBeInViewport({ ratio: 1 })

  await page.keyboard.press('Home')
  await expect(link(page, CALLS)).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  const byCaller = page.getByRole('columnheader', { name: 'Caller' })
  await expect(byCaller.getByRole('button')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(byCaller).toHaveAttribute('aria-sort', 'ascending')
  await expect(rows(page).first()).toContainText('Elmsworthy')
  await page.keyboard.press('Enter')
  await expect(byCaller).toHaveAttribute('aria-sort', 'descending')
  await expect(rows(page).first()).toContainText(`Caller ${String(CALLS)}`)
  await page.getByRole('columnheader', { name: 'Filed' }).getByRole('button').click()
  await expect(rows(page).first()).toContainText(`Caller ${String(CALLS)}`)
})

test('a filter is saved under a name, chosen again, taken away and brought back', async () => {
  const { page } = desk
  await goTo(page, 'Calls')
  await button(page, 'Filters').click()
  await field(page, 'Outcome').selectOption({ label: 'Signposted' })
  await expect(page.getByText('1 to 13 of 13 calls')).toBeVisible()
  await button(page, 'Save this filter').click()
  await button(page, 'Save').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Enter a name')
  await check(page, 'saving a filter, with errors')
  await field(page, 'Name of the filter').fill('Signposted')
  await button(page, 'Save').click()
  await expect(page.getByText('Filter “Signposted” saved')).toBeVisible()
  await expect(button(page, 'Signposted')).toBeFocused()
  await button(page, 'Clear all').click()
  await expect(page.getByText(`1 to 50 of ${String(CALLS)} calls`)).toBeVisible()
  await button(page, 'Signposted').click()
  await expect(page.getByText('1 to 13 of 13 calls')).toBeVisible()
  await button(page, 'Remove filter “Signposted”').click()
  await expect(button(page, 'Signposted')).toBeHidden()
  await expect(button(page, 'Undo')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(button(page, 'Signposted')).toBeFocused()
  await expect(button(page, 'Signposted')).toHaveAttribute('aria-pressed', 'true')
  await button(page, 'Clear all').click()
  await button(page, 'Hide filters').click()
})

test('a call entered in error leaves the list, is found by its filter, and is put back', async () => {
  const { page } = desk
  await goTo(page, 'Calls')
  await link(page, CALLS).click()
  await button(page, 'Entered in error').click()
  await button(page, 'Mark as entered in error').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Enter why')
  await check(page, 'entered in error, with errors')
  await field(page, 'Reason').fill('Logged twice')
  await button(page, 'Mark as entered in error').click()
  const banner = page.getByRole('region', { name: 'Entered in error', exact: true })
  await expect(banner).toContainText('Morgan Ellis marked it on 23 November 2026')
  await expect(banner).toContainText('Logged twice')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await check(page, 'a call entered in error')

  await page.getByRole('link', { name: 'Back to calls' }).click()
  await expect(page.getByText(`1 to 50 of ${String(CALLS - 1)} calls`)).toBeVisible()
  await expect(link(page, CALLS)).toBeHidden()
  await button(page, 'Filters').click()
  await page.getByRole('checkbox', { name: 'Only entered in error' }).check()
  await expect(page.getByText('1 to 1 of 1 call')).toBeVisible()
  await link(page, CALLS).click()
  await button(page, 'Put it back').click()
  await field(page, 'Reason').fill('Two calls after all')
  await page.getByRole('dialog').getByRole('button', { name: 'Put it back' }).click()
  await expect(banner).toBeHidden()
  await expect(fact(page, 'Caller’s name')).toHaveText(`Caller ${String(CALLS)}`)
  await expect(page.getByText('Two calls after all')).toBeVisible()
  await page.getByRole('link', { name: 'Back to calls' }).click()
  await button(page, 'Clear all').click()
  await expect(page.getByText(`1 to 50 of ${String(CALLS)} calls`)).toBeVisible()
})
