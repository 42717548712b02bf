import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { button, field, goTo, heading, lock, unlock } from '../screens/desk.ts'
import { beginStep, goToPart, openEpisode, toldOf } from '../screens/episode.ts'
import { addFamily } from '../screens/family.ts'
import { morgan } from '../screens/people.ts'
import { expect, shot, test } from './tour.ts'

test('the assessment: how far it has come, what is next and what is due, each with its rule', async ({
  desk: { page }
}) => {
  await lock(page)
  await unlock(page, morgan)
  const { agreement } = aRegistration()
  const mother = aPerson({ role: 'parent-carer', name: 'Nell Frost', birth: '1/2/1985', relation: 'mother' })
  const { reference } = await addFamily(page, {
    people: [aPerson({ name: 'Ada Frost' }), mother],
    agreement: { ...agreement, byPersonId: mother.id }
  })
  await openEpisode(page, reference)
  await page.getByRole('button', { name: 'Rule: Finalise in time' }).focus()
  await expect(page.getByRole('tooltip')).toContainText('within 21 days of registration')
  await shot(page, 'assessment')
  await page.keyboard.press('Escape')

  await beginStep(page, 'Set up on EHM')
  await page.getByRole('dialog').getByRole('button', { name: 'Set up on EHM' }).click()
  await expect(toldOf(page, 'Family set up on EHM')).toBeVisible()
})

test('before it starts: when not to do an assessment', async ({ desk: { page } }) => {
  await beginStep(page, 'Start assessment')
  const answer = (question: string, words: string) =>
    page.getByRole('radiogroup', { name: question }).getByRole('radio', { name: words }).check()
  await answer('Do the needs call for more than one agency?', 'Yes')
  await answer('Are the children progressing well?', 'Yes')
  await answer('Have the needs been identified already?', 'No')
  await expect(page.getByText('This speaks against an assessment')).toBeVisible()
  await shot(page, 'when-not-to-start')
  await answer('Are the children progressing well?', 'No')
  await page.getByRole('dialog').getByRole('button', { name: 'Start assessment' }).click()
  await expect(toldOf(page, 'Assessment started')).toBeVisible()

  await button(page, 'Record the level').click()
  await page.getByRole('radio', { name: 'Targeted' }).check()
  await field(page, 'Why is it this level?').fill('School and the health visitor work together')
  await page.getByRole('dialog').getByRole('button', { name: 'Save level' }).click()
  await expect(toldOf(page, 'Level of need is now “Targeted”')).toBeVisible()
  await shot(page, 'assessment-under-way')
})

test('what is assessed, and the plan that comes of it', async ({ desk: { page } }) => {
  await goToPart(page, 'Assessment')
  const health = page.getByRole('group', { name: 'Health', exact: true })
  await health.getByLabel('Needs', { exact: true }).fill('Asthma, and nobody has a plan for it')
  await health.getByLabel('In their own words', { exact: true }).fill('I cough at night')
  await button(page, 'Save this version').click()
  await expect(toldOf(page, 'Version 1 of the assessment saved')).toBeVisible()
  await shot(page, 'what-is-assessed')

  await goToPart(page, 'Plan')
  await button(page, 'Add an outcome').click()
  await field(page, 'What is to be different?').fill('Ada sleeps through the night')
  await button(page, 'Save').click()
  await button(page, 'Add an action: Ada sleeps through the night').click()
  await field(page, 'What is to be done?').fill('An asthma plan with the school nurse')
  await field(page, 'Who does it?').selectOption({ label: 'Nell Frost, of the family' })
  await field(page, 'By when?').fill('7/12/2026')
  await button(page, 'Save').click()
  await expect(toldOf(page, 'Action added to the plan: An asthma plan')).toBeVisible()
  await shot(page, 'plan')
})

test('the team, a case note, and the calendar', async ({ desk: { page } }) => {
  await goToPart(page, 'Team and meetings')
  await button(page, 'Arrange a meeting').click()
  await field(page, 'On which day?').fill('26/11/2026')
  await button(page, 'Arrange the meeting').click()
  await expect(toldOf(page, 'Meeting arranged')).toBeVisible()
  await shot(page, 'team')

  await page.keyboard.press('F3')
  await expect(heading(page, 'Add a case note')).toBeFocused()
  await field(page, 'Begin with a template (optional)').selectOption({ label: 'Home visit' })
  await page
    .getByRole('group', { name: 'Whom is it about?' })
    .getByRole('checkbox', { name: 'Ada Frost' })
    .check()
  await page.getByRole('radiogroup', { name: 'May the family see this note?' }).getByLabel('Yes').check()
  await shot(page, 'case-note')
  await page.keyboard.press('Control+Enter')
  await expect(toldOf(page, 'Case note added about Ada Frost')).toBeVisible()

  await goTo(page, 'Calendar')
  await expect(page.getByText('Team meeting')).toBeVisible()
  await shot(page, 'calendar')
})
