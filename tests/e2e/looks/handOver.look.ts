import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aMeeting } from '../../fixtures/meetings.ts'
import { aNote } from '../../fixtures/notes.ts'
import { anAction, anOutcome } from '../../fixtures/plans.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { saveTo } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { addNote } from '../screens/note.ts'
import { openAt } from '../screens/paper.ts'
import { blake } from '../screens/people.ts'
import { answerLater, answerWith, fault, hiddenStops, look, lookAtPaper, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const pictures = path.resolve(import.meta.dirname, '../../../test-results/looks')

let desk: OpenDesk
let keyworkerId: string
const kimId = newId()
let first: Awaited<ReturnType<typeof addFamily>>

test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  const { page } = desk
  await sizeWindow(desk.app)
  first = await addFamily(page)
  keyworkerId = first.form.practitionerId
  const of = { familyId: first.form.id, episodeId: first.form.episodeId }
  await ask(page, 'meeting.arrange', aMeeting(of))
  const outcome = anOutcome(of)
  await ask(page, 'plan.saveOutcome', outcome)
  await ask(page, 'plan.saveAction', anAction(outcome))
  await addNote(page, first.form, {})
  await addNote(page, first.form, {
    ...{ familyMaySee: 'no', restrictedWhy: 'A neighbour told us', words: 'A neighbour heard shouting.' }
  })
  for (const name of [NAME, 'Ola Reyes']) {
    const form = aRegistration({ practitionerId: keyworkerId })
    const [, mother] = form.people
    await ask(page, 'family.register', {
      ...{ ...form, people: [aPerson({ name }), mother!] },
      agreement: { ...form.agreement, share: false }
    })
  }
  const harbour = { name: 'Harbour Centre', kind: 'Charity', phone: '', address: '', rowVersion: 0 }
  const { id: employerId } = await ask(page, 'agency.save', { id: newId(), ...harbour })
  await ask(page, 'practitioner.save', {
    ...{ id: kimId, name: 'Kim Doyle', role: 'Family support worker', employer: 'agency', employerId },
    ...{ phone: '01632 960555', email: '', trainedOn: '2026-01-12', standardsOn: '2026-02-02' },
    ...{ registeredOn: '2026-02-09', rowVersion: 0 }
  })
})
test.afterAll(() => desk.close())

test('handing a caseload over', async () => {
  const { page, app } = desk
  await openAt(desk, `/keyworkers/${keyworkerId}`)
  await look(desk, 'hand-over-keyworker')
  await button(page, 'Export a hand-over').click()
  await expect(page.getByText('3 families that they hold today.')).toBeVisible()
  await look(desk, 'hand-over-new')
  expect.soft(await hiddenStops(desk, 20), 'hidden on the form').toEqual([])
  await page.getByRole('radio', { name: 'A keyworker' }).check()
  await field(page, 'Which keyworker').fill('Kim')
  await page.getByRole('option', { name: /Kim Doyle/ }).click()
  await expect(page.getByText(/have not agreed/)).toBeVisible()
  await page.getByRole('checkbox', { name: 'Protect with a passphrase' }).uncheck()
  await button(page, 'Save export').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'hand-over-errors')
  const reasons = page.getByRole('list').filter({ has: page.getByText('Why does it go ahead?') })
  await reasons.getByLabel('Why does it go ahead?').first().selectOption('Another reason')
  await reasons.getByLabel('In your words').first().fill('Nobody else works in Ware')
  await look(desk, 'hand-over-reason')
  await button(page, 'Say the same for the other families').click()
  await page.getByRole('radio', { name: 'In person' }).check()
  await field(page, 'Purpose').fill('Priya leaves at Christmas')
  await page.getByRole('checkbox', { name: 'Protect with a passphrase' }).check()
  await page.getByRole('checkbox', { name: 'Notes that the family may not see' }).check()
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'hand-over-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await lookAtPaper(desk, 'hand-over-form-paper')
  const folder = mkdtempSync(path.join(tmpdir(), 'hand-over-look-'))
  await saveTo(app, path.join(folder, 'out.zip'))
  const running = await answerWith(app, 'export.progress', {
    ok: true,
    value: { stage: 'running', done: 2, total: 3, part: 0, parts: 0 }
  })
  const saving = await answerLater(app, 'keyworker.saveHandOver')
  await button(page, 'Save export').click()
  await expect(page.getByText('2 of 3 notes')).toBeVisible()
  await look(desk, 'hand-over-running')
  await running()
  await saving.answer({ ok: true, value: { stage: 'failed', reason: 'file-not-allowed' } })
  await expect(page.getByText('You may not save in that folder.').first()).toBeVisible()
  await look(desk, 'hand-over-failed')
  await saving.mend()
  await button(page, 'Save export').click()
  await expect(page.getByRole('heading', { name: /^Saved: / })).toBeVisible()
  await look(desk, 'hand-over-saved')
  const words = (await page.locator('.passphrase').textContent()) ?? ''
  execFileSync('7z', ['x', `-p${words}`, `-o${folder}`, path.join(folder, 'out.zip')])
  const pdf = readdirSync(folder).find((name) => name.endsWith('.pdf')) ?? ''
  mkdirSync(pictures, { recursive: true })
  execFileSync('pdftoppm', [
    '-png',
    '-r',
    '60',
    path.join(folder, pdf),
    path.join(pictures, 'hand-over-paper')
  ])
  await button(page, 'I have noted the words').click()
  await look(desk, 'hand-over-noted')
  await button(page, 'Go to the keyworker').click()
})

test('a keyworker who holds no family, and families that cannot be read', async () => {
  const { page, app } = desk
  await openAt(desk, `/keyworkers/${kimId}/hand-over/${newId()}`)
  await expect(page.getByText('They hold no family today.')).toBeVisible()
  await look(desk, 'hand-over-empty')
  await button(page, 'Save export').click()
  await look(desk, 'hand-over-empty-errors')
  const mend = await answerWith(app, 'keyworker.previewHandOver', fault)
  await openAt(desk, '/')
  await openAt(desk, `/keyworkers/${keyworkerId}/hand-over/${newId()}`)
  await expect(button(page, 'Try again')).toBeVisible()
  await look(desk, 'hand-over-unread')
  await mend()
})

test('a note that is half typed, and the calls, on paper', async () => {
  const { page } = desk
  const note = aNote(first.form, { words: 'A long line of what was seen. '.repeat(60) })
  await ask(page, 'draft.save', { form: { kind: 'note', body: note }, savedBefore: 0 })
  await openAt(desk, `/assessments/${first.form.episodeId}/note/${note.id}`)
  await lookAtPaper(desk, 'note-form-paper')
  await openAt(desk, '/calls')
  await lookAtPaper(desk, 'calls-on-paper')
})
