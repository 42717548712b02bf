import { expect, test, type Page } from '@playwright/test'
import { newId, type Id } from '../../shared/ids.ts'
import { emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { aPerson, aRegistration } from '../fixtures/families.ts'
import { aNote } from '../fixtures/notes.ts'
import { anAction, anOutcome } from '../fixtures/plans.ts'
import { anImpactMeeting, aRequest } from '../fixtures/stepUps.ts'
import * as axe from './screens/axe.ts'
import { button, field, goTo, openDesk, type OpenDesk } from './screens/desk.ts'
import { goToPart, openEpisode } from './screens/episode.ts'
import { addPractitioner } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { blake } from './screens/people.ts'

let desk: OpenDesk
let keyworker: Id
let chairId: Id
test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  keyworker = (await addPractitioner(desk.page, { id: newId(), name: 'Lee Hart' })).id
  chairId = (await ask(desk.page, 'stepUp.chairs', {}))[0]?.id ?? ''
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const problems = (page: Page) => page.getByRole('alert', { name: 'There is a problem' })
const dialog = (page: Page) => page.getByRole('dialog')
const stepUp = (page: Page) => page.getByRole('region', { name: 'Step-up', exact: true })

/** From the top: what the bar of the window half covers after scrolling is no fault of the page. */
async function check(page: Page, state: string) {
  await page.evaluate('window.scrollTo(0, 0)')
  await axe.check(page, state)
}

async function addFamily(page: Page) {
  const form = aRegistration()
  const [child, mother] = form.people
  const family = await ask(page, 'family.register', {
    ...form,
    practitionerId: keyworker,
    people: [child ?? aPerson(), mother ?? aPerson()],
    agreement: { ...form.agreement, byPersonId: mother?.id ?? '' }
  })
  const { hubId } = await ask(page, 'family.read', { id: form.id })
  return { ...family, form, hubId }
}

test('a step-up with the lock: requested, on an agenda, accepted, confirmed, and only then stepped up', async () => {
  const { page } = desk
  const family = await addFamily(page)
  const of = { familyId: family.form.id, episodeId: family.form.episodeId }
  const outcome = anOutcome(of)
  await ask(page, 'plan.saveOutcome', outcome)
  await ask(page, 'plan.saveAction', anAction(outcome))
  await ask(page, 'note.add', aNote(family.form))
  await openEpisode(page, family.reference)
  await goToPart(page, 'Ending')
  await page.getByRole('link', { name: 'Request step-up' }).click()
  await expect(page.getByText('1 note, the last of 23 November 2026')).toBeVisible()

  // R44: the exit, and no button that submits
  await page.getByRole('radio', { name: 'Yes', exact: true }).check()
  await expect(page.getByRole('alert').filter({ hasText: 'Refer now' })).toContainText('999')
  await expect(page.getByRole('alert').filter({ hasText: 'Refer now' })).toContainText('0300 123 4043')
  await expect(button(page, 'Request step-up')).toBeHidden()
  await check(page, 'a step-up with an immediate concern')
  await page.getByRole('radio', { name: 'No', exact: true }).check()
  await button(page, 'Request step-up').click()
  await expect(problems(page).getByRole('listitem')).toHaveCount(6)
  await check(page, 'requesting a step-up, with errors')
  const typed = aRequest(family.form)
  await field(page, 'Which needs are not met?').fill(typed.unmetNeeds)

  // the phone rings: what was typed is there when it is gone on with
  await expect(told(page, 'Saved 10:')).toBeVisible()
  await goTo(page, 'Desk')
  await page.getByRole('button', { name: /^Resume: Request step-up/ }).click()
  await expect(field(page, 'Which needs are not met?')).toHaveValue(typed.unmetNeeds)
  await field(page, 'What has been tried?').fill(typed.tried)
  await field(page, 'What more can be done with the resources that there are?').fill(typed.withinResources)
  await field(page, 'What is the impact on the children?').fill(typed.impact)
  await field(page, 'What is the evidence?').fill(typed.evidence)
  await field(page, 'Which advice is needed?').fill(typed.advice)
  await button(page, 'Request step-up').click()
  await expect(told(page, 'Do not stop working until there is feedback')).toBeVisible()

  // R45: why nothing ends is there before anybody presses
  await expect(page.getByText('A step-up was requested and no feedback is recorded yet')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Close assessment' })).toBeHidden()
  await check(page, 'an assessment with a step-up that waits')
  await goToPart(page, 'Plan')
  await expect(page.getByText('A step-up was requested and no feedback is recorded yet')).toBeVisible()
  await expect(button(page, `End the outcome: ${outcome.words}`)).toBeHidden()

  await goTo(page, 'Triage')
  await page
    .getByRole('navigation', { name: 'Triage' })
    .getByRole('link', { name: /meetings/ })
    .click()
  await expect(page.getByRole('table', { name: /Requests without feedback/ })).toContainText('Robin Vale')
  await check(page, 'meetings, with a request that waits')
  await button(page, 'Plan a meeting').click()
  await button(page, 'Plan the meeting').click()
  await expect(dialog(page).getByRole('alert')).toContainText('Choose whose meeting it is')
  await check(page, 'planning a meeting, with errors')
  await field(page, 'Local hub').last().selectOption(family.hubId)
  await field(page, 'Day').fill('23/11/2026')
  await field(page, 'Time').fill('09:30')
  await page.getByRole('checkbox', { name: /^Robin Vale, SUP-/ }).check()
  await button(page, 'Plan the meeting').click()
  await expect(told(page, 'Planned: the meeting on 23/11/2026')).toBeVisible()
  await page.getByText('Evidence from the record').click()
  await expect(page.getByText('1 note, the last of 23 November 2026')).toBeVisible()
  await check(page, 'a meeting that is to come')

  await page.getByRole('link', { name: 'Record outcome' }).click()
  await button(page, 'Record outcomes').click()
  await expect(problems(page)).toContainText('Choose what became of it')
  await page.getByRole('radio', { name: 'Accepted by statutory services' }).check()
  await field(page, 'Who accepted it at statutory services?').fill('Dana Whitfield, social worker')
  await field(page, 'Minutes (optional)').fill('Robin is to have a social worker.')
  await page
    .getByRole('radiogroup', { name: 'May the family see the minutes?' })
    .getByRole('radio', { name: 'Yes' })
    .check()
  await check(page, 'recording outcomes')
  await button(page, 'Record outcomes').click()
  await expect(told(page, 'Outcomes recorded')).toBeVisible()
  await expect(page.getByText('Accepted by statutory services: Dana Whitfield')).toBeVisible()

  await page.getByRole('link', { name: /^Assessment FFA-/ }).click()
  await expect(page.getByText('Before support ends, confirm with the allocated social worker')).toBeVisible()
  await page.getByRole('button', { name: /^Confirm what continues/ }).click()
  await page.getByRole('radio', { name: 'Yes', exact: true }).check()
  await button(page, 'Record it').click()
  await expect(dialog(page).getByRole('alert')).toContainText('Enter the social worker’s name')
  await check(page, 'confirming what continues, with errors')
  await field(page, 'With which social worker?').fill('Dana Whitfield')
  await field(page, 'What continues?').fill('The breakfast club')
  await button(page, 'Record it').click()
  await expect(stepUp(page)).toContainText('Confirmed with Dana Whitfield on 23 November 2026')
  await expect(page.getByRole('link', { name: 'Step up', exact: true })).toBeVisible()
  await goToPart(page, 'Case notes')
  await expect(page.getByText('Robin is to have a social worker.')).toBeVisible()
})

test('agreement is withdrawn during a step-up: it closes at once, and the chair says what becomes of the request', async () => {
  const { page } = desk
  const { form, hubId } = await addFamily(page)
  const request = aRequest(form)
  await ask(page, 'stepUp.request', request)
  const meeting = anImpactMeeting(chairId, hubId, { stepUpIds: [request.id] })
  await ask(page, 'stepUp.planMeeting', meeting)
  const read = await ask(page, 'family.read', { id: form.id })
  await ask(page, 'agreement.withdraw', {
    ...emptyWithdrawal(newId(), form.id, read.agreements[0]?.id ?? ''),
    ...{ byName: 'Jo Vale', relation: 'mother', capacity: 'parental-responsibility', route: 'phone' },
    ...{ standing: 'none-remains', withdrawalReason: 'Enough', deniedNote: 'Form filled in' },
    ...{ closureReason: 'No agreement', adviceSought: true, signposted: true }
  })
  await goTo(page, 'Families')
  await goTo(page, 'Desk')
  const due = page.getByRole('region', { name: /^Families/ })
  await expect(due).toContainText('Step-up without agreement: record what becomes of it')
  await goTo(page, 'Triage')
  await page
    .getByRole('navigation', { name: 'Triage' })
    .getByRole('link', { name: /meetings/ })
    .click()
  await page
    .getByRole('table', { name: /Requests without feedback/ })
    .getByRole('link')
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Agreement was withdrawn' })).toBeVisible()
  await check(page, 'a meeting with a request whose family withdrew')
  await page.getByRole('button', { name: /^It was referred/ }).click()
  await field(page, 'Who has it at statutory services?').fill('Dana Whitfield')
  await field(page, 'Why was it referred without agreement?').fill('Robin was hurt')
  await button(page, 'Record the referral').click()
  await expect(told(page, 'it was referred without agreement')).toBeVisible()
  await expect(page.getByText('Referred without agreement').first()).toBeVisible()
  await goTo(page, 'Desk')
  await expect(due).toBeVisible()
  await expect(due).not.toContainText('Step-up without agreement')
})
