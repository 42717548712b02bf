import { newId } from '../../../shared/ids.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { addPerson, firstUnlock } from '../screens/account.ts'
import { startGiving } from '../screens/cover.ts'
import { button, field, goTo, heading, lock, unlock } from '../screens/desk.ts'
import { goToPart, openEpisode, toldOf } from '../screens/episode.ts'
import { addFamily, addPractitioner } from '../screens/family.ts'
import { blake, morgan } from '../screens/people.ts'
import { expect, shot, test } from './tour.ts'

test('keyworkers: when somebody works and how many families they could hold', async ({ desk: { page } }) => {
  await lock(page)
  await unlock(page, morgan)
  const oneTime = await addPerson(page, blake)
  await lock(page)
  await firstUnlock(page, blake, oneTime)
  await goTo(page, 'Keyworkers')
  await page.getByRole('table').getByRole('link', { name: 'Priya Shah' }).first().click()
  await heading(page, 'Priya Shah').waitFor()
  await button(page, 'Change when they work').click()
  await page.getByRole('checkbox', { name: 'Friday' }).uncheck()
  await page.getByRole('checkbox', { name: 'East Hertfordshire' }).check()
  await field(page, 'Families they could hold at five days a week').fill('10')
  await button(page, 'Save when they work').click()
  await expect(toldOf(page, 'Saved: when they work from 23 November 2026 on')).toBeVisible()
  await button(page, 'Book an absence').click()
  await field(page, 'First day').fill('14/12/2026')
  await field(page, 'Last day').fill('18/12/2026')
  await page.getByRole('radio', { name: 'Training' }).check()
  await button(page, 'Book this absence').click()
  await expect(toldOf(page, 'Booked away from 14 December 2026')).toBeVisible()
  await shot(page, 'keyworker')
})

test('who has room: the load of each keyworker, of each hub and of each agency', async ({
  desk: { page }
}) => {
  await page.getByRole('link', { name: 'All keyworkers' }).click()
  await field(page, 'Order').selectOption({ label: 'The heaviest load first' })
  await page.getByRole('row').nth(1).waitFor()
  await shot(page, 'keyworkers')
  await button(page, 'Of each hub and agency').click()
  await page.getByRole('img', { name: 'Chart: Load by local hub' }).waitFor()
  await shot(page, 'loads-of-hubs')
})

test('cover for an absence: every family has somebody, with everybody’s load before and during', async ({
  desk: { page }
}) => {
  await addPractitioner(page, { id: newId(), name: 'Ada Brook' })
  await button(page, 'Of each keyworker').click()
  await startGiving(page, 'Priya Shah', 'Arrange cover')
  await field(page, 'Booked absence').selectOption({ index: 1 })
  await button(page, 'Choose whoever is proposed where nobody is chosen yet').click()
  await field(page, 'The family was told on').first().fill('23/11/2026')
  await expect(page.getByRole('table', { name: 'What each would hold' })).toContainText('Ada Brook')
  await shot(page, 'arrange-cover')
  await button(page, 'Arrange cover').click()
  await heading(page, 'Cover is arranged').waitFor()
  await goTo(page, 'Keyworkers')
  await page.getByRole('region', { name: 'Who covers whom' }).getByText('is away from').waitFor()
  await shot(page, 'who-covers-whom')
})

test('a transfer in the county: asked for, proposed and accepted, and whose the family is now and next', async ({
  desk: { page }
}) => {
  await addPractitioner(page, { id: newId(), name: 'Noor Haddad' })
  const { agreement } = aRegistration()
  const mother = aPerson({ role: 'parent-carer', name: 'Tess Lowe', birth: '1/2/1985', relation: 'mother' })
  const { reference } = await addFamily(page, {
    people: [aPerson({ name: 'Finn Lowe' }), mother],
    agreement: { ...agreement, byPersonId: mother.id }
  })
  await openEpisode(page, reference)
  await goToPart(page, 'Team and meetings')
  await page.getByRole('link', { name: 'Transfer keyworker' }).click()
  await page.getByRole('radio', { name: 'In the county', exact: true }).check()
  await field(page, 'Why does the keyworker change?').selectOption({ label: 'The keyworker changes job' })
  await expect(toldOf(page, 'Saved 10:')).toBeVisible()
  await shot(page, 'transfer-keyworker')
  await button(page, 'Ask for the transfer').click()

  await button(page, 'The family was told').click()
  await field(page, 'Who of the family was told?').fill('Tess Lowe')
  await button(page, 'Record that they were told').click()
  await button(page, 'It is planned').click()
  await field(page, 'For which day?').fill('30/11/2026')
  await button(page, 'Record the day').click()
  await button(page, 'Propose a keyworker').click()
  await page.getByRole('dialog').getByRole('combobox', { name: 'New keyworker' }).fill('Noor Haddad')
  await page.getByRole('option', { name: 'Noor Haddad' }).click()
  await field(page, 'From which day?').fill('3/12/2026')
  await button(page, 'Propose').click()
  await expect(toldOf(page, 'Proposed: Noor Haddad')).toBeVisible()
  await shot(page, 'keyworker-proposed')

  await button(page, 'Accept').click()
  await button(page, 'Record that they accept').click()
  await expect(page.getByRole('definition').first()).toContainText('Then Noor Haddad')
  await page.evaluate('window.scrollTo(0, 0)')
  await shot(page, 'keyworker-now-and-next')
})
