import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { newId } from '../../../shared/ids.ts'
import { aCover } from '../../fixtures/covers.ts'
import { aRegistration } from '../../fixtures/families.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addPractitioner } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, look, lookAtPaper, sizeWindow } from './look.ts'

const LONG = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const registered = async (practitionerId: string) => {
  const form = aRegistration({ practitionerId })
  await ask(desk.page, 'family.register', form)
  return { familyId: form.id, episodeId: form.episodeId }
}

test('the list: empty, with loads, failed, narrowed to nobody; hubs and agencies; on paper', async () => {
  const { page, app } = desk
  await goTo(page, 'Keyworkers')
  await page.getByText('No keyworker is registered yet').waitFor()
  await look(desk, 'keyworkers-empty')
  const priya = await addPractitioner(page)
  const { employerId } = (await ask(page, 'practitioner.list', { text: '', after: '' })).rows[0] ?? {
    employerId: ''
  }
  const long = await addPractitioner(page, {
    name: LONG,
    role: 'Designated safeguarding lead and attendance officer'
  })
  const sam = await addPractitioner(page, { employerId, name: 'Sam Okoro', role: '', trainedOn: '' })
  const ann = await addPractitioner(page, { employerId, name: 'Ann Dean', role: 'Health visitor' })
  const pattern = { validFrom: '2026-11-02', termTimeOnly: false, fullTimeFamilies: 10 }
  const says = (practitionerId: string, weekdays: string, districts: string[], more = {}) =>
    ask(page, 'keyworker.savePattern', {
      id: newId(),
      practitionerId,
      weekdays,
      districts,
      ...pattern,
      ...more
    })
  await says(priya.id, '12345', ['E07000242', 'E07000095'])
  await says(long.id, '135', ['E07000103', 'E07000102', 'E07000241'], {
    termTimeOnly: true,
    fullTimeFamilies: 4
  })
  await says(ann.id, '1234', ['E07000242'], { fullTimeFamilies: 5 })
  const families = [await registered(priya.id), await registered(priya.id), await registered(priya.id)]
  for (let at = 0; at < 3; at++) await registered(long.id)
  for (let at = 0; at < 4; at++) await registered(ann.id)
  await ask(page, 'keyworker.bookAbsence', {
    ...{
      id: newId(),
      practitionerId: priya.id,
      kind: 'sickness',
      fromDay: '2026-11-23',
      toDay: '2026-12-11'
    },
    note: 'A broken leg'
  })
  const [first] = families
  if (first)
    await ask(
      page,
      'cover.arrange',
      aCover(priya.id, ann.id, families, { fromDay: '23/11/2026', toDay: '11/12/2026' })
    )
  await ask(page, 'keyworker.close', {
    ...{ practitionerId: sam.id, leftOn: '2026-11-30', why: 'A post elsewhere', rowVersion: 1 }
  })
  await goTo(page, 'Desk')
  await goTo(page, 'Keyworkers')
  await page.getByRole('table').getByRole('link', { name: 'Priya Shah' }).waitFor()
  await look(desk, 'keyworkers')
  await field(page, 'Order').selectOption({ label: 'The heaviest load first' })
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'keyworkers-by-load-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await lookAtPaper(desk, 'keyworkers-paper')
  await field(page, 'Search keyworkers').fill('Nobody of this name')
  await page.getByText('No keyworker matches.').waitFor()
  await look(desk, 'keyworkers-nobody')
  await button(page, 'Show everybody').click()
  await page.getByRole('table').getByRole('link', { name: 'Priya Shah' }).waitFor()
  await button(page, 'Of each hub and agency').click()
  await heading(page, 'Load by local hub').waitFor()
  await look(desk, 'keyworkers-hubs')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'keyworkers-hubs-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await lookAtPaper(desk, 'keyworkers-hubs-paper')
  await goTo(page, 'Desk')
  const mend = await answerWith(app, 'keyworker.list', fault)
  await goTo(page, 'Keyworkers')
  await button(page, 'Try again').waitFor()
  await look(desk, 'keyworkers-failed')
  await mend()
  await button(page, 'Close this message').click()
  await button(page, 'Try again').click()
})

test('one keyworker: covered, with everything open and with errors, long, and one who leaves', async () => {
  const { page } = desk
  await page.getByRole('table').getByRole('link', { name: 'Priya Shah' }).click()
  await heading(page, 'Priya Shah').waitFor()
  await look(desk, 'keyworker')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'keyworker-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'Change when they work').click()
  await field(page, 'From').fill('31/02/2026')
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
    await page.getByRole('checkbox', { name: day }).uncheck()
  await field(page, 'Families they could hold at five days a week').fill('many')
  await button(page, 'Save when they work').click()
  await button(page, 'Book an absence').click()
  await field(page, 'First day').fill('11/12/2026')
  await field(page, 'Last day').fill('10/12/2026')
  await field(page, 'Note (optional)').fill(UNBROKEN)
  await button(page, 'Book this absence').click()
  await page.getByRole('button', { name: /^Take back/ }).click()
  await button(page, 'They leave').click()
  await button(page, 'Record that they leave').click()
  await look(desk, 'keyworker-errors')
  await field(page, 'Why they leave').fill('A post elsewhere')
  await button(page, 'Record that they leave').click()
  await expect(page.getByText('They hold 3 families after that day')).toBeVisible()
  await look(desk, 'keyworker-cannot-leave')
  await page.getByRole('link', { name: 'All keyworkers' }).click()
  await page.getByRole('table').getByRole('link', { name: LONG }).click()
  await heading(page, LONG).waitFor()
  await look(desk, 'keyworker-long')
  await page.getByRole('link', { name: 'All keyworkers' }).click()
  await page.getByRole('table').getByRole('link', { name: 'Ann Dean' }).click()
  await heading(page, 'Ann Dean').waitFor()
  await look(desk, 'keyworker-stands-in')
  await page.getByRole('link', { name: 'All keyworkers' }).click()
  await page.getByRole('table').getByRole('link', { name: 'Sam Okoro' }).click()
  await button(page, 'They go on after all').click()
  await look(desk, 'keyworker-leaves')
})
