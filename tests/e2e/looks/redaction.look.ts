import { expect, test } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import { aDecisionOn, aSubjectRequest } from '../../fixtures/subjectAccess.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { check } from '../screens/axe.ts'
import { addFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { addNote } from '../screens/note.ts'
import { openAt } from '../screens/paper.ts'
import { blake } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, shootWindow, sizeWindow } from './look.ts'

let desk: OpenDesk
let requestId: string

test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  await sizeWindow(desk.app)
  const { form } = await addFamily(desk.page)
  await addNote(desk.page, form, {
    words:
      'Jo Vale said that Robin sleeps well since they moved. Jo’s mother comes on Thursdays.\n\nA neighbour rang Jo on 07700 900123 twice about the noise; Jo was born on 1/2/1985 and knows the street from then. '.repeat(
        3
      ),
    childsVoice: 'I want my own bed'
  })
  for (let index = 0; index < 30; index += 1) {
    await addNote(desk.page, form, { words: `Visit ${String(index)}: Jo and Robin were in.` })
  }
  const request = aSubjectRequest(form.people[0]?.id ?? '', {
    ...{ receivedOn: '3/11/2025', identityOn: '3/11/2025' }
  })
  await ask(desk.page, 'subjectAccess.record', request)
  requestId = request.id
})
test.afterAll(() => desk.close())

test('going through an answer', async () => {
  const { page } = desk
  await openAt(desk, `/subject-access/${requestId}/items`)
  await expect(page.getByRole('heading', { name: 'Suggested' }).first()).toBeVisible()
  await look(desk, 'redaction-first')
  await field(page, 'Show').selectOption({
    label:
      (await field(page, 'Show').locator('option').allTextContents()).find((each) =>
        each.startsWith('All')
      ) ?? ''
  })
  await page.getByRole('navigation', { name: 'Items' }).getByRole('button', { name: /Visit/ }).first().click()
  await expect(page.getByRole('heading', { name: /^Suggested: \d/ })).toBeVisible()
  await look(desk, 'redaction-note')
  await check(page, 'an item to decide')
  await button(page, 'Black out Jo Vale').first().click()
  await expect(page.getByRole('heading', { name: 'Blacked out: 1' })).toBeVisible()
  await look(desk, 'redaction-marked')
  await page.getByRole('button', { name: 'As it goes out' }).click()
  await look(desk, 'redaction-out')
  await check(page, 'an item as it goes out')
  await page.getByRole('button', { name: 'Mark', exact: true }).click()
  await button(page, 'Everywhere that Jo Vale stands').first().click()
  await expect(page.getByText(/not blacked out yet/)).toBeVisible()
  await look(desk, 'redaction-everywhere')
  await check(page, 'the same words everywhere')
  await page.keyboard.press('Escape')
  await button(page, 'Leave out').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave out' }).click()
  await look(desk, 'redaction-leave-out')
  await page.keyboard.press('Escape')
  expect.soft(await hiddenStops(desk, 40), 'hidden').toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'redaction-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  for (let after = ''; ;) {
    const { rows, next } = await ask(page, 'subjectAccess.items', { requestId, filter: 'to-decide', after })
    const decisions = rows.map((item) => ({ ...aDecisionOn(item), id: newId() }))
    if (rows.length) await ask(page, 'subjectAccess.decide', { requestId, decisions })
    if (next === '') break
    after = next
  }
  await openAt(desk, '/')
  await openAt(desk, `/subject-access/${requestId}/items`)
  await expect(page.getByText('Somebody who decided nothing of it reviews it now')).toBeVisible()
  await look(desk, 'redaction-review')
  await check(page, 'an answer that waits for its review')
  await shootWindow(desk, 'redaction-window')
  const mend = await answerWith(desk.app, 'subjectAccess.items', fault)
  await openAt(desk, '/')
  await openAt(desk, `/subject-access/${requestId}/items`)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await look(desk, 'redaction-fault')
  await mend()
})
