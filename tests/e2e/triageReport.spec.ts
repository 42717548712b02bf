import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import { newId } from '../../shared/ids.ts'
import { anIncompleteStepDown, aStepDown } from '../fixtures/stepDowns.ts'
import { check } from './screens/axe.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { offeredName, saveTo } from './screens/files.ts'
import { ask } from './screens/hub.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
})
test.afterAll(() => desk.close())

test('what waits on the desk opens the queue; pictures of triage open their rows and are saved', async () => {
  const { page, app } = desk
  const on = (receivedOn: string) => ({
    receivedOn,
    receivedAt: '9:30',
    workCompletedOn: '30/10/2026',
    agreedOn: '29/10/2026'
  })
  for (const day of ['3/11/2026', '4/11/2026', '20/11/2026'])
    await ask(page, 'stepDown.receive', aStepDown(on(day)))
  const returned = anIncompleteStepDown(['last-plan'], { ...on('5/11/2026'), sendingTeam: 'Team South' })
  await ask(page, 'stepDown.receive', returned)
  await ask(page, 'stepDown.return', {
    ...{ id: newId(), stepDownId: returned.stepDownId, versionId: returned.id, missing: ['last-plan'] },
    ...{ words: 'The plan, please', subject: 'More is needed', body: 'Please send us the last plan.' }
  })

  await goTo(page, 'Calendar')
  await goTo(page, 'Desk')
  const triage = page.getByRole('region', { name: 'Triage' })
  await expect(triage.getByRole('link', { name: 'Waiting for sender: 1' })).toBeVisible()
  await expect(triage).toContainText('20 days')
  await check(page, 'the desk')
  await triage.getByRole('link', { name: '2 overdue: To triage' }).press('Enter')
  await expect(heading(page, 'Triage')).toBeVisible()
  await expect(page.getByText('STD-', { exact: false })).toHaveCount(2)

  await goTo(page, 'Reports')
  const kinds = page.getByRole('navigation', { name: 'Kinds of report' })
  await kinds.getByRole('link', { name: 'Triage' }).click()
  await button(page, 'This month').click()
  const flow = page.getByRole('figure', { name: 'Step-downs in, out and waiting' })
  await expect(flow).toContainText('4 step-downs came in and 0 came to an end. 4 waited at the end.')
  for (const picture of await page.getByRole('main').getByRole('img').all())
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0)
  await check(page, 'the report of triage')

  const folder = mkdtempSync(path.join(tmpdir(), 'triage-'))
  await saveTo(app, path.join(folder, 'teams.csv'))
  await button(page, 'Save as CSV: Sent back, by sending team').click()
  await expect(page.getByText('Saved to teams.csv')).toBeVisible()
  expect(readFileSync(path.join(folder, 'teams.csv'), 'utf8')).toBe(
    '\uFEFFSending team,Times\nTeam South,1\n'
  )
  expect(await offeredName(app)).toContain('triage-returns-2026-11-01-to-2026-11-23.csv')

  await page.getByRole('link', { name: '1: Team South, times' }).press('Enter')
  await expect(heading(page, 'Step-downs sent back')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'The plan, please' })).toContainText('Team South')
  await check(page, 'the rows behind a number')
  await page.getByRole('row').getByRole('link').first().press('Enter')
  await expect(heading(page, 'Rowan Marsh')).toBeVisible()
  await goTo(page, 'Reports')
  await kinds.getByRole('link', { name: 'Triage' }).click()
  await expect(field(page, 'From')).toHaveValue('01/11/2026')
  await expect(flow).toContainText('4 waited at the end.')
})
