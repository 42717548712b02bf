import { expect, type Page } from '@playwright/test'
import { button } from './desk.ts'
import { openFamily } from './family.ts'

/** The open assessment of a family, by the link on the family's page. */
export async function openEpisode(page: Page, familyReference: string): Promise<void> {
  await openFamily(page, familyReference)
  await page
    .getByRole('region', { name: 'Assessment', exact: true })
    .getByRole('link', { name: /^FFA-/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Overview', exact: true })).toBeVisible()
}

/** The part of the page by its name. */
export async function goToPart(page: Page, name: string): Promise<void> {
  const parts = page.getByRole('navigation', { name: 'Parts of the assessment' })
  await parts.getByRole('link', { name, exact: true }).click()
  await expect(parts.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page')
}

/** Opens the form of a step from "What is next". */
export async function beginStep(page: Page, label: string): Promise<void> {
  await button(page, label).click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

/** What the page says was done. */
export const toldOf = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
