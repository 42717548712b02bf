import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { emptyCall, type CallDraft } from '../../shared/call/call.ts'
import { newId } from '../../shared/ids.ts'
import type { OpenDesk } from './screens/desk.ts'
import { button, field, goTo, heading, openDesk } from './screens/desk.ts'
import { addSchool, ask } from './screens/hub.ts'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk()
})
test.afterAll(() => desk.close())

/** A call on paper, of a day in November 2026. */
async function fileCall(page: Page, day: number, time: string, changes: Partial<CallDraft>): Promise<void> {
  await ask(page, 'call.file', {
    ...emptyCall(newId(), newId(), '2026-11-23T10:00:00.000Z'),
    tookPlaceDate: `${String(day)}/11/2026`,
    tookPlaceTime: time,
    setBackReason: 'The computer was down',
    concern: 'Tired and hungry on most mornings.',
    advice: 'Talk to the parents first.',
    callerName: 'Sam Whitlock',
    outcome: 'contact-form',
    ...changes
  })
}

const figure = (page: Page, name: string) => page.getByRole('figure', { name, exact: true })
const number = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

test('a picture of the line: drawn, told and counted, and every number opens its rows', async () => {
  const { page } = desk
  await goTo(page, 'Reports')
  await expect(page.getByText('No calls from 24 November 2025 to 23 November 2026.')).toBeVisible()
  const { id: schoolId } = await addSchool(page)
  const school = { callerKind: 'school', schoolId } as const
  for (const time of ['11:05', '11:20', '11:55']) await fileCall(page, 17, time, school)
  await fileCall(page, 18, '9:30', { ...school, line: 'advice-line', outcome: 'advice-only' })
  await fileCall(page, 21, '14:00', {
    callerKind: 'someone-else',
    otherKind: 'public',
    outcome: 'turned-away'
  })

  await button(page, 'This month').click()
  await expect(page.getByText('5 calls from 1 November 2026 to 23 November 2026.')).toBeVisible()
  await expect(button(page, 'This month')).toHaveAttribute('aria-pressed', 'true')
  const hours = figure(page, 'Calls by weekday and hour')
  await expect(hours).toContainText('The most calls came on Tuesdays between 11:00 and 12:00: 3 of 5.')
  const pictures = page.getByRole('main').getByRole('img')
  await expect(pictures).toHaveCount(10)
  // an image that could not be read has no width of its own
  for (const picture of await pictures.all())
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0)

  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect
      .soft(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        colorScheme
      )
      .toEqual([])
  }

  await number(page, '3 calls: Tuesday 11:00').press('Enter')
  await expect(heading(page, 'Calls')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: /HUB-/ })).toHaveCount(3)
  await goTo(page, 'Reports')
  await expect(field(page, 'From')).toHaveValue('01/11/2026')

  await field(page, 'From').fill('18/11/2026')
  await field(page, 'To').fill('17/11/2026')
  await field(page, 'To').press('Enter')
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('Enter the same day')
  await field(page, 'To').fill('21.11.26')
  await button(page, 'Show').click()
  await expect(page.getByText('2 calls from 18 November 2026 to 21 November 2026.')).toBeVisible()
  await number(page, '1 call: A member of the public').click()
  await expect(heading(page, 'Calls')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: /HUB-/ })).toHaveCount(1)
})
