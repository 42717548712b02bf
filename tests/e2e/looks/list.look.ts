import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { newId } from '../../../shared/ids.ts'
import { aCall } from '../../fixtures/calls.ts'
import { aStepDown } from '../../fixtures/stepDowns.ts'
import { anImpactMeeting, aRequest } from '../../fixtures/stepUps.ts'
import * as axe from '../screens/axe.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { saveTo } from '../screens/files.ts'
import { addSchool, ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerLater, answerWith, hiddenStops, look, sizeWindow } from './look.ts'

const LONG = 'Safeguarding and Specialist Services, Assessment Team for Welwyn Hatfield and Hertsmere (South)'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())

/** Leaves the page in the colours that it is looked at in. */
async function check(page: OpenDesk['page'], state: string) {
  await axe.check(page, state)
  await page.emulateMedia({ colorScheme: 'light' })
}

const dialog = () => desk.page.getByRole('dialog')
const exportThis = () => button(desk.page, 'Export this list')

test('“Export this list” in each of its states', async () => {
  const { page, app } = desk
  const school = await addSchool(page)
  await goTo(page, 'Calls')
  await expect(exportThis()).toHaveAttribute('aria-disabled')
  await look(desk, 'list-of-nothing')
  await goTo(page, 'Desk')
  for (let filed = 0; filed < 3; filed++) await ask(page, 'call.file', aCall(school.id))
  await goTo(page, 'Calls')
  await expect(page.getByRole('row')).toHaveCount(4)
  await exportThis().click()
  await look(desk, 'list-export')
  await check(page, 'the dialog of an export')
  expect.soft(await hiddenStops(desk, 12), 'hidden in the dialog').toEqual([])
  await dialog().getByRole('checkbox', { name: 'Protect with a passphrase' }).uncheck()
  await button(page, 'Save export').click()
  await expect(dialog().getByRole('alert')).toBeVisible()
  await look(desk, 'list-export-errors')
  await check(page, 'its errors')
  await field(page, 'Purpose').fill(LONG)
  await dialog().getByRole('checkbox', { name: 'Protect with a passphrase' }).check()

  const saving = await answerLater(app, 'list.save')
  const cancelling = await answerLater(app, 'export.cancel')
  const mendProgress = await answerWith(app, 'export.progress', {
    ok: true,
    value: { stage: 'running', done: 423_718, total: 1_000_000, part: 0, parts: 0 }
  })
  await button(page, 'Save export').click()
  await expect(dialog().getByRole('progressbar')).toBeVisible()
  await look(desk, 'list-export-running')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'list-export-running-dark')
  await check(page, 'while it is written')
  await dialog().getByRole('button', { name: 'Close' }).click()
  await look(desk, 'list-export-beside-the-list')
  await page.getByRole('button', { name: /^Exporting 423,718/ }).click()
  await dialog().getByRole('button', { name: 'Cancel the export' }).click()
  await look(desk, 'list-export-being-cancelled')
  await saving.answer({ ok: true, value: { stage: 'none' } })
  await expect(dialog().getByText('Export cancelled')).toBeVisible()
  await look(desk, 'list-export-cancelled')
  for (const mend of [saving.mend, cancelling.mend, mendProgress]) await mend()

  await saveTo(app, '/no-such-folder/calls.zip')
  await button(page, 'Save export').click()
  await expect(dialog().getByRole('alert')).toBeVisible()
  await look(desk, 'list-export-failed')
  const done = await answerWith(app, 'list.save', {
    ok: true,
    value: {
      ...{ stage: 'done', reference: 'EXP-7KQ3-000012', included: 1_000_000, excluded: 0 },
      ...{ fileName: 'calls-EXP-7KQ3-000012-2026-11-23.zip', sha256: 'c0ffee12'.repeat(8) },
      passphrase: 'unstylish overcrowd backspin curtsy grandpa scuttle'
    }
  })
  await button(page, 'Save export').click()
  await expect(heading(page, 'Saved: 1,000,000 calls')).toBeVisible()
  await look(desk, 'list-export-saved')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'list-export-saved-dark')
  await check(page, 'the words')
  await dialog().getByRole('button', { name: 'I have noted the words' }).click()
  await look(desk, 'list-export-noted')
  await dialog().getByRole('button', { name: 'Close' }).click()
  await done()
})

test('its place on each page', async () => {
  const { page } = desk
  const { form } = await addFamily(page)
  const request = aRequest(form)
  await ask(page, 'stepUp.request', request)
  const { hubId } = await ask(page, 'family.read', { id: form.id })
  const [chair] = await ask(page, 'stepUp.chairs', {})
  await ask(page, 'stepUp.planMeeting', anImpactMeeting(chair?.id ?? '', hubId, { stepUpIds: [request.id] }))
  await ask(page, 'stepDown.receive', aStepDown({ sendingTeam: LONG }))
  await ask(page, 'agency.save', {
    ...{ id: newId(), name: LONG, kind: 'Charity', phone: '', address: '', rowVersion: 0 }
  })
  for (const place of ['Families', 'Keyworkers', 'Triage', 'Directory']) {
    await goTo(page, place)
    await expect(exportThis()).toBeVisible()
    await look(desk, `list-of-${place.toLowerCase()}`)
  }
  for (const tab of ['Agencies', 'Practitioners']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(exportThis()).toBeVisible()
    await look(desk, `list-of-${tab.toLowerCase()}`)
  }
  await exportThis().click()
  await look(desk, 'list-export-without-a-count')
  await page.keyboard.press('Escape')
  await goTo(page, 'Triage')
  await page.getByRole('link', { name: 'Step-ups and meetings' }).click()
  await expect(exportThis()).toHaveCount(2)
  await look(desk, 'list-of-meetings')
  await goTo(page, 'Reports')
  await page.getByRole('link', { name: 'Triage', exact: true }).last().click()
  await page.getByRole('link', { name: /1/ }).first().click()
  await expect(exportThis()).toBeVisible()
  await look(desk, 'list-of-triage-rows')
})
