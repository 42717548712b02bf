import { test, type Page } from '@playwright/test'
import { newId, type Id } from '../../../shared/ids.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aNote } from '../../fixtures/notes.ts'
import { anAction, anOutcome } from '../../fixtures/plans.ts'
import { anImpactMeeting, aRequest } from '../../fixtures/stepUps.ts'
import { button, field, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { goToPart, openEpisode } from '../screens/episode.ts'
import { addPractitioner } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { blake } from '../screens/people.ts'
import { answerWith, fault, look, lookAtPaper, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const WORD = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'

let desk: OpenDesk
let keyworker: Id
let chairId: Id
test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  await sizeWindow(desk.app)
  keyworker = (await addPractitioner(desk.page, { id: newId(), name: NAME })).id
  chairId = (await ask(desk.page, 'stepUp.chairs', {}))[0]?.id ?? ''
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

async function addFamily(page: Page, name: string) {
  const form = aRegistration()
  const [, mother] = form.people
  const people = [aPerson({ name }), mother ?? aPerson()]
  const family = await ask(page, 'family.register', {
    ...form,
    ...{ practitionerId: keyworker, people },
    agreement: { ...form.agreement, byPersonId: mother?.id ?? '' }
  })
  const { hubId } = await ask(page, 'family.read', { id: form.id })
  return { ...family, form: { ...form, people }, hubId }
}
const meetings = async (page: Page) => {
  await goTo(page, 'Triage')
  await page
    .getByRole('navigation', { name: 'Triage' })
    .getByRole('link', { name: /meetings/ })
    .click()
  await page.getByRole('heading', { name: 'Requests without feedback' }).waitFor()
}

test('a step-up from its form to what continues', async () => {
  const { page, app } = desk
  await meetings(page)
  await look(desk, 'step-up-meetings-none')
  const family = await addFamily(page, NAME)
  const of = { familyId: family.form.id, episodeId: family.form.episodeId }
  const outcome = anOutcome(of, { words: `${WORD} ${NAME}` })
  await ask(page, 'plan.saveOutcome', outcome)
  await ask(page, 'plan.saveAction', anAction(outcome))
  await openEpisode(page, family.reference)
  await goToPart(page, 'Ending')
  await page.getByRole('link', { name: 'Request step-up' }).waitFor()
  await look(desk, 'step-up-ending')
  await page.getByRole('link', { name: 'Request step-up' }).click()
  await page.getByText('No case notes yet').waitFor()
  await button(page, 'Request step-up').click()
  await look(desk, 'step-up-form-errors')
  await page.getByRole('radio', { name: 'Yes', exact: true }).check()
  await look(desk, 'step-up-immediate')
  await lookAtPaper(desk, 'step-up-evidence-paper')
  await ask(page, 'note.add', aNote(family.form))
  const request = aRequest(family.form, { unmetNeeds: `${WORD} ${NAME}`.repeat(3) })
  await ask(page, 'stepUp.request', request)
  await goToPart(page, 'Overview')
  await openEpisode(page, family.reference)
  await goToPart(page, 'Ending')
  await page.getByText('What was asked for').click()
  await look(desk, 'step-up-waits')
  await goToPart(page, 'Plan')
  await page.getByText('A step-up was requested').waitFor()
  await look(desk, 'step-up-plan')

  const second = await addFamily(page, 'Sam Vale')
  const other = aRequest(second.form)
  await ask(page, 'stepUp.request', other)
  await meetings(page)
  await button(page, 'Plan a meeting').click()
  await field(page, 'Local hub').last().selectOption(family.hubId)
  await page.getByRole('checkbox', { name: /SUP-7KQ3-000001|SUP-\w+-000001/ }).check()
  await page.getByRole('checkbox', { name: /000002/ }).check()
  await button(page, 'Plan the meeting').click()
  await look(desk, 'step-up-plan-meeting')
  await page.keyboard.press('Escape')
  await button(page, 'Leave without saving').click()
  const meeting = anImpactMeeting(chairId, family.hubId, {
    ...{ onDay: '2026-11-23', startsAt: '09:30', stepUpIds: [request.id, other.id], note: NAME }
  })
  await ask(page, 'stepUp.planMeeting', meeting)
  await meetings(page)
  await goTo(page, 'Desk')
  await meetings(page)
  await page.getByRole('table', { name: /Requests/ }).waitFor()
  await look(desk, 'step-up-meetings')
  await page
    .getByRole('table', { name: /Meetings to come/ })
    .getByRole('link')
    .first()
    .click()
  await page.getByText('Evidence from the record').first().click()
  await page.getByText('1 note, the last of').waitFor()
  await look(desk, 'step-up-meeting')
  await button(page, 'Cancel the meeting').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the meeting' }).click()
  await look(desk, 'step-up-cancel')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Record outcome' }).click()
  await button(page, 'Record outcomes').click()
  await page.getByRole('radio', { name: 'Accepted by statutory services' }).first().check()
  await field(page, 'Minutes (optional)').first().fill(WORD)
  await button(page, 'Record outcomes').click()
  await look(desk, 'step-up-outcomes')
  await field(page, 'Who accepted it at statutory services?').fill(NAME)
  await page
    .getByRole('radiogroup', { name: 'May the family see' })
    .getByRole('radio', { name: 'Yes' })
    .check()
  await page
    .getByRole('radio', { name: /^Not reached/ })
    .last()
    .check()
  await button(page, 'Record outcomes').click()
  await page.getByText('Outcomes recorded').waitFor()
  await look(desk, 'step-up-held')
  await page
    .getByRole('link', { name: /^Assessment FFA-/ })
    .first()
    .click()
  await page.getByText('Before support ends, confirm').waitFor()
  await look(desk, 'step-up-accepted')
  await page.getByRole('button', { name: /^Confirm what continues/ }).click()
  await page.getByRole('radio', { name: 'Yes', exact: true }).check()
  await button(page, 'Record it').click()
  await look(desk, 'step-up-confirm')
  await page.keyboard.press('Escape')
  await button(page, 'Leave without saving').click()
  const mend = await answerWith(app, 'stepUp.list', fault)
  await openEpisode(page, family.reference)
  await goToPart(page, 'Ending')
  await button(page, 'Try again').first().waitFor()
  await look(desk, 'step-up-failed')
  await mend()
})
