import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import { anExport, unzipped } from '../fixtures/exports.ts'
import { openDesk, type OpenDesk } from './screens/desk.ts'
import { saveTo } from './screens/files.ts'
import { ask } from './screens/hub.ts'
import { addNote, addSiblings } from './screens/note.ts'

const NOTES = 45

let desk: OpenDesk
let family: RegistrationDraft
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'paper-'))
  desk = await openDesk()
  family = await addSiblings(desk.page)
  for (let note = 1; note <= NOTES; note += 1)
    await addNote(desk.page, family, {
      words: `Zqx${String(note)}: ${'he was well and so it went on. '.repeat(12)}`
    })
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

const read = (program: string, args: readonly string[], pdf: Buffer): string =>
  execFileSync(program, args, { input: pdf, encoding: 'utf8' })
function bookmarksOf(pdf: Buffer): string {
  const file = path.join(folder, 'paper.pdf')
  writeFileSync(file, pdf)
  const xml = execFileSync('pdftohtml', ['-xml', '-i', '-stdout', file], { encoding: 'utf8' })
  return xml.slice(xml.indexOf('<outline>'))
}
const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

function draftOf(changes: Parameters<typeof anExport>[1]) {
  const receiverId = family.people.find(({ role }) => role === 'parent-carer')?.id ?? ''
  return anExport({ id: family.id, form: family }, { ...changes, receiverId, format: 'pdf' })
}

async function paperOf(changes: Parameters<typeof anExport>[1]) {
  const { app, page } = desk
  const file = path.join(folder, 'paper.zip')
  await saveTo(app, file)
  const done = await ask(page, 'export.save', draftOf(changes))
  if (done.stage !== 'done') throw new Error(JSON.stringify(done))
  const [pdf = Buffer.alloc(0)] = Object.values(unzipped(file, done.passphrase))
  const sheets = read('pdftotext', ['-layout', '-', '-'], pdf).split('\f').slice(0, -1)
  return { done, pdf, sheets: sheets.map(inOneLine) }
}

test('each sheet says what it is and which of how many, and a long table has its heads on each', async () => {
  const { done, pdf, sheets } = await paperOf({ chronology: true })
  expect(sheets.length).toBeGreaterThan(4)
  for (const [index, sheet] of sheets.entries()) {
    expect(sheet).toContain('OFFICIAL-SENSITIVE')
    expect(sheet).toContain(`Case notes ${done.reference}`)
    expect(sheet).toContain('Printed by Morgan Ellis')
    expect(sheet).toContain(`Page ${String(index + 1)} of ${String(sheets.length)}`)
  }
  const rowOf = /Case note, visit, about Robin Vale/
  const withRows = sheets.filter((sheet) => rowOf.test(sheet))
  expect(withRows.length).toBeGreaterThan(1)
  for (const sheet of withRows) expect(sheet).toMatch(/Day What happened Recorded by/)
  // every note once, in the order in which they stand
  const notes = sheets.join(' ').split(/\b1\. Visit, /)[1] ?? ''
  expect([...notes.matchAll(/Zqx(\d+):/g)].map(([, note]) => Number(note)).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: NOTES }, (_, note) => note + 1)
  )
  expect(sheets[0]).toMatch(new RegExp(`Case notes ${String(NOTES)} 0`))

  const info = read('pdfinfo', ['-'], pdf)
  expect(info).toMatch(new RegExp(`Title: +Case notes ${done.reference}\\n`))
  expect(info).toMatch(/Tagged: +yes/)
  expect(info).toMatch(/Page size: .*A4/)
  expect(pdf.includes('/Lang (en-GB)')).toBe(true)
  const bookmarks = bookmarksOf(pdf)
  for (const title of ['What is included', 'What was left out, and why', 'Chronology', '1. Visit, '])
    expect(bookmarks).toContain(title)
  for (const name of ['Vale', 'Ellis']) expect(info + bookmarks).not.toContain(name)
})

test('a section that is empty is printed, and says so', async () => {
  const { sheets } = await paperOf({ from: '1/1/2020', to: '2/1/2020', assessment: true })
  const text = sheets.join(' ')
  for (const said of [
    'Chronology Not asked for.',
    'Case notes There is none.',
    'Nothing is written in it.',
    `Case notes 0 ${String(NOTES)}`
  ])
    expect(text).toContain(said)
})

test('Cancel in the dialog writes nothing; later it ends the page that is being printed, and nothing is left', async () => {
  const { app, page } = desk
  await saveTo(app, undefined)
  expect(await ask(page, 'export.save', draftOf({}))).toEqual({ stage: 'none' })
  const file = path.join(folder, 'cancelled.zip')
  await saveTo(app, file)
  // it is never printed
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.prototype.loadURL = () => new Promise(() => undefined)
  })
  const going = ask(page, 'export.save', draftOf({}))
  await expect
    .poll(() => ask(page, 'export.progress', {}))
    .toMatchObject({ stage: 'running', part: 1, parts: 1 })
  expect(existsSync(`${file}.part`)).toBe(true)
  await ask(page, 'export.cancel', {})
  expect(await going).toEqual({ stage: 'none' })
  expect(readdirSync(folder).filter((name) => name.startsWith('cancelled'))).toEqual([])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})
