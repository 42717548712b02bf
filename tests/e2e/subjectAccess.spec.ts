import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inflateSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { newId } from '../../shared/ids.ts'
import { BAR } from '../../shared/subjectAccess/redact.ts'
import { unzipped } from '../fixtures/exports.ts'
import { addPerson, firstUnlock } from './screens/account.ts'
import { check } from './screens/axe.ts'
import { button, field, goTo, heading, lock, openDesk, unlock, type OpenDesk } from './screens/desk.ts'
import { offeredName, saveTo } from './screens/files.ts'
import { ask } from './screens/hub.ts'
import { addNote, addSiblings } from './screens/note.ts'
import { blake, morgan } from './screens/people.ts'

let desk: OpenDesk
let folder: string

/** Taken apart as some keyboards do it, from right to left, and in two lines. */
const removed = ['Zqxneighbour', 'Zqxzoe\u{308}lle', 'זאבציפורן', 'Zqxmary\nZqxannabel']

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'subject-access-'))
  desk = await openDesk()
  const family = await addSiblings(desk.page)
  await addNote(desk.page, family, {
    words: `Zqxneighbour told us. Robin slept well, said Zqxneighbour. ${removed.join(', ')} saw it.`,
    ...{ childsVoice: '', present: '' }
  })
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

const problems = (page: Page) => page.getByRole('alert', { name: 'There is a problem' })
const radio = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })

/** Everything goes, but for the words of a neighbour. */
async function decideAll(page: Page, requestId: string): Promise<void> {
  const { rows } = await ask(page, 'subjectAccess.items', { requestId, filter: 'all', after: '' })
  const decisions = rows.map(({ itemId, sha256, texts }) => {
    const spans = texts.flatMap(({ path: at, text }) =>
      [...text.matchAll(new RegExp(removed.join('|'), 'g'))].map(({ index, 0: words }) => ({
        ...{ path: at, from: index, to: index + words.length, reason: 'third-party' as const, note: '' }
      }))
    )
    const fate = spans.length > 0 ? ('redact' as const) : ('include' as const)
    return {
      ...{ id: newId(), itemId, itemSha256: sha256, fate, reason: '' as const, note: '', spans },
      withoutFiles: []
    }
  })
  expect(decisions.filter(({ fate }) => fate === 'redact')).toHaveLength(1)
  await ask(page, 'subjectAccess.decide', { requestId, decisions })
}

