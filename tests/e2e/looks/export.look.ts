import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import { newId } from '../../../shared/ids.ts'
import { aRegistration } from '../../fixtures/families.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily, openFamily } from '../screens/family.ts'
import { saveTo } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { addNote, addSiblings } from '../screens/note.ts'
import { answerLater, answerWith, hiddenStops, look, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const pictures = path.resolve(import.meta.dirname, '../../../test-results/looks')

let desk: OpenDesk
let family: RegistrationDraft

test.beforeAll(async () => {
  desk = await openDesk()
  await sizeWindow(desk.app)
  family = await addSiblings(desk.page, NAME)
  const everybody = family.people.map(({ id }) => id)
  await addNote(desk.page, family, { aboutIds: everybody, presentIds: everybody })
  await addNote(desk.page, family, {
    ...{ kind: 'management-oversight', familyMaySee: 'no', restrictedWhy: 'A neighbour told us' },
    ...{ words: `Looked at the plan.\n${'It was promised twice. '.repeat(40)}`, childsVoice: '' }
  })
  await ask(desk.page, 'agency.save', {
    ...{ id: newId(), name: 'Harbour Centre', kind: 'Charity', phone: '', address: '', rowVersion: 0 }
  })
})
test.afterAll(() => desk.close())

test('exporting case notes', async () => {
  const { page, app } = desk
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Commands' })
  await palette.getByRole('option', { name: 'Export case notes' }).click()
  await expect(field(page, 'Whose case notes?')).toBeVisible()
  await look(desk, 'export-whose')
  const { reference } = await ask(page, 'family.read', { id: family.id })
  await openFamily(page, reference)
  await page.getByRole('link', { name: 'Export case notes' }).click()
  await expect(button(page, 'Save export')).toBeVisible()
  await look(desk, 'export-new')
  expect.soft(await hiddenStops(desk, 40), 'hidden on the form').toEqual([])
  await page.getByRole('radio', { name: 'One child' }).check()
  await page.getByRole('checkbox', { name: 'Protect with a passphrase' }).uncheck()
  await page.getByRole('radio', { name: 'Another body, such as a court' }).check()
  await button(page, 'Save export').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'export-errors')
  await page.getByRole('radio', { name: 'The whole family' }).check()
  await page.getByRole('checkbox', { name: 'Protect with a passphrase' }).check()
  await page.getByRole('checkbox', { name: 'The chronology' }).check()
  await page.getByRole('checkbox', { name: 'The assessment and the plan' }).check()
  await page.getByRole('radio', { name: 'An agency or school of the directory' }).check()
  await field(page, 'Which agency or school').fill('Harb')
  await page.getByRole('option', { name: /Harbour Centre/ }).click()
  await page.getByRole('radio', { name: 'By e-mail' }).check()
  await field(page, 'Purpose').fill('For the place at the after-school club')
  await button(page, 'Preview').click()
  await expect(page.getByRole('heading', { name: /^Preview/ })).toBeVisible()
  await look(desk, 'export-preview')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'export-preview-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  const folder = mkdtempSync(path.join(tmpdir(), 'export-look-'))
  await saveTo(app, path.join(folder, 'out.zip'))
  await button(page, 'Save export').click()
  await expect(page.getByRole('heading', { name: /^Saved: / })).toBeVisible()
  await look(desk, 'export-saved')
  const words = (await page.locator('.passphrase').textContent()) ?? ''
  execFileSync('7z', ['x', `-p${words}`, `-o${folder}`, path.join(folder, 'out.zip')])
  const pdf = readdirSync(folder).find((name) => name.endsWith('.pdf')) ?? ''
  mkdirSync(pictures, { recursive: true })
  execFileSync('pdftoppm', ['-png', '-r', '60', path.join(folder, pdf), path.join(pictures, 'export-paper')])
  await button(page, 'I have noted the words').click()
  await look(desk, 'export-noted')
  await button(page, 'Export something else').click()
  await expect(button(page, 'Save export')).toBeVisible()
})

const radio = (name: string) => desk.page.getByRole('radio', { name, exact: true })

async function openExport(reference: string) {
  const { page } = desk
  await openFamily(page, reference)
  await page.getByRole('link', { name: 'Export case notes' }).click()
  await expect(button(page, 'Save export')).toBeVisible()
}

test('what it can be about, and whom it can be for', async () => {
  const { page } = desk
  const { people, agreement } = aRegistration()
  const refused = await addFamily(page, { people, agreement: { ...agreement, share: false } })
  await openExport(refused.reference)
  for (const [name, label] of [
    ['assessment', 'One assessment'],
    ['child', 'One child'],
    ['meeting', 'One meeting'],
    ['step-up', 'One step-up']
  ] as const) {
    await radio(label).check()
    await look(desk, `export-of-${name}`)
  }
  await button(page, 'Save export').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'export-of-step-up-errors')
  await radio('The whole family').check()
  await radio('A person of the family').check()
  await look(desk, 'export-for-person')
  await radio('An agency or school of the directory').check()
  await field(page, 'Which agency or school').fill('Harb')
  await page.getByRole('option', { name: /Harbour Centre/ }).click()
  await radio('It is in the public interest, and somebody advised it').check()
  await look(desk, 'export-not-agreed')
  await field(page, 'From').fill('31/12/2026')
  await field(page, 'To').fill('1/12/2026')
  await page.getByRole('checkbox', { name: 'Case notes' }).uncheck()
  await button(page, 'Preview').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'export-nothing-asked')
})

test('without a passphrase, while it is written, cancelled, failed', async () => {
  const { page, app } = desk
  const { reference } = await ask(page, 'family.read', { id: family.id })
  await openExport(reference)
  await radio('JSON, for another system').check()
  await page.getByRole('checkbox', { name: 'Protect with a passphrase' }).uncheck()
  await field(page, 'Why does it go without a passphrase?').fill(
    'The system of the school reads no zip. '.repeat(6)
  )
  await radio('Another body, such as a court').check()
  await field(page, 'Which body').fill(NAME)
  await radio('In person').check()
  await field(page, 'Purpose').fill('The court asks how the last year went. '.repeat(12))
  await look(desk, 'export-unprotected')
  const saving = await answerLater(app, 'export.save')
  const cancelling = await answerLater(app, 'export.cancel')
  const mendProgress = await answerWith(app, 'export.progress', {
    ok: true,
    value: { stage: 'running', done: 12_480, total: 20_000, part: 2, parts: 10 }
  })
  await button(page, 'Save export').click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await look(desk, 'export-running')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'export-running-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Cancel the export').click()
  await look(desk, 'export-being-cancelled')
  await saving.answer({ ok: true, value: { stage: 'none' } })
  await expect(page.getByText('Export cancelled')).toBeVisible()
  await look(desk, 'export-cancelled')
  for (const mend of [saving.mend, cancelling.mend, mendProgress]) await mend()
  await saveTo(app, '/no-such-folder/out.json')
  await button(page, 'Save export').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'export-failed')
  await saveTo(app, path.join(mkdtempSync(path.join(tmpdir(), 'export-look-')), 'out.json'))
  await button(page, 'Save export').click()
  await expect(page.getByRole('heading', { name: /^Saved: / })).toBeVisible()
  await look(desk, 'export-saved-unprotected')
})
