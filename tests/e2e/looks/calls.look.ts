import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import type { CallDraft } from '../../../shared/call/call.ts'
import { everyCall } from '../../../shared/call/filter.ts'
import { newId } from '../../../shared/ids.ts'
import { aCall } from '../../fixtures/calls.ts'
import { callForm, chooseSchool, logCall, openFiled } from '../screens/call.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { saveTo } from '../screens/files.ts'
import { addSchool, ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import {
  answerLater,
  answerWith,
  fault,
  hiddenFocus,
  hiddenStops,
  look,
  lookAtPaper,
  sizeWindow,
  zoom
} from './look.ts'

/** As long as the record takes them, with blanks to break at and without. */
const WORDS =
  'The Blessed Thomasina of Upper Sundon-cum-Streatley and Saint Bartholomew-the-Great Voluntary Aided Junior Mixed and Infant School with Nursery and a Specially Resourced Provision for Autism'
const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `${`${WORDS}. `.repeat(3)}\n${UNBROKEN.repeat(3)}`

let desk: OpenDesk
let schools: string[]
let robinId: string

test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const aChild = (name: string) => ({
  id: newId(),
  name,
  birth: '3/9/2015',
  upn: '',
  relation: 'Stepdaughter of the aunt who has parental responsibility',
  address: `4 Invented Lane, ${UNBROKEN}, AL10 0ZZ`
})
const fileCall = (changes: Partial<CallDraft>) =>
  ask(desk.page, 'call.file', aCall(schools[0] ?? '', { startedAt: '2026-11-23T09:30:00.000Z', ...changes }))
/** A call on paper, of some day in November 2026. */
const onPaper = (day: number, time: string): Partial<CallDraft> => ({
  tookPlaceDate: `${String(day)}/11/2026`,
  tookPlaceTime: time,
  setBackReason: 'Written on paper'
})
const dialog = () => desk.page.getByRole('dialog')
/** What went wrong is said at the top until somebody has read it. */
const read = () => button(desk.page, 'Close this message').click()
const show = async (place: string) => {
  await goTo(desk.page, place === 'Calls' ? 'Desk' : 'Calls')
  await goTo(desk.page, place)
}
async function closeOfDay(): Promise<void> {
  await show('Desk')
  await button(desk.page, 'Close of day').click()
  await expect(heading(desk.page, 'Close of day, Monday 23 November 2026')).toBeVisible()
}
test('nothing there yet', async () => {
  const { page, app } = desk
  await expect(page.getByText('No calls filed yet today.')).toBeVisible()
  await look(desk, 'desk-empty')
  await closeOfDay()
  await look(desk, 'close-of-day-empty')
  await goTo(page, 'Calls')
  await expect(page.getByText('No calls have been filed yet.')).toBeVisible()
  await look(desk, 'calls-empty')
  await goTo(page, 'Reports')
  await expect(page.getByText(/^No calls from/)).toBeVisible()
  await look(desk, 'reports-empty')
  await field(page, 'From').fill('31/2/2026')
  await button(page, 'Show').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'reports-error')
  await zoom(desk, 2)
  const form = await logCall(page)
  expect.soft(await hiddenFocus(desk), 'hidden as the form opens').toBe('')
  await look(desk, 'form-empty')
  await form.leaveForLater.click()
  for (const broken of ['call.due', 'call.list'] as const) {
    const mend = await answerWith(app, broken, fault)
    await show(broken === 'call.due' ? 'Desk' : 'Calls')
    await look(desk, broken === 'call.due' ? 'desk-error' : 'calls-error')
    await mend()
    await read()
  }
})

