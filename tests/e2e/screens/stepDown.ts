import { expect, type Page } from '@playwright/test'
import { goTo, heading } from './desk.ts'

/** By the queue: the step-down of these children. */
export async function openStepDown(page: Page, children: string | RegExp): Promise<void> {
  await goTo(page, 'Triage')
  await page.getByRole('link', { name: children }).click()
  await expect(heading(page, 'What the sender told')).toBeVisible()
}
