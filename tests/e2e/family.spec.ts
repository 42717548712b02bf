import { expect, test, type Page } from '@playwright/test'
import { roleLabels } from '../../renderer/words/labels.ts'
import { newId } from '../../shared/ids.ts'
import { addPerson, firstUnlock } from './screens/account.ts'
import { check } from './screens/axe.ts'
import { button, field, goTo, heading, lock, openDesk, type OpenDesk } from './screens/desk.ts'
import { addFamily, personCard } from './screens/family.ts'
import { ask } from './screens/hub.ts'
import { blake, morgan } from './screens/people.ts'

let desk: OpenDesk
let family: Awaited<ReturnType<typeof addFamily>>
const triageManager = { ...morgan, role: roleLabels['triage-manager'] }

test.beforeAll(async () => {
  desk = await openDesk({ person: triageManager })
  family = await addFamily(desk.page)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const dialog = (page: Page) => page.getByRole('dialog')
const entries = (page: Page) =>
  page.getByRole('region', { name: 'Chronology', exact: true }).getByRole('listitem')
const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })

test('found by a few keys, a family is opened and an address changed from a day; the old one stays readable', async () => {
  const { page } = desk
  await goTo(page, 'Families')
  await check(page, 'families')
  await field(page, 'Find anyone').fill('robin vale')
  await expect(page.getByRole('option').first()).toContainText('Robin Vale')
  await check(page, 'somebody found')
  await field(page, 'Find anyone').press('Enter')
  await expect(heading(page, 'Family of Robin Vale')).toBeFocused()
  await expect(entries(page).first()).toBeVisible()
  await check(page, 'a family')

  const card = personCard(page, 'Robin Vale')
  await button(page, 'Change address of Robin Vale').focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeVisible()
  await expect(dialog(page).getByRole('radio', { name: 'It has changed' })).toBeFocused()
  await field(page, 'Address with postcode').fill('9 Sun Street, Stevenage SG1 1AA')
  await expect(field(page, 'District')).toHaveValue('E07000243')
  await dialog(page).getByLabel('From', { exact: true }).fill('31/2/2026')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('alert')).toContainText('Enter a date, like 23/11/2026')
  await check(page, 'changing an address, with errors')
  await dialog(page).getByLabel('From', { exact: true }).fill('20/11/2026')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeHidden()
  await expect(told(page, 'Address of Robin Vale saved')).toBeVisible()
  await expect(card).toContainText('9 Sun Street, Stevenage SG1 1AA')
  await card.getByText('Earlier and later values').click()
  await expect(card.getByRole('listitem').filter({ hasText: '4 Mill Lane' })).toContainText(
    'to 19 November 2026'
  )
  await check(page, 'earlier values')
})

test('a place, a detail, a person: each is asked for, and nothing typed is lost', async () => {
  const { page } = desk
  await button(page, 'Add a detail about Robin Vale').click()
  await dialog(page).getByLabel('What to add').selectOption({ label: 'Learning need or disability' })
  await dialog(page).getByLabel('Learning need or disability').selectOption({ label: 'Yes' })
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toContainText('What you typed is not saved')
  await check(page, 'leaving what was typed')
  await button(page, 'Go on with it').click()
  await button(page, 'Save').click()
  await expect(personCard(page, 'Robin Vale')).toContainText('Learning need or disability')

  await button(page, 'Add a person').click()
  await field(page, 'Look the person up first').fill('Robin Vale')
  await expect(dialog(page).getByRole('option').first()).toBeVisible()
  await check(page, 'looking somebody up')
  await dialog(page).getByRole('option', { name: 'None of these' }).click()
  await expect(dialog(page).getByLabel('Name', { exact: true })).toHaveValue('Robin Vale')
  await dialog(page).getByLabel('Name', { exact: true }).fill('Ada Vale')
  await field(page, 'What they are in the family').selectOption({ label: 'Child' })
  await field(page, 'Date of birth').fill('2/5/20')
  await check(page, 'somebody new')
  await button(page, 'Add to the family').click()
  await expect(told(page, 'Ada Vale added to the family')).toBeVisible()
  await expect(
    heading(page, 'Family of Ada Vale and Robin Vale').or(heading(page, 'Family of Robin Vale and Ada Vale'))
  ).toBeVisible()

  await button(page, 'Leaves, moves or another role (Ada Vale)').click()
  await button(page, 'Save').click()
  await expect(dialog(page).getByRole('alert')).toContainText('Enter why')
  await check(page, 'leaving the family, with errors')
  await field(page, 'Why').fill('Lives with her grandmother in Leeds now')
  await button(page, 'Save').click()
  await expect(told(page, 'Ada Vale: leaves the family')).toBeVisible()
})

