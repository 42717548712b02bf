import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { anAssessment, anEntry } from '../../fixtures/assessments.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { goToPart, openEpisode } from '../screens/episode.ts'
import { addFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, lookAtPaper, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `She reads every night and is proud of it.\nThe school sees the same.\n${UNBROKEN}`

let desk: OpenDesk
let family: Awaited<ReturnType<typeof addFamily>>

test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
  const mother = aPerson({ role: 'parent-carer', name: 'Jo Vale', birth: '1/2/1985', relation: 'mother' })
  family = await addFamily(desk.page, {
    people: [aPerson({ name: NAME }), mother, aPerson({ name: 'Sam Vale', birth: '23/11/2018' })],
    agreement: { ...aRegistration().agreement, byPersonId: mother.id }
  })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const dark = async (name: string) => {
  await desk.page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, name)
  await desk.page.emulateMedia({ colorScheme: 'light' })
}

test('what is assessed: empty, long, with versions, a clash and an error', async () => {
  const { page } = desk
  await openEpisode(page, family.reference)
  await goToPart(page, 'Assessment')
  await look(desk, 'assessment-empty')
  await button(page, 'Save this version').click()
  await look(desk, 'assessment-error')
  const [child = ''] = family.form.people.map(({ id }) => id)
  const of = { familyId: family.id, episodeId: family.form.episodeId }
  await button(page, `Write about ${NAME}`).click()
  await page.getByRole('group', { name: 'Health' }).getByLabel('Needs').fill('Asthma, and nobody has a plan')
  await ask(
    page,
    'assessment.save',
    anAssessment({
      ...of,
      note: 'After the first visit, with the health visitor',
      entries: [
        anEntry(child, 'health', { needs: 'Asthma since she was four', strengths: 'Swims' }),
        anEntry(child, 'education', { strengths: TEXT, needs: TEXT, views: '“I like Mr Bell.”' })
      ]
    })
  )
  await button(page, 'Save this version').click()
  await expect(button(page, 'Mine instead of theirs')).toBeVisible()
  await look(desk, 'assessment-clash')
  await dark('assessment-clash-dark')
  expect.soft(await hiddenStops(desk, 24)).toEqual([])
  await button(page, 'Mine instead of theirs').click()
  await field(page, 'What changed (optional)').fill('What the school says')
  await button(page, 'Save this version').click()
  await expect(page.getByText('Version 2 of the assessment saved')).toBeVisible()
  await page.getByRole('button', { name: 'What changed in version 2' }).click()
  await page.getByRole('button', { name: 'What changed in version 1' }).click()
  await expect(page.getByText('Before').first()).toBeVisible()
  await look(desk, 'assessment-versions')
  await dark('assessment-versions-dark')
  await lookAtPaper(desk, 'assessment-paper')
  const mend = await answerWith(desk.app, 'assessment.read', fault)
  await goToPart(page, 'Plan')
  await goToPart(page, 'Assessment')
  await expect(button(page, 'Try again')).toBeVisible()
  await look(desk, 'assessment-failed')
  await mend()
  await button(page, 'Close this message').click()
})

test('the plan: empty, each form, long, overdue, scored, ended', async () => {
  const { page, app } = desk
  await goToPart(page, 'Plan')
  await look(desk, 'plan-empty')
  await button(page, 'Add an outcome').click()
  await button(page, 'Save').click()
  await look(desk, 'plan-outcome-form')
  await field(page, 'What is to be different?').fill(`She is in school four days of five.\n${UNBROKEN}`)
  await field(page, 'For whom?').selectOption({ label: NAME })
  await button(page, 'Save').click()
  await page.getByRole('button', { name: /^Add an action:/ }).click()
  await button(page, 'Save').click()
  await look(desk, 'plan-action-form')
  await field(page, 'What is to be done?').fill(TEXT)
  await field(page, 'Who does it?').selectOption({
    label: 'Priya Shah, family support worker, Lantern Trust'
  })
  await field(page, 'By when?').fill('20/11/2026')
  await button(page, 'Save').click()
  await page.getByRole('button', { name: /^Add an action:/ }).click()
  await field(page, 'What is to be done?').fill('Walk to school together on Mondays')
  await field(page, 'Who does it?').selectOption({ label: 'Somebody else' })
  await field(page, 'Their name, and who they are').fill('Bea Vale, her aunt')
  await field(page, 'By when?').fill('7/12/2026')
  await button(page, 'Save').click()
  await page.getByRole('button', { name: /^Record progress: She reads/ }).click()
  await look(desk, 'plan-progress-form')
  await field(page, 'What was done? (optional)').fill(TEXT)
  await button(page, 'Record').click()
  const scores = [
    [2, '23/11/2026'],
    [5, '23/11/2026'],
    [7, '23/11/2026']
  ] as const
  for (const [score, on] of scores) {
    await page.getByRole('button', { name: /^Score:/ }).click()
    if (score === 2) await look(desk, 'plan-score-form')
    await field(page, 'On which day?').fill(on)
    await page.getByRole('radio', { name: String(score), exact: true }).check()
    await field(page, 'Why this number? (optional)').fill('The register says so')
    await button(page, 'Save the score').click()
    await expect(page.getByText(`Outcome scored ${String(score)} out of 10`)).toBeVisible()
  }
  await page.getByText('Progress (1)').click()
  await look(desk, 'plan')
  await dark('plan-dark')
  await page.getByRole('button', { name: /^End the outcome:/ }).click()
  await button(page, 'End it').click()
  await look(desk, 'plan-end-form')
  await page.getByRole('radio', { name: 'Partly met' }).check()
  await field(page, 'How do you know?').fill('In school three days of five')
  await button(page, 'End it').click()
  await expect(page.getByText('Outcome ended: partly met')).toBeVisible()
  await look(desk, 'plan-ended')
  expect.soft(await hiddenStops(desk, 24)).toEqual([])
  await lookAtPaper(desk, 'plan-paper')
  const mend = await answerWith(app, 'plan.read', fault)
  await goToPart(page, 'Assessment')
  await goToPart(page, 'Plan')
  await look(desk, 'plan-failed')
  await mend()
})
