import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { newId } from '../../shared/ids.ts'
import { aStepDown, aStepDownPerson } from '../fixtures/stepDowns.ts'
import * as axe from './screens/axe.ts'
import { button, field, heading, lock, openDesk, unlock, type OpenDesk } from './screens/desk.ts'
import { offeredName, saveTo } from './screens/files.ts'
import { ask } from './screens/hub.ts'
import { morgan } from './screens/people.ts'
import { openStepDown } from './screens/stepDown.ts'

let desk: OpenDesk
let folder: string
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'decisions-'))
  desk = await openDesk({ person: { ...morgan, role: 'Triage manager' } })
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})
test.describe.configure({ mode: 'serial' })

const thePage = () => desk.page
const link = (name: string) => thePage().getByRole('link', { name, exact: true })
const route = (name: string) => thePage().getByRole('radio', { name }).check()
const paper = () => thePage().getByRole('article', { name: 'The letter on paper' })
const decision = () => thePage().getByRole('region', { name: 'Decision', exact: true })

/** Further down than any page is long. */
const END = 99_999

/** From the top, or the end: what the bars of the window half cover after scrolling is no fault of the page. */
async function check(page: Page, state: string, top = 0) {
  await page.evaluate(`window.scrollTo(0, ${String(top)})`)
  await axe.check(page, state)
}

/** A step-down of one child in the record. */
async function received(name: string) {
  const form = aStepDown()
  const people = [aStepDownPerson({ name }), ...form.people.slice(1)]
  return ask(desk.page, 'stepDown.receive', { ...form, people })
}

async function sayWhy(level: string) {
  const { page } = desk
  await page.getByRole('radio', { name: level, exact: true }).check()
  await field(page, 'Why this level?').fill('Needs at home and at school')
  await field(page, 'Why this route?').fill('The mornings need somebody several times a week')
  await field(page, 'What does the decision go by?').fill('The last plan, and a call with Noor Haddad')
  await field(page, 'What else was considered, and why not?').fill('A course alone')
}

test('a decision: errors, a lock, recorded, its two letters, a PDF, a revision', async () => {
  const { app, page } = desk
  const { reference } = await received('Robin Ash')
  await openStepDown(page, /Robin Ash/)
  await expect(decision()).toContainText('Nothing is decided yet.')
  await decision().getByRole('link', { name: 'Record decision' }).click()
  await expect(heading(page, 'What the sender tells')).toBeVisible()
  await button(page, 'Record decision').click()
  await expect(page.getByText('Choose the level of need').first()).toBeVisible()
  await check(page, 'a decision with errors', END)
  await route('Intensive family support team')
  await sayWhy('Intensive')
  await expect(page.getByText(/^Saved \d/)).toBeVisible()
  await lock(page)
  await unlock(page, morgan)
  await expect(field(page, 'Why this level?')).toHaveValue('Needs at home and at school')
  await button(page, 'Record decision').click()
  await expect(page.getByText('Decision recorded.')).toBeVisible()
  await expect(decision()).toContainText('Intensive family support team')
  await expect(decision().getByText('Not written yet')).toHaveCount(2)
  await check(page, 'a step-down that is decided')

  await link('Write the letter to the social worker').click()
  await expect(paper()).toContainText('Dear Noor Haddad')
  await expect(paper()).toContainText(`the step-down ${reference}`)
  await button(page, 'Make letter').click()
  await expect(page.getByText('Letter to Noor Haddad made')).toBeVisible()
  const name = `letter-${reference}-2026-11-23.pdf`
  await saveTo(app, path.join(folder, name))
  await button(page, 'Save as PDF').click()
  await expect(page.getByText(`Saved: ${name}`)).toBeVisible()
  expect(await offeredName(app)).toBe(name)
  expect(readdirSync(folder)).toEqual([name])
  const text = execFileSync('pdftotext', ['-layout', path.join(folder, name), '-'], { encoding: 'utf8' })
  expect(text).toContain('Dear Noor Haddad')
  expect(text).toContain('County Hall')
  expect(text).toContain('Level of need: Intensive.')
  expect(text).toMatch(new RegExp(`${reference}\\s+Page 1 of 1`))

  await link('Back to the step-down').click()
  await link('Write the letter to the family').click()
  await button(page, 'Make letter').click()
  await expect(page.getByText('Fill in or take out {{to}}').first()).toBeVisible()
  await check(page, 'a letter to a family with errors')
  await field(page, 'Who is it to?').selectOption('Dana Marsh')
  await expect(paper()).toContainText('Dear Dana Marsh')
  await expect(paper()).toContainText('You can say no to this help')
  await page.getByRole('checkbox', { name: 'With their address' }).check()
  await expect(paper()).toContainText('9 Weir Close')
  await button(page, 'Make letter').click()
  await expect(page.getByText('Letter to Dana Marsh made')).toBeVisible()
  await check(page, 'a letter of triage that was made')

  await link('Back to the step-down').click()
  await expect(decision().getByText('Not written yet')).toHaveCount(0)
  await link('Revise the decision').click()
  await expect(field(page, 'Why this level?')).toHaveValue('Needs at home and at school')
  await route('Universal services')
  await field(page, 'Which services, and how does the family reach them?').fill(
    'The family centre, 01992 555 111'
  )
  await button(page, 'Record the revised decision').click()
  await expect(decision().getByText('Not written yet')).toHaveCount(2)
  await decision()
    .getByText(/Before: Intensive/)
    .click()
  await expect(decision()).toContainText('Dana Marsh, 23 November 2026')
  await check(page, 'a decision that was revised')
})

