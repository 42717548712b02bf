import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aMeeting } from '../../fixtures/meetings.ts'
import { button, field, lock, unlock } from '../screens/desk.ts'
import { toldOf } from '../screens/episode.ts'
import { addFamily, openFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { expect, shot, test } from './tour.ts'

test('a letter to the family, filled in from the record beside how it will look', async ({
  desk: { page }
}) => {
  await lock(page)
  await unlock(page, morgan)
  const { agreement } = aRegistration()
  const mother = aPerson({ role: 'parent-carer', name: 'Ines Marsh', birth: '1/2/1985', relation: 'mother' })
  const { id, reference, form } = await addFamily(page, {
    people: [aPerson({ name: 'Theo Marsh' }), mother],
    agreement: { ...agreement, byPersonId: mother.id }
  })
  await ask(page, 'meeting.arrange', aMeeting({ familyId: id, episodeId: form.episodeId }))
  await openFamily(page, reference)
  await page.getByRole('link', { name: 'Write a letter', exact: true }).click()
  await field(page, 'Which letter?').selectOption('Your new keyworker')
  await field(page, 'Who is it to?').selectOption('Ines Marsh')
  await expect(page.getByRole('article', { name: 'The letter on paper' })).toContainText('Dear Ines Marsh')
  await shot(page, 'write-a-letter')

  await field(page, 'Which letter?').selectOption('A meeting of your team')
  await expect(page.getByText('Still to fill in')).toHaveCount(0)
  await button(page, 'Make letter').click()
  await expect(page.getByText('Letter to Ines Marsh made')).toBeVisible()
  await shot(page, 'letter')

  await openFamily(page, reference)
  await page.keyboard.press('F10')
  await field(page, 'Whom do you ask?').fill('Alex Lee')
  await field(page, 'What do you ask?').fill('Nobody in the team can take the family over. Who could?')
  await expect(toldOf(page, 'Saved 10:')).toBeVisible()
  await shot(page, 'stuck')
})
