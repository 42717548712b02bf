import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import type { FileStepDown } from '../../shared/stepDown/stepDownFile.ts'
import { aFileChild, aFileStepDown, writeStepDowns } from '../fixtures/stepDownFiles.ts'
import { check } from './screens/axe.ts'
import { button, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { chooseFile } from './screens/files.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
let folder = ''
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'step-downs-'))
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

const write = (stepDowns: readonly FileStepDown[]) =>
  writeStepDowns(path.join(folder, 'step-downs.json'), stepDowns)
const count = (page: Page, label: string) => page.locator('dt', { hasText: label }).locator('+ dd')

test('step-downs come in from a file; what lacks something is answered by the next one', async () => {
  const { app, page } = desk
  await goTo(page, 'Triage')
  await page.getByRole('link', { name: 'Import step-downs' }).click()
  await expect(heading(page, 'Import step-downs')).toBeVisible()
  await page.getByText('What the file must hold').click()
  await expect(page.getByRole('cell', { name: 'areas_to_progress' })).toBeVisible()
  await check(page, 'import of step-downs')

  await chooseFile(app, path.join(folder, 'absent.json'))
  await button(page, 'Choose a file').click()
  await expect(page.getByRole('alert')).toContainText('The file cannot be opened.')
  await check(page, 'no list of step-downs')

  const wren = [aFileChild({ name: 'Wren Reed', date_of_birth: '2015-01-02' })]
  const lacking = aFileStepDown('LCS-1', { agreement: 'not-asked', agreed_by: '' })
  const again = aFileStepDown('LCS-2', { note: 'The same child once more' })
  await chooseFile(
    app,
    write([lacking, again, aFileStepDown('LCS-3', { risk: 'huge' as 'high', people: wren })])
  )
  await button(page, 'Choose a file').click()
  await expect(count(page, 'New step-downs')).toHaveText('2')
  await expect(count(page, 'left out')).toHaveText('1')
  const problems = page.getByRole('table', { name: 'To put right in the file' })
  await expect(problems.getByRole('row').nth(1)).toContainText('/step_downs/2/risk“huge” is none of')
  const known = page.getByRole('table', { name: 'May be here already' })
  await expect(known.getByRole('row').nth(1)).toContainText('LCS-2 in this file')
  await check(page, 'step-downs with something to put right')
  await button(page, 'Store 2 step-downs').press('Enter')
  await expect(page.getByText('2 step-downs came in from this file.')).toBeVisible()
  await check(page, 'step-downs that came in')

  // the sender’s answer, in the other form
  await chooseFile(app, writeStepDowns(path.join(folder, 'answer.csv'), [aFileStepDown('LCS-1')]))
  await button(page, 'Choose another file').click()
  await expect(count(page, 'Answers from senders')).toHaveText('1')
  await button(page, 'Store 1 step-down').click()
  await expect(page.getByText('1 step-down of the record had something added')).toBeVisible()
  await page.getByRole('link', { name: 'Go to triage' }).press('Enter')
  await expect(page.getByRole('row').filter({ hasText: 'Rowan Marsh' })).toHaveCount(2)

  await page.getByRole('link', { name: 'Import step-downs' }).click()
  await button(page, 'Choose another file').click()
  await expect(page.getByText('Everything in this file is in the record already.')).toBeVisible()
  await button(page, 'Close').click()
  await expect(button(page, 'Choose a file')).toBeVisible()
})
