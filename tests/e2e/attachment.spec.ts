import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { aPdf, aWordFileWithMacros } from '../fixtures/attachments.ts'
import { check } from './screens/axe.ts'
import { button, lock, openDesk, unlock, type OpenDesk } from './screens/desk.ts'
import { addFamily, openFamily } from './screens/family.ts'
import { chooseFile, offeredName, saveTo } from './screens/files.ts'

/** Stands in a file that is put on a record. It must not be found in any file of the desk. */
const MARK = 'Zqxmarker in the letter'
const LETTER = Buffer.from(`Robin said:\n${MARK}\n`.repeat(5_000))

let desk: OpenDesk
let folder: string
let family: Awaited<ReturnType<typeof addFamily>>

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'files-'))
  writeFileSync(inFolder('Letter.txt'), LETTER)
  writeFileSync(inFolder('form.docm'), aWordFileWithMacros())
  writeFileSync(inFolder('large.pdf'), aPdf(25 * 1024 * 1024))
  desk = await openDesk()
  family = await addFamily(desk.page)
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})
test.describe.configure({ mode: 'serial' })

const inFolder = (name: string) => path.join(folder, name)
const agreement = (page: Page) => page.getByRole('region', { name: 'Agreement', exact: true })
const add = (page: Page) => page.getByRole('button', { name: /^Add a file to/ })
const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Save a copy' })

function marked(of: string): string[] {
  return readdirSync(of, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((name) => readFileSync(name).includes('Zqxmarker'))
}

test('a file is put on an agreement, is told of, and is readable nowhere on the disk', async () => {
  const { page, app, userDataDir } = desk
  await openFamily(page, family.reference)
  await expect(agreement(page)).toContainText('No files')
  await check(page, 'an agreement without files')

  await chooseFile(app, inFolder('form.docm'))
  await add(page).click()
  await expect(agreement(page).getByRole('alert')).toContainText('This file has macros')
  await check(page, 'a file that may not be added')

  await chooseFile(app, inFolder('Letter.txt'))
  await add(page).click()
  await expect(told(page, 'Letter.txt was added')).toBeVisible()
  await expect(add(page)).toBeFocused()
  await expect(agreement(page).getByRole('alert')).toBeHidden()
  await expect(agreement(page).getByRole('listitem')).toContainText(
    'Plain text, 176 KB, added by Morgan Ellis'
  )
  const chronology = page.getByRole('region', { name: 'Chronology', exact: true })
  await expect(chronology).toContainText('File added to an agreement: Letter.txt')
  await check(page, 'an agreement with a file')

  expect(marked(userDataDir), 'while the desk is open').toEqual([])
  await lock(page)
  expect(marked(userDataDir), 'once it is locked').toEqual([])
  await unlock(page)
  await openFamily(page, family.reference)
  await expect(agreement(page).getByRole('listitem')).toContainText('Letter.txt')
})

test('a copy is saved outside the desk by whoever knows what that means, and the desk opens nothing', async () => {
  const { page, app } = desk
  const windows = app.windows().length
  await saveTo(app, inFolder('copy.txt'))
  await button(page, 'Save a copy of Letter.txt').click()
  await expect(dialog(page)).toContainText('The copy is outside the desk and is not encrypted.')
  await check(page, 'saving a copy')
  await button(page, 'Choose where to save').click()
  await expect(dialog(page)).toContainText('Saved as copy.txt.')
  expect(await offeredName(app)).toBe('Letter.txt')
  expect(readFileSync(inFolder('copy.txt')).equals(LETTER)).toBe(true)
  await check(page, 'a copy saved')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await expect(button(page, 'Save a copy of Letter.txt')).toBeFocused()
  expect(app.windows()).toHaveLength(windows)
})

test('the largest file comes back as it was; one that was put in its place does not', async () => {
  const { page, app, userDataDir } = desk
  await chooseFile(app, inFolder('large.pdf'))
  await add(page).click()
  await expect(told(page, 'large.pdf was added')).toBeVisible()
  await saveTo(app, inFolder('copy.pdf'))
  await button(page, 'Save a copy of large.pdf').click()
  await button(page, 'Choose where to save').click()
  await expect(dialog(page)).toContainText('Saved as copy.pdf.')
  expect(readFileSync(inFolder('copy.pdf')).equals(readFileSync(inFolder('large.pdf')))).toBe(true)
  await button(page, 'Close').click()

  const stored = path.join(userDataDir, 'store', 'files')
  const [letter = '', large = ''] = readdirSync(stored).sort()
  writeFileSync(path.join(stored, large), readFileSync(path.join(stored, letter)))
  rmSync(inFolder('copy.pdf'))
  await button(page, 'Save a copy of large.pdf').click()
  await button(page, 'Choose where to save').click()
  await expect(dialog(page).getByRole('alert')).toContainText(
    'This file was damaged or belongs to another record'
  )
  await check(page, 'a file that was put in the place of another')
  expect(readdirSync(folder).filter((name) => name.startsWith('copy.pdf'))).toEqual([])
  await button(page, 'Close').click()
})
