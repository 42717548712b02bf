import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { roleLabels } from '../../renderer/words/labels.ts'
import type { CallDraft } from '../../shared/call/call.ts'
import { newId } from '../../shared/ids.ts'
import { aCall } from '../fixtures/calls.ts'
import { openFiled } from './screens/call.ts'
import { button, expectLocked, goTo, lock, openDesk, unlock, type OpenDesk } from './screens/desk.ts'
import { offeredName, saveTo, saveToLater } from './screens/files.ts'
import { addSchool, ask } from './screens/hub.ts'
import { morgan } from './screens/people.ts'

const manager = { ...morgan, role: roleLabels['triage-manager'] }

let desk: OpenDesk
let folder: string
let schoolId: string

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'exports-'))
  desk = await openDesk({ person: manager })
  schoolId = (await addSchool(desk.page)).id
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

const inFolder = (name: string) => path.join(folder, name)
const fileCall = (changes: Partial<CallDraft>) => ask(desk.page, 'call.file', aCall(schoolId, changes))
async function expectAccessible(): Promise<void> {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page: desk.page })
    .setLegacyMode(true)
    .withTags(rules)
    .analyze()
  expect(violations).toEqual([])
}

async function openCall(reference: string): Promise<void> {
  // a list that is on the screen does not know of calls that were not filed by the form
  await goTo(desk.page, 'Desk')
  await openFiled(desk.page, reference)
}
const pdfText = (file: string) => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
const pdfInfo = (file: string) => execFileSync('pdfinfo', [file], { encoding: 'utf8' })
const dialog = () => desk.page.getByRole('dialog')

async function saveReceipt(file: string): Promise<void> {
  const { app, page } = desk
  await saveTo(app, file)
  await button(page, 'Save advice receipt').click()
  await expect(dialog()).toContainText('This copy is not encrypted')
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog().getByText(`Saved: ${path.basename(file)}`)).toBeVisible()
  await dialog().getByRole('button', { name: 'Close' }).click()
}

test('the calls of a list become a file, whose hash is told, and what goes wrong is said', async () => {
  const { app, page } = desk
  await fileCall({ concern: 'Tired and hungry', callerPhone: '+44 1632 960222' })
  await fileCall({ concern: '=Late every day' })
  await goTo(page, 'Calls')
  await expect(page.getByRole('row')).toHaveCount(3)

  await saveTo(app, inFolder('gone/calls.csv'))
  const exportThese = button(page, 'Export these calls')
  await exportThese.click()
  await expect(dialog()).toContainText('2 calls will be saved')
  await expect(dialog()).toContainText('This copy is not encrypted. Anyone who gets the file can read it.')
  await expectAccessible()
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText(/The folder is not there any more\. Choose another place/)
  expect(await offeredName(app)).toBe('calls-2026-11-23.csv')

  await saveTo(app, inFolder('calls.csv'))
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  const saved = dialog().filter({ hasText: 'Saved: 2 calls to calls.csv' })
  await expect(saved).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expectAccessible()
  const file = readFileSync(inFolder('calls.csv'))
  await expect(saved).toContainText(createHash('sha256').update(file).digest('hex'))
  const rows: Record<string, string>[] = parse(file, { bom: true, columns: true })
  expect(rows.map((row) => [row['Concern'], row['Phone number'], row['School']])).toEqual([
    ["'=Late every day", '01992 555555', 'Elmsworthy Junior School'],
    ['Tired and hungry', '01632 960222', 'Elmsworthy Junior School']
  ])
  expect(readdirSync(folder)).toEqual(['calls.csv'])
  await dialog().getByRole('button', { name: 'Close' }).click()
  await expect(exportThese).toBeFocused()
})

