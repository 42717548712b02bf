import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { establishmentsCsv } from '../fixtures/establishments.ts'
import { launchDesk, type Desk } from './launch.ts'
import { addPerson, firstUnlock } from './screens/account.ts'
import { check } from './screens/axe.ts'
import { callForm, file, fillCall, logCall } from './screens/call.ts'
import {
  button,
  expectOpen,
  field,
  fillSetUp,
  goTo,
  heading,
  lock,
  MONDAY_MORNING,
  readRecoveryKey,
  tryToUnlock,
  typeGroupsBack,
  unlock
} from './screens/desk.ts'
import { addSchool } from './screens/hub.ts'
import { chooseFile } from './screens/files.ts'
import { ash, morgan } from './screens/people.ts'

let desk: Desk
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'desk-files-'))
  desk = await launchDesk({ clock: MONDAY_MORNING })
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})
test.describe.configure({ mode: 'serial' })

test('before the desk is open', async () => {
  const { page } = desk
  await expect(heading(page, 'Set up this computer')).toBeVisible()
  await check(page, 'set-up')
  await button(page, 'Immediate danger').click()
  await check(page, 'immediate danger')
  await button(page, 'Immediate danger').click()
  await button(page, 'Continue').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await check(page, 'set-up with errors')
  await fillSetUp(page, morgan)
  await button(page, 'Continue').click()
  const key = await readRecoveryKey(page)
  await check(page, 'recovery key')
  await button(page, 'Open the desk').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await check(page, 'recovery key with errors')
  await typeGroupsBack(page, key)
  await button(page, 'Open the desk').click()
  await expectOpen(page)
  const oneTime = await addPerson(page, ash)
  await lock(page)
  await check(page, 'locked')
  await button(page, 'Use the recovery key').click()
  await expect(heading(page, 'Use the recovery key')).toBeVisible()
  await check(page, 'recovery')
  await button(page, 'Reset my passphrase').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await check(page, 'recovery with errors')
  await button(page, 'Back to unlocking').click()
  await tryToUnlock(page, morgan.name, 'not this one at all')
  await expect(page.getByText('That name and passphrase do not match.')).toBeVisible()
  await check(page, 'wrong passphrase')
  await expect(page.getByText('You can try again')).toBeHidden()
  await tryToUnlock(page, ash.name, oneTime)
  await expect(heading(page, 'Choose a new passphrase')).toBeVisible()
  await check(page, 'new passphrase')
  await lockOut(page)
  await firstUnlock(page, ash, oneTime)
  await lock(page)
})

/** Back to the unlock screen from one that has no lock button. */
async function lockOut(page: Page): Promise<void> {
  await desk.app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'))
  await expect(heading(page, 'Unlock this desk')).toBeVisible()
}

test('the desk and the call', async () => {
  const { page } = desk
  await unlock(page)
  await expect(page.getByText('No calls filed yet today.')).toBeVisible()
  await check(page, 'empty desk')
  await goTo(page, 'Calls')
  await expect(page.getByText('No calls have been filed yet.')).toBeVisible()
  await check(page, 'no calls')
  await addSchool(page)

  const form = await logCall(page)
  await check(page, 'empty call')
  await form.aSchool.check()
  await form.school.fill('elms')
  await expect(page.getByRole('option', { name: /Elmsworthy/ })).toBeVisible()
  await check(page, 'school found')
  await form.school.fill('Wychford')
  await expect(button(page, 'Add “Wychford” now')).toBeVisible()
  await check(page, 'school not found')
  await button(page, 'Add “Wychford” now').click()
  await expect(button(page, 'Add this school')).toBeVisible()
  await check(page, 'adding a school')
  await button(page, 'Do not add').click()
  await form.child(0).birth.fill('31/2/19')
  await form.level.selectOption({ index: 1 })
  await form.addAction.click()
  await form.action(0).who.fill('Morgan Ellis')
  await form.onPaper.check()
  await form.bookedSlot.check()
  await form.concern.fill('x'.repeat(19_000))
  await form.fileCall.click()
  await expect(form.errors).toBeVisible()
  await check(page, 'call with errors')
  await button(page, 'Immediate danger').click()
  await check(page, 'immediate danger in a call')
  await button(page, 'Immediate danger').click()
  await form.leaveForLater.click()
  await expect(page.getByRole('region', { name: /^My unfinished/ }).getByRole('listitem')).toHaveCount(1)
  await check(page, 'desk with an unfinished call')
  await page.getByRole('button', { name: /^Set aside/ }).click()
  await check(page, 'setting a call aside')

  const away = await logCall(page)
  await away.someoneElse.check()
  await away.kind.selectOption({ index: 2 })
  await expect(page.getByText('The hub is not for this caller. Read out:')).toBeVisible()
  await check(page, 'turned away')
  await file(page, away)
  const filled = await logCall(page)
  await fillCall(page, filled)
  await filled.child(0).name.fill('Imogen Farrow')
  await filled.child(0).birth.fill('age 7')
  await filled.addChild.click()
  await button(page, 'Remove child 2').click()
  const second = await logCall(page)
  await second.aKeyworker.check()
  await check(page, 'keyworker')
  await page.getByRole('tab', { name: /Elmsworthy/ }).click()
  await check(page, 'filled call among two')
  await filled.fileCall.click()
  await expect(filled.tabs).toHaveCount(1)
  await check(page, 'call filed, another open')
  await callForm(page).leaveForLater.click()
  await expect(heading(page, 'Desk')).toBeVisible()
  await check(page, 'desk with a filed call')
  await goTo(page, 'Calls')
  await expect(page.getByRole('row')).toHaveCount(3)
  await check(page, 'calls')
  await page.getByRole('row').filter({ hasText: 'Elmsworthy' }).getByRole('link').click()
  await expect(heading(page, 'What is the concern?')).toBeVisible()
  await button(page, 'Add addendum').click()
  await check(page, 'filed call, addendum with errors')
})

