import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import { jsonOf, unzipped } from '../fixtures/exports.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { aMeeting, aRecord } from '../fixtures/meetings.ts'
import { aRequest } from '../fixtures/stepUps.ts'
import { check } from './screens/axe.ts'
import { openFiled } from './screens/call.ts'
import { button, field, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { goToPart, openEpisode } from './screens/episode.ts'
import { openFamily } from './screens/family.ts'
import { offeredName, saveTo } from './screens/files.ts'
import { ask } from './screens/hub.ts'
import { addSiblings } from './screens/note.ts'

let desk: OpenDesk
let family: RegistrationDraft
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'records-'))
  desk = await openDesk()
  const { page } = desk
  family = await addSiblings(page)
  const of = { familyId: family.id, episodeId: family.episodeId }
  const [keyworker] = (await ask(page, 'meeting.team', { episodeId: of.episodeId })).members
  const meeting = aMeeting(of, { on: '2026-11-23', startsAt: '08:30' })
  await ask(page, 'meeting.arrange', meeting)
  await ask(page, 'meeting.record', aRecord({ ...of, meetingId: meeting.id }, [keyworker?.ofId ?? '']))
  await ask(page, 'stepUp.request', aRequest({ id: of.familyId, episodeId: of.episodeId }))
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})
test.describe.configure({ mode: 'serial' })

async function forTheMother(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'A person of the family' }).check()
  await field(page, 'Which person').selectOption({ label: 'Jo Vale' })
  await field(page, 'Purpose').fill('She asked for it')
  await page.getByRole('radio', { name: 'JSON, for another system' }).check()
}

async function savedAs(name: string) {
  const { page } = desk
  const file = path.join(folder, name)
  await saveTo(desk.app, file)
  await button(page, 'Save export').click()
  await expect(button(page, 'I have noted the words')).toBeVisible()
  const words = (await page.locator('.passphrase').textContent()) ?? ''
  return jsonOf(unzipped(file, words)).file
}

test('a meeting and a step-up are exported from where they stand, and the chronology alone', async () => {
  const { page, app } = desk
  const { reference } = await ask(page, 'family.read', { id: family.id })
  await openEpisode(page, reference)
  await goToPart(page, 'Team and meetings')
  await page.getByRole('link', { name: /^Export the record: First meeting/ }).click()
  await expect(page.getByRole('radio', { name: 'One meeting' })).toBeChecked()
  await expect(field(page, 'Which meeting')).toContainText('First meeting on 23 November 2026')
  await check(page, 'exporting a meeting')
  await forTheMother(page)
  const meeting = await savedAs('meeting.zip')
  await expect(heading(page, 'Saved: 1 record')).toBeVisible()
  expect(await offeredName(app)).toMatch(/^meeting-EXP-\w{4}-000001-2026-11-23\.zip$/)
  expect(meeting.items.records).toMatchObject([{ kind: 'meeting' }])
  await button(page, 'I have noted the words').click()

  await openEpisode(page, reference)
  await goToPart(page, 'Ending')
  await page.getByRole('link', { name: /^Export the step-up pack: SUP-/ }).click()
  await expect(page.getByRole('radio', { name: 'One step-up' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'Case notes', exact: true })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'The assessment and the plan' })).toBeChecked()
  await button(page, 'Preview').click()
  await expect(page.getByRole('row', { name: /^Records 1/ })).toBeVisible()

  await openFamily(page, reference)
  await page.getByRole('link', { name: 'Export the chronology' }).click()
  await expect(page.getByRole('checkbox', { name: 'Case notes', exact: true })).not.toBeChecked()
  await page.getByRole('checkbox', { name: 'The chronology' }).uncheck()
  await button(page, 'Preview').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText(
    'Tick what is to be exported'
  )
  await page.getByRole('checkbox', { name: 'The chronology' }).check()
  await button(page, 'Preview').click()
  await expect(page.getByRole('row', { name: /^Case notes Not asked for/ })).toBeVisible()
})

test('a call goes with its receipt, for a reason, and its caller gets the receipt alone', async () => {
  const { page } = desk
  const { reference } = await ask(page, 'call.file', aKeyworkersCall())
  await openFiled(page, reference)
  await page.getByRole('link', { name: 'Export', exact: true }).click()
  await expect(page.getByText(`Call ${reference} with its receipt.`)).toBeVisible()
  await page.getByRole('radio', { name: 'Another body, such as a court' }).check()
  await field(page, 'Which body').fill('Family Court')
  await expect(
    page.getByText('No agreement to sharing with Family Court is known for this call.')
  ).toBeVisible()
  await check(page, 'exporting a call')
  await page.getByRole('radio', { name: /^The caller/ }).check()
  await field(page, 'Purpose').fill('They asked for it in writing')
  await page.getByRole('radio', { name: 'JSON, for another system' }).check()
  const call = await savedAs('call.zip')
  await expect(heading(page, 'Saved: 1 record, 1 excluded')).toBeVisible()
  expect(call.items.records).toMatchObject([{ kind: 'receipt', reference }])
  await button(page, 'I have noted the words').click()
})
