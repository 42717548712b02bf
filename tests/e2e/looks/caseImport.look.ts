import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import { newId } from '../../../shared/ids.ts'
import { aFile, aFileNote, withHash, writeFile } from '../../fixtures/caseImports.ts'
import { button, field, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { openFamily } from '../screens/family.ts'
import { chooseFile } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { addSiblings } from '../screens/note.ts'
import { openAt } from '../screens/paper.ts'
import { answerWith, look, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'

let desk: OpenDesk
let family: RegistrationDraft
let folder = ''
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'case-import-'))
  desk = await openDesk()
  await sizeWindow(desk.app)
  family = await addSiblings(desk.page, NAME)
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

test('bringing in case notes', async () => {
  const { app, page } = desk
  const there = path.join(folder, 'case-notes-EXP-9ABC-000001-2026-11-20.zip')
  const people = [newId(), newId()]
  const file = aFile({
    people: [
      { id: people[0] ?? '', name: NAME, role: 'child' },
      { id: people[1] ?? '', name: 'Edith Marlow', role: 'other' }
    ],
    notes: [
      aFileNote({ words: 'The first visit. '.repeat(30), aboutIds: people, present: 'The health visitor' }),
      ...Array.from({ length: 40 }, () => aFileNote({ aboutIds: people.slice(0, 1) }))
    ],
    assessments: [
      {
        ...{ episodeId: newId(), reference: 'FFA-9ABC-000007', registeredOn: '2026-02-01' },
        entries: [
          {
            ...{ personId: people[0] ?? '', domain: 'education', strengths: 'Reads well. '.repeat(20) },
            ...{ needs: 'Late every day', views: '', versionId: newId(), byName: 'Ada Finch' },
            at: '2026-02-03T12:00:00.000Z'
          }
        ]
      }
    ]
  })
  const { reference } = await ask(page, 'family.read', { id: family.id })
  await openFamily(page, reference)
  await look(desk, 'case-import-family')
  await page.getByRole('link', { name: 'See what was brought in' }).click()
  await expect(page.getByText('Nothing was brought in for this family.')).toBeVisible()
  await look(desk, 'case-import-empty')
  await page.getByRole('link', { name: 'Bring in case notes' }).click()
  await expect(heading(page, 'Bring in case notes')).toBeVisible()
  await look(desk, 'case-import-new')
  const wrong = structuredClone(file)
  for (const note of wrong.items.notes.slice(0, 3)) note.happenedAt = '2031-01-01T00:00:00.000Z'
  await writeFile(there, withHash(wrong))
  await chooseFile(app, there)
  await button(page, 'Choose a file').click()
  await expect(page.getByRole('alert')).toBeVisible()
  await look(desk, 'case-import-wrong')
  await writeFile(there, file, {}, 'amber brook candle dapple ember fern')
  await button(page, 'Choose a file').click()
  await field(page, 'Its six words').fill('amber brook')
  await page.keyboard.press('Enter')
  await expect(page.getByText('These six words do not open it')).toBeVisible()
  await look(desk, 'case-import-words')
  await field(page, 'Its six words').fill('amber brook candle dapple ember fern')
  await page.keyboard.press('Enter')
  await expect(button(page, 'Bring in 41 case notes')).toBeVisible()
  await look(desk, 'case-import-preview')
  const read = await ask(page, 'caseImport.progress', { familyId: family.id })
  if (read.stage !== 'previewed') throw new Error(read.stage)
  const { preview } = read
  for (const [name, value] of [
    ['reading', { stage: 'reading', of: 'notes', done: 12_480, total: 0 }],
    ['storing', { stage: 'storing', stored: 12_480, total: 20_000 }],
    [
      'unfinished',
      { stage: 'unfinished', reference: 'EXP-9ABC-000001', begunAt: preview.exportedAt, stored: 3, total: 41 }
    ],
    ['skipped', { stage: 'done', reference: 'EXP-9ABC-000001', notes: 40, files: 2, skipped: 1 }],
    [
      'much',
      {
        stage: 'previewed',
        preview: {
          ...preview,
          ...{ isOtherFamily: false, filesLeftOut: 2, records: 3, unread: 1, files: 12 },
          notes: { new: 12_480, addedTo: 3, known: 30, clashing: 2 },
          leftOut: [{ section: 'notes', why: 'restricted', count: 3 }]
        }
      }
    ]
  ] as const) {
    const mend = await answerWith(app, 'caseImport.progress', { ok: true, value })
    await openAt(desk, `/families/${family.id}`)
    await page.getByRole('link', { name: 'Bring in case notes' }).click()
    await expect(page.getByRole('region', { name: 'Case notes of another desk' })).toBeVisible()
    await look(desk, `case-import-${name}`)
    await mend()
  }
  await openAt(desk, '/')
  await openAt(desk, `/families/${family.id}/bring-in`)
  await button(page, 'Bring in 41 case notes').click()
  await expect(page.getByRole('heading', { name: 'Brought in from EXP-9ABC-000001' })).toBeVisible()
  await look(desk, 'case-import-done')
  await page.getByRole('link', { name: 'See what was brought in' }).click()
  await expect(page.getByText('Late every day')).toBeVisible()
  await look(desk, 'case-import-brought-in')
  await page.getByRole('table').getByRole('link').click()
  await expect(page.getByText(/Brought in on/).first()).toBeVisible()
  await look(desk, 'case-import-note')
  await openAt(desk, `/families/${family.id}/bring-in`)
  await page.getByRole('button', { name: /^Choose (a|another) file$/ }).click()
  await field(page, 'Its six words').fill('amber brook candle dapple ember fern')
  await page.keyboard.press('Enter')
  await expect(page.getByText('All 41 case notes are here already.')).toBeVisible()
  await look(desk, 'case-import-nothing-new')
})
