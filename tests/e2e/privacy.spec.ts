import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { button, field, goTo, lock, openDesk, relaunch, unlock } from './screens/desk.ts'
import { callForm, file, filed, logCall, openFiled } from './screens/call.ts'
import { addSchool } from './screens/hub.ts'
import { morgan } from './screens/people.ts'

/** Begins every word that is typed here. It must not be found in any file. */
const MARK = 'Zqxmarker'
/** The passphrase has one of its own, because it may not hold the person's name. */
const SECRET = 'Wvjsecret'

/** Types the mark, with a number of its own, into everything on the page that takes words. */
async function markEveryField(page: Page): Promise<number> {
  const fields = page
    .getByRole('main')
    .locator('input[type=text], input[type=tel], input[type=search], input:not([type]), textarea')
  const count = await fields.count()
  for (let index = 0; index < count; index += 1) {
    const one = fields.nth(index)
    if ((await one.getAttribute('placeholder')) !== 'day/month/year')
      await one.fill(`${MARK}${String(index)}`)
  }
  return count
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}

/** The files that hold a mark in any case, as UTF-8 or as UTF-16. */
function marked(folder: string): string[] {
  const marks = [MARK, SECRET].map((mark) => mark.toLowerCase())
  return filesIn(folder).filter((name) => {
    // as one byte a character, the zeros of UTF-16 are characters too, and fall out
    const text = readFileSync(name).toString('latin1').toLowerCase()
    return marks.some((mark) => text.includes(mark) || text.includes([...mark].join('\0')))
  })
}

test('nothing that is typed is readable in any file of the desk, nor are its files by others', async () => {
  const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
  const person = { ...morgan, name: `${MARK} Ellis`, passphrase: `${SECRET} lantern moss river` }
  const desk = await openDesk({ userDataDir, person })
  const { page } = desk
  await addSchool(page, { name: `${MARK} Lodge`, leadName: `${MARK} Lead` })

  const form = await logCall(page)
  await form.aSchool.check()
  await form.school.fill(MARK)
  await page.getByRole('option', { name: `${MARK} Lodge` }).click()
  await form.level.selectOption({ index: 1 })
  await form.addAction.click()
  await form.onPaper.check()
  expect(await markEveryField(page)).toBeGreaterThan(14)
  await form.school.fill(MARK)
  await page.getByRole('option', { name: `${MARK} Lodge` }).click()
  await form.child(0).birth.fill('age 7')
  await field(page, 'Date of the call').fill('23/11/2026')
  await field(page, 'Time of the call').fill('09:30')
  await form.outcome.selectOption({ label: 'Advice only' })
  const reference = await file(page, form)
  await openFiled(page, reference)
  await field(page, 'What it corrects or adds to').selectOption({ index: 1 })
  await field(page, 'Addendum').fill(`${MARK} addendum`)
  await button(page, 'Add addendum').click()
  await expect(page.getByText('Addendum added')).toBeVisible()
  await goTo(page, 'Calls')
  await field(page, 'Search calls').fill(MARK)
  await expect(page.getByRole('link', { name: reference })).toBeVisible()
  await goTo(page, 'Directory')
  await field(page, 'Search schools').fill(MARK)
  await expect(page.getByRole('link', { name: `${MARK} Lodge` })).toBeVisible()

  const draft = await logCall(page)
  await draft.callerName.fill(MARK)
  await draft.concern.fill(`${MARK} is half typed`)
  await expect(draft.saved).toBeVisible()
  expect(marked(userDataDir), 'while the desk is open').toEqual([])
  await lock(page)
  expect(marked(userDataDir), 'once it is locked').toEqual([])
  await unlock(page, person)
  await expect(callForm(page).concern).toHaveValue(`${MARK} is half typed`)
  await desk.kill()
  expect(marked(userDataDir), 'after a power cut').toEqual([])

  const again = await relaunch(desk)
  await unlock(again.page, person)
  await expect(callForm(again.page).concern).toHaveValue(`${MARK} is half typed`)
  await again.page.keyboard.press('Control+Enter')
  await expect(callForm(again.page).errors).toBeVisible()
  await again.close()
  expect(marked(userDataDir), 'once it is closed').toEqual([])

  const log = readFileSync(path.join(userDataDir, 'logs', 'desk.log'), 'utf8')
  expect(log).toContain('desk-unlocked')
  for (const name of ['Ellis', 'Lodge', 'Elmsworthy', '01632']) expect(log).not.toContain(name)
  expect(filesIn(path.join(userDataDir, 'store')).length).toBeGreaterThan(1)
  if (process.platform === 'linux') {
    expect(statSync(userDataDir).mode & 0o777).toBe(0o700)
    for (const folder of ['store', 'logs'])
      expect(statSync(path.join(userDataDir, folder)).mode & 0o777, folder).toBe(0o700)
    for (const name of ['store', 'logs'].flatMap((folder) => filesIn(path.join(userDataDir, folder))))
      expect(statSync(name).mode & 0o777, name).toBe(0o600)
  }
  rmSync(userDataDir, { recursive: true })
})

test('nothing of the last call is in the next one, nor on the locked screen', async () => {
  const desk = await openDesk()
  const { page } = desk
  const first = await logCall(page)
  await first.someoneElse.check()
  await first.kind.selectOption({ index: 1 })
  await markEveryField(page)
  await first.fileCall.click()
  await filed(page)
  await logCall(page)
  expect(await page.content()).not.toContain(MARK)
  await lock(page)
  expect(await page.content()).not.toContain(MARK)
  await desk.close()
})
