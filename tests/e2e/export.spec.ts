import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import type { CallDraft } from '../../shared/call/call.ts'
import { newId } from '../../shared/ids.ts'
import { aCall } from '../fixtures/calls.ts'
import { unzipped } from '../fixtures/exports.ts'
import { rowsOf, sheetsOf } from '../fixtures/lists.ts'
import { check } from './screens/axe.ts'
import { openFiled } from './screens/call.ts'
import {
  button,
  expectLocked,
  field,
  goTo,
  heading,
  lock,
  openDesk,
  unlock,
  type OpenDesk
} from './screens/desk.ts'
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

test('a list leaves as it is narrowed: sealed, or as the file itself with why; what goes wrong is said', async () => {
  const { app, page } = desk
  await fileCall({ concern: 'Tired and hungry', callerPhone: '+44 1632 960222' })
  await fileCall({ concern: '=Late every day' })
  await fileCall({ concern: 'About something else' })
  await goTo(page, 'Calls')
  await expect(page.getByRole('row')).toHaveCount(4)
  await field(page, 'Search calls').fill('hungry')
  await expect(page.getByRole('row')).toHaveCount(2)

  const exportThis = button(page, 'Export this list')
  await exportThis.click()
  await expect(dialog()).toContainText(
    '1 call will be saved: all that this list finds, not only the rows on the screen.'
  )
  await check(page, 'exporting calls')
  const save = dialog().getByRole('button', { name: 'Save export', exact: true })
  await save.click()
  await expect(dialog().getByRole('alert')).toContainText('Enter what it is for')
  await field(page, 'Purpose').fill('The yearly report')
  await saveTo(app, inFolder('gone/calls.zip'))
  await save.click()
  await expect(dialog().getByRole('alert')).toContainText('Choose another place')
  expect(await offeredName(app)).toMatch(/^calls-EXP-[0-9A-Z]{4}-000001-2026-11-23\.zip$/)

  await saveTo(app, inFolder('calls.zip'))
  await dialog().getByRole('radio', { name: 'Excel workbook' }).check()
  await save.click()
  await expect(heading(page, 'Saved: 1 call')).toBeFocused()
  await check(page, 'calls saved')
  const words =
    (await dialog()
      .getByText(/^([a-z-]+ ){5}[a-z-]+$/)
      .textContent()) ?? ''
  await dialog().getByRole('button', { name: 'I have noted the words' }).click()
  await expect(dialog().getByText(words)).toHaveCount(0)
  const [[name, workbook] = ['', Buffer.of()]] = Object.entries(unzipped(inFolder('calls.zip'), words))
  expect(name).toMatch(/^calls-EXP-[0-9A-Z]{4}-000002-2026-11-23\.xlsx$/)
  writeFileSync(inFolder(name), workbook)
  expect(JSON.stringify(sheetsOf(inFolder(name))['Calls']?.[1])).toMatch(/01632 960222.*Tired and hungry/)
  await dialog().getByRole('button', { name: 'Close' }).click()
  await expect(exportThis).toBeFocused()

  await field(page, 'Search calls').fill('')
  await expect(page.getByRole('row')).toHaveCount(4)
  await exportThis.click()
  await field(page, 'Purpose').fill('The yearly report')
  await dialog().getByRole('checkbox', { name: 'Protect with a passphrase' }).uncheck()
  await field(page, 'Why does it go without a passphrase?').fill('It stays on the council’s drive')
  await saveTo(app, inFolder('calls.csv'))
  await save.click()
  const saved = dialog().filter({ hasText: 'Saved: 3 calls' })
  await expect(saved).toBeVisible()
  const file = readFileSync(inFolder('calls.csv'))
  await expect(saved).toContainText(createHash('sha256').update(file).digest('hex'))
  expect(rowsOf(file).map((row) => [row['Concern'], row['Phone number'], row['School']])).toEqual([
    ['About something else', '01992 555555', 'Elmsworthy Junior School'],
    ["'=Late every day", '01992 555555', 'Elmsworthy Junior School'],
    ['Tired and hungry', '01632 960222', 'Elmsworthy Junior School']
  ])
  expect(readdirSync(folder).filter((each) => each.endsWith('.part'))).toEqual([])
  await page.keyboard.press('Escape')

  await goTo(page, 'Directory')
  await expect(page.getByRole('row')).toHaveCount(2)
  await exportThis.click()
  await saveTo(app, inFolder('schools.csv'))
  await save.click()
  await expect(heading(page, 'Saved: 1 school')).toBeVisible()
  expect(rowsOf(readFileSync(inFolder('schools.csv')))).toMatchObject([
    { School: 'Elmsworthy Junior School' }
  ])
  await dialog().getByRole('button', { name: 'Close' }).click()
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
