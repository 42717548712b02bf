import { expect, type Page } from '@playwright/test'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import { newId } from '../../../shared/ids.ts'
import type { PractitionerDetails } from '../../../shared/practitioner/practitioner.ts'
import { aRegistration } from '../../fixtures/families.ts'
import { goTo } from './desk.ts'
import { ask } from './hub.ts'

/** Somebody trained and registered, at an agency of the directory; invented, like everyone here. */
export async function addPractitioner(
  page: Page,
  changes: Partial<PractitionerDetails> = {}
): Promise<{ id: string }> {
  const agency = await ask(page, 'agency.save', {
    id: newId(),
    name: 'Lantern Trust',
    kind: 'Charity',
    phone: '01632 960333',
    address: '',
    rowVersion: 0
  })
  return ask(page, 'practitioner.save', {
    id: newId(),
    name: 'Priya Shah',
    role: 'Family support worker',
    employer: 'agency',
    employerId: agency.id,
    phone: '01632 960444',
    email: 'priya@lantern.example',
    trainedOn: '2026-01-12',
    standardsOn: '2026-02-02',
    registeredOn: '2026-02-09',
    rowVersion: 0,
    ...changes
  })
}

/** A family in the record: Robin Vale and his mother Jo, who agreed, with an open assessment. */
export async function addFamily(page: Page, changes: Partial<RegistrationDraft> = {}) {
  const practitioner = await addPractitioner(page)
  const form = { ...aRegistration({ practitionerId: practitioner.id }), ...changes }
  return { ...(await ask(page, 'family.register', form)), form }
}

/** By the list of families. */
export async function openFamily(page: Page, reference: string): Promise<void> {
  await goTo(page, 'Families')
  await page.getByRole('link', { name: reference }).click()
  await expect(page.getByRole('heading', { name: 'Chronology', exact: true })).toBeVisible()
}

/** Everything of one person of the family. */
export const personCard = (page: Page, name: string) => page.getByRole('article', { name, exact: true })
