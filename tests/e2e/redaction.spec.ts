import { expect, test } from '@playwright/test'
import { BAR } from '../../shared/subjectAccess/redact.ts'
import { aSubjectRequest } from '../fixtures/subjectAccess.ts'
import { openDesk, type OpenDesk } from './screens/desk.ts'
import { addFamily } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { addNote } from './screens/note.ts'
import { openAt } from './screens/paper.ts'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk()
})
test.afterAll(() => desk.close())

test('an item is gone through by the keyboard alone, and every mark is stored at once', async () => {
  const { page } = desk
  const { form } = await addFamily(page)
  await addNote(page, form, { words: 'Mrs Ellery next door rang. Jo Vale was in.' })
  const request = aSubjectRequest(form.people[0]?.id ?? '', { from: '23/11/2026' })
  await ask(page, 'subjectAccess.record', request)
  await openAt(desk, `/subject-access/${request.id}/items`)
  const title = page.locator('#item-title')
  await expect(title).toBeVisible()
  await page.getByLabel('Items', { exact: true }).getByRole('button', { name: /Visit/ }).focus()
  await page.keyboard.press('Enter')
  await expect(title).toContainText('Visit')
  await expect(title).toBeFocused()

  const note = page.getByLabel('Note', { exact: true }).and(page.locator('textarea'))
  await note.focus()
  await page.keyboard.press('Control+Home')
  for (let letter = 0; letter < 'Mrs Ellery'.length; letter += 1)
    await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('m')
  await expect(page.getByRole('heading', { name: 'Blacked out: 1' })).toBeVisible()
  await expect(note).toHaveValue('Mrs Ellery next door rang. Jo Vale was in.')

  await title.focus()
  await page.keyboard.press('s')
  const take = page.getByRole('button', { name: 'Black out Jo Vale' })
  await expect(take).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Blacked out: 2' })).toBeVisible()

  await openAt(desk, '/')
  await openAt(desk, `/subject-access/${request.id}/items`)
  await page.getByLabel('Items', { exact: true }).getByRole('button', { name: /Visit/ }).click()
  await expect(page.getByRole('heading', { name: 'Blacked out: 2' })).toBeVisible()
  await page.keyboard.press('v')
  await expect(page.getByRole('definition').filter({ hasText: 'next door rang' })).toHaveText(
    `${BAR} [third party] next door rang. ${BAR} [third party] was in.`
  )
  await page.keyboard.press('i')
  await expect(page.getByRole('button', { name: /Visit/ })).toContainText('In part')
})
