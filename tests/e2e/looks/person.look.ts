import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { file, logCall, openFiled } from '../screens/call.ts'
import { button, field, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, look, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('somebody found, the strip, the gate, a child matched', async () => {
  const { page } = desk
  const family = await addFamily(page)
  await goTo(page, 'Families')
  await field(page, 'Find anyone').fill('vale')
  await expect(page.getByRole('option').first()).toBeVisible()
  await look(desk, 'person-found')
  const form = await logCall(page)
  await form.aKeyworker.check()
  await look(desk, 'gate-keyworker')
  await field(page, 'Open assessment').fill('robin')
  await expect(page.getByRole('option', { name: /Robin Vale/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await form.callerName.fill('Priya Shah')
  await form.child(0).name.fill('Robyn Vail')
  await form.child(0).birth.fill('3/9/15')
  await expect(page.getByText('1 family in the record')).toBeVisible()
  await page.keyboard.press('F6')
  await look(desk, 'strip-families')
  await form.concern.fill('Tired and hungry on most mornings.')
  await form.advice.fill('Talk to the parents first.')
  await form.outcome.selectOption({ label: 'Advice only' })
  await openFiled(page, await file(page, form))
  await look(desk, 'call-with-assessment')
  await button(page, 'Match to a family (Robyn Vail)').click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await look(desk, 'match-child')
  await page.getByRole('option', { name: /Robin Vale/ }).click()
  await expect(page.getByText('In the record: Robin Vale')).toBeVisible()
  await look(desk, 'matched-child')
  expect(family.reference).toContain('FAM')
})

test('doubles', async () => {
  const { page, app } = desk
  await goTo(page, 'Families')
  await page.getByRole('link', { name: 'Possible doubles' }).click()
  await look(desk, 'doubles-empty')
  const practitionerId = (await ask(page, 'practitioner.list', { text: '', after: '' })).rows[0]?.id ?? ''
  for (const changes of [
    { name: 'Robyn Vale', sex: 'female' as const },
    { name: NAME },
    { name: NAME, upn: 'A123456789012' }
  ]) {
    const form = aRegistration({ practitionerId })
    const agreement = { ...form.agreement, byPersonId: '', byName: 'Jo Vale' }
    await ask(page, 'family.register', {
      ...form,
      agreement,
      people: [aPerson({ address: '9 Sun Street, Stevenage SG1 1AA', ...changes })]
    })
  }
  await goTo(page, 'Desk')
  await goTo(page, 'Families')
  await page.getByRole('link', { name: 'Possible doubles' }).click()
  await expect(page.getByRole('button', { name: /^Two people/ }).first()).toBeVisible()
  await look(desk, 'doubles')
  const pair = page.getByRole('listitem').filter({ hasText: 'Robyn Vale' }).last()
  await pair.getByRole('button', { name: 'Same person: merge' }).click()
  await expect(button(page, 'Merge the two records')).toBeVisible()
  await look(desk, 'merge')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'merge-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Merge the two records').click()
  await look(desk, 'merge-errors')
  const mend = await answerWith(app, 'person.pairs', fault)
  await goTo(page, 'Families')
  await page.getByRole('link', { name: 'Possible doubles' }).click()
  await expect(button(page, 'Close this message')).toBeVisible()
  await look(desk, 'doubles-failed')
  await mend()
})
