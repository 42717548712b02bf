import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { unzipped } from '../../fixtures/exports.ts'
import { button, field, lock, unlock } from '../screens/desk.ts'
import { openFamily } from '../screens/family.ts'
import { saveTo } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { addNote, addSiblings } from '../screens/note.ts'
import { morgan } from '../screens/people.ts'
import { expect, keep, shot, test } from './tour.ts'

test('case notes that leave the building: what goes, what stays, and six words that open them', async ({
  desk: { page, app }
}) => {
  await lock(page)
  await unlock(page, morgan)
  const family = await addSiblings(page, 'Sam Vale')
  await addNote(page, family)
  await addNote(page, family, {
    ...{ kind: 'call', words: 'A neighbour rang', childsVoice: '', present: '' },
    ...{ familyMaySee: 'no', restrictedWhy: 'She asked not to be named' }
  })
  const { reference } = await ask(page, 'family.read', { id: family.id })
  await openFamily(page, reference)
  await page.getByRole('link', { name: 'Export case notes' }).click()
  await page.getByRole('checkbox', { name: 'The chronology' }).check()
  await page.getByRole('radio', { name: 'A person of the family' }).check()
  await field(page, 'Which person').selectOption({ label: 'Jo Vale' })
  await field(page, 'Purpose').fill('She asked for them')
  await button(page, 'Preview').click()
  await expect(page.getByRole('row', { name: /^Case notes/ })).toContainText('Only for staff')
  await page.getByRole('heading', { name: /^Preview: / }).evaluate((head) => {
    head.scrollIntoView({ block: 'center' })
  })
  await shot(page, 'export-preview')

  const file = path.join(mkdtempSync(path.join(tmpdir(), 'case-notes-')), 'case-notes.zip')
  await saveTo(app, file)
  await button(page, 'Save export').click()
  await expect(page.getByRole('heading', { name: 'Saved: 1 note, 1 excluded' })).toBeVisible()
  await shot(page, 'export-saved')

  const words = (await page.locator('.passphrase').textContent()) ?? ''
  const [pdf = Buffer.alloc(0)] = Object.values(unzipped(file, words))
  keep(
    execFileSync('pdftoppm', ['-png', '-r', '80', '-f', '1', '-l', '1', '-'], { input: pdf }),
    'export-opened'
  )
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
  expect(text).toContain('Robin showed me his room')
  expect(text).not.toContain('A neighbour rang')
})
