import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import { insideOf, jsonOf, paragraphsOf, unzipped } from '../fixtures/exports.ts'
import { check } from './screens/axe.ts'
import {
  button,
  expectOpen,
  field,
  heading,
  lock,
  openDesk,
  relaunch,
  unlock,
  type OpenDesk
} from './screens/desk.ts'
import { openFamily } from './screens/family.ts'
import { offeredName, saveTo, saveToLater } from './screens/files.ts'
import { ask } from './screens/hub.ts'
import { addNote, addSiblings } from './screens/note.ts'

let desk: OpenDesk
let family: RegistrationDraft
let reference: string
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'case-notes-'))
  desk = await openDesk()
  family = await addSiblings(desk.page)
  await addNote(desk.page, family, { words: 'Zqxopen: he has no bed of his own' })
  await addNote(desk.page, family, {
    ...{ kind: 'call', words: 'Zqxneighbour told us', childsVoice: '', present: '' },
    ...{ familyMaySee: 'no', restrictedWhy: 'She asked not to be named' }
  })
  reference = (await ask(desk.page, 'family.read', { id: family.id })).reference
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})
test.describe.configure({ mode: 'serial' })

const inFolder = (name: string) => path.join(folder, name)
const problems = (page: Page) => page.getByRole('alert', { name: 'There is a problem' })
const words = async (page: Page) => (await page.locator('.passphrase').textContent()) ?? ''

async function begin(page: Page): Promise<void> {
  await openFamily(page, reference)
  await page.getByRole('link', { name: 'Export case notes' }).click()
  await expect(button(page, 'Save export')).toBeVisible()
}

async function forTheMother(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'A person of the family' }).check()
  await field(page, 'Which person').selectOption({ label: 'Jo Vale' })
  await field(page, 'Purpose').fill('She asked for them')
}

test('what is missing is said, what is left out is counted, and the file opens with its six words', async () => {
  const { page, app } = desk
  await begin(page)
  await check(page, 'exporting case notes')
  await button(page, 'Save export').click()
  await expect(problems(page)).toBeFocused()
  await expect(problems(page)).toContainText('Choose who it is for')
  await forTheMother(page)
  await page.getByRole('checkbox', { name: 'The chronology' }).check()
  await page.getByRole('checkbox', { name: 'The assessment and the plan' }).check()
  await button(page, 'Preview').click()
  await expect(page.getByRole('row', { name: /^Case notes/ })).toContainText('Only for staff')
  await check(page, 'a preview of an export')

  await saveTo(app, inFolder('notes.zip'))
  await button(page, 'Save export').click()
  await expect(heading(page, 'Saved: 1 note, 1 excluded')).toBeFocused()
  expect(await offeredName(app)).toMatch(/^case-notes-EXP-\w{4}-000001-2026-11-23\.zip$/)
  await check(page, 'a saved export')
  const passphrase = await words(page)
  expect(passphrase).toMatch(/^([a-z-]+ ){5}[a-z-]+$/)
  await button(page, 'I have noted the words').click()
  await expect(page.getByText(passphrase)).toBeHidden()

  expect(readFileSync(inFolder('notes.zip')).includes('Zqxopen')).toBe(false)
  const [[name = '', pdf = Buffer.alloc(0)] = []] = Object.entries(
    unzipped(inFolder('notes.zip'), passphrase)
  )
  expect(name).toMatch(/^case-notes-EXP-\w{4}-000001-2026-11-23\.pdf$/)
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
  for (const said of [
    'OFFICIAL-SENSITIVE',
    'Page 1 of',
    'Printed by Morgan Ellis',
    'She asked for them',
    'Zqxopen'
  ])
    expect(text).toContain(said)
  expect(text).toMatch(/Case notes\s+1\s+1/)
  expect(text).not.toContain('Zqxneighbour')
  const info = execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' })
  expect(info).toMatch(/Title:\s+Case notes EXP-/)
  expect(info).toMatch(/Tagged:\s+yes/)
  // its language, its bookmarks
  for (const part of ['/Lang (en-GB)', '/Outlines']) expect(pdf.includes(part)).toBe(true)
  await button(page, 'Export something else').click()
})

