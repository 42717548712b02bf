import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import type { Id } from '../../../shared/ids.ts'
import { newId } from '../../../shared/ids.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aMember } from '../../fixtures/meetings.ts'
import { startGiving } from '../screens/cover.ts'
import { button, field, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addPractitioner } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, look, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const LONG = `Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch ${NAME}`

let desk: OpenDesk
let priya: Id
let sam: Id
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
  const { page } = desk
  priya = (await addPractitioner(page)).id
  sam = (await addPractitioner(page, { id: newId(), name: NAME, role: LONG.slice(0, 100) })).id
  const part = { weekdays: '1', termTimeOnly: false, fullTimeFamilies: 5, districts: [] }
  const lee = await addPractitioner(page, { id: newId(), name: 'Lee Hart' })
  await ask(page, 'keyworker.savePattern', {
    ...{ id: newId(), practitionerId: lee.id, validFrom: '2026-01-01' },
    ...part
  })
  await ask(page, 'keyworker.bookAbsence', {
    ...{ id: newId(), practitionerId: priya, kind: 'leave', note: '' },
    ...{ fromDay: '2026-12-01', toDay: '2026-12-11' }
  })
  for (const name of ['Robin Vale', NAME, LONG]) {
    const child = aPerson({ name })
    const mother = aPerson({ role: 'parent-carer', name: 'Jo Vale', birth: '1/2/1985', relation: 'mother' })
    const agreement = { ...aRegistration().agreement, byPersonId: mother.id }
    const form = aRegistration({ practitionerId: priya, people: [child, mother], agreement })
    await ask(page, 'family.register', form)
    if (name === 'Robin Vale')
      await ask(
        page,
        'meeting.saveMember',
        aMember({ familyId: form.id, episodeId: form.episodeId }, { practitionerId: sam })
      )
  }
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('cover: empty, with its families, with errors, filled in, arranged', async () => {
  const { page, app } = desk
  await startGiving(page, 'Priya Shah', 'Arrange cover')
  await look(desk, 'cover-empty')
  const mend = await answerWith(app, 'cover.preview', fault)
  await field(page, 'Booked absence').selectOption({ index: 1 })
  await button(page, 'Try again').waitFor()
  await look(desk, 'cover-failed')
  await mend()
  await button(page, 'Close this message').click()
  await button(page, 'Try again').click()
  await page.getByRole('heading', { name: 'What each would hold' }).waitFor()
  await look(desk, 'cover-families')
  await button(page, 'Arrange cover').click()
  await look(desk, 'cover-errors')
  await page.getByRole('combobox', { name: 'Who stands in' }).first().fill('featherstone')
  await page.getByRole('option', { name: /Featherstone/ }).waitFor()
  await look(desk, 'cover-choosing')
  await page.getByRole('option', { name: /Featherstone/ }).click()
  await page.getByLabel('Nobody was found').last().check()
  await page.getByRole('combobox', { name: 'Who stands in' }).last().fill('lee')
  await page.getByRole('option', { name: /Lee Hart/ }).click()
  await field(page, 'Or why they were not told before').fill(
    'Taken ill in the night, and nobody could be reached'
  )
  await button(page, 'Fill in').click()
  await look(desk, 'cover-filled')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'cover-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Arrange cover').click()
  await page.getByRole('heading', { name: 'Cover is arranged' }).waitFor()
  await look(desk, 'cover-done')
})

test('giving all families away: empty, more than one could hold, done', async () => {
  const { page } = desk
  await startGiving(page, 'Priya Shah', 'Give all families to others')
  await look(desk, 'reassignment-empty')
  await field(page, 'First day with the others').fill('5/12/2026')
  await field(page, 'Why they leave').fill(LONG)
  await page.getByRole('heading', { name: 'What each would hold' }).waitFor()
  await look(desk, 'reassignment-families')
  for (const combo of await page.getByRole('combobox', { name: 'Who has it then' }).all()) {
    await combo.fill('lee')
    await page.getByRole('option', { name: /Lee Hart/ }).click()
  }
  await look(desk, 'reassignment-over')
  await button(page, 'Give all families to others').click()
  await page.getByRole('dialog').waitFor()
  await look(desk, 'reassignment-confirm')
  await button(page, 'Give the families all the same').click()
  await page.getByRole('heading', { name: 'All families go to others' }).waitFor()
  await look(desk, 'reassignment-done')
})

test('who covers whom: listed, back sooner, nobody', async () => {
  const { page } = desk
  await goTo(page, 'Keyworkers')
  await expect(page.getByRole('heading', { name: 'Who covers whom' })).toBeVisible()
  await look(desk, 'covers')
})
