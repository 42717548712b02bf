import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aRequest } from '../../fixtures/stepUps.ts'
import { button, field, goTo, lock, unlock } from '../screens/desk.ts'
import { goToPart, openEpisode, toldOf } from '../screens/episode.ts'
import { addFamily } from '../screens/family.ts'
import { blake } from '../screens/people.ts'
import { expect, shot, test } from './tour.ts'

test('a step-up: asked for with the evidence beside it, decided by a meeting, and nothing stops before', async ({
  desk: { page }
}) => {
  await lock(page)
  await unlock(page, blake)
  const mother = aPerson({ role: 'parent-carer', name: 'Mina Frost', birth: '1/2/1985', relation: 'mother' })
  const form = aRegistration()
  const { reference } = await addFamily(page, {
    people: [aPerson({ name: 'Eli Frost' }), mother],
    agreement: { ...form.agreement, byPersonId: mother.id }
  })
  await openEpisode(page, reference)
  await goToPart(page, 'Ending')
  await page.getByRole('link', { name: 'Request step-up' }).click()
  await page.getByRole('radio', { name: 'Yes', exact: true }).check()
  await expect(page.getByText('Refer now. Do not wait for a meeting.')).toBeVisible()
  await shot(page, 'refer-now')

  await page.getByRole('radio', { name: 'No', exact: true }).check()
  const { unmetNeeds, tried, withinResources, impact, evidence, advice } = aRequest(form)
  await field(page, 'Which needs are not met?').fill(unmetNeeds)
  await field(page, 'What has been tried?').fill(tried)
  await field(page, 'What more can be done with the resources that there are?').fill(withinResources)
  await field(page, 'What is the impact on the children?').fill(impact)
  await field(page, 'What is the evidence?').fill(evidence)
  await field(page, 'Which advice is needed?').fill(advice)
  await field(page, 'Why is it submitted with these notes?').fill('The assessment began today')
  await expect(toldOf(page, 'Saved 10:')).toBeVisible()
  await page.evaluate('window.scrollTo(0, 0)')
  await shot(page, 'request-step-up')
  await button(page, 'Request step-up').click()
  await expect(toldOf(page, 'Do not stop working until there is feedback')).toBeVisible()
  await shot(page, 'step-up-waits')

  await goTo(page, 'Triage')
  await page
    .getByRole('navigation', { name: 'Triage' })
    .getByRole('link', { name: /meetings/ })
    .click()
  await button(page, 'Plan a meeting').click()
  await field(page, 'Local hub').last().selectOption('Broxbourne and East Herts')
  await field(page, 'Day').fill('23/11/2026')
  await field(page, 'Time').fill('09:30')
  await page.getByRole('checkbox', { name: /^Eli Frost, SUP-/ }).check()
  await shot(page, 'plan-a-meeting')
  await button(page, 'Plan the meeting').click()
  await expect(toldOf(page, 'Planned: the meeting on 23/11/2026')).toBeVisible()
  await shot(page, 'impact-meeting')

  await page.getByRole('link', { name: 'Record outcome' }).click()
  await page.getByRole('radio', { name: 'Not accepted, with direction' }).check()
  await field(page, 'Which direction did the meeting give?').fill('A family group conference first')
  await shot(page, 'record-outcomes')
  await button(page, 'Record outcomes').click()
  await expect(toldOf(page, 'Outcomes recorded')).toBeVisible()
  await shot(page, 'impact-meeting-held')
})
