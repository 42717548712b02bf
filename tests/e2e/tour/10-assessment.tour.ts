import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { button, field, lock, unlock } from '../screens/desk.ts'
import { beginStep, openEpisode, toldOf } from '../screens/episode.ts'
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
