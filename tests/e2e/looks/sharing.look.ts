import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { newId } from '../../../shared/ids.ts'
import { emptySharing } from '../../../shared/sharing/emptySharing.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily, openFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { hiddenStops, look, shootWindow, sizeWindow, zoom } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `He came to school with a burn, and his mother could not be reached.\n${UNBROKEN}`

let desk: OpenDesk
let family: Awaited<ReturnType<typeof addFamily>>
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
  const child = aPerson({ name: NAME })
  const mother = aPerson({ role: 'parent-carer', name: 'Jo Vale', birth: '1/2/1985', relation: 'mother' })
  const { agreement } = aRegistration()
  family = await addFamily(desk.page, {
    people: [child, mother],
    agreement: { ...agreement, byPersonId: mother.id, share: false }
  })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const choose = (name: string) => desk.page.getByRole('radio', { name, exact: true }).check()

test('sharing: empty, with errors, without agreement, with everything long, in the chronology', async () => {
  const { page } = desk
  await openFamily(page, family.reference)
  await page.getByRole('link', { name: 'Share information', exact: true }).click()
  await look(desk, 'share-empty')
  await button(page, 'Record').click()
  await look(desk, 'share-errors')
  await field(page, 'Who is it shared with?').fill('lantern')
  await page.getByRole('option', { name: /^Lantern Trust/ }).click()
  await choose('A child may be at risk of significant harm')
  await look(desk, 'share-without-agreement')
  expect.soft(await hiddenStops(desk, 26)).toEqual([])
  await page.getByRole('checkbox', { name: 'They are not in the directory' }).check()
  await field(page, 'Who is it shared with?').fill(UNBROKEN)
  await choose('It is in the public interest, and somebody advised it')
  await field(page, 'In your words').fill(TEXT)
  await field(page, 'What is shared?').fill(TEXT)
  await look(desk, 'share-long')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'share-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await ask(page, 'sharing.record', {
    ...emptySharing(newId(), family.id),
    ...{ notInDirectory: true, bodyName: UNBROKEN, personThere: NAME, how: 'email' },
    ...{ personIds: family.form.people.map(({ id }) => id), what: TEXT, purpose: TEXT },
    ...{ ground: 'public-interest', advisedBy: NAME, reason: TEXT }
  })
  await openFamily(page, family.reference)
  await look(desk, 'shared')
})

test('the numbers in danger, from anywhere on a long page', async () => {
  const { page } = desk
  await page.keyboard.press('F8')
  await look(desk, 'danger')
  await zoom(desk, 2)
  await page.evaluate(() => {
    window.scrollTo(0, document.documentElement.scrollHeight)
  })
  const panel = page.getByRole('region', { name: 'Immediate danger' })
  await expect(panel.getByText('999', { exact: true })).toBeInViewport()
  await shootWindow(desk, 'danger-scrolled-200')
  await page.keyboard.press('F8')
  await zoom(desk, 1)
})