/** The streams of a PDF as they are before they are packed. */
const streamsOf = (pdf: Buffer): string[] =>
  [...pdf.toString('latin1').matchAll(/\/FlateDecode(?:(?!endobj).)*?stream\r?\n(.*?)\r?\nendstream/gs)].map(
    ([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')
  )
/** In one form, with nothing between one letter and the next. */
const flat = (text: string): string => text.normalize('NFD').replaceAll(/[\s\p{Cf}]/gu, '')

async function agree(page: Page, requestId: string): Promise<void> {
  const { decisionsSha256 } = await ask(page, 'subjectAccess.standing', { requestId })
  await ask(page, 'subjectAccess.review', {
    ...{ id: newId(), requestId, verdict: 'agreed', words: '', decisionsSha256 }
  })
}

test('a request is recorded, decided, reviewed by somebody else, saved with its black burnt in, and answered', async () => {
  const { page, app } = desk
  await goTo(page, 'Subject access')
  await expect(page.getByText('No request waits for an answer.')).toBeVisible()
  await check(page, 'no request')
  await page.getByRole('link', { name: 'Record a subject access request' }).click()
  await expect(heading(page, 'Record a subject access request')).toBeVisible()
  await button(page, 'Record the request').click()
  await expect(problems(page)).toBeFocused()
  await expect(problems(page)).toContainText('Choose the person from the list')
  await check(page, 'what is missing of a request')
  await radio(page, 'Request by or for the person').check()
  await field(page, 'Received on').fill('2/11/2026')
  await page.getByRole('combobox', { name: 'About whom?' }).fill('Robin Vale')
  await page.getByRole('option', { name: /^Robin Vale/ }).click()
  await radio(page, 'The person themselves').check()
  await field(page, 'How does the answer reach them?').fill('By hand')
  await field(page, 'How they proved who they are (optional)').fill('Passport')
  await field(page, 'On (optional)').fill('2/11/2026')
  await button(page, 'Record the request').click()
  await expect(heading(page, 'Subject access: Robin Vale')).toBeFocused()
  await expect(page.getByText('2 December 2026, 9 days left (counted from 2 November 2026)')).toBeVisible()
  await expect(page.getByText(/^0 of \d+ items decided$/)).toBeVisible()
  await check(page, 'a request')
  const { rows } = await ask(page, 'subjectAccess.list', { standing: 'open', after: '' })
  const requestId = rows[0]?.id ?? ''

  await goTo(page, 'Desk')
  const due = page.getByRole('region', { name: /^Subject access requests/ })
  await expect(due.getByRole('link', { name: 'Robin Vale' })).toBeVisible()
  await decideAll(page, requestId)
  await due.getByRole('link', { name: 'Robin Vale' }).click()
  await expect(page.getByText('Somebody other than Morgan Ellis reviews')).toBeVisible()
  await expect(button(page, 'Save the answer')).toBeHidden()

  await goTo(page, 'People')
  const oneTime = await addPerson(page, blake)
  await lock(page)
  await firstUnlock(page, blake, oneTime)
  await agree(page, requestId)
  await lock(page)
  await unlock(page, morgan)

  await goTo(page, 'Subject access')
  await page.getByRole('link', { name: /^SAR-/ }).click()
  await expect(button(page, 'Save the answer')).toBeVisible()
  await check(page, 'an answer that may be saved')
  await saveTo(app, path.join(folder, 'answer.zip'))
  await button(page, 'Save the answer').click()
  await expect(page.getByRole('heading', { name: /^Saved: \d+ items, 0 left out$/ })).toBeFocused()
  expect(await offeredName(app)).toMatch(/^subject-access-SAR-\w{4}-000001-2026-11-23\.zip$/)
  const passphrase = (await page.locator('.passphrase').textContent()) ?? ''
  await button(page, 'I have noted the words').click()

  const entries = unzipped(path.join(folder, 'answer.zip'), passphrase)
  const [[name = '', pdf = Buffer.alloc(0)] = []] = Object.entries(entries)
  expect(name).toMatch(/^subject-access-SAR-\w{4}-000001-2026-11-23\.pdf$/)
  const [text = '', ...read] = ['-layout', '-raw', '-nopgbrk'].map((how) =>
    execFileSync('pdftotext', [how, '-', '-'], { input: pdf, encoding: 'utf8' })
  )
  for (const said of ['Answer to a subject access request', 'Robin slept well', `${BAR} [third party]`])
    expect(text).toContain(said)
  expect(text).toContain('words blacked out')
  const info = execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' })
  const streams = streamsOf(pdf)
  expect(streams.join()).toContain('beginbfchar')
  const everything = [text, ...read, info, pdf.toString('utf8'), Object.keys(entries).join(), ...streams]
  for (const word of removed.flatMap((words) => words.split('\n'))) {
    for (const each of everything) expect(flat(each)).not.toContain(flat(word))
    for (const bytes of [word, Buffer.from(word, 'utf16le').swap16()])
      for (const each of [pdf, ...streams.map((stream) => Buffer.from(stream, 'latin1'))])
        expect(each.includes(bytes)).toBe(false)
  }
  await button(page, 'Done').click()
  await expect(page.getByText(/^EXP-\w{4}-000001$/)).toBeVisible()

  await button(page, 'Record that it was answered').click()
  await field(page, 'How it was sent').fill('Handed over, the words by phone')
  await button(page, 'Record').click()
  await expect(page.getByText('Handed over, the words by phone')).toBeVisible()
  await expect(button(page, 'Go on with it after all')).toBeVisible()
  await check(page, 'a request that was answered')
})
