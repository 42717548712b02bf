import { expect, test } from '@playwright/test'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import { newId } from '../../../shared/ids.ts'
import { aDecisionOn, aSubjectRequest } from '../../fixtures/subjectAccess.ts'
import { anAddendum } from '../../fixtures/notes.ts'
import { addPerson, firstUnlock } from '../screens/account.ts'
import { check } from '../screens/axe.ts'
import { button, field, goTo, lock, openDesk, unlock, type OpenDesk } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { addNote } from '../screens/note.ts'
import { openAt } from '../screens/paper.ts'
import { ash, blake, robin } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, shootWindow, sizeWindow } from './look.ts'

let desk: OpenDesk
let requestId: string
let family: RegistrationDraft
let noteId: string

test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  await sizeWindow(desk.app)
  const { form } = await addFamily(desk.page)
  family = form
  const { id } = await addNote(desk.page, form, {
    words:
      'Jo Vale said that Robin sleeps well since they moved. Jo’s mother comes on Thursdays.\n\nA neighbour rang Jo on 07700 900123 twice about the noise; Jo was born on 1/2/1985 and knows the street from then. '.repeat(
        3
      ),
    childsVoice: 'I want my own bed'
  })
  noteId = id
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
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Black out Jo Vale').first().click()
  await expect(page.getByRole('heading', { name: 'Blacked out: 1' })).toBeVisible()
  await look(desk, 'redaction-marked')
  await page.getByRole('button', { name: 'As it goes out' }).click()
  await look(desk, 'redaction-out')
  await check(page, 'an item as it goes out')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.getByRole('button', { name: 'Mark', exact: true }).click()
  await button(page, 'Everywhere that Jo Vale stands').first().click()
  await expect(page.getByText(/not blacked out yet/)).toBeVisible()
  await look(desk, 'redaction-everywhere')
  await check(page, 'the same words everywhere')
  await page.emulateMedia({ colorScheme: 'light' })
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
  await page.emulateMedia({ colorScheme: 'light' })
  await shootWindow(desk, 'redaction-window')
  const mend = await answerWith(desk.app, 'subjectAccess.items', fault)
  await openAt(desk, '/')
  await openAt(desk, `/subject-access/${requestId}/items`)
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await look(desk, 'redaction-fault')
  await mend()
})

test('what is rare: nothing, one item, words that are chosen, a reason that is missing, a long text', async () => {
  const { page, app } = desk
  const none = aSubjectRequest(family.people[0]?.id ?? '', { from: '1/1/2020', to: '2/1/2020' })
  await ask(page, 'subjectAccess.record', none)
  await openAt(desk, `/subject-access/${none.id}/items`)
  await expect(page.getByText('The record holds nothing of this person')).toBeVisible()
  await look(desk, 'redaction-none')
  await openAt(desk, `/subject-access/${none.id}`)
  await expect(page.getByText('The record holds nothing of the days')).toBeVisible()
  await look(desk, 'redaction-none-request')
  await openAt(desk, `/subject-access/${requestId}/items`)
  await page.getByRole('navigation', { name: 'Items' }).getByRole('button', { name: /Visit/ }).first().click()
  await page.getByRole('button', { name: 'Mark', exact: true }).click()
  const words = field(page, 'Note').first()
  await words.focus()
  await words.evaluate((text: HTMLTextAreaElement) => {
    text.setSelectionRange(12, 35)
  })
  await look(desk, 'redaction-chosen')
  await field(page, 'Why is it blacked out?').selectOption({ label: 'Serious harm' })
  await words.focus()
  await words.press('m')
  await expect(page.getByText(/whose opinion it is/).last()).toBeVisible()
  await look(desk, 'redaction-reason-missing')
  await field(page, 'Show').selectOption('exclude')
  await expect(page.getByText('No items here.')).toBeVisible()
  await look(desk, 'redaction-filter-empty')

  const items = await ask(page, 'subjectAccess.items', { requestId, filter: 'all', after: '' })
  const first = items.rows.find(({ title }) => title === 'Visit')
  const long = 'She said that it is the same every week, and that nobody had asked her before. '
  const one = await answerWith(app, 'subjectAccess.items', {
    ok: true,
    value: {
      ...items,
      next: '',
      rows: [
        {
          ...first,
          title: 'Team Around the Family meeting with everybody who works with them',
          texts: [
            { path: 'words', label: 'Note', text: `${long.repeat(120)}${'Llanfair'.repeat(40)}` },
            { path: 'about', label: 'About', text: 'Robin Vale' }
          ],
          suggestions: [],
          files: ['a-plan-with-a-very-long-name-of-2026-11-20-signed-by-everybody.pdf', 'drawing.png'].map(
            (name, index) => ({ id: String(index), name, type: 'application/pdf', size: 1_000, sha256: '' })
          ),
          decided: {
            ...{ fate: 'redact', reason: '', note: '', spans: [], byName: 'Blake Oduya' },
            ...{ at: '2026-11-23T10:00:00.000Z' },
            withoutFiles: [{ id: '0', reason: 'serious-harm', note: 'Dr Okafor, 20 November 2026' }]
          },
          state: 'redact'
        }
      ]
    }
  })
  await openAt(desk, '/')
  await openAt(desk, `/subject-access/${requestId}/items`)
  await page.getByRole('button', { name: 'Mark', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Files' })).toBeVisible()
  await look(desk, 'redaction-one')
  await page.getByRole('button', { name: 'As it goes out' }).click()
  await look(desk, 'redaction-one-out')
  await one()
})

test('as its reviewer sees it, sent back, agreed to, changed since, and as an auditor sees it', async () => {
  const { page } = desk
  await goTo(page, 'People')
  const [oneTimeRobin, oneTimeAsh] = [await addPerson(page, robin), await addPerson(page, ash)]
  await lock(page)
  await firstUnlock(page, robin, oneTimeRobin)
  await openAt(desk, `/subject-access/${requestId}`)
  await expect(page.getByText('Read what goes out')).toBeVisible()
  await look(desk, 'redaction-reviewer-request')
  await openAt(desk, `/subject-access/${requestId}/items`)
  await expect(button(page, 'Agree to what goes out')).toBeVisible()
  await look(desk, 'redaction-reviewer')
  await button(page, 'Send it back').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'redaction-reviewer-missing')
  await page.getByRole('textbox', { name: /^Your words/ }).fill('Item 10 names the neighbour. '.repeat(8))
  await button(page, 'Send it back').click()
  await expect(page.getByText('Sent back', { exact: true })).toBeVisible()
  await look(desk, 'redaction-sent-back')
  await button(page, 'Agree to what goes out').click()
  await expect(page.getByText('Agreed to as it is decided now.')).toBeVisible()
  await look(desk, 'redaction-agreed')
  await lock(page)
  await firstUnlock(page, ash, oneTimeAsh)
  await openAt(desk, `/subject-access/${requestId}/items`)
  await page.getByRole('button', { name: 'As it is recorded' }).click()
  await look(desk, 'redaction-auditor')
  await lock(page)
  await unlock(page, blake)
  await ask(page, 'note.add', anAddendum(family, noteId, 'Jo rang again and said more.'))
  await openAt(desk, `/subject-access/${requestId}/items`)
  await expect(page.getByText('This was decided, but it says something else now.')).toBeVisible()
  await look(desk, 'redaction-changed')
  await openAt(desk, `/subject-access/${requestId}`)
  await expect(page.getByText('1 changed since')).toBeVisible()
  await look(desk, 'redaction-changed-request')
})
