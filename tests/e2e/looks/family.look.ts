import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import type { FactKind, FactValue } from '../../../shared/family/fact.ts'
import { newId } from '../../../shared/ids.ts'
import type { Input } from '../../../shared/ipc/contract.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { button, field, goTo, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily, openFamily, personCard } from '../screens/family.ts'
import { addSchool, ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, lookAtPaper, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `The father may be at the house in the evening. Ring before anybody visits, and do not leave a message.\n${UNBROKEN}`

let desk: OpenDesk
let long: { id: string; reference: string }
let childId: string

test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const dialog = () => desk.page.getByRole('dialog')
const read = () => button(desk.page, 'Close this message').click()

async function tell<K extends FactKind>(
  subjectId: string,
  kind: K,
  value: FactValue<K>,
  changes: Partial<Input<'family.recordFact'>> = {}
) {
  const id = newId()
  return ask(desk.page, 'family.recordFact', {
    ...{
      id,
      ofId: id,
      basedOn: '',
      familyId: long.id,
      subjectId,
      validFrom: '',
      validTo: '',
      inError: false,
      reason: ''
    },
    fact: { kind, value },
    ...changes
  } as Input<'family.recordFact'>)
}

test('no families, and one as it is registered', async () => {
  const { page, app } = desk
  await goTo(page, 'Families')
  await expect(page.getByText('No families are registered here yet.')).toBeVisible()
  await look(desk, 'families-empty')
  const family = await addFamily(page)
  await goTo(page, 'Desk')
  await openFamily(page, family.reference)
  await look(desk, 'family')
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    if (colorScheme === 'dark') await look(desk, 'family-dark')
  }
  expect.soft(await hiddenStops(desk, 60), 'hidden on a family').toEqual([])
  await lookAtPaper(desk, 'family-paper')
  const mend = await answerWith(app, 'family.chronology', fault)
  await button(page, 'Calls').click()
  await expect(page.getByText('A1B2C3').first()).toBeVisible()
  await look(desk, 'chronology-error')
  await mend()
  await read()
})

test('a family with everything long', async () => {
  const { page } = desk
  const school = await addSchool(page, { name: `${NAME} School` })
  const children = [NAME, UNBROKEN, 'Ada Vale', 'Bo Vale'].map((name) => aPerson({ name, birth: '3/9/2008' }))
  const unborn = aPerson({ role: 'unborn', name: '', birth: '', expected: '3/3/2027' })
  const mother = aPerson({ role: 'parent-carer', name: `Jo ${NAME}`, birth: '1/2/1985' })
  const form = aRegistration()
  const people = [...children, unborn, mother]
  long = await addFamily(page, { people, agreement: { ...form.agreement, byPersonId: mother.id } })
  const [first] = children
  childId = first?.id ?? ''
  await tell(
    childId,
    'school',
    { schoolId: school.id, name: school.name },
    { validFrom: '2020-09-01', validTo: '2023-07-21' }
  )
  await tell(childId, 'school', { schoolId: school.id, name: school.name }, { validFrom: '2023-09-01' })
  await tell(childId, 'phone', {
    number: '07700 900123',
    note: UNBROKEN,
    mayLeaveMessage: false,
    maySayWho: true,
    withheldFrom: []
  })
  await tell(childId, 'warning', { text: TEXT, reviewOn: '2026-11-01' })
  await tell(childId, 'learning-need', { answer: 'yes', note: TEXT })
  await tell(mother.id, 'relation', { personId: childId, relation: 'mother' })
  await tell(mother.id, 'address', {
    address: '1 Safe Street, Ware SG12 0AA',
    postcode: '',
    district: '',
    withheldFrom: [childId]
  })
  await tell(long.id, 'warning', { text: TEXT, reviewOn: '2027-01-01' })
  await goTo(page, 'Desk')
  await openFamily(page, long.reference)
  await look(desk, 'family-long')
  expect.soft(await hiddenStops(desk, 90), 'hidden on a long family').toEqual([])
  await goTo(page, 'Families')
  await look(desk, 'families')
  await field(page, 'Find anyone').fill('robin vale')
  await expect(page.getByRole('option').first()).toBeVisible()
  await look(desk, 'families-found')
})

