import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { emptyAdvice } from '../../../shared/advice/emptyAdvice.ts'
import { newId } from '../../../shared/ids.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aLetter } from '../../fixtures/letters.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily, openFamily } from '../screens/family.ts'
import { saveTo } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { answerWith, fault, hiddenStops, look, lookAtPaper, shootWindow, sizeWindow, zoom } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `Nobody in the team can take the family over, and the day is near.\n${UNBROKEN}`

const pictures = path.resolve(import.meta.dirname, '../../../test-results/looks')

let desk: OpenDesk
let family: Awaited<ReturnType<typeof addFamily>>
test.beforeAll(async () => {
  desk = await openDesk()
  await sizeWindow(desk.app)
  const child = aPerson({ name: NAME })
  const mother = aPerson({ role: 'parent-carer', name: 'Jo Vale', birth: '1/2/1985', relation: 'mother' })
  const { agreement } = aRegistration()
  family = await addFamily(desk.page, {
    people: [child, mother],
    agreement: { ...agreement, byPersonId: mother.id }
  })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const of = () => ({ familyId: family.id, episodeId: family.form.episodeId })

test('a letter: empty, with errors, filled in, somebody’s own words, long, made, on paper, withheld', async () => {
  const { app, page } = desk
  await openFamily(page, family.reference)
  await page.getByRole('link', { name: 'Write a letter', exact: true }).click()
  await expect(field(page, 'Which letter?')).toBeVisible()
  await look(desk, 'letter-empty')
  await button(page, 'Make letter').click()
  await look(desk, 'letter-errors')
  await field(page, 'Which letter?').selectOption('Your new keyworker')
  await field(page, 'Who is it to?').selectOption('Jo Vale')
  await expect(page.getByRole('heading', { name: 'Still to fill in' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'With their address' })).toBeVisible()
  await look(desk, 'letter-fields-left')
  expect.soft(await hiddenStops(desk, 26)).toEqual([])
  await field(page, 'Who is it to?').selectOption(NAME)
  await field(page, 'What it is about').fill(`About ${NAME}`)
  await field(page, 'Which letter?').selectOption('A meeting of your team')
  await expect(button(page, 'Fill in the letter again')).toBeVisible()
  await field(page, 'The letter').fill(`Dear all\n\n${TEXT}\n\n${'We meet again soon. '.repeat(60)}`)
  await page.getByRole('checkbox', { name: 'With their address' }).check()
  await look(desk, 'letter-own-words')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'letter-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Fill in the letter again').click()
  await look(desk, 'letter-replace')
  await page.keyboard.press('Escape')
  await button(page, 'Make letter').click()
  await expect(button(page, 'Save as PDF')).toBeVisible()
  await look(desk, 'letter-made')
  await lookAtPaper(desk, 'letter-paper')
  const mend = await answerWith(app, 'letter.savePdf', fault)
  await button(page, 'Save as PDF').click()
  await look(desk, 'letter-not-saved')
  await button(page, 'Close this message').click()
  await mend()
  const [, mother] = family.form.people
  for (let count = 0; count < 7; count++) {
    await ask(page, 'letter.make', aLetter({ id: family.id, episodeId: '' }, mother?.id ?? ''))
  }
})

test('advice: empty, with errors, waiting, answered', async () => {
  const { page } = desk
  await openFamily(page, family.reference)
  await look(desk, 'advice-none')
  await page.keyboard.press('F10')
  await expect(field(page, 'What do you ask?')).toBeVisible()
  await look(desk, 'advice-empty')
  await button(page, 'Record').click()
  await look(desk, 'advice-errors')
  expect.soft(await hiddenStops(desk, 20)).toEqual([])
  const question = emptyAdvice(newId(), { ...of(), askedWhom: NAME, answersId: '' })
  await ask(page, 'advice.record', { ...question, question: TEXT })
  const answer = emptyAdvice(newId(), { ...of(), askedWhom: NAME, answersId: question.id })
  await ask(page, 'advice.record', { ...answer, answer: TEXT })
  const waiting = emptyAdvice(newId(), { ...of(), askedWhom: 'Alex Lee', answersId: '' })
  await ask(page, 'advice.record', { ...waiting, question: 'Who could stand in at Christmas?' })
  await openFamily(page, family.reference)
  await look(desk, 'advice-asked')
  await page.getByRole('link', { name: 'Record the answer of Alex Lee' }).click()
  await expect(field(page, 'What did they say?')).toBeVisible()
  await look(desk, 'advice-answer')
  await goTo(page, 'Desk')
  await look(desk, 'advice-due')
})

/** The page of settings is long: the window as it stands, at both sizes. */
async function lookHere(name: string, part = '') {
  for (const [factor, suffix] of [
    [1, ''],
    [2, '-200']
  ] as const) {
    await zoom(desk, factor)
    if (part !== '') await heading(desk.page, part).evaluate((at) => at.scrollIntoView())
    await shootWindow(desk, `${name}${suffix}`)
  }
  await zoom(desk, 1)
}

test('settings: neighbours and letters, a letter that is changed', async () => {
  const { page } = desk
  await goTo(page, 'Settings')
  await page.getByRole('link', { name: 'Neighbouring authorities' }).click()
  await lookHere('neighbour-settings', 'Neighbouring authorities')
  await page.getByRole('link', { name: 'Letters', exact: true }).click()
  await page.getByText('In force since').first().click()
  await lookHere('letter-settings', 'Letters')
  await button(page, 'Change Your new keyworker').click()
  await lookHere('letter-setting')
  await page.getByText('How it will look, with invented people').click()
  await page.getByRole('article', { name: 'The letter on paper' }).scrollIntoViewIfNeeded()
  await lookHere('letter-setting-paper')
  await page.getByText('What a letter can fill in').click()
  await lookHere('letter-setting-fields')
  await field(page, 'Letter').fill('Dear {{name}}\n\n{{to')
  await button(page, 'Save change').click()
  await lookHere('letter-setting-errors')
  await field(page, 'Letter').fill(
    'Dear {{to}}\n\nfrom {{changeoverDate}} it is {{newKeyworker}}.\n\n{{sender}}'
  )
  await field(page, 'From').fill('2026-11-23')
  await button(page, 'Save change').click()
  const changed = page.getByRole('listitem').filter({ hasText: 'Your new keyworker' })
  await changed.getByText('Earlier, from').click()
  await lookHere('letter-setting-earlier', 'Your keyworker is away')
})

/** Made of what the record knows, and nothing is left to fill in. */
async function writeLetter(name: string, template: string) {
  const { page } = desk
  await openFamily(page, family.reference)
  await page.getByRole('link', { name: 'Write a letter', exact: true }).click()
  await field(page, 'Which letter?').selectOption(template)
  await field(page, 'Who is it to?').selectOption('Jo Vale')
  await page.getByRole('checkbox', { name: 'With their address' }).check()
  await expect(field(page, 'The letter')).toHaveValue(/^Dear Jo Vale/)
  await expect(field(page, 'The letter')).not.toHaveValue(/\{|\}/)
  await look(desk, `letter-of-${name}`)
  await button(page, 'Make letter').click()
  await expect(button(page, 'Save as PDF')).toBeVisible()
  await printedAs(`letter-of-${name}-paper`)
}

/** The PDF as it is handed over, page by page. */
async function printedAs(name: string) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'letter-look-')), 'letter.pdf')
  await saveTo(desk.app, file)
  await button(desk.page, 'Save as PDF').click()
  await expect(desk.page.getByText('Saved: ')).toBeVisible()
  expect.soft(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })).not.toMatch(/[{}]/)
  execFileSync('pdftoppm', ['-png', '-r', '60', file, path.join(pictures, name)])
}

