import { expect, test, type Page } from '@playwright/test'
import { newId } from '../../shared/ids.ts'
import { aDecision } from '../fixtures/decisions.ts'
import { aStepDown } from '../fixtures/stepDowns.ts'
import * as axe from './screens/axe.ts'
import { button, field, openDesk, type OpenDesk } from './screens/desk.ts'
import { addPractitioner } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { blake } from './screens/people.ts'

const EAST_HERTS = 'E07000242'
const WATFORD = 'E07000103'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  await addKeyworker(desk.page, 'Lee Hart', EAST_HERTS, 1)
  await addKeyworker(desk.page, 'Sam Reed', EAST_HERTS, 12)
  await addKeyworker(desk.page, 'Wanda Far', WATFORD, 12)
  await addStepDown(desk.page)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

async function addKeyworker(page: Page, name: string, district: string, fullTimeFamilies: number) {
  const { id: practitionerId } = await addPractitioner(page, { id: newId(), name })
  await ask(page, 'keyworker.savePattern', {
    ...{ id: newId(), practitionerId, validFrom: '2026-09-01', weekdays: '12345', termTimeOnly: false },
    ...{ fullTimeFamilies, districts: [district] }
  })
}

/** Decided, and its family registered from it. */
async function addStepDown(page: Page) {
  const form = aStepDown()
  await ask(page, 'stepDown.receive', form)
  await ask(page, 'stepDown.registerFamily', {
    ...{ id: newId(), stepDownId: form.stepDownId, basedOn: '', versionId: form.id, agreementId: newId() },
    people: form.people.map(({ id }) => ({ id, personId: '', noneOf: [] }))
  })
  await ask(page, 'stepDown.decide', aDecision(form.stepDownId))
}

async function openStepDown(page: Page) {
  await page.getByRole('link', { name: 'Triage', exact: true }).click()
  await page.getByRole('link', { name: 'Rowan Marsh' }).click()
}

const panel = (page: Page) => page.getByRole('region', { name: 'Keyworker', exact: true })
const row = (page: Page, name: string) => panel(page).getByRole('row').filter({ hasText: name })
const dialog = (page: Page) => page.getByRole('dialog')
const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })

test('a keyworker is assigned by keys, declines, and another accepts: the family has its assessment', async () => {
  const { page } = desk
  await openStepDown(page)
  await expect(row(page, 'Sam Reed')).toContainText('Works in the family’s district')
  await expect(row(page, 'Wanda Far')).toBeHidden()
  await button(page, 'Show other hubs (1)').click()
  await expect(row(page, 'Wanda Far')).toContainText('Works in another hub')
  await axe.check(page, 'candidates of every hub')

  // somebody of another hub only with the reason
  await row(page, 'Wanda Far')
    .getByRole('button', { name: /^Assign/ })
    .click()
  await button(page, 'Assign keyworker').click()
  await expect(dialog(page).getByRole('alert')).toContainText('somebody outside the family’s hub')
  await axe.check(page, 'assigning, with an error')
  await page.keyboard.press('Escape')

  await row(page, 'Sam Reed')
    .getByRole('button', { name: /^Assign/ })
    .focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toContainText('With this family')
  await button(page, 'Assign keyworker').focus()
  await page.keyboard.press('Enter')
  await expect(told(page, 'Sam Reed is assigned')).toBeVisible()
  await expect(panel(page)).toContainText('To be accepted')
  await axe.check(page, 'allocated, to be accepted')

  await button(page, 'Decline').click()
  await dialog(page).getByRole('button', { name: 'Decline' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('Enter why they said no')
  await field(page, 'Why did they say no?').fill('On a course until January')
  await dialog(page).getByRole('button', { name: 'Decline' }).click()
  await expect(told(page, 'Sam Reed declined')).toBeVisible()
  await expect(row(page, 'Sam Reed')).toContainText('Said no on 23 November 2026: On a course until January')

  await row(page, 'Lee Hart')
    .getByRole('button', { name: /^Assign/ })
    .click()
  await button(page, 'Assign keyworker').click()
  await button(page, 'Accept').click()
  await expect(field(page, 'Who said yes?')).toHaveValue('Lee Hart')
  await axe.check(page, 'accepting')
  await dialog(page).getByRole('button', { name: 'Accept' }).click()
  await expect(told(page, 'Lee Hart accepted')).toBeVisible()
  await page.getByRole('link', { name: 'Open the assessment' }).click()
  await expect(page.getByText('Lee Hart, Lantern Trust').first()).toBeVisible()
})
