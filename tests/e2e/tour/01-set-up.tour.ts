import {
  fillSetUp,
  button,
  expectOpen,
  heading,
  lock,
  readRecoveryKey,
  typeGroupsBack,
  unlock
} from '../screens/desk.ts'
import { morgan } from '../screens/people.ts'
import { expect, shot, test } from './tour.ts'

test('set up this computer', async ({ desk: { page } }) => {
  await expect(heading(page, 'Set up this computer')).toBeVisible()
  await fillSetUp(page, morgan)
  await shot(page, 'set-up')
  await button(page, 'Continue').click()
  const recoveryKey = await readRecoveryKey(page)
  await typeGroupsBack(page, recoveryKey)
  await shot(page, 'recovery-key')
  await button(page, 'Open the desk').click()
  await expectOpen(page)
  await expect(page.getByText('No calls filed yet today.')).toBeVisible()
  await shot(page, 'new-desk')
})

test('lock and unlock', async ({ desk: { page } }) => {
  await lock(page)
  await button(page, 'Immediate danger').click()
  await shot(page, 'locked-with-the-danger-numbers')
  await button(page, 'Immediate danger').click()
  await unlock(page)
})
