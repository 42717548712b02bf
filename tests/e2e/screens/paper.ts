import { execFileSync } from 'node:child_process'
import { expect, type Page } from '@playwright/test'
import type { OpenDesk } from './desk.ts'

/** The page as it would come out of a printer: a PDF of the same page, by the same print stylesheet. */
async function onPaper({ app }: OpenDesk): Promise<Buffer> {
  const pdf = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const printed = await window?.webContents.printToPDF({ pageSize: 'A4' })
    return printed?.toString('base64') ?? ''
  })
  return Buffer.from(pdf, 'base64')
}

const textOf = (pdf: Buffer, ...options: string[]): string =>
  execFileSync('pdftotext', [...options, '-', '-'], { input: pdf, encoding: 'utf8' })

const FIELDS = `[...document.querySelectorAll('#main :is(input, textarea, select)')]
  .filter((each) => !['checkbox', 'radio', 'hidden', 'password'].includes(each.type))
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))`

/**
 * Fields that are smaller than what is typed into them, as wide as a sheet is: a PDF has the words of what is cut off, and
 * nobody sees them.
 */
const CUT = `(() => {
  const main = document.getElementById('main')
  main.style.width = '180mm'
  const cut = ${FIELDS}
    .filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
    .map((each) => each.id || each.tagName)
  main.style.width = ''
  return cut
})()`

/** Whatever the page says in print, what is typed into its fields too, but for what stands in pictures. */
const WORDS = `(() => {
  const inFields = ${FIELDS}.map((each) => (each.tagName === 'SELECT' ? (each.selectedOptions[0]?.text ?? '') : each.value))
  const walker = document.createTreeWalker(document.getElementById('main'), NodeFilter.SHOW_TEXT)
  const words = inFields.flatMap((text) => text.split(/\\s+/).filter((word) => word !== ''))
  while (walker.nextNode()) {
    const within = walker.currentNode.parentElement
    const isPassedOver = within.closest('select, textarea, svg, canvas, .visually-hidden, [hidden]')
    if (!isPassedOver && within.checkVisibility({ visibilityProperty: true }))
      words.push(...walker.currentNode.data.split(/\\s+/).filter((word) => word !== ''))
  }
  return words
})()`

async function inPrint(page: Page, asked: string): Promise<string[]> {
  await page.emulateMedia({ media: 'print' })
  const told = await page.evaluate<string[]>(asked)
  await page.emulateMedia({ media: null })
  return told
}
const wordsInPrint = (page: Page) => inPrint(page, WORDS)

/** A page goes on reading after its heading is there: what is printed is one that said the same before and after. */
async function atRest(desk: OpenDesk): Promise<{ words: string[]; pdf: Buffer }> {
  let words: string[] = []
  let pdf: Buffer = Buffer.alloc(0)
  await expect(async () => {
    words = await wordsInPrint(desk.page)
    pdf = await onPaper(desk)
    expect(await wordsInPrint(desk.page)).toEqual(words)
  }).toPass()
  return { words, pdf }
}

/**
 * Holds the open page's paper against the page: every word of it is there and within the edges, and nothing of the ways
 * around the desk.
 *
 * @returns the text of each sheet
 */
export async function sheetsOf(desk: OpenDesk, name: string): Promise<string[]> {
  const { words, pdf } = await atRest(desk)
  expect(await inPrint(desk.page, CUT), `${name}: cut off by their fields`).toEqual([])
  const text = textOf(pdf, '-raw')
  const told = text.replaceAll(/\s/g, '')
  expect(
    words.filter((word) => !told.includes(word)),
    `${name}: missing on paper`
  ).toEqual([])
  for (const label of ['Immediate danger', 'Commands', 'Skip to']) expect(text, name).not.toContain(label)
  const box = textOf(pdf, '-bbox')
  const width = Number(/<page width="([\d.]+)"/.exec(box)?.[1])
  const beyond = [...box.matchAll(/xMin="([-\d.]+)".*?xMax="([-\d.]+)".*?>(.*?)<\/word>/g)].filter(
    ([, left, right]) => Number(left) < 0 || Number(right) > width
  )
  expect(
    beyond.map(([, , , word]) => word),
    `${name}: beyond the edge of the paper`
  ).toEqual([])
  return text.split('\f').filter((sheet) => sheet.trim() !== '')
}

/** The page of an address, as no link leads everywhere, once it has read what it shows. */
export async function openAt({ page }: OpenDesk, address: string): Promise<void> {
  await page.evaluate(
    `document.getElementById('app').__vue_app__.config.globalProperties.$router.push(${JSON.stringify(address)})`
  )
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText(/^(Reading|Looking|Opening) /)).toHaveCount(0)
}

/** Each sheet that has one of these rows has the heads of their columns too, of which there is more than one sheet. */
export function expectHeads(sheets: readonly string[], row: RegExp, heads: readonly string[]): void {
  const withRows = sheets.filter((sheet) => row.test(sheet))
  expect(withRows.length).toBeGreaterThan(1)
  for (const sheet of withRows) for (const head of heads) expect(sheet).toContain(head)
}