test('the receipt of an ordinary call is one page: tagged, marked, and of this call alone', async () => {
  const { app } = desk
  await fileCall({ concern: 'SENTINEL of another call' })
  const { reference } = await fileCall({
    callerName: 'Sam Whitlock',
    callerRole: 'Head of year',
    children: [
      { id: newId(), name: 'Imogen Farrow', birth: '3/9/2015', upn: '', relation: 'Pupil', address: '' }
    ],
    concern: 'Comes to school hungry.\nSaid: <script>alert("2 > 1")</script>',
    level: 'targeted',
    levelWhy: 'Two children, for weeks',
    disagreement: 'Would rather refer.',
    actions: [{ id: newId(), what: 'Send the form', who: 'The school', byWhen: '24/11/2026' }]
  })
  await openCall(reference)
  const file = inFolder(`advice-receipt-${reference}.pdf`)
  await saveReceipt(file)
  expect(await offeredName(app)).toBe(path.basename(file))

  expect(pdfInfo(file)).toMatch(new RegExp(`Title: +Advice receipt ${reference}\\n`))
  expect(pdfInfo(file)).toMatch(/Tagged: +yes/)
  expect(pdfInfo(file)).toMatch(/Pages: +1\n/)
  expect(pdfInfo(file)).toMatch(/Page size: .*A4/)
  expect(readFileSync(file, 'latin1')).toContain('/Lang (en-GB)')
  const lines = pdfText(file)
    .split('\n')
    .map((line) => line.trim().replaceAll(/ {2,}/g, ' | '))
    .filter((line) => line !== '' && line !== '\f')
  expect(lines).toEqual([
    `OFFICIAL-SENSITIVE | Advice receipt ${reference}`,
    'Advice receipt',
    'This is what was said in your call. If something is not right, tell the adviser.',
    `Reference | ${reference}`,
    'To | Sam Whitlock, Head of year',
    'Elmsworthy Junior School, Hatfield',
    'Date of the call | 23 November 2026, 10:00',
    'Line | Consultation Hub',
    'Adviser | Morgan Ellis, Social Worker',
    'About | Imogen Farrow, born 3 September 2015, 11 years old, Pupil',
    'Outcome | Complete the Child Protection Contact Form',
    'What was described',
    'Comes to school hungry.',
    'Said: <script>alert("2 > 1")</script>',
    'Level of need discussed',
    'Targeted',
    'Why this level',
    'Two children, for weeks',
    'Advice given',
    'Complete the contact form today',
    'Where the caller disagreed',
    'Would rather refer.',
    'Who does what, and by when',
    'What | Who | By when',
    'Send the form | The school | 24 November 2026',
    'Whom to ring',
    'If you think a child may be at risk, day and night: Children’s Services, 0300 123 4043',
    'If a child may be in danger now: Police, 999',
    expect.stringMatching(/^Printed by Morgan Ellis on 23 November 2026, 10:\d\d \| Page 1 of 1$/)
  ])
  // the window that printed is gone, and with it what it showed
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a long call runs on and nothing is cut; a dialog that is cancelled saves nothing', async () => {
  const { app, page } = desk
  const concern = Array.from({ length: 60 }, (_, line) => `Line ${String(line + 1)} of what was described.`)
  const { reference } = await fileCall({
    concern: concern.join('\n'),
    advice: `${'x'.repeat(400)} the end`
  })
  await openCall(reference)
  const file = inFolder('long.pdf')
  await saveReceipt(file)
  const text = pdfText(file)
  for (const line of concern) expect(text).toContain(line)
  expect(text.replaceAll(/\s+/g, ' ')).toContain('xx the end')
  expect(text).toMatch(/Page 1 of 2[\s\S]*OFFICIAL-SENSITIVE[\s\S]*Page 2 of 2/)

  await saveTo(app, undefined)
  await button(page, 'Save advice receipt').click()
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog().getByText('Preparing the receipt')).toBeHidden()
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText(/^Saved: /)).toHaveCount(0)
})

test('a desk that is locked while the dialog is open saves nothing', async () => {
  const { app, page } = desk
  const { reference } = await fileCall({})
  await openCall(reference)
  const answer = await saveToLater(app, inFolder('left-open.pdf'))
  await button(page, 'Save advice receipt').click()
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog().getByText('Preparing the receipt')).toBeVisible()
  await page.keyboard.press('Escape')
  await lock(page)
  await answer()
  await expectLocked(page)
  await unlock(page, manager)
  expect(existsSync(inFolder('left-open.pdf'))).toBe(false)
})
