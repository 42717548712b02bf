import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import { newId } from '../../../shared/ids.ts'
import { aKeyworkersCall } from '../../fixtures/calls.ts'
import { aMeeting, aRecord } from '../../fixtures/meetings.ts'
import { aRequest } from '../../fixtures/stepUps.ts'
import { openFiled } from '../screens/call.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { goToPart, openEpisode } from '../screens/episode.ts'
import { saveTo } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { addSiblings } from '../screens/note.ts'
import { look, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const pictures = path.resolve(import.meta.dirname, '../../../test-results/looks')

let desk: OpenDesk
let family: RegistrationDraft

test.beforeAll(async () => {
  desk = await openDesk()
  await sizeWindow(desk.app)
  family = await addSiblings(desk.page, NAME)
  const of = { familyId: family.id, episodeId: family.episodeId }
  const [keyworker] = (await ask(desk.page, 'meeting.team', { episodeId: of.episodeId })).members
  const meeting = aMeeting(of, { on: '2026-11-23', startsAt: '08:30' })
  await ask(desk.page, 'meeting.arrange', meeting)
  await ask(
    desk.page,
    'meeting.record',
    aRecord({ ...of, meetingId: meeting.id }, [keyworker?.ofId ?? ''], {
      record: 'It was promised twice. '.repeat(60)
    })
  )
  await ask(desk.page, 'stepUp.request', aRequest({ id: of.familyId, episodeId: of.episodeId }))
})
test.afterAll(() => desk.close())

test('exporting one record', async () => {
  const { page, app } = desk
  const { reference } = await ask(page, 'family.read', { id: family.id })
  await openEpisode(page, reference)
  await goToPart(page, 'Team and meetings')
  await expect(page.getByRole('link', { name: /^Export the record/ })).toBeVisible()
  await look(desk, 'export-from-meeting')
  await goToPart(page, 'Ending')
  await page.getByRole('link', { name: /^Export the step-up pack/ }).click()
  await expect(field(page, 'Which request')).toBeVisible()
  await look(desk, 'export-step-up')
  await page.getByRole('radio', { name: 'A person of the family' }).check()
  await field(page, 'Which person').selectOption({ label: 'Jo Vale' })
  await field(page, 'Purpose').fill('She asked for it')
  await button(page, 'Preview').click()
  await expect(page.getByRole('heading', { name: /^Preview/ })).toBeVisible()
  await look(desk, 'export-step-up-preview')
  const folder = mkdtempSync(path.join(tmpdir(), 'export-look-'))
  await saveTo(app, path.join(folder, 'out.zip'))
  await button(page, 'Save export').click()
  await expect(page.getByRole('heading', { name: /^Saved: / })).toBeVisible()
  await look(desk, 'export-step-up-saved')
  const words = (await page.locator('.passphrase').textContent()) ?? ''
  execFileSync('7z', ['x', `-p${words}`, `-o${folder}`, path.join(folder, 'out.zip')])
  const pdf = readdirSync(folder).find((name) => name.endsWith('.pdf')) ?? ''
  mkdirSync(pictures, { recursive: true })
  execFileSync('pdftoppm', [
    '-png',
    '-r',
    '60',
    path.join(folder, pdf),
    path.join(pictures, 'export-step-up-paper')
  ])
  await button(page, 'I have noted the words').click()
  const call = await ask(page, 'call.file', aKeyworkersCall())
  await openFiled(page, call.reference)
  await expect(page.getByRole('link', { name: 'Export', exact: true })).toBeVisible()
  await look(desk, 'export-from-call')
  await page.getByRole('link', { name: 'Export', exact: true }).click()
  await page.getByRole('radio', { name: 'Another body, such as a court' }).check()
  await field(page, 'Which body').fill('Family Court')
  await button(page, 'Save export').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'export-call-errors')
  await page.getByRole('radio', { name: 'The caller: what their receipt says' }).check()
  await page.getByRole('checkbox', { name: 'Protect with a passphrase' }).uncheck()
  await field(page, 'Purpose').fill('She asked for her receipt')
  await button(page, 'Preview').click()
  await expect(page.getByRole('heading', { name: /^Preview/ })).toBeVisible()
  await look(desk, 'export-call-for-caller')
  await openFiled(page, call.reference)
  await ask(page, 'call.markInError', {
    ...{ id: newId(), callId: call.id, inError: true, reason: 'Another caller’s words' }
  })
  await page.getByRole('link', { name: 'Export', exact: true }).click()
  await expect(button(page, 'Save export')).toBeVisible()
  await look(desk, 'export-call-in-error')
})
