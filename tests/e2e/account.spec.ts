import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { launchDesk } from './launch.ts'
import { addPerson, firstUnlock } from './screens/account.ts'
import { callForm, leaveAll, logCall } from './screens/call.ts'
import {
  button,
  expectLocked,
  expectOpen,
  field,
  fillSetUp,
  goTo,
  heading,
  lock,
  openDesk,
  readRecoveryKey,
  relaunch,
  tryToUnlock,
  typeGroupsBack,
  unlock,
  type OpenDesk
} from './screens/desk.ts'
import { morgan, robin } from './screens/people.ts'

async function expectDangerNumbers(page: Page): Promise<void> {
  const panel = page.getByRole('region', { name: 'Immediate danger' })
  await expect(panel).toBeHidden()
  await button(page, 'Immediate danger').click()
  for (const number of ['999', '0300 123 4043', '101'])
    await expect(panel.getByText(number, { exact: true })).toBeVisible()
  await button(page, 'Immediate danger').click()
  await expect(panel).toBeHidden()
}

test('set-up counts only once the recovery key is typed back: killed before, it starts again', async () => {
  const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
  const killed = await launchDesk({ userDataDir })
  await expect(heading(killed.page, 'Set up this computer')).toBeVisible()
  await expectDangerNumbers(killed.page)
  await fillSetUp(killed.page, { ...morgan, passphrase: 'too short' })
  await button(killed.page, 'Continue').click()
  await expect(killed.page.getByRole('alert', { name: 'There is a problem' })).toBeFocused()
  await fillSetUp(killed.page, morgan)
  await button(killed.page, 'Continue').click()
  const lostKey = await readRecoveryKey(killed.page)
  expect(lostKey).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){7}$/)
  await killed.kill()

  const desk = await launchDesk({ userDataDir })
  const { page } = desk
  await expect(heading(page, 'Set up this computer')).toBeVisible()
  await fillSetUp(page, morgan)
  await button(page, 'Continue').click()
  const key = await readRecoveryKey(page)
  expect(key).not.toBe(lostKey)
  await typeGroupsBack(page, lostKey)
  await button(page, 'Open the desk').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText('does not match')
  await typeGroupsBack(page, key)
  await button(page, 'Open the desk').click()
  await expectOpen(page)
  await desk.close()
  rmSync(userDataDir, { recursive: true })
})

test('a wrong passphrase is made to wait, also after a restart', async () => {
  const desk = await openDesk()
  const { page } = desk
  await lock(page)
  for (const passphrase of ['not this one at all', 'nor is it this one']) {
    await tryToUnlock(page, morgan.name, passphrase)
    await expect(page.getByText('That name and passphrase do not match.')).toBeVisible()
    await expect(page.getByText(/^You can try again in \d seconds?\.$/)).toBeVisible()
    await expect(page.getByText('You can try again')).toBeHidden()
  }
  await tryToUnlock(page, morgan.name, 'a third that is wrong')
  await expect(page.getByText(/^You can try again in [1-4] seconds?\.$/)).toBeVisible()
  await desk.kill()

  const again = await relaunch(desk)
  await tryToUnlock(again.page, morgan.name, morgan.passphrase)
  await expect(again.page.getByText(/Wait \d seconds?\.|You can try again in/).first()).toBeVisible()
  await expect(again.page.getByText('You can try again')).toBeHidden()
  await unlock(again.page)
  await again.close()
  rmSync(desk.userDataDir, { recursive: true })
})

