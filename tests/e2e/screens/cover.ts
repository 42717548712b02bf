import { expect, type Page } from '@playwright/test'
import { button, goTo, heading } from './desk.ts'

/** "Arrange cover" or "Give all families to others", come to by the list of keyworkers. */
export async function startGiving(
  page: Page,
  keyworker: string,
  what: 'Arrange cover' | 'Give all families to others'
): Promise<void> {
  await goTo(page, 'Keyworkers')
  await page.getByRole('link', { name: keyworker }).first().click()
  await button(page, what).click()
  await expect(heading(page, what)).toBeVisible()
}

/** One person for the family in a row, counted from 0. */
export async function choose(page: Page, label: string, row: number, name: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).nth(row).fill(name)
  await page.getByRole('option', { name }).click()
}
