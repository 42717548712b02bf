import { expect, test, type Page } from '@playwright/test'
import { aRegistration } from '../fixtures/families.ts'
import * as axe from './screens/axe.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from './screens/desk.ts'
import { addFamily, openFamily } from './screens/family.ts'
import { ask } from './screens/hub.ts'

let desk: OpenDesk
let family: { id: string; reference: string }

test.beforeAll(async () => {
  desk = await openDesk()
  const { agreement } = aRegistration()
  family = await addFamily(desk.page, {
    agreement: {
      ...agreement,
      decision: 'refused',
      byPersonId: '',
      byName: 'Jo Vale',
      takePart: false,
      share: false,
      reviewOn: '',
      reason: 'Not now',
      deniedNote: 'Form filled in with the mother',
      safetyConcern: 'no'
    },
    practitionerId: ''
  })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words })
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })
const choose = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).check()
/** From the top: what the bar of the window half covers after scrolling is no fault of the page. */
async function check(page: Page, state: string) {
  await page.evaluate('window.scrollTo(0, 0)')
  await axe.check(page, state)
}
const problems = (page: Page) => page.getByRole('alert', { name: 'There is a problem' })

test('a refusal, then a later yes: an assessment starts, and the refusal stays', async () => {
  const { page } = desk
  await openFamily(page, family.reference)
  const agreement = section(page, 'Agreement')
  await expect(agreement).toContainText('Refused')
  await expect(agreement).toContainText('You may offer again later.')
  await expect(section(page, 'Assessment')).toContainText('No assessment is open.')
  await check(page, 'a family that refused')

  await link(page, 'Record agreement').click()
  await expect(heading(page, 'Record agreement')).toBeVisible()
  await button(page, 'Record').click()
  await expect(problems(page)).toContainText('Choose what the family decided')
  await choose(page, 'They agreed')
  await expect(field(page, 'Review the agreement on')).toHaveValue('04/01/2027')
  await button(page, 'Record').click()
  await expect(problems(page)).toBeFocused()
  await check(page, 'agreement with errors')
  await field(page, 'Who agreed?').selectOption({ label: 'Jo Vale' })
  await field(page, 'Who they are to the child').fill('mother')
  await field(page, 'How they told you').selectOption({ label: 'In person' })
  await choose(page, 'They have parental responsibility')
  await page.getByRole('checkbox', { name: 'To take part in a Families First Assessment' }).check()
  await page.getByRole('checkbox', { name: 'To share information with agencies' }).check()
  await field(page, 'Only with these agencies or schools').fill('lantern')
  await page.getByRole('option', { name: /^Lantern Trust/ }).click()
  await expect(page.getByRole('list', { name: 'Shared only with' })).toContainText('Lantern Trust')
  await choose(page, 'Yes')
  await field(page, 'What does the family need that calls for more than one agency?').fill('Two agencies')

  // the phone rings: what was typed is there when it is gone on with
  await expect(told(page, 'Saved 10:')).toBeVisible()
  await goTo(page, 'Desk')
  await page.getByRole('button', { name: /^Resume: Record agreement/ }).click()
  await expect(field(page, 'Who they are to the child')).toHaveValue('mother')
  await expect(page.getByRole('list', { name: 'Shared only with' })).toContainText('Lantern Trust')
  await field(page, 'Keyworker').fill('priya')
  await page.getByRole('option', { name: /^Priya Shah/ }).click()
  await check(page, 'agreement filled in')
  await button(page, 'Record').click()

  await expect(told(page, 'Agreement recorded, and an assessment has started')).toBeVisible()
  await expect(agreement).toContainText('To share information only with Lantern Trust')
  await expect(section(page, 'Assessment')).toContainText('Priya Shah, Lantern Trust')
  await agreement.getByText('Everything else that was said (1)').click()
  await expect(agreement).toContainText('Form filled in with the mother')
  await check(page, 'a family that agreed')
})

