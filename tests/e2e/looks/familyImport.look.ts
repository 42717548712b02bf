import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { aChildRow, manyFamilies, writeFamilies } from '../../fixtures/familyFiles.ts'
import { button, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { chooseFile } from '../screens/files.ts'
import { morgan } from '../screens/people.ts'
import { look, sizeWindow } from './look.ts'

let desk: OpenDesk
let folder = ''
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'families-'))
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

test('an import of families', async () => {
  const { app, page } = desk
  await goTo(page, 'Families')
  await look(desk, 'families-with-import')
  await page.getByRole('link', { name: 'Import families' }).click()
  await look(desk, 'family-import')
  await page.getByText('Which columns the file must have').click()
  await look(desk, 'family-import-columns')

  const other = path.join(folder, 'schools.csv')
  writeFileSync(other, 'URN,Name\n100000,Mill Lane School\n')
  await chooseFile(app, other)
  await button(page, 'Choose a file').click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await look(desk, 'family-import-refused')

  const file = path.join(folder, 'families from the other system, all of them, 2026-11-20.csv')
  const wrong = [
    { ...aChildRow('EHM-1'), role: 'grandmother', date_of_birth: '31/2/2015', address: '', postcode: 'SG14' },
    aChildRow('EHM-2', { school_urn: '300000' }),
    aChildRow('')
  ]
  await chooseFile(app, writeFamilies(file, [...wrong, ...manyFamilies(150)]))
  await button(page, 'Choose a file').click()
  await expect(page.getByText('New families')).toBeVisible()
  await look(desk, 'family-import-preview')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'family-import-preview-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Store 150 families').click()
  await expect(button(page, 'Stop')).toBeVisible()
  await look(desk, 'family-import-storing')
  await button(page, 'Stop').click()
  await expect(page.getByText('An import is not finished').last()).toBeVisible()
  await look(desk, 'family-import-unfinished')
  await goTo(page, 'Families')
  await expect(page.getByText('An import of families is not finished.')).toBeVisible()
  await look(desk, 'families-unfinished')
  await page.getByRole('link', { name: 'Look at the import' }).click()
  await button(page, 'Choose the same file again').click()
  await page.getByRole('button', { name: /^Store/ }).click()
  await expect(page.getByText('All families are stored.')).toBeVisible({ timeout: 30_000 })
  await look(desk, 'family-import-matching')
  await expect(page.getByText('came in from this file')).toBeVisible({ timeout: 30_000 })
  await look(desk, 'family-import-done')
  await goTo(page, 'Families')
  await page.getByRole('link', { name: /^FAM/ }).first().click()
  await expect(page.getByRole('heading', { name: /^Family of/ })).toBeVisible()
  await look(desk, 'family-imported')
})
