import { expect, test, type Page } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import { emptyPerson } from '../../shared/family/emptyForms.ts'
import { newId } from '../../shared/ids.ts'
import { aClosing } from '../fixtures/closing.ts'
import { anAction, anOutcome } from '../fixtures/plans.ts'
import { check } from './screens/axe.ts'
import { button, field, openDesk, type OpenDesk } from './screens/desk.ts'
import { beginStep, goToPart, openEpisode, toldOf } from './screens/episode.ts'
import { addFamily, openFamily } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
let family: Awaited<ReturnType<typeof addFamily>>

test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  family = await addFamily(desk.page)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const dialog = (page: Page) => page.getByRole('dialog')
const answer = (page: Page, question: string, words: 'Yes' | 'No') =>
  dialog(page).getByRole('radiogroup', { name: question }).getByRole('radio', { name: words }).check()
const states = (page: Page) => page.getByRole('list', { name: 'How far the assessment has come' })
const now = (page: Page) => states(page).locator('[aria-current=step]')

test('from registration by way of the Helpdesk to the start, which a rule speaks against and a manager allows', async () => {
  const { page } = desk
  await openEpisode(page, family.reference)
  await expect(now(page)).toHaveText('Registered')
  await expect(page.getByText('Monday 14 December 2026')).toBeVisible()
  await check(page, 'an assessment that is registered')

  await beginStep(page, 'Set up on EHM')
  await field(page, 'On which day?').fill('24/11/2026')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('alert')).toContainText('Enter today or an earlier day')
  await check(page, 'a step with an error')
  await field(page, 'On which day?').fill('23/11/2026')
  await page.keyboard.press('Enter')
  await expect(toldOf(page, 'Family set up on EHM on 23 November 2026')).toBeVisible()
  await expect(now(page)).toHaveText('Set up')

  await beginStep(page, 'Start assessment')
  await answer(page, 'Do the needs call for more than one agency?', 'No')
  await answer(page, 'Are the children progressing well?', 'No')
  await answer(page, 'Have the needs been identified already?', 'No')
  await expect(dialog(page).getByText('This speaks against an assessment')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Start assessment' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('Enter why it starts all the same')
  await check(page, 'a start that a rule speaks against')
  await field(page, 'Why does it start all the same?').fill('The school cannot do it alone in spring')
  await dialog(page).getByRole('button', { name: 'Start assessment' }).click()
  await expect(toldOf(page, 'Assessment started on 23 November 2026')).toBeVisible()
  await expect(now(page)).toHaveText('Assessing')
})

test('C12: a rule tells itself by keyboard, goes away with Escape, and another day is given with a reason', async () => {
  const { page } = desk
  const rule = page
    .getByRole('region', { name: 'Due dates' })
    .getByRole('button', { name: 'Rule: Finalise in time' })
  await rule.focus()
  const told = page.getByRole('tooltip')
  await expect(told).toContainText('within 21 days of registration')
  await expect(told).toContainText('in force since 1 December 2019')
  await page.keyboard.press('Escape')
  await expect(told).toHaveCount(0)

  await button(page, 'Give another day for: Assessment finalised').click()
  await field(page, 'Due on which day?').fill('25/12/2026')
  await field(page, 'Why on another day?').fill('The family is away until Christmas')
  await dialog(page).getByRole('button', { name: 'Give this day' }).click()
  await expect(toldOf(page, 'due on 25 December 2026 now')).toBeVisible()
  await expect(page.getByText('Christmas Day: the day is not moved')).toBeVisible()
  await expect(page.getByText('Morgan Ellis gave this day instead of 14 December 2026')).toBeVisible()
  await check(page, 'another due date')
})

test('the level goes up, the assessment is finalised, and with a plan it is complete', async () => {
  const { page } = desk
  await button(page, 'Record the level').click()
  await dialog(page).getByRole('radio', { name: 'Targeted' }).check()
  await field(page, 'Why is it this level?').fill('School and the health visitor')
  await dialog(page).getByRole('button', { name: 'Save level' }).click()
  await expect(toldOf(page, 'Level of need is now “Targeted”')).toBeVisible()

  await beginStep(page, 'Finalise assessment')
  await dialog(page).getByRole('button', { name: 'Finalise assessment' }).click()
  await expect(toldOf(page, 'Assessment finalised on 23 November 2026')).toBeVisible()
  await expect(now(page)).toHaveText('Assessing')

  await beginStep(page, 'Plan agreed')
  await dialog(page).getByRole('button', { name: 'Plan agreed' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('no outcome with an action yet')
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  const outcome = anOutcome({ familyId: family.id, episodeId: family.form.episodeId })
  await ask(page, 'plan.saveOutcome', outcome)
  await ask(page, 'plan.saveAction', anAction(outcome))
  await beginStep(page, 'Plan agreed')
  await dialog(page).getByRole('button', { name: 'Plan agreed' }).click()
  await expect(toldOf(page, 'Plan agreed on 23 November 2026')).toBeVisible()
  await expect(now(page)).toHaveText('Plan agreed')
  await check(page, 'an assessment with a plan')
  for (const part of ['Assessment', 'Plan', 'Team and meetings', 'Case notes', 'Ending', 'Overview'])
    await goToPart(page, part)
})

test('a family that comes back has a new one, linked to the one before', async () => {
  const { page } = desk
  await ask(
    page,
    'episode.close',
    aClosing(
      { id: family.id, episodeId: family.form.episodeId },
      {
        outcomes: await outcomesOf(page)
      }
    )
  )
  await openFamily(page, family.reference)
  await button(page, 'Register for an assessment').click()
  await dialog(page).getByRole('button', { name: 'Register', exact: true }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('Enter what the family needs')
  await check(page, 'registering for an assessment, with errors')
  await field(page, 'What does the family need that calls for more than one agency?').fill('Mornings again')
  await field(page, 'Keyworker').fill('Priya')
  await page.getByRole('option', { name: /Priya Shah/ }).click()
  await dialog(page).getByRole('button', { name: 'Register', exact: true }).click()
  await expect(page.getByText('came before this one, closed on 23 November 2026')).toBeVisible()
  await expect(now(page)).toHaveText('Registered')
})

/** Each outcome of the plan, met. */
async function outcomesOf(page: Page) {
  const { outcomes } = await ask(page, 'plan.read', { episodeId: family.form.episodeId })
  return outcomes.map(({ id }) => ({ outcomeId: id, result: 'met' as const, words: 'He comes every day' }))
}

test('R20: a child with two homes is shown to be in another one before a second is registered', async () => {
  const { page } = desk
  const { members } = await ask(page, 'family.read', { id: family.id })
  const childId = members.find(({ role }) => role === 'child')?.personId ?? ''
  const second = await addFamily(page)
  await ask(page, 'family.addMember', {
    ...{ id: newId(), familyId: second.id, from: '', reason: 'Lives in both homes' },
    person: { ...emptyPerson(newId()), personId: childId, role: 'child' }
  })
  await ask(page, 'episode.close', aClosing({ id: second.id, episodeId: second.form.episodeId }))
  await openFamily(page, second.reference)
  await button(page, 'Register for an assessment').click()
  await expect(dialog(page).getByText('A child of this family is in another assessment')).toBeVisible()
  await expect(dialog(page).getByText('Robin Vale: FFA-')).toBeVisible()
  await check(page, 'a child who is in another assessment')
})