test('dates are planned, are due on the desk, take place', async () => {
  const { page } = desk
  const assessment = section(page, 'Assessment')
  await button(page, 'Plan a date').click()
  await button(page, 'Plan this date').click()
  await expect(page.getByText('Choose what is planned')).toBeVisible()
  await check(page, 'planning a date')
  for (const [what, day] of [
    ['Transfer to another keyworker', '24/11/2026'],
    ['Funding request', '8/12/2026']
  ] as const) {
    if (what === 'Funding request') await button(page, 'Plan a date').click()
    await field(page, 'What is planned?').selectOption({ label: what })
    await field(page, 'On which day?').fill(day)
    await button(page, 'Plan this date').click()
    await expect(told(page, `${what} planned for`)).toBeVisible()
  }
  await expect(assessment.getByRole('listitem')).toHaveCount(2)

  await goTo(page, 'Desk')
  const due = page.getByRole('region', { name: /^Families/ })
  await expect(due.getByRole('listitem')).toHaveText([
    /Due tomorrow\s*Transfer to another keyworker\s*Robin Vale/
  ])
  await check(page, 'what is due about families')
  await link(page, 'Robin Vale').click()
  await button(page, 'Took place: Transfer to another keyworker on 24 November 2026').click()
  await button(page, 'It took place').click()
  await expect(told(page, 'Transfer to another keyworker on 24 November 2026: took place')).toBeVisible()
  await expect(assessment.getByRole('listitem').filter({ visible: true })).toHaveCount(1)
})

test('one parent withdraws, and it stands through another: the scope narrows, nothing ends', async () => {
  const { page } = desk
  await link(page, 'Withdraw agreement').click()
  await expect(heading(page, 'Withdraw agreement')).toBeVisible()
  await field(page, 'Who withdraws?').selectOption({ label: 'Someone else' })
  await field(page, 'Their name').fill('Chris Vale')
  await field(page, 'Who they are to the child').fill('father')
  await field(page, 'How they told you').selectOption({ label: 'By phone' })
  await choose(page, 'They have parental responsibility')
  await field(page, 'Why do they withdraw?').fill('He wants nothing told to others')
  await choose(page, 'Yes, through someone else of the family')
  await field(page, 'Through whom?').selectOption({ label: 'Jo Vale' })
  await page.getByRole('checkbox', { name: 'To share information with agencies' }).uncheck()
  await check(page, 'withdrawing, while it stands through someone else')

  // somebody else records something meanwhile
  const { agreements } = await ask(page, 'family.read', { id: family.id })
  const { agreement } = aRegistration()
  await ask(page, 'agreement.record', {
    ...agreement,
    id: '0197a000-0000-7000-8000-0000000000b1',
    familyId: family.id,
    basedOn: agreements[0]?.id ?? '',
    byPersonId: agreements[0]?.byPersonId ?? '',
    agencyIds: [],
    episodeId: '0197a000-0000-7000-8000-0000000000b2',
    starts: '',
    needs: '',
    practitionerId: '',
    practitionerText: '',
    goesOnBecause: ''
  })
  await button(page, 'Withdraw agreement').click()
  await expect(heading(page, 'Something was recorded since you began')).toBeVisible()
  await check(page, 'something was recorded since')
  await button(page, 'I have looked: go on with what I typed').click()
  await expect(field(page, 'Why do they withdraw?')).toHaveValue('He wants nothing told to others')
  await button(page, 'Withdraw agreement').click()

  await expect(told(page, 'Withdrawal recorded: the agreement is narrower')).toBeVisible()
  const panel = section(page, 'Agreement')
  await expect(panel).toContainText('Narrowed')
  await expect(panel).toContainText('Not to share information')
  await expect(section(page, 'Assessment').getByRole('listitem').filter({ visible: true })).toHaveCount(1)
})

