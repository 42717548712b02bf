import { expect, test, type Page } from '@playwright/test'
import type { Profession } from '../../shared/access/roles.ts'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import { newId } from '../../shared/ids.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { aLetter } from '../fixtures/letters.ts'
import { aNote } from '../fixtures/notes.ts'
import { aStepDown } from '../fixtures/stepDowns.ts'
import { anImpactMeeting } from '../fixtures/stepUps.ts'
import { heading, lock, openDesk, unlock, type OpenDesk } from './screens/desk.ts'
import { goToPart, openEpisode } from './screens/episode.ts'
import { addFamily, openFamily } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { addNote, addSiblings } from './screens/note.ts'
import { expectHeads, openAt, sheetsOf } from './screens/paper.ts'
import { blake } from './screens/people.ts'

let desk: OpenDesk
let family: RegistrationDraft
let reference: string
const CALLS = 45
const NOTES = 60
const FAMILIES = 40

test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  const { page } = desk
  for (let n = 1; n < FAMILIES; n += 1) await addFamily(page)
  family = await addSiblings(page)
  reference = (await ask(page, 'family.read', { id: family.id })).reference
  for (let n = 1; n <= CALLS; n += 1)
    await ask(page, 'call.file', aKeyworkersCall({ callerName: `Caller ${String(n)}` }))
  for (let n = 1; n <= NOTES; n += 1)
    await addNote(page, family, { words: `Note ${String(n)}: the kitchen was warm.` })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const places = (page: Page) => page.getByRole('navigation', { name: 'Main' }).getByRole('link')
/** Ctrl+P in the place of the system's dialog, which no test can close. */
const askPaper = async (page: Page) => {
  await page.evaluate(`window.print = () => document.documentElement.setAttribute('data-asked', '')`)
  await page.keyboard.press('Control+p')
  await expect(page.locator('html[data-asked]')).toBeAttached()
  await page.evaluate(`document.documentElement.removeAttribute('data-asked')`)
}

test('every place of the desk is whole on paper, without the ways around it', async () => {
  const { page } = desk
  for (const place of await places(page).allTextContents()) {
    const link = places(page).filter({ hasText: place })
    await link.click()
    await expect(link).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText(/^(Reading|Looking)/)).toHaveCount(0)
    await sheetsOf(desk, place.trim())
  }
})

test('a list is on paper to its last row, with its heads on each sheet', async () => {
  const { page } = desk
  await places(page).filter({ hasText: 'Calls' }).click()
  await expect(page.getByText(`of ${String(CALLS)} calls`)).toBeVisible()
  const calls = await sheetsOf(desk, 'Calls')
  expect(new Set(calls.join().match(/HUB-\w{4}-\d{6}/g)).size).toBe(CALLS)
  expectHeads(calls, /HUB-\w{4}-\d{6}/, ['Adviser', 'Outcome'])
  await places(page).filter({ hasText: 'Families' }).click()
  await expect(page.getByText(`${String(FAMILIES)} families`)).toBeVisible()
  expectHeads(await sheetsOf(desk, 'Families'), /FAM-/, ['Children', 'Local hub', 'Agreement'])
})

const LONG = Array.from({ length: 900 }, (_, index) => `word${String(index)}`).join(' ')

test('every other page is whole on paper, and what is typed into a form too', async () => {
  const { page } = desk
  const [child, mother] = family.people
  const keyworker = (await ask(page, 'practitioner.list', { text: 'Priya', after: '' })).rows[0]?.id ?? ''
  const stepDown = aStepDown()
  await ask(page, 'stepDown.receive', stepDown)
  const letter = aLetter({ id: family.id, episodeId: family.episodeId }, mother?.id ?? '')
  await ask(page, 'letter.make', letter)
  const note = aNote(family, { words: LONG, aboutIds: [child?.id ?? ''] })
  await ask(page, 'draft.save', { form: { kind: 'note', body: note }, savedBefore: 0 })
  const chairId = (await ask(page, 'stepUp.chairs', {}))[0]?.id ?? ''
  const { hubId } = await ask(page, 'family.read', { id: family.id })
  const meeting = anImpactMeeting(chairId, hubId)
  await ask(page, 'stepUp.planMeeting', meeting)
  const ofFamily = (kind: string) => `/families/${family.id}/${kind}/${newId()}`
  const ofKeyworker = (kind: string) => `/keyworkers/${keyworker}/${kind}/${newId()}`
  const pages = [
    ...[
      `/assessments/${family.episodeId}/note/${note.id}`,
      `/assessments/${family.episodeId}/step-up/${newId()}`
    ],
    ...[`/families/${family.id}/letters/${letter.id}`, ofFamily('letter'), ofFamily('agreement')],
    ...[ofFamily('withdrawal'), ofFamily('sharing'), ofFamily('advice'), `/exports/${family.id}`, '/exports'],
    ...[
      `/keyworkers/${keyworker}`,
      ofKeyworker('cover'),
      ofKeyworker('reassignment'),
      ofKeyworker('hand-over')
    ],
    ...[`/triage/${stepDown.stepDownId}`, `/triage/${stepDown.stepDownId}/decision/${newId()}`],
    ...[`/triage/${stepDown.stepDownId}/return/${newId()}`, `/triage/${newId()}/receive/${newId()}`],
    ...['/triage/import', '/impact-meetings', `/impact-meetings/${meeting.id}`, '/families/register'],
    ...['/families/import', '/families/doubles', '/notes', `/checks/new/${newId()}`, '/reports/triage'],
    ...['/close-of-day', '/settings/people', '/account', `/calls/new/${newId()}`],
    ...['/subject-access', `/subject-access/record/${newId()}`]
  ]
  for (const address of pages) {
    await openAt(desk, address)
    await sheetsOf(desk, address)
  }
})

test('Ctrl+P has the page printed, and reads on first where the screen has not read all', async () => {
  const { page } = desk
  await openFamily(page, reference)
  await expect(page.getByText('The newest 50 entries')).toBeVisible()
  await askPaper(page)
  await expect(page.getByText('The newest')).toHaveCount(0)
  const sheets = await sheetsOf(desk, 'A family')
  expect(sheets.length).toBeGreaterThan(1)
  for (const words of ['Note 1:', `Note ${String(NOTES)}:`]) expect(sheets.join()).toContain(words)
  await openEpisode(page, reference)
  const parts = page.getByRole('navigation', { name: 'Parts of the assessment' }).getByRole('link')
  for (const part of (await parts.allTextContents()).map((text) => text.trim())) {
    await goToPart(page, part)
    await sheetsOf(desk, part)
  }
  await goToPart(page, 'Case notes')
  await askPaper(page)
  expect((await sheetsOf(desk, 'Case notes')).join()).toContain('Note 1:')
  await expect(heading(page, 'Case notes')).toBeVisible()
})

test('the trail is whole on paper, with its heads on each sheet', async () => {
  const { page } = desk
  const [{ id, rowVersion, profession } = { id: '', rowVersion: 0, profession: 'other' }] = await ask(
    page,
    'account.list',
    {}
  )
  const roles = ['administrator', 'triage-manager', 'auditor'] as const
  const position = { profession: profession as Profession, hubIds: [], roles: [...roles] }
  await ask(page, 'account.changeRoles', { id, rowVersion, ...position })
  await lock(page)
  await unlock(page, blake)
  await openAt(desk, '/audit')
  await expect(page.getByRole('row')).not.toHaveCount(0)
  expectHeads(await sheetsOf(desk, 'Audit'), /Blake\s+Oduya/, ['Operation', 'Subjects'])
})
