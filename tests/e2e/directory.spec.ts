import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { allEngland, establishmentsCsv, writeCsv, type Row } from '../fixtures/establishments.ts'
import { check } from './screens/axe.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'

let desk: OpenDesk
let folder = ''
test.beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'establishments-'))
  desk = await openDesk()
  await goTo(desk.page, 'Directory')
})
test.afterEach(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

/** The dialog is the system's; a test answers in its place. */
function chooseFile(app: ElectronApplication, file: string): Promise<void> {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, file)
}

const write = (rows: readonly Row[], options?: { without: string }) =>
  writeCsv(path.join(folder, 'edubasealldata.csv'), establishmentsCsv(rows, options))

const fact = (page: Page, label: string) => page.locator('dt', { hasText: label }).locator('+ dd')

test('the Department’s file is previewed, stored and searched, and a second time changes nothing', async () => {
  const { app, page } = desk
  await chooseFile(app, write(allEngland(50_000, 1500)))
  await button(page, 'Import schools').click()
  await expect(fact(page, 'New schools')).toHaveText('1,500', { timeout: 30_000 })
  await expect(fact(page, 'other authorities')).toHaveText('48,500')
  await check(page, 'schools imported')
  await button(page, 'Store these schools').click()
  await expect(page.getByText('Stored: 1,500 schools added, 0 changed.')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('50 of 1,500 schools')).toBeVisible()
  await button(page, 'Show more').click()
  await expect(page.getByText('100 of 1,500 schools')).toBeVisible()
  await check(page, 'schools')

  await field(page, 'Search schools').fill('+44 1632 961499')
  await expect(page.getByText('1 of 1 school')).toBeVisible()
  await page.getByRole('cell').getByRole('link').click()
  await expect(page.getByText('01632 961499')).toBeVisible()
  await check(page, 'a school')
  await page.getByRole('link', { name: 'Back to the directory' }).click()
  await expect(field(page, 'Search schools')).toHaveValue('+44 1632 961499')

  await button(page, 'Import schools').click()
  await expect(page.getByText('The directory has all of this already.')).toBeVisible({ timeout: 30_000 })
})

test('refused rows and a file that is none say what is wrong with them', async () => {
  const { app, page } = desk
  await chooseFile(
    app,
    write([
      { urn: '117000', name: 'Dunmere College' },
      { urn: 'none', name: 'Nowhere' }
    ])
  )
  await button(page, 'Import schools').click()
  const refused = page.getByRole('table', { name: 'Rows refused' })
  await expect(refused.getByRole('row').nth(1)).toHaveText('3“none” is not a URN')
  await check(page, 'rows refused')
  await button(page, 'Cancel').click()
  await expect(page.getByText('There are no schools yet.')).toBeVisible()

  await chooseFile(app, write([], { without: 'Postcode' }))
  await button(page, 'Import schools').click()
  await expect(page.getByRole('alert')).toContainText('The file has no column “Postcode”.')
  await check(page, 'a file without a column')
})

test('schools and agencies are added, corrected and confirmed by hand', async () => {
  const { page } = desk
  await button(page, 'Add a school').click()
  await expect(field(page, 'Name')).toBeFocused()
  await button(page, 'Add this school').click()
  await expect(page.getByRole('link', { name: 'Enter the school’s name' })).toBeVisible()
  await check(page, 'adding a school, with errors')
  await field(page, 'Name').fill('Fernhollow School')
  await field(page, 'District').selectOption({ label: 'Stevenage' })
  await page.keyboard.press('Enter')
  await expect(page.getByText('Fernhollow School has been added.')).toBeVisible()

  await page.getByRole('link', { name: 'Fernhollow School' }).click()
  await expect(heading(page, 'Fernhollow School')).toBeVisible()
  await button(page, 'Edit').click()
  await field(page, 'Phone number').fill('01632 960321')
  await check(page, 'editing a school')
  await button(page, 'Save changes').click()
  await expect(page.getByText('01632 960321')).toBeVisible()

  await page.getByRole('link', { name: 'Back to the directory' }).click()
  await page.getByRole('tab', { name: 'Agencies' }).click()
  await check(page, 'agencies')
  await button(page, 'Add an agency').click()
  await field(page, 'Name').fill('Invented Health Trust')
  await button(page, 'Add this agency').click()
  await expect(page.getByText('Invented Health Trust has been saved.')).toBeVisible()
  await button(page, 'Edit Invented Health Trust').click()
  await field(page, 'Kind of agency').fill('Health')
  await button(page, 'Save changes').click()
  await expect(page.getByRole('cell', { name: 'Health', exact: true })).toBeVisible()
  await check(page, 'agency saved')
})
