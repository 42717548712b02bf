import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { newId } from '../../shared/ids.ts'
import { aRegistration } from '../fixtures/families.ts'
import * as axe from './screens/axe.ts'
import { button, field, heading, lock, openDesk, unlock, type OpenDesk } from './screens/desk.ts'
import { addFamily } from './screens/family.ts'
import { offeredName, saveTo } from './screens/files.ts'
import { ask } from './screens/hub.ts'
import { addNote } from './screens/note.ts'
import { openAt } from './screens/paper.ts'
import { blake } from './screens/people.ts'

let desk: OpenDesk
let folder: string
let keyworkerId: string
let references: string[]

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hand-over-'))
  desk = await openDesk({ person: blake })
  const { page } = desk
  const first = await addFamily(page)
  keyworkerId = first.form.practitionerId
  await addNote(page, first.form, { words: 'He has no bed of his own.' })
  const form = aRegistration({ practitionerId: keyworkerId })
  const { rows } = await ask(page, 'practitioner.list', { text: 'Priya', after: '' })
  const lantern = rows.find(({ id }) => id === keyworkerId)?.employerId ?? ''
  const second = await ask(page, 'family.register', {
    ...form,
    agreement: { ...form.agreement, agencyIds: [lantern] }
  })
  references = [first.reference, second.reference]
  const harbour = { name: 'Harbour Centre', kind: 'Charity', phone: '', address: '', rowVersion: 0 }
  const { id: employerId } = await ask(page, 'agency.save', { id: newId(), ...harbour })
  await ask(page, 'practitioner.save', {
    ...{ id: newId(), name: 'Kim Doyle', role: 'Family support worker', employer: 'agency', employerId },
    ...{ phone: '01632 960555', email: '', trainedOn: '2026-01-12', standardsOn: '2026-02-02' },
    ...{ registeredOn: '2026-02-09', rowVersion: 0 }
  })
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

test('a caseload is handed over to another agency, with a reason of each family that has not agreed', async () => {
  const { app, page } = desk
  await openAt(desk, `/keyworkers/${keyworkerId}`)
  await button(page, 'Export a hand-over').click()
  await expect(heading(page, 'Export a hand-over')).toBeVisible()
  await expect(page.getByText('2 families that they hold today.')).toBeVisible()
  await button(page, 'Save export').click()
  await expect(page.getByText('Choose who takes the families').first()).toBeVisible()
  await axe.check(page, 'a hand-over with errors')

  await page.getByRole('radio', { name: 'A keyworker' }).check()
  await field(page, 'Which keyworker').fill('Kim')
  await page.getByRole('option', { name: /Kim Doyle/ }).click()
  await expect(page.getByText('1 family has not agreed to sharing with where Kim Doyle works.')).toBeVisible()
  await page.getByRole('radio', { name: 'In person' }).check()
  await field(page, 'Purpose').fill('Priya leaves at Christmas')
  await button(page, 'Save export').click()
  await expect(
    page.getByText(/^Choose why FFA-\w{4}-000002 goes ahead without agreement$/).first()
  ).toBeVisible()
  await field(page, 'Why does it go ahead?').selectOption('Another reason')
  await field(page, 'In your words').fill('Nobody else works in Ware')
  await axe.check(page, 'a hand-over with a reason')

  // what is typed outlives a lock
  await expect(page.getByText(/^Form kept \d/)).toBeVisible()
  await lock(page)
  await unlock(page, blake)
  await expect(field(page, 'In your words')).toHaveValue('Nobody else works in Ware')

  await saveTo(app, path.join(folder, 'out.zip'))
  await button(page, 'Save export').click()
  await expect(heading(page, 'Saved: 2 families, 1 note, 0 excluded')).toBeVisible()
  expect(await offeredName(app)).toMatch(/^hand-over-EXP-\w{4}-000001-2026-11-23\.zip$/)
  await axe.check(page, 'a hand-over that was saved')
  const words = (await page.locator('.passphrase').textContent()) ?? ''
  execFileSync('7z', ['x', `-p${words}`, `-o${folder}`, path.join(folder, 'out.zip')])
  const pdf = readdirSync(folder).find((name) => name.endsWith('.pdf')) ?? ''
  const text = execFileSync('pdftotext', ['-layout', path.join(folder, pdf), '-'], { encoding: 'utf8' })
  for (const told of [
    ...references,
    'Kim Doyle, Harbour Centre',
    'Priya leaves at Christmas',
    'no bed of his own'
  ])
    expect(text).toContain(told)
  await button(page, 'I have noted the words').click()
  await button(page, 'Go to the keyworker').click()
  await expect(heading(page, 'Priya Shah')).toBeVisible()
})