test('each other route says what it needs, and a route to a keyworker needs agreement', async () => {
  const { page } = desk
  const agency = { id: newId(), name: 'Lantern Trust', kind: 'Charity', phone: '01632 960222', address: '' }
  await ask(page, 'agency.save', { ...agency, rowVersion: 0 })
  await received('Ellis Brook')
  await openStepDown(page, /Ellis Brook/)
  await decision().getByRole('link', { name: 'Record decision' }).click()
  await route('Partner agency')
  await sayWhy('Targeted')
  await button(page, 'Record decision').click()
  await expect(page.getByText('Choose the agency from the list').first()).toBeVisible()
  await field(page, 'Which agency?').fill('Lantern')
  await page.getByRole('option', { name: /Lantern Trust/ }).click()
  await route('Back to the former keyworker')
  await expect(field(page, 'Who was the keyworker?')).toBeVisible()
  await route('Not accepted')
  await expect(field(page, 'What happens to the family?')).toBeVisible()
  await check(page, 'a decision that is not accepted')
  await route('Partner agency')
  await button(page, 'Record decision').click()
  await expect(decision()).toContainText('Lantern Trust')

  const form = aStepDown({ agreement: 'refused', agreedScope: '' })
  const { stepDownId } = await ask(page, 'stepDown.receive', {
    ...form,
    people: [aStepDownPerson({ name: 'Kit Reed' }), ...form.people.slice(1)]
  })
  const { lastId } = await ask(page, 'stepDown.read', { id: stepDownId })
  await ask(page, 'stepDown.act', { id: newId(), stepDownId, basedOn: lastId, act: 'keep', words: 'Urgent' })
  await openStepDown(page, /Kit Reed/)
  await decision().getByRole('link', { name: 'Record decision' }).click()
  await route('Intensive family support team')
  await expect(page.getByText('needs the family’s agreement first, and none stands')).toBeVisible()
  await sayWhy('Intensive')
  await button(page, 'Record decision').click()
  await expect(page.getByText('and a keyworker needs it. Ask the sender for it').first()).toBeVisible()
  await button(page, 'Show whom to ring').click()
  await expect(page.getByRole('region', { name: 'Immediate danger' })).toBeVisible()
})
