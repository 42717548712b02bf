import { expect, type Page } from '@playwright/test'
import { launchDesk, type Desk, type LaunchOptions } from '../launch.ts'
import { morgan, type Person } from './people.ts'

/** A Monday morning within opening hours. */
export const MONDAY_MORNING = '2026-11-23T10:00:00Z'

export type OpenDesk = Desk & { recoveryKey: string }

/** A new desk, set up by Morgan and open. */
export async function openDesk({
  person = morgan,
  ...options
}: LaunchOptions & { person?: Person } = {}): Promise<OpenDesk> {
  const begin = () => launchDesk({ clock: MONDAY_MORNING, ...options })
  const desk = await begin()
  try {
    return { ...desk, recoveryKey: await setUp(desk.page, person) }
  } catch (error) {
    // one trial runtime in some hundred never hears of the key that its thread has made: then another is begun
    if (!(await desk.page.getByText('Making the key of this desk').isVisible())) throw error
    process.stdout.write('The key of a new desk was not made within 10 seconds, and another desk is begun\n')
    await desk.kill()
    const another = await begin()
    return { ...another, recoveryKey: await setUp(another.page, person) }
  }
}

/** The same desk started again, still locked. */
export function relaunch(desk: Desk, options: LaunchOptions = {}): Promise<Desk> {
  return launchDesk({ clock: MONDAY_MORNING, ...options, userDataDir: desk.userDataDir })
}

export const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })

export async function fillSetUp(page: Page, { name, role, profession, passphrase }: Person): Promise<void> {
  await field(page, 'Your name').fill(name)
  await field(page, 'Your role').selectOption({ label: role })
  await field(page, 'Your profession').selectOption({ label: profession })
  await field(page, 'Passphrase').fill(passphrase)
  await field(page, 'Passphrase again').fill(passphrase)
}

/** As it stands on the screen: `7KQ3-…`, eight groups. */
export async function readRecoveryKey(page: Page): Promise<string> {
  await expect(heading(page, 'Your recovery key')).toBeVisible()
  const key = await field(page, 'Recovery key').textContent()
  return key ?? ''
}

/** Types back the two groups that are asked for. */
export async function typeGroupsBack(page: Page, recoveryKey: string): Promise<void> {
  const groups = recoveryKey.split('-')
  for (const [index, group] of groups.entries()) {
    const asked = field(page, `Group ${String(index + 1)}`)
    if (await asked.isVisible()) await asked.fill(group)
  }
}

/** From an untouched computer to an open desk. */
export async function setUp(page: Page, person: Person = morgan): Promise<string> {
  await expect(heading(page, 'Set up this computer')).toBeVisible()
  await fillSetUp(page, person)
  await button(page, 'Continue').click()
  const recoveryKey = await readRecoveryKey(page)
  await typeGroupsBack(page, recoveryKey)
  await button(page, 'Open the desk').click()
  await expectOpen(page)
  return recoveryKey
}

export async function tryToUnlock(page: Page, name: string, passphrase: string): Promise<void> {
  await expect(heading(page, 'Unlock this desk')).toBeVisible()
  await field(page, 'Your name').fill(name)
  await field(page, 'Passphrase').fill(passphrase)
  await button(page, 'Unlock').click()
}

export async function unlock(page: Page, { name, passphrase }: Person = morgan): Promise<void> {
  await tryToUnlock(page, name, passphrase)
  await expectOpen(page)
}

export async function lock(page: Page): Promise<void> {
  await button(page, 'Lock').click()
  await expectLocked(page)
}

export const expectLocked = (page: Page) => expect(heading(page, 'Unlock this desk')).toBeVisible()

/** The desk is open at whatever page: only then are there places to go to, and keys that do something. */
export const expectOpen = (page: Page) => expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()

/** By the list of places on the left. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()
  await expect(heading(page, place)).toBeVisible()
}