test.describe('a desk with two people', () => {
  let desk: OpenDesk
  let oneTime: string

  test.beforeAll(async () => {
    desk = await openDesk()
    oneTime = await addPerson(desk.page, robin)
    await lock(desk.page)
    await firstUnlock(desk.page, robin, oneTime)
    await lock(desk.page)
  })
  test.beforeEach(() => unlock(desk.page))
  test.afterEach(async () => {
    await leaveAll(desk.page)
    await lock(desk.page)
  })
  test.afterAll(() => desk.close())

  const ways: [string, () => Promise<unknown>][] = [
    ['by its button', () => button(desk.page, 'Lock').click()],
    ['by Ctrl+L', () => desk.page.keyboard.press('Control+l')],
    [
      'with the computer’s screen',
      () => desk.app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'))
    ],
    [
      'before the computer sleeps',
      () => desk.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
    ]
  ]
  for (const [how, lockIt] of ways) {
    test(`the desk locks ${how}, and opens by the name in any case`, async () => {
      const { page } = desk
      await expectOpen(page)
      await page.evaluate('window.marked = true')
      await lockIt()
      await expectLocked(page)
      expect(await page.evaluate('window.marked'), 'the page’s document is another').toBeUndefined()
      await expect(page.getByText(morgan.name)).toBeHidden()
      await expectDangerNumbers(page)
      await unlock(page, { ...morgan, name: ' mORGAN  ellis' })
    })
  }

  test('a half-typed call comes back to whoever typed it, and to nobody else', async () => {
    const { page } = desk
    const form = await logCall(page)
    await form.callerName.fill('Sam Whitlock')
    await form.concern.pressSequentially('Half a sen')
    await page.keyboard.press('Control+l')
    await expectLocked(page)

    await unlock(page, robin)
    await expect(heading(page, 'Desk')).toBeVisible()
    await expect(page.getByText('Nothing unfinished.')).toBeVisible()
    expect(await page.content()).not.toContain('Sam Whitlock')
    await lock(page)

    await unlock(page, morgan)
    await expect(callForm(page).concern).toHaveValue('Half a sen')
    await expect(callForm(page).callerName).toHaveValue('Sam Whitlock')
  })

  test('a one-time passphrase opens the desk once', async () => {
    const { page } = desk
    await lock(page)
    await tryToUnlock(page, robin.name, oneTime)
    await expect(page.getByText('That name and passphrase do not match.')).toBeVisible()
    await expect(page.getByText('You can try again')).toBeHidden()
    await unlock(page, robin)
    await expect(page.getByRole('link', { name: 'People', exact: true })).toBeHidden()
  })

  test('the last administrator keeps their access; another person’s ends at once', async () => {
    const { page } = desk
    await goTo(page, 'People')
    await button(page, `Stop access of ${morgan.name}`).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop access' }).click()
    await expect(page.getByText('This is the last administrator.')).toBeVisible()

    await button(page, `Stop access of ${robin.name}`).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop access' }).click()
    await expect(page.getByText(`${robin.name} can no longer open this desk.`)).toBeVisible()
    await lock(page)
    await tryToUnlock(page, robin.name, robin.passphrase)
    await expect(page.getByText('That name and passphrase do not match.')).toBeVisible()
    await expect(page.getByText('You can try again')).toBeHidden()
    await unlock(page)
  })

  test('the recovery key gives an administrator a new passphrase, and a new key takes its place', async () => {
    const { page } = desk
    const passphrase = 'a different harbour at dawn'
    const recover = async (key: string) => {
      await button(page, 'Use the recovery key').click()
      await field(page, 'Your name').fill(morgan.name)
      await field(page, 'Recovery key').fill(key)
      await field(page, 'New passphrase').fill(passphrase)
      await field(page, 'New passphrase again').fill(passphrase)
      await button(page, 'Reset my passphrase').click()
    }
    await lock(page)
    await recover(desk.recoveryKey.toLowerCase())
    const next = await readRecoveryKey(page)
    expect(next).not.toBe(desk.recoveryKey)
    await typeGroupsBack(page, next)
    await button(page, 'Open the desk').click()
    await expectOpen(page)
    await lock(page)

    await tryToUnlock(page, morgan.name, morgan.passphrase)
    await expect(page.getByText('That name and passphrase do not match.')).toBeVisible()
    await expect(page.getByText('You can try again')).toBeHidden()
    await recover(desk.recoveryKey)
    await expect(page.getByText('That name and recovery key do not match.')).toBeVisible()
    await button(page, 'Back to unlocking').click()
    await unlock(page, { ...morgan, passphrase })
  })
})
