import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import { newId } from '../../shared/ids.ts'
import { aFile, aFileNote, writeFile } from '../fixtures/caseImports.ts'
import { check } from './screens/axe.ts'
import { button, field, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { openFamily } from './screens/family.ts'
import { chooseFile } from './screens/files.ts'
import { ask } from './screens/hub.ts'
import { addSiblings } from './screens/note.ts'

let desk: OpenDesk
let family: RegistrationDraft
let folder = ''
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'case-import-'))
  desk = await openDesk()
  family = await addSiblings(desk.page)
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

const inFolder = (name: string) => path.join(folder, name)
const words = 'amber brook candle dapple ember fern'

test('case notes of another desk come in by their six words and say where they come from', async () => {
  const { app, page } = desk
  const gran = newId()
  const [robin] = family.people
  const file = aFile({
    people: [{ id: gran, name: 'Edith Marlow', role: 'other' }],
    notes: [aFileNote({ words: 'The quincunx of chairs', aboutIds: [robin?.id ?? '', gran] }), aFileNote()],
    assessments: [
      {
        ...{ episodeId: newId(), reference: 'FFA-9ABC-000007', registeredOn: '2026-02-01' },
        entries: [
          {
            ...{ personId: gran, domain: 'health', strengths: 'Walks him to school', needs: '', views: '' },
            ...{ versionId: newId(), at: '2026-02-03T12:00:00.000Z', byName: 'Ada Finch' }
          }
        ]
      }
    ]
  })
  await writeFile(inFolder('changed.zip'), {
    ...file,
    items: { ...file.items, notes: file.items.notes.slice(1) }
  })
  await writeFile(inFolder('there.zip'), file, {}, words)

  const { reference } = await ask(page, 'family.read', { id: family.id })
  await openFamily(page, reference)
  await page.getByRole('link', { name: 'Bring in case notes' }).click()
  await expect(heading(page, 'Bring in case notes')).toBeVisible()
  await chooseFile(app, inFolder('changed.zip'))
  await button(page, 'Choose a file').click()
  await expect(page.getByRole('alert')).toContainText('The file is not what was exported')
  await check(page, 'case notes that were changed')

  await chooseFile(app, inFolder('there.zip'))
  await button(page, 'Choose a file').click()
  await field(page, 'Its six words').fill('amber brook candle dapple ember')
  await page.keyboard.press('Enter')
  await expect(page.getByText('These six words do not open it')).toBeVisible()
  await check(page, 'six words that do not open a zip')
  await field(page, 'Its six words').fill(words)
  await page.keyboard.press('Enter')
  await expect(page.getByText('“there.zip” has been read. Nothing is stored yet.')).toBeVisible()
  await expect(field(page, 'Edith Marlow, someone else in the home')).toHaveValue('')
  await check(page, 'case notes before they are brought in')
  await button(page, 'Bring in 2 case notes').click()
  await expect(page.getByText('2 case notes came in.')).toBeVisible()
  await check(page, 'case notes that were brought in')
  await page.getByRole('link', { name: 'See what was brought in' }).click()
  await expect(heading(page, 'Brought in')).toBeVisible()
  await expect(page.getByText('Walks him to school')).toBeVisible()
  await check(page, 'what was brought in')
  await page.getByRole('table').getByRole('link').click()
  await expect(page.getByText('The quincunx of chairs')).toBeVisible()
  await expect(page.getByText(/^About .*Edith Marlow$/)).toBeVisible()
  await expect(page.getByText(/Brought in on .* from EXP-9ABC-000001/)).toHaveCount(2)
})
