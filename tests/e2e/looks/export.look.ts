import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import { newId } from '../../../shared/ids.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { openFamily } from '../screens/family.ts'
import { saveTo } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { addNote, addSiblings } from '../screens/note.ts'
import { hiddenStops, look, sizeWindow } from './look.ts'

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
})
