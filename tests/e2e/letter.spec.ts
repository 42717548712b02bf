import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { newId } from '../../shared/ids.ts'
import { check } from './screens/axe.ts'
import { button, field, goTo, heading, lock, openDesk, unlock, type OpenDesk } from './screens/desk.ts'
import { addFamily, openFamily } from './screens/family.ts'
import { offeredName, saveTo } from './screens/files.ts'
import { ask } from './screens/hub.ts'
import { morgan } from './screens/people.ts'

let desk: OpenDesk
let folder: string
let family: Awaited<ReturnType<typeof addFamily>>
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'letters-'))
  desk = await openDesk()
  family = await addFamily(desk.page)
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})
test.describe.configure({ mode: 'serial' })

const paper = () => desk.page.getByRole('article', { name: 'The letter on paper' })

test('a letter: its template is changed, it is filled in, edited, made, saved as a PDF and read again', async () => {
  const { app, page } = desk
  await goTo(page, 'Settings')
  await button(page, 'Change A meeting of your team').click()
  const dialog = page.getByRole('dialog')
  await field(page, 'Letter').fill(
    'Dear {{to}}\n\nwe meet for {{children}}. Call {{keyworker}} of {{agency}} on {{newKeyworkerPhone}}.\n\n{{sender}}'
  )
  await field(page, 'From').fill('2026-11-23')
  await dialog.getByText('How it will look, with invented people').click()
  await expect(dialog.getByText('we meet for Robin and Sam. Call Priya Shah of {{agency}}')).toBeVisible()
  await button(page, 'Save change').click()
  await expect(dialog.getByText('A letter cannot fill in {{agency}}').first()).toBeVisible()
  await dialog.getByText('What a letter can fill in').click()
  await check(page, 'a letter of the settings with errors')
  await field(page, 'Letter').fill(
    'Dear {{to}}\n\nwe meet for {{children}}. Call {{keyworker}} on {{newKeyworkerPhone}}.\n\n{{sender}}'
  )
  await button(page, 'Save change').click()
  await expect(dialog).toBeHidden()
  const meeting = page.getByRole('listitem').filter({ hasText: 'A meeting of your team' })
  await meeting.getByText('Earlier, from').click()
  await expect(meeting).toContainText('We would like to meet you and everybody who helps your family')

  await openFamily(page, family.reference)
  await page.getByRole('link', { name: 'Write a letter', exact: true }).click()
  await field(page, 'Which letter?').selectOption('A meeting of your team')
  await field(page, 'Who is it to?').selectOption('Jo Vale')
  await expect(paper()).toContainText('Dear Jo Vale')
  await expect(paper()).toContainText('we meet for Robin. Call Priya Shah on {{newKeyworkerPhone}}.')
  await check(page, 'a letter with a field left')
  await button(page, 'Make letter').click()
  await expect(page.getByText('Fill in or take out {{newKeyworkerPhone}}').first()).toBeVisible()
  await field(page, 'The letter').fill('Dear Jo\n\nwe meet on <b>Friday</b> & you bring Robin.')
  await page.getByRole('checkbox', { name: 'With their address' }).check()
  await expect(paper()).toContainText('4 Mill Lane')

  // what is typed outlives a lock
  await expect(page.getByText(/^Saved \d/)).toBeVisible()
  await lock(page)
  await unlock(page, morgan)
  await expect(field(page, 'The letter')).toHaveValue(/you bring Robin/)
  await button(page, 'Make letter').click()
  await expect(page.getByText('Letter to Jo Vale made')).toBeVisible()
  await expect(paper()).toContainText('we meet on <b>Friday</b> & you bring Robin.')
  await check(page, 'a letter that was made')

  const name = `letter-${family.reference}-2026-11-23.pdf`
  await saveTo(app, path.join(folder, name))
  await button(page, 'Save as PDF').click()
  await expect(page.getByText(`Saved: ${name}`)).toBeVisible()
  expect(await offeredName(app)).toBe(name)
  expect(readdirSync(folder)).toEqual([name])
  const text = execFileSync('pdftotext', ['-layout', path.join(folder, name), '-'], { encoding: 'utf8' })
  const lines = text
    .split('\n')
    .map((line) => line.trim().replaceAll(/ {2,}/g, ' | '))
    .filter((line) => line !== '' && line !== '\f')
  expect(lines).toEqual([
    ...['Families First, Broxbourne and East Herts', 'Jo Vale', '4 Mill Lane', 'Hertford SG14 1AB'],
    ...['23 November 2026', 'The next meeting of the team around your family', 'Dear Jo'],
    ...['we meet on <b>Friday</b> & you bring Robin.', `${family.reference} | Page 1 of 1`]
  ])
  const info = execFileSync('pdfinfo', [path.join(folder, name)], { encoding: 'utf8' })
  expect(info).toMatch(new RegExp(`Title: +Letter ${family.reference}\\n`))
  expect(info).toMatch(/Tagged: +yes/)

  await openFamily(page, family.reference)
  await page.getByRole('link', { name: 'Letter to Jo Vale: A meeting of your team' }).click()
  await expect(paper()).toContainText('you bring Robin.')
})

test('stuck: the Senior Coordinator is asked by one key, the question waits, and the answer comes', async () => {
  const { page } = desk
  const { hubId } = await ask(page, 'family.read', { id: family.id })
  await openFamily(page, family.reference)
  await page.keyboard.press('F10')
  await expect(heading(page, 'Ask for advice')).toBeVisible()
  await expect(
    page.getByText('is not named yet: ask an administrator to name one in Settings.')
  ).toBeVisible()

  await ask(page, 'setting.change', {
    ...{ id: newId(), kind: 'local-hub', key: hubId, validFrom: '2026-11-23', validTo: '' },
    value: { name: 'Broxbourne and East Herts', seniorCoordinator: 'Alex Lee', coordinator: '' }
  })
  // the page knows the settings of when it was unlocked
  await lock(page)
  await unlock(page, morgan)
  await openFamily(page, family.reference)
  const advice = page.getByRole('region', { name: 'Advice' })
  await expect(advice).toContainText('Ask Alex Lee, Senior Coordinator of Broxbourne and East Herts.')
  await page.keyboard.press('F10')
  await expect(field(page, 'Whom do you ask?')).toHaveValue('Alex Lee')
  await button(page, 'Record').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await check(page, 'a question with errors')
  await field(page, 'What do you ask?').fill('Nobody in the team can take the family over. Who could?')
  await button(page, 'Record').click()
  await expect(page.getByText('Recorded: Alex Lee was asked for advice')).toBeVisible()
  await expect(advice).toContainText('No answer yet')
  await check(page, 'advice on a family')

  await goTo(page, 'Desk')
  await expect(page.getByText('Advice that was asked for has not come')).toBeVisible()
  await openFamily(page, family.reference)
  await advice.getByRole('link', { name: 'Record the answer of Alex Lee' }).click()
  await expect(page.getByText('Nobody in the team can take the family over.')).toBeVisible()
  await field(page, 'What did they say?').fill('The health visitor’s manager can.')
  await check(page, 'an answer')
  await button(page, 'Record the answer').click()
  await expect(advice).toContainText('The health visitor’s manager can.')
  await expect(advice).not.toContainText('No answer yet')
  await goTo(page, 'Desk')
  await expect(heading(page, 'Desk')).toBeVisible()
  await expect(page.getByText('Advice that was asked for has not come')).toHaveCount(0)
})