test('JSON for a court, without agreement and without a passphrase, says why', async () => {
  const { page, app } = desk
  await page.getByRole('radio', { name: 'Another body, such as a court' }).check()
  await field(page, 'Which body').fill('Family Court')
  await field(page, 'Purpose').fill('The hearing of 3 December')
  await page.getByRole('radio', { name: 'By letter' }).check()
  await page.getByRole('checkbox', { name: 'Notes that the family may not see' }).check()
  await page.getByRole('radio', { name: 'JSON, for another system' }).check()
  await page.getByRole('checkbox', { name: 'Protect with a passphrase' }).uncheck()
  await button(page, 'Save export').click()
  await expect(problems(page)).toContainText('Enter why it goes without a passphrase')
  await check(page, 'an export with errors')
  await field(page, 'Why does it go without a passphrase?').fill('The court asked for it so')
  await saveTo(app, inFolder('court.zip'))
  await button(page, 'Save export').click()
  await expect(heading(page, 'Saved: 2 notes, 0 excluded')).toBeFocused()
  const { file } = jsonOf(unzipped(inFolder('court.zip'), ''))
  expect(file.items.notes.map((note) => note.words)).toContain('Zqxneighbour told us')
  await button(page, 'Export something else').click()
})

test('a Word document opens with its words, and says what it is on every page', async () => {
  const { page, app } = desk
  await forTheMother(page)
  await page.getByRole('radio', { name: 'Word, to work with' }).check()
  await saveTo(app, inFolder('word.zip'))
  await button(page, 'Save export').click()
  await expect(heading(page, 'Saved: 1 note, 1 excluded')).toBeFocused()
  const entries = unzipped(inFolder('word.zip'), await words(page))
  const [[name = '', word = Buffer.alloc(0)] = []] = Object.entries(entries)
  expect(name).toMatch(/^case-notes-EXP-\w{4}-000003-2026-11-23\.docx$/)
  const inside = insideOf(word, folder)
  const told = paragraphsOf(inside['word/document.xml'] ?? '')
  expect(told).toContain('Heading1: Case notes')
  expect(told).toContain('Zqxopen: he has no bed of his own')
  expect(Object.values(inside).join()).not.toContain('Zqxneighbour')
  expect(paragraphsOf(inside['word/footer1.xml'] ?? '').join()).toContain('Page {PAGE} of {NUMPAGES}')
  await button(page, 'I have noted the words').click()
  await button(page, 'Export something else').click()
})

test('what was typed waits while somebody looks something up, and a lock while it is saved leaves nothing', async () => {
  const { page, app } = desk
  await forTheMother(page)
  await page.getByRole('link', { name: 'Back to the family' }).click()
  await page.getByRole('link', { name: 'Export case notes' }).click()
  await expect(field(page, 'Purpose')).toHaveValue('She asked for them')
  const answer = await saveToLater(app, inFolder('locked.zip'))
  await button(page, 'Save export').click()
  await lock(page)
  await answer()
  await unlock(page)
  expect(readdirSync(folder).filter((name) => name.startsWith('locked'))).toEqual([])
  // straight back to what was typed
  await expect(field(page, 'Purpose')).toHaveValue('She asked for them')
  await button(page, 'Cancel').click()
  await expect(page.getByRole('link', { name: 'Export case notes' })).toBeVisible()
})

test('killed while it prints, the half-written file is gone after the next unlock', async () => {
  const { page, app, userDataDir } = desk
  await begin(page)
  await forTheMother(page)
  await saveTo(app, inFolder('killed.zip'))
  // the page is never printed: the export stands half-way
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.prototype.loadURL = () => new Promise(() => undefined)
  })
  await button(page, 'Save export').click()
  await expect(page.getByText('Setting the pages', { exact: true })).toBeVisible()
  await check(page, 'an export under way')
  expect(existsSync(inFolder('killed.zip.part'))).toBe(true)
  await desk.kill()
  const again = await relaunch(desk)
  desk = { ...again, recoveryKey: desk.recoveryKey, userDataDir }
  await unlock(desk.page)
  await expectOpen(desk.page)
  await expect.poll(() => existsSync(inFolder('killed.zip.part'))).toBe(false)
  expect(existsSync(inFolder('killed.zip'))).toBe(false)
})
