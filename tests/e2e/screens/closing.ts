import { expect, type Page } from '@playwright/test'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import { aMeeting } from '../../fixtures/meetings.ts'
import { anAction, anOutcome } from '../../fixtures/plans.ts'
import { heading } from './desk.ts'
import { addFamily, openFamily } from './family.ts'
import { ask } from './hub.ts'

/** A family whose plan has one outcome with an action, and a meeting of the team to come. */
export async function addPlanned(page: Page, changes: Partial<RegistrationDraft> = {}, words?: string) {
  const { form, reference } = await addFamily(page, changes)
  const of = { familyId: form.id, episodeId: form.episodeId }
  const outcome = anOutcome(of, words === undefined ? {} : { words })
  await ask(page, 'plan.saveOutcome', outcome)
  await ask(page, 'plan.saveAction', anAction(outcome, words === undefined ? {} : { words }))
  await ask(page, 'meeting.arrange', aMeeting(of))
  return { form, reference }
}

/** The end of the last assessment of a family, come to from the family's page. */
export async function openEnding(page: Page, familyReference: string): Promise<void> {
  await openFamily(page, familyReference)
  await page.getByRole('link', { name: /^FFA-/ }).first().click()
  await page.getByRole('link', { name: 'Ending', exact: true }).click()
  await expect(heading(page, 'Ending')).toBeVisible()
}
