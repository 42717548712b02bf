import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aSubjectRequest } from '../../fixtures/subjectAccess.ts'
import { addPerson, firstUnlock } from '../screens/account.ts'
import { button, field, goTo, heading, lock, openDesk, unlock, type OpenDesk } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { saveTo } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { openAt } from '../screens/paper.ts'
import { ash, blake, sky } from '../screens/people.ts'
import { answerLater, answerWith, fault, hiddenStops, look, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'

let desk: OpenDesk
let childId: string
test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('requests, the form and one request, with everything long, empty, and when it cannot be read', async () => {
  const { page, app } = desk
  await goTo(page, 'Subject access')
  await look(desk, 'subject-access-none')
  await page.getByRole('link', { name: 'Record a subject access request' }).click()
  await expect(heading(page, 'Record a subject access request')).toBeVisible()
  await look(desk, 'subject-access-form')
  await button(page, 'Record the request').click()
  await look(desk, 'subject-access-form-missing')
  expect(await hiddenStops(desk, 15)).toEqual([])
  await page.getByRole('radio', { name: 'Order of a court', exact: true }).check()
  await look(desk, 'subject-access-form-court')

  const { people, agreement } = aRegistration()
  const child = aPerson({ name: NAME })
  childId = child.id
  const { form } = await addFamily(page, { people: [child, people[1]!], agreement })
  const late = aSubjectRequest(child.id, {
    ...{ receivedOn: '1/10/2026', identityOn: '1/10/2026', requester: 'parent' },
    ...{ requesterName: `${NAME} the elder`, entitledBy: UNBROKEN, wanted: `${UNBROKEN}\nand the calls` }
  })
  await ask(page, 'subjectAccess.record', late)
  await ask(
    page,
    'subjectAccess.record',
    aSubjectRequest(form.people[1]?.id ?? '', { identityHow: '', identityOn: '' })
  )
  await ask(page, 'subjectAccess.act', {
    ...{ id: newId(), requestId: late.id, basedOn: late.id, event: 'extend', on: '20/10/2026', toId: '' },
    words: UNBROKEN
  })
  await goTo(page, 'Subject access')
  await expect(page.getByRole('row')).toHaveCount(3)
  await look(desk, 'subject-access-list')
  await goTo(page, 'Desk')
  await expect(page.getByRole('region', { name: /^Subject access requests/ }).getByRole('link')).toHaveCount(
    2
  )
  await look(desk, 'subject-access-desk')
  await goTo(page, 'Subject access')
  await page.getByRole('link', { name: 'SAR-', exact: false }).first().click()
  await expect(page.getByText(/items decided$/)).toBeVisible()
  await look(desk, 'subject-access-request')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'subject-access-request-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await hiddenStops(desk, 15)).toEqual([])
  await button(page, 'Record that it was answered').click()
  await look(desk, 'subject-access-act')
  await button(page, 'Cancel').click()

  const { rows } = await ask(page, 'subjectAccess.items', { requestId: late.id, filter: 'all', after: '' })
  await ask(page, 'subjectAccess.decide', {
    requestId: late.id,
    decisions: rows.map(({ itemId, sha256 }) => ({
      ...{ id: newId(), itemId, itemSha256: sha256, fate: 'include', reason: '', note: '' },
      ...{ spans: [], withoutFiles: [] }
    }))
  })
  const mend = await answerWith(app, 'subjectAccess.standing', {
    ok: true,
    value: {
      ...(await ask(page, 'subjectAccess.standing', { requestId: late.id })),
      isAgreed: true,
      reviews: [
        {
          ...{ id: newId(), verdict: 'agreed', words: UNBROKEN, byName: NAME, isOfNow: true },
          at: '2026-11-22T09:00:00.000Z'
        }
      ]
    }
  })
  await goTo(page, 'Subject access')
  await page.getByRole('link', { name: 'SAR-', exact: false }).first().click()
  await expect(button(page, 'Save the answer')).toBeVisible()
  await look(desk, 'subject-access-save')
  await mend()
  const broken = await answerWith(app, 'subjectAccess.read', fault)
  await goTo(page, 'Subject access')
  await page.getByRole('link', { name: 'SAR-', exact: false }).first().click()
  await expect(button(page, 'Try again')).toBeVisible()
  await look(desk, 'subject-access-failed')
  await broken()
})

test('each state of a request, and the answer on its way out', async () => {
  const { page, app } = desk
  const record = async (changes: Parameters<typeof aSubjectRequest>[1]) => {
    const request = aSubjectRequest(childId, changes)
    await ask(page, 'subjectAccess.record', request)
    return request.id
  }
  const act = async (requestId: string, event: 'answer' | 'withdraw') => {
    const { lastId: basedOn } = await ask(page, 'subjectAccess.read', { id: requestId })
    await ask(page, 'subjectAccess.act', {
      ...{ id: newId(), requestId, basedOn, event, on: '23/11/2026', toId: '', words: 'By tracked post' }
    })
  }
  const unproved = await record({
    ...{ identityHow: '', identityOn: '', requester: 'representative', requesterName: 'Hart and Co' },
    entitledBy: 'A signed authority'
  })
  const late = await record({ receivedOn: '1/9/2026', identityOn: '1/9/2026' })
  const withdrawn = await record({})
  await act(withdrawn, 'withdraw')
  await openAt(desk, `/subject-access/${unproved}`)
  await expect(page.getByText(/items decided$/)).toBeVisible()
  await look(desk, 'subject-access-unproved')
  await button(page, 'Record identity').click()
  await field(page, 'On').fill('31/2/2026')
  await button(page, 'Record').click()
  await look(desk, 'subject-access-act-errors')
  await button(page, 'Cancel').click()
  await openAt(desk, `/subject-access/${withdrawn}`)
  await expect(page.getByText(/items decided$/)).toBeVisible()
  await look(desk, 'subject-access-withdrawn')
  await openAt(desk, `/subject-access/${late}`)
  await expect(page.getByText(/items decided$/)).toBeVisible()
  await look(desk, 'subject-access-late')
  await button(page, 'Extend the time').click()
  await look(desk, 'subject-access-extend')
  await button(page, 'Cancel').click()
  await button(page, 'Give to somebody else').click()
  await look(desk, 'subject-access-give')
  await button(page, 'Cancel').click()

  await goTo(page, 'People')
  const [oneTimeAsh, oneTimeSky] = [await addPerson(page, ash), await addPerson(page, sky)]
  const { rows } = await ask(page, 'subjectAccess.items', { requestId: late, filter: 'all', after: '' })
  await ask(page, 'subjectAccess.decide', {
    requestId: late,
    decisions: rows.map(({ itemId, sha256 }) => ({
      ...{ id: newId(), itemId, itemSha256: sha256, fate: 'include', reason: '', note: '' },
      ...{ spans: [], withoutFiles: [] }
    }))
  })
  const agreed = await answerWith(app, 'subjectAccess.standing', {
    ok: true,
    value: { ...(await ask(page, 'subjectAccess.standing', { requestId: late })), isAgreed: true }
  })
  await openAt(desk, `/subject-access/${late}`)
  await page.getByRole('checkbox', { name: 'Protect with a passphrase' }).uncheck()
  await button(page, 'Save the answer').click()
  await look(desk, 'subject-access-open-reason')
  await page.getByRole('checkbox', { name: 'Protect with a passphrase' }).check()
  const running = await answerWith(app, 'export.progress', {
    ok: true,
    value: { stage: 'running', done: 12_480, total: 20_000, part: 2, parts: 10 }
  })
  const saving = await answerLater(app, 'subjectAccess.save')
  await button(page, 'Save the answer').click()
  await expect(page.getByText('12,480 of 20,000 items')).toBeVisible()
  await look(desk, 'subject-access-running')
  await running()
  await saving.answer({ ok: true, value: { stage: 'failed', reason: 'file-not-allowed' } })
  await expect(page.getByText('You may not save in that folder.').first()).toBeVisible()
  await look(desk, 'subject-access-save-failed')
  const { reference } = await ask(page, 'subjectAccess.read', { id: late })
  const again = await answerLater(app, 'subjectAccess.save')
  await button(page, 'Save the answer').click()
  await again.answer({
    ok: true,
    value: {
      ...{ stage: 'done', fileName: `${reference}.zip`, reference: 'EXP-7KQ3-000001', included: 1_204 },
      ...{
        excluded: 3,
        sha256: 'f'.repeat(64),
        passphrase: 'frugality bubbly hardship spruce kosher splotchy'
      }
    }
  })
  await expect(page.getByRole('heading', { name: /^Saved: / })).toBeVisible()
  await look(desk, 'subject-access-saved')
  await button(page, 'I have noted the words').click()
  await look(desk, 'subject-access-saved-noted')
  await button(page, 'Done').click()
  await again.mend()
  await saving.mend()
  await agreed()
  await saveTo(app, path.join(mkdtempSync(path.join(tmpdir(), 'answer-look-')), 'answer.zip'))

  await act(late, 'answer')
  await openAt(desk, '/')
  await openAt(desk, `/subject-access/${late}`)
  await expect(button(page, 'Go on with it after all')).toBeVisible()
  await look(desk, 'subject-access-answered')
  await openAt(desk, '/subject-access')
  await page.getByRole('radio', { name: 'Done' }).check()
  await expect(page.getByRole('row')).toHaveCount(3)
  await look(desk, 'subject-access-list-done')
  const noList = await answerWith(app, 'subjectAccess.list', fault)
  await page.getByRole('radio', { name: 'Waiting for an answer' }).check()
  await expect(button(page, 'Try again')).toBeVisible()
  await look(desk, 'subject-access-list-failed')
  await noList()
  const due = await ask(page, 'subjectAccess.due', { whose: 'everyone' })
  const many = await answerWith(app, 'subjectAccess.due', { ok: true, value: { ...due, total: '132' } })
  await goTo(page, 'Desk')
  await expect(page.getByText('that were received first')).toBeVisible()
  await look(desk, 'subject-access-desk-many')
  await many()
  await goTo(page, 'Calls')
  const noDue = await answerWith(app, 'subjectAccess.due', fault)
  await goTo(page, 'Desk')
  await expect(page.getByText('What is to be answered could not be brought up to date.')).toBeVisible()
  await look(desk, 'subject-access-desk-failed')
  await noDue()

  await lock(page)
  await firstUnlock(page, ash, oneTimeAsh)
  await openAt(desk, `/subject-access/${unproved}`)
  await expect(page.getByText('Not every item is decided yet.')).toBeVisible()
  await look(desk, 'subject-access-auditor')
  await lock(page)
  await firstUnlock(page, sky, oneTimeSky)
  await openAt(desk, '/subject-access')
  await look(desk, 'subject-access-refused')
  await openAt(desk, `/subject-access/record/${newId()}`)
  await look(desk, 'subject-access-form-refused')
  await openAt(desk, `/subject-access/${unproved}`)
  await look(desk, 'subject-access-request-refused')
  await lock(page)
  await unlock(page, blake)
})
