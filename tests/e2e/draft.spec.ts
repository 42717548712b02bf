import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { callForm, chooseSchool, logCall } from './screens/call.ts'
import { button, expectOpen, openDesk, relaunch, unlock } from './screens/desk.ts'
import { addSchool } from './screens/hub.ts'
import { refuseDrafts } from './screens/record.ts'

/** L1: what is typed is saved within this time. */
const A_SECOND = 1_000

test('a draft saves within a second, and a killed desk brings it back', async () => {
  const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
  const before = await openDesk({ userDataDir })
  await addSchool(before.page)
  const form = await logCall(before.page)
  await expect(form.saved).toBeHidden()
  await form.callerName.pressSequentially('S')
  await expect(form.saved).toHaveText(/^Saved 10:0\d$/, { timeout: A_SECOND })
  await expect(form.saved.locator('xpath=ancestor-or-self::*[@aria-live]')).toHaveAttribute(
    'aria-live',
    'polite'
  )

  await chooseSchool(before.page, form, 'elms')
  await form.callerName.fill('Sam Whitlock')
  await form.concern.fill('Typed more than a second ago.')
  await form.child(0).birth.fill('not yet a da')
  // the second that the promise is about
  await before.page.waitForTimeout(A_SECOND)
  await form.concern.press('End')
  await form.concern.pressSequentially(' And this in the last second')
  await before.kill()

  const after = await relaunch(before)
  await unlock(after.page)
  const again = callForm(after.page)
  await expect(again.concern).toHaveValue(/^Typed more than a second ago\./)
  await expect(again.aSchool).toBeChecked()
  await expect(again.school).toHaveValue('Elmsworthy Junior School')
  await expect(again.callerName).toHaveValue('Sam Whitlock')
  await expect(again.child(0).birth).toHaveValue('not yet a da')
  await after.close()
  rmSync(userDataDir, { recursive: true })
})

test('what cannot be saved is said, can be copied, and is not lost by closing the window', async () => {
  const desk = await openDesk()
  const { page, app } = desk
  const form = await logCall(page)
  await form.callerName.fill('Sam Whitlock')
  await expect(form.saved).toBeVisible()
  const record = await refuseDrafts(app)
  await form.concern.fill('Only on the screen so far.')
  await expect(form.notSaved).toBeVisible()
  await expect(form.saved).toBeHidden()
  await button(page, 'Copy what I typed').click()
  await expect(page.getByText('Copied. Paste it somewhere safe.')).toBeVisible()
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(copied).toContain('Caller’s name: Sam Whitlock')
  expect(copied).toContain('What is the concern: Only on the screen so far.')

  const closeWindow = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((window) => window.close()))
  const question = page.getByRole('dialog', { name: 'What you typed is not saved' })
  await closeWindow()
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Go back' }).click()
  await expect(form.concern).toHaveValue('Only on the screen so far.')
  await record.mend()
  await expect(form.saved).toBeVisible()

  await record.refuse()
  await form.concern.fill('This may go.')
  await expect(form.notSaved).toBeVisible()
  await closeWindow()
  const closed = app.waitForEvent('close')
  await question.getByRole('button', { name: 'Close and lose it' }).press('Enter')
  await closed

  const after = await relaunch(desk)
  await unlock(after.page)
  await expectOpen(after.page)
  await expect(callForm(after.page).concern).toHaveValue('Only on the screen so far.')
  await after.close()
  rmSync(desk.userDataDir, { recursive: true })
})
