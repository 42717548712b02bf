import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import {
  aFileChild,
  aFileStepDown,
  manyStepDowns,
  stepDownsCsv,
  writeStepDowns
} from '../../fixtures/stepDownFiles.ts'
import { button, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { chooseFile } from '../screens/files.ts'
import { morgan } from '../screens/people.ts'
import { hiddenStops, look, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'

let desk: OpenDesk
let folder = ''
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'step-downs-'))
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

test('an import of step-downs', async () => {
  const { app, page } = desk
  const mother = aPerson({ role: 'parent-carer', name: 'Dana Marsh', birth: '1/2/1985' })
  await addFamily(page, {
    people: [aPerson({ name: NAME, birth: '14/5/2016' }), mother],
    agreement: { ...aRegistration().agreement, byPersonId: mother.id }
  })
  await goTo(page, 'Triage')
  await look(desk, 'triage-with-import')
  await page.getByRole('link', { name: 'Import step-downs' }).click()
  await look(desk, 'step-down-import')
  await page.getByText('What the file must hold').click()
  await look(desk, 'step-down-import-fields')

  const other = path.join(folder, 'schools.csv')
  writeFileSync(other, 'URN,Name\n100000,Mill Lane School\n')
  await chooseFile(app, other)
  await button(page, 'Choose a file').click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await look(desk, 'step-down-import-refused')

  const long = [aFileChild({ name: NAME }), aFileChild({ name: 'Wren Reed', date_of_birth: '2015-01-02' })]
  const file = path.join(folder, 'step-downs of the other system, all of them, 2026-11-20.json')
  const stepDowns = [
    aFileStepDown('LCS-2026-11-20-000000000000040117', { people: long, agreement: 'not-asked' }),
    aFileStepDown('LCS-2', { people: long, address: '' }),
    aFileStepDown('LCS-3', { risk: 'huge' as 'high', people: [aFileChild({ date_of_birth: '14/5/2016' })] }),
    aFileStepDown('LCS-4', { tried: 'x'.repeat(20_000), sending_team: 'A\u202Eb' })
  ]
  await chooseFile(app, writeStepDowns(file, [...stepDowns, ...manyStepDowns(120)]))
  await button(page, 'Choose a file').click()
  await expect(button(page, 'Store 122 step-downs')).toBeVisible({ timeout: 60_000 })
  await look(desk, 'step-down-import-preview')
  expect.soft(await hiddenStops(desk, 24)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'step-down-import-preview-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Store 122 step-downs').click()
  await expect(button(page, 'Stop')).toBeVisible()
  await button(page, 'Stop').click()
  await expect(page.getByText('An import is not finished').last()).toBeVisible()
  await look(desk, 'step-down-import-unfinished')
  await goTo(page, 'Triage')
  await expect(page.getByText('An import of step-downs is not finished.')).toBeVisible()
  await look(desk, 'triage-unfinished')
  await page.getByRole('link', { name: 'Look at the import' }).click()
  await button(page, 'Choose the same file again').click()
  await page.getByRole('button', { name: /^Store/ }).click({ timeout: 60_000 })
  await expect(page.getByText('came in from this file')).toBeVisible({ timeout: 60_000 })
  await look(desk, 'step-down-import-done')

  const csv = path.join(folder, 'step-downs.csv')
  const answers = [
    aFileStepDown('LCS-2026-11-20-000000000000040117', { people: long }),
    aFileStepDown('LCS-2', { people: long, address: '', note: 'More' }),
    aFileStepDown('S1', { people: [aFileChild({ name: 'Somebody Else' })] })
  ]
  writeFileSync(csv, stepDownsCsv(answers))
  await chooseFile(app, csv)
  await button(page, 'Choose another file').click()
  await expect(button(page, 'Store 2 step-downs')).toBeVisible()
  await look(desk, 'step-down-import-answers')
})