test('what somebody else changed meanwhile stands beside what was typed', async () => {
  const { page } = desk
  await button(page, 'Change name of Robin Vale').click()
  await dialog(page).getByRole('radio', { name: 'It was written down wrong' }).check()
  await dialog(page).getByLabel('Name', { exact: true }).fill('Robin Vail')
  await field(page, 'Why').fill('Read off the passport')
  const [child] = family.form.people
  const { facts } = await ask(page, 'family.read', { id: family.id })
  const name = facts.find(({ kind, subjectId }) => kind === 'name' && subjectId === child?.id)
  await ask(page, 'family.recordFact', {
    ...{ id: newId(), ofId: name?.ofId ?? '', basedOn: name?.id ?? '', familyId: family.id },
    subjectId: child?.id ?? '',
    fact: { kind: 'name', value: { name: 'Robyn Vale' } },
    ...{ validFrom: '', validTo: '', inError: false, reason: 'The school spells it so' }
  })
  await button(page, 'Save').click()
  await expect(dialog(page)).toContainText('Robyn Vale')
  await expect(dialog(page)).toContainText('The school spells it so')
  await expect(dialog(page)).toContainText('Robin Vail')
  await check(page, 'theirs and mine')
  await button(page, 'Save mine as well').click()
  await expect(dialog(page)).toBeHidden()
  const card = personCard(page, 'Robin Vail')
  // the earlier values are still open from the test before
  await expect(card.getByRole('listitem').filter({ hasText: 'Robyn Vale' })).toContainText(
    'Replaced by a newer version'
  )
})

test('the chronology is narrowed, and printed whole', async () => {
  const { page } = desk
  await expect(entries(page).filter({ hasText: 'Address from 20 November 2026' })).toHaveCount(1)
  await button(page, 'Registration').click()
  await expect(entries(page)).toHaveCount(1)
  await expect(entries(page)).toContainText(`Family registered as ${family.reference}`)
  await page.getByRole('group', { name: 'Narrow the chronology' }).getByLabel('To').fill('1/1/2026')
  await page.keyboard.press('Tab')
  await expect(page.getByText('Nothing was recorded that matches this.')).toBeVisible()
  await check(page, 'an empty chronology')
  await button(page, 'Show everything').first().click()
  await expect(entries(page).nth(5)).toBeVisible()
  await page.evaluate('window.print = () => { window.printed = true }')
  await button(page, 'Print the chronology').click()
  await page.waitForFunction('window.printed')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('OFFICIAL-SENSITIVE')).toBeVisible()
  await expect(page.getByText(/^Everything that was recorded\..*Printed by Morgan Ellis/)).toBeVisible()
  await expect(heading(page, 'People')).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
})

test('what is withheld is shown to somebody who says why; a restricted family opens for a reason', async () => {
  const { page } = desk
  const [child, mother] = family.form.people
  const id = newId()
  await ask(page, 'family.recordFact', {
    ...{ id, ofId: id, basedOn: '', familyId: family.id, subjectId: mother?.id ?? '' },
    fact: {
      kind: 'phone',
      value: {
        ...{ number: '01632 960999', note: '', mayLeaveMessage: false, maySayWho: false },
        withheldFrom: [child?.id ?? '']
      }
    },
    ...{ validFrom: '', validTo: '', inError: false, reason: '' }
  })
  await button(page, 'Restrict this family').click()
  await dialog(page)
    .getByRole('checkbox', { name: /^Morgan Ellis/ })
    .check()
  await field(page, 'Who is told when somebody else opens it').selectOption({ label: 'Morgan Ellis (you)' })
  await field(page, 'Why it is restricted').fill('A member of staff is related to the family')
  await check(page, 'restricting a family')
  await button(page, 'Save').click()
  await expect(page.getByText('Restricted', { exact: true }).first()).toBeVisible()
  const card = personCard(page, 'Jo Vale')
  await expect(card).not.toContainText('01632 960999')
  await card.getByRole('button', { name: /^Show, and say why/ }).click()
  await field(page, 'Reason').fill('She asked us to ring her')
  await button(page, 'Show it').click()
  await expect(card).toContainText('01632 960999')

  const oneTime = await addPerson(page, blake)
  await lock(page)
  await firstUnlock(page, blake, oneTime)
  await goTo(page, 'Families')
  const row = page.getByRole('row').filter({ hasText: family.reference })
  await expect(row).toContainText('Restricted')
  await expect(row).not.toContainText('Vail')
  await row.getByRole('link').click()
  await expect(heading(page, 'This family is restricted')).toBeVisible()
  await button(page, 'Open this family').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await check(page, 'a restricted family, with errors')
  await field(page, 'Why do you need to open this family?').fill('On duty, the school rings about the child')
  await button(page, 'Open this family').click()
  await expect(entries(page).filter({ hasText: 'On duty, the school rings about the child' })).toHaveCount(1)
  await expect(personCard(page, 'Jo Vale')).not.toContainText('01632 960999')
})
