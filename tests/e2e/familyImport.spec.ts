import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import { aChildRow, aMotherRow, writeFamilies, type FamilyFileRow } from '../fixtures/familyFiles.ts'
import { check } from './screens/axe.ts'
import { button, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { addFamily } from './screens/family.ts'
import { chooseFile } from './screens/files.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
let folder = ''
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'families-'))
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await addFamily(desk.page)
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

const write = (rows: readonly FamilyFileRow[]) => writeFamilies(path.join(folder, 'families.csv'), rows)
const count = (page: Page, label: string) => page.locator('dt', { hasText: label }).locator('+ dd')

test('families come in from a file: what is wrong is put right, who may be there twice is on the list', async () => {
  const { app, page } = desk
  await goTo(page, 'Families')
  await page.getByRole('link', { name: 'Import families' }).click()
  await expect(heading(page, 'Import families')).toBeVisible()
  await page.getByText('Which columns the file must have').click()
  await expect(page.getByRole('cell', { name: 'school_urn' })).toBeVisible()
  await check(page, 'import of families')

  await chooseFile(app, path.join(folder, 'absent.csv'))
  await button(page, 'Choose a file').click()
  await expect(page.getByRole('alert')).toContainText('The file cannot be opened.')
  await check(page, 'no list of families')

  const reeds = [aChildRow('2', { name: 'Wren Reed' }), aMotherRow('2', { name: 'Al Reed', role: 'mum' })]
  await chooseFile(app, write([aChildRow('1'), aMotherRow('1'), ...reeds]))
  await button(page, 'Choose a file').click()
  await expect(count(page, 'New families')).toHaveText('1')
  await expect(count(page, 'left out')).toHaveText('1')
  const problems = page.getByRole('table', { name: 'To put right in the file' })
  await expect(problems.getByRole('row').nth(1)).toHaveText(/^5role“mum” is none of/)
  await check(page, 'families with something to put right')

  write([
    aChildRow('1'),
    aMotherRow('1'),
    ...reeds.map((row) => ({ ...row, role: row.role === 'mum' ? 'parent-carer' : 'child' }))
  ])
  await button(page, 'Choose another file').click()
  await expect(count(page, 'New families')).toHaveText('2')
  await expect(count(page, 'People in them')).toHaveText('4')
  await button(page, 'Store 2 families').press('Enter')
  await expect(page.getByText('2 families with 4 people came in from this file.')).toBeVisible()
  await check(page, 'families that came in')

  await page.getByRole('link', { name: 'Look at possible doubles' }).press('Enter')
  await expect(heading(page, 'Possible doubles')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Robin Vale' }).first()).toContainText(
    'Strong match'
  )
  await goTo(page, 'Families')
  await expect(page.getByRole('cell', { name: 'Wren Reed' })).toBeVisible()

  await page.getByRole('link', { name: 'Import families' }).click()
  await button(page, 'Choose another file').click()
  await expect(page.getByText('Everything in this file is in the record already.')).toBeVisible()
  await button(page, 'Close').click()
  await expect(button(page, 'Choose a file')).toBeVisible()
})