test('the desk, with everything long', async () => {
  const { page, app } = desk
  const [long, unbroken] = [await addSchool(page, { name: WORDS }), await addSchool(page, { name: UNBROKEN })]
  schools = [long.id, unbroken.id]
  robinId = newId()
  await ask(page, 'account.add', {
    id: robinId,
    name: NAME,
    roles: ['adviser'],
    profession: 'cpslo',
    hubIds: []
  })
  const { id: callBack } = await fileCall({
    outcome: 'call-back',
    callerName: NAME,
    children: [aChild(NAME)]
  })
  for (const result of ['no-answer', 'left-message'] as const)
    await ask(page, 'call.recordAttempt', { id: newId(), callId: callBack, result, note: TEXT })
  await fileCall({
    schoolId: schools[1] ?? '',
    outcome: 'call-back',
    callerName: UNBROKEN,
    mayLeaveMessage: true,
    children: [aChild(UNBROKEN), aChild('Ned Sparrow')]
  })
  await fileCall({ ...onPaper(19, '10:00'), outcome: 'call-back', callerPhone: '' })
  await fileCall({ ...onPaper(2, '10:00'), outcome: 'contact-form', children: [aChild(NAME)] })
  await fileCall({
    outcome: 'advice-only',
    actions: [
      { id: newId(), what: WORDS, who: NAME, byWhen: '20/11/2026' },
      { id: newId(), what: UNBROKEN, who: UNBROKEN, byWhen: '' }
    ]
  })
  for (const [label, name] of [
    ['mine', NAME],
    ['robin', UNBROKEN]
  ] as const) {
    const draft = aCall(schools[0] ?? '', { schoolText: WORDS, callerName: name })
    await ask(page, 'call.saveDraft', { draft, savedBefore: 0 })
    if (label === 'robin') await ask(page, 'call.handDraft', { id: draft.id, toId: robinId })
  }
  await show('Desk')
  await expect(page.getByRole('region', { name: /^Call-backs due/ }).getByRole('article')).toHaveCount(3)
  await look(desk, 'desk-long')
  expect.soft(await hiddenStops(desk, 60), 'hidden on the desk').toEqual([])

  await button(page, `Left a message ${NAME}`).click()
  await look(desk, 'desk-call-back')
  const mend = await answerWith(app, 'call.recordAttempt', fault)
  await field(page, 'Note (optional)').fill(UNBROKEN)
  await button(page, 'Record the message').click()
  await expect(page.getByText('A1B2C3').first()).toBeVisible()
  await look(desk, 'desk-call-back-error')
  await mend()
  await read()
  await button(page, 'Record the message').click()
  await expect(page.getByRole('status').filter({ hasText: `Left a message for ${NAME}` })).toBeVisible()
  await look(desk, 'desk-call-back-told')
  await button(page, `Hand to… ${WORDS}`).first().click()
  await button(page, 'Hand over').click()
  await look(desk, 'desk-hand-over-error')
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: /^Set aside/ })
    .first()
    .click()
  await button(page, 'Set this call aside').click()
  await page.getByRole('button', { name: /^Hand over:/ }).click()
  await button(page, 'Hand this call over').click()
  await look(desk, 'desk-unfinished-error')
})

test('the close-of-day sheet', async () => {
  const { page, app } = desk
  await closeOfDay()
  await look(desk, 'close-of-day-long')
  await lookAtPaper(desk, 'close-of-day-paper')
  const mend = await answerWith(app, 'call.handOver', fault)
  const owner = field(page, `Tomorrow’s owner of ${NAME}`).first()
  await owner.selectOption({ label: NAME })
  await expect(page.getByText('A1B2C3').first()).toBeVisible()
  await look(desk, 'close-of-day-error')
  await mend()
  await read()
  await owner.selectOption({ label: NAME })
  await expect(page.getByRole('status').filter({ hasText: 'tomorrow' })).toBeVisible()
  await look(desk, 'close-of-day-told')
  expect.soft(await hiddenStops(desk, 30), 'hidden on the sheet').toEqual([])
})

test('the list of calls, its filters and the export', async () => {
  const { page } = desk
  await goTo(page, 'Calls')
  await expect(page.getByRole('row').filter({ hasText: /HUB-/ }).first()).toBeVisible()
  await look(desk, 'calls-long')
  await field(page, 'Search calls').fill('bruises')
  await expect(page.getByText('Bruises').first()).toBeVisible()
  await look(desk, 'calls-search')
  await field(page, 'Search calls').fill('nothing like this')
  await expect(page.getByText(/^No call has these words/)).toBeVisible()
  await look(desk, 'calls-none-found')
  await field(page, 'Search calls').fill('')
  for (const name of [UNBROKEN.slice(0, 60), 'Everything of the autumn term that waits for an answer yet'])
    await ask(page, 'call.saveFilter', {
      id: newId(),
      name,
      filter: { ...everyCall, schoolId: schools[name.length === 60 ? 1 : 0] ?? '', outcome: 'call-back' }
    })
  await show('Calls')
  await button(page, 'Filters').click()
  await page.getByRole('button', { name: 'Everything of the autumn' }).first().click()
  await expect(page.getByRole('button', { name: /^Remove filter “Everything/ })).toBeVisible()
  await field(page, 'From').fill('31/2/2026')
  await field(page, 'To').focus()
  await expect(page.getByText('Enter a date, like 23/11/2026')).toBeVisible()
  await look(desk, 'filters-long-and-error')
  expect.soft(await hiddenStops(desk, 45), 'hidden among the filters').toEqual([])
  await field(page, 'From').fill('1/11/2026')
  await field(page, 'To').focus()
  await button(page, 'Save this filter').click()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(dialog().getByRole('alert')).toBeVisible()
  await look(desk, 'save-filter-error')
  await page.keyboard.press('Escape')
  await button(page, 'Clear all').click()
})