test('the forms of a family', async () => {
  const { page, app } = desk
  await openFamily(page, long.reference)
  const card = personCard(page, NAME)
  await card.getByRole('button', { name: /^Change address/ }).click()
  await look(desk, 'change-address')
  const mend = await answerWith(app, 'family.recordFact', fault)
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('A1B2C3').first()).toBeVisible()
  await look(desk, 'change-address-error')
  await mend()
  await page.keyboard.press('Escape')
  await read()
  await card.getByRole('button', { name: /^Change phone number/ }).click()
  await dialog().getByRole('radio', { name: 'It was written down wrong' }).check()
  await dialog().getByRole('button', { name: 'Save' }).click()
  await look(desk, 'correct-phone-error')
  await page.keyboard.press('Escape')
  await card.getByRole('button', { name: /^Add a detail/ }).click()
  await dialog().getByLabel('What to add').selectOption({ label: 'School' })
  await look(desk, 'add-school')
  await dialog().getByLabel('What to add').selectOption({ label: 'Relation' })
  await look(desk, 'add-relation')
  await page.keyboard.press('Escape')
  await card.getByRole('button', { name: /^Leaves, moves/ }).click()
  await dialog().getByRole('radio', { name: 'Moves to another family' }).check()
  await look(desk, 'move')
  await page.keyboard.press('Escape')
  await dialog().getByRole('button', { name: 'Leave without saving' }).click()
  await button(page, 'Add a person').click()
  await look(desk, 'add-person-find')
  await dialog().getByLabel('Look the person up first').fill('Robin Vale')
  await expect(page.getByRole('option').first()).toBeVisible()
  await look(desk, 'add-person-found')
  await button(page, 'Somebody new').click()
  await look(desk, 'add-person-new')
  await page.keyboard.press('Escape')
  await look(desk, 'add-person-leave')
  await dialog().getByRole('button', { name: 'Leave without saving' }).click()
  await button(page, 'Restrict this family').click()
  await look(desk, 'restrict')
})

test('two at once, and what is restricted', async () => {
  const { page, app } = desk
  await page.keyboard.press('Escape')
  const card = personCard(page, NAME)
  await card.getByRole('button', { name: /^Change address/ }).click()
  await dialog().getByLabel('Address with postcode').fill(`9 Sun Street, ${UNBROKEN}, Hertford SG14 2CD`)
  const { facts } = await ask(page, 'family.read', { id: long.id })
  const address = facts.find(({ kind, subjectId }) => kind === 'address' && subjectId === childId)
  await tell(
    childId,
    'address',
    { address: '2 River Walk, Ware SG12 0AA', postcode: '', district: '', withheldFrom: [] },
    { basedOn: address?.id ?? '', validFrom: '2026-11-20', reason: TEXT }
  )
  await dialog().getByRole('button', { name: 'Save' }).click()
  await expect(button(page, 'Save mine as well')).toBeVisible()
  await look(desk, 'theirs-and-mine')
  await button(page, 'Keep theirs').click()
  const blakesId = newId()
  await ask(page, 'account.add', {
    ...{
      id: blakesId,
      name: `Blake ${NAME}`.slice(0, 60),
      roles: ['triage-manager'],
      profession: 'social-worker',
      hubIds: []
    }
  })
  await tell(
    long.id,
    'restriction',
    { named: [blakesId], managerId: blakesId, why: TEXT },
    { validFrom: '2026-11-23' }
  )
  await goTo(page, 'Families')
  await page.getByRole('link', { name: long.reference }).click()
  await expect(page.getByText('This family is restricted')).toBeVisible()
  await look(desk, 'restricted')
  await button(page, 'Open this family').click()
  await look(desk, 'restricted-error')
  await goTo(page, 'Families')
  await look(desk, 'families-restricted')
  const mend = await answerWith(app, 'family.list', fault)
  await goTo(page, 'Desk')
  await goTo(page, 'Families')
  await expect(button(page, 'Close this message')).toBeVisible()
  await look(desk, 'families-failed')
  await mend()
})