test('the directory, settings, people and what is everywhere', async () => {
  const { page, app } = desk
  await unlockAgain(page)
  await goTo(page, 'Directory')
  await expect(page.getByRole('row').filter({ hasText: 'Elmsworthy' })).toBeVisible()
  await check(page, 'directory')
  await button(page, 'Add a school').click()
  await button(page, 'Add this school').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await check(page, 'adding to the directory, with errors')
  await button(page, 'Cancel').click()
  const csv = path.join(folder, 'schools.csv')
  writeFileSync(
    csv,
    establishmentsCsv([
      { urn: '900001', name: 'Brackenmoor Infant School' },
      { urn: '900002', name: 'Dunmere College', authority: 'Kent' },
      { urn: 'none', name: 'Nowhere School' }
    ])
  )
  await chooseFile(app, csv)
  await button(page, 'Import schools').click()
  await expect(button(page, 'Store these schools')).toBeVisible()
  await check(page, 'import preview')
  await button(page, 'Store these schools').click()
  await expect(page.getByText(/^Stored: 1 school added/)).toBeVisible()
  await check(page, 'import done')
  await page.getByRole('row').filter({ hasText: 'Brackenmoor' }).getByRole('link').click()
  await expect(heading(page, 'Brackenmoor Infant School')).toBeVisible()
  await check(page, 'school')
  await button(page, 'Edit').click()
  await check(page, 'school in edit')
  await goTo(page, 'Directory')
  await page.getByRole('tab', { name: 'Agencies' }).click()
  await check(page, 'agencies')
  await button(page, 'Add an agency').click()
  await check(page, 'adding an agency')

  await goTo(page, 'Settings')
  await expect(heading(page, 'Opening hours')).toBeVisible()
  await check(page, 'settings')
  await page.getByRole('button', { name: 'Change opening hours', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await check(page, 'changing a setting')
  await page.keyboard.press('Escape')

  await goTo(page, 'People')
  await expect(page.getByRole('row').filter({ hasText: ash.name })).toBeVisible()
  await check(page, 'people')
  await button(page, 'Add a person').click()
  await button(page, 'Add and make a passphrase').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await check(page, 'adding a person, with errors')
  await page.keyboard.press('Escape')
  await button(page, `Stop access of ${ash.name}`).click()
  await check(page, 'stopping access')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Your account' }).click()
  await expect(heading(page, 'Your account')).toBeVisible()
  await check(page, 'account')

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
  await check(page, 'palette')
  await page.keyboard.press('Escape')
  await heading(page, 'Your account').focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible()
  await check(page, 'shortcuts')
  await page.keyboard.press('Escape')
})

test('an auditor’s desk', async () => {
  const { page } = desk
  await lock(page)
  await unlock(page, ash)
  await check(page, 'auditor’s desk')
  await goTo(page, 'Audit')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await button(page, 'Check the chain').click()
  await expect(page.getByText('The chain is whole')).toBeVisible()
  await check(page, 'audit')
  await field(page, 'Subject').fill('not an id')
  await button(page, 'Show').click()
  await check(page, 'audit with errors')
})

/** Through the lock, so that a test starts at the desk whatever page the one before ended on. */
async function unlockAgain(page: Page): Promise<void> {
  await lock(page)
  await unlock(page)
}