test('a call’s page and its receipt', async () => {
  const { page, app } = desk
  const { id, reference } = await fileCall({
    callerName: NAME,
    callerRole: WORDS,
    children: [aChild(NAME), aChild(UNBROKEN)],
    concern: TEXT,
    advice: TEXT,
    level: 'targeted',
    levelWhy: WORDS,
    disagreement: UNBROKEN,
    outcome: 'call-back',
    actions: [
      { id: newId(), what: WORDS, who: NAME, byWhen: '24/11/2026' },
      { id: newId(), what: UNBROKEN, who: UNBROKEN, byWhen: '' }
    ]
  })
  await ask(page, 'call.recordAttempt', { id: newId(), callId: id, result: 'no-answer', note: TEXT })
  await ask(page, 'call.addAddendum', { id: newId(), callId: id, field: 'advice', text: TEXT })
  await show('Calls')
  await openFiled(page, reference)
  await button(page, 'Left a message').click()
  await button(page, 'Add addendum').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'call-long-with-errors')
  expect.soft(await hiddenStops(desk, 40), 'hidden on a call').toEqual([])
  await lookAtPaper(desk, 'call-paper')
  await button(page, 'Save advice receipt').click()
  await look(desk, 'receipt')
  await saveTo(app, '/no-such-folder/receipt.pdf')
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog().getByRole('alert')).toBeVisible()
  await look(desk, 'receipt-error')
  const making = await answerLater(app, 'call.saveReceipt')
  await dialog().getByRole('button', { name: 'Save', exact: true }).click()
  await expect(dialog().getByText('Preparing the receipt')).toBeVisible()
  await look(desk, 'receipt-being-made')
  await making.mend()
  await page.keyboard.press('Escape')
  await button(page, 'Entered in error').click()
  await dialog().getByRole('button').first().click()
  await look(desk, 'entered-in-error')
  await page.keyboard.press('Escape')
})

test('the form, beside what was said before', async () => {
  const { page, app } = desk
  const form = await logCall(page)
  await chooseSchool(page, form, 'Blessed')
  await form.callerName.fill(NAME)
  await form.child(0).name.fill(NAME)
  await form.child(0).birth.fill('3/9/2015')
  const strip = page.getByRole('region', { name: 'Have we spoken before?' })
  await expect(strip.getByText(/about this child/)).toBeVisible()
  await form.concern.fill(TEXT)
  await look(desk, 'form-long')
  await form.fileCall.click()
  await expect(form.errors).toBeVisible()
  await page.keyboard.press('F6')
  await look(desk, 'form-errors')
  await strip.getByRole('button', { name: 'None of these' }).click()
  await look(desk, 'form-none-of-these')
  expect.soft(await hiddenStops(desk, 70), 'hidden in the form').toEqual([])
  await zoom(desk, 2)
  await page.keyboard.press('F6')
  expect.soft(await hiddenFocus(desk), 'hidden in the strip').toBe('')
  await look(desk, 'form-strip-open')
  const mend = await answerWith(app, 'call.spokenBefore', fault)
  await form.child(0).name.fill('Somebody Else')
  await expect(strip.getByText('Not looked up')).toBeVisible()
  await look(desk, 'form-not-looked-up')
  await mend()
  await read()
  await form.child(0).name.fill('')
  await form.child(0).birth.fill('')
  await callForm(page).leaveForLater.click()
})

test('reports, with long names and much to count', async () => {
  const { page } = desk
  for (const [index, time] of [
    '08:05',
    '09:20',
    '11:05',
    '11:20',
    '11:55',
    '14:00',
    '15:30',
    '19:10'
  ].entries())
    for (const day of [9, 10, 12, 17, 18, 20].slice(0, 1 + (index % 6)))
      await fileCall({ ...onPaper(day, time), schoolId: schools[index % 2] ?? '', outcome: 'advice-only' })
  await goTo(page, 'Reports')
  await button(page, 'This school year').click()
  await expect(page.getByRole('img').first()).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await look(desk, `reports-${colorScheme}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await lookAtPaper(desk, 'reports-paper')
  expect.soft(await hiddenStops(desk, 60), 'hidden in the reports').toEqual([])
  await field(page, 'From').fill('1/1/2023')
  await button(page, 'Show').click()
  await expect(page.getByText(/calls from 1 January 2023 to/)).toBeVisible()
  await look(desk, 'reports-many-weeks')
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const place of ['Desk', 'Calls']) {
    await show(place)
    await look(desk, `${place.toLowerCase()}-dark`)
  }
})