test('no agreement remains: three reasons and both ticks, and everything ends at once', async () => {
  const { page } = desk
  await link(page, 'Withdraw agreement').click()
  await choose(page, 'No, none remains')
  await expect(page.getByText('This ends at once when you withdraw the agreement:')).toBeVisible()
  await expect(page.getByText('Funding request on 8 December 2026')).toBeVisible()
  await button(page, 'Withdraw agreement').click()
  for (const missing of [
    'Enter why they withdrew, in their words if you can',
    'Enter what stands on the consent-denied record',
    'Enter why the assessment is closed',
    'Seek advice, then tick this',
    'Tell the family where to turn, then tick this'
  ])
    await expect(problems(page)).toContainText(missing)
  await check(page, 'withdrawing, with errors')

  await field(page, 'Who withdraws?').selectOption({ label: 'Jo Vale' })
  await field(page, 'Who they are to the child').fill('mother')
  await field(page, 'How they told you').selectOption({ label: 'By phone' })
  await choose(page, 'They have parental responsibility')
  await field(page, 'Why do they withdraw?').fill('They do not want it any more')
  await field(page, 'Consent-denied record').fill('Form filled in with the mother')
  await field(page, 'Why is the assessment closed?').fill('No agreement')
  await page.getByRole('checkbox', { name: 'I have sought advice' }).check()
  await page.getByRole('checkbox', { name: 'I have told the family where to turn' }).check()
  await button(page, 'Withdraw agreement').click()

  await expect(
    told(page, 'Agreement withdrawn. Ended with it: the assessment, 1 planned date.')
  ).toBeVisible()
  await expect(section(page, 'Agreement')).toContainText('Withdrawn')
  await expect(link(page, 'Withdraw agreement')).toBeHidden()
  await expect(section(page, 'Assessment')).toContainText('No assessment is open.')
  await page.getByText('Assessments that have ended (1)').click()
  await check(page, 'a family that withdrew')
  await goTo(page, 'Desk')
  await expect(page.getByRole('region', { name: /^Families/ })).toHaveText(/Nothing due/)
})

test('sharing without agreement: the reason is asked for beside the field, and nothing stands in the way', async () => {
  const { page } = desk
  await openFamily(page, family.reference)
  const sharing = section(page, 'Sharing information')
  await expect(sharing).toContainText('Shared without agreement: 0')
  await link(page, 'Share information').click()
  await expect(heading(page, 'Share information')).toBeVisible()
  await button(page, 'Record').click()
  await expect(problems(page)).toBeFocused()
  await expect(problems(page)).toContainText('Enter who it is shared with')
  await check(page, 'sharing, with errors')

  const who = field(page, 'Who is it shared with?')
  await who.fill('lantern')
  await page.getByRole('option', { name: /^Lantern Trust/ }).click()
  const asked = 'The family has not agreed to sharing with Lantern Trust. Say why it goes ahead.'
  await expect(told(page, asked)).toBeVisible()
  await choose(page, 'A child may be at risk of significant harm')
  await expect(page.getByText('Do not wait, and do not ask first.')).toContainText('0300 123 4043')
  await choose(page, 'It is in the public interest, and somebody advised it')
  await field(page, 'In your words').fill('He came to school with a burn')

  // the phone rings: what was typed is there when it is gone on with
  await expect(told(page, 'Saved 10:')).toBeVisible()
  await link(page, 'Leave for later').click()
  await goTo(page, 'Desk')
  await page.getByRole('button', { name: /^Resume: Share information/ }).click()
  await expect(field(page, 'In your words')).toHaveValue('He came to school with a burn')
  await page.getByRole('checkbox', { name: 'Robin Vale' }).check()
  await field(page, 'What is shared?').fill('What the school saw')
  await field(page, 'What is it shared for?').fill('To keep him safe')
  await choose(page, 'By phone')
  await button(page, 'Record').click()
  await expect(problems(page)).toContainText('Enter who advised it')
  await check(page, 'sharing without agreement')
  await field(page, 'Who advised it?').fill('Al Reed, legal team')
  await button(page, 'Record').click()

  await expect(told(page, 'Recorded: information shared with Lantern Trust')).toBeVisible()
  await expect(sharing).toContainText('Shared without agreement: 1')
  const chronology = section(page, 'Chronology')
  await chronology.getByRole('button', { name: 'Information shared' }).click()
  await expect(chronology.getByRole('listitem')).toHaveCount(1)
  await expect(chronology.getByRole('listitem')).toContainText(
    'Information about Robin Vale shared with Lantern Trust, without agreement'
  )
  await expect(chronology.getByRole('listitem')).toContainText('Advised by Al Reed, legal team.')
  await check(page, 'what was shared, in the chronology')
})