test('the letter of a meeting that was arranged, and of an assessment that was closed', async () => {
  const { page } = desk
  await openFamily(page, family.reference)
  await page.getByRole('link', { name: /^FFA-/ }).first().click()
  await page.getByRole('link', { name: 'Team and meetings', exact: true }).click()
  await button(page, 'Arrange a meeting').click()
  await field(page, 'On which day?').fill('7/12/2026')
  await field(page, 'At what time? (optional)').fill('1430')
  await field(page, 'Where? (optional)').fill('Hertford Family Centre, 12 Invented Road, Hertford')
  await button(page, 'Arrange the meeting').click()
  await expect(page.getByRole('article', { name: 'First meeting on 7 December 2026' })).toBeVisible()
  await writeLetter('appointment', 'A meeting of your team')
  await openFamily(page, family.reference)
  await page.getByRole('link', { name: /^FFA-/ }).first().click()
  await page.getByRole('link', { name: 'Ending', exact: true }).click()
  await page.getByRole('link', { name: 'Close assessment', exact: true }).click()
  await field(page, 'Why is it closed?').fill('The family manages by itself')
  await page.getByRole('radio', { name: 'No', exact: true }).check()
  await field(page, 'Why could it not?').fill('Nothing is left to do')
  await field(page, 'What is the family told for the time after?').fill('Ring the school nurse first')
  await field(page, 'Who').fill('Jo Vale')
  await button(page, 'Close assessment').click()
  await expect(heading(page, 'Ending')).toBeFocused()
  await writeLetter('closure', 'Our work with your family ends')
})
