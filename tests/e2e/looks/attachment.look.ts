import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import { aPdf, aPng, aWordFile } from '../../fixtures/attachments.ts'
import { button, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily, openFamily } from '../screens/family.ts'
import { chooseFile, saveTo } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { answerWith, fault, look, sizeWindow } from './look.ts'

const LONG = `Letter about the meeting at ${'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)}`

let desk: OpenDesk
let folder: string
let family: Awaited<ReturnType<typeof addFamily>>

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'files-'))
  desk = await openDesk()
  await sizeWindow(desk.app)
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

const inFolder = (name: string) => path.join(folder, name)
const add = () => desk.page.getByRole('button', { name: /^Add a file to/ }).first()

test('the files on an agreement', async () => {
  const { page, app } = desk
  family = await addFamily(page)
  await openFamily(page, family.reference)
  await look(desk, 'files-none')
  for (const [name, bytes] of [
    ['Agreement form.pdf', aPdf(1_234_567)],
    ['Photo of the signed page.png', aPng()],
    [`${LONG}.docx`, aWordFile()]
  ] as const) {
    writeFileSync(inFolder(name), bytes)
    await chooseFile(app, inFolder(name))
    await add().click()
    await expect(page.getByRole('status').filter({ hasText: `${name} was added` })).toBeVisible()
  }
  await look(desk, 'files')
  writeFileSync(inFolder('page.html'), '<!DOCTYPE html>')
  await chooseFile(app, inFolder('page.html'))
  await add().click()
  await expect(page.getByText('This kind of file cannot be added.')).toBeVisible()
  await look(desk, 'files-refused')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'files-refused-dark')
  await page.emulateMedia({ colorScheme: 'light' })

  const { agreements } = await ask(page, 'family.read', { id: family.id })
  const attachedId = agreements[0]?.id ?? newId()
  const mend = await answerWith(app, 'attachment.progress', {
    ok: true,
    value: { state: 'storing', attachedId, done: 9_437_184, total: 26_214_400 }
  })
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = () => new Promise(() => undefined)
  })
  await add().click()
  await expect(page.getByText('Adding the file: 9 MB of 25 MB')).toBeVisible()
  await look(desk, 'files-adding')
  await mend()
})

test('saving a copy', async () => {
  const { page, app } = desk
  await openFamily(page, family.reference)
  await page.getByRole('button', { name: /^Save a copy of Letter/ }).click()
  await look(desk, 'files-copy')
  const mend = await answerWith(app, 'attachment.saveCopy', {
    ok: false,
    error: { code: 'refused', reason: 'attachment-damaged' }
  })
  await button(page, 'Choose where to save').click()
  await expect(page.getByText('This file was damaged')).toBeVisible()
  await look(desk, 'files-copy-refused')
  await mend()
  await saveTo(app, inFolder('copy.docx'))
  await button(page, 'Choose where to save').click()
  await expect(page.getByText('Saved as copy.docx.')).toBeVisible()
  await look(desk, 'files-copy-saved')
  await button(page, 'Close').click()
  const again = await answerWith(app, 'attachment.list', fault)
  await openFamily(page, family.reference)
  await expect(page.getByText('The files could not be read.')).toBeVisible()
  await look(desk, 'files-failed')
  await again()
})
