import { test, type Page } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import { aDecision } from '../../fixtures/decisions.ts'
import { aStepDown, aStepDownPerson } from '../../fixtures/stepDowns.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addPractitioner } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { blake } from '../screens/people.ts'
import { answerLater, answerWith, fault, look, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const WORD = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'
const DISTRICTS = ['E07000242', 'E07000095', 'E07000103']

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

async function addKeyworkers(page: Page) {
  for (let at = 0; at < 26; at++) {
    const name = at === 0 ? NAME : at === 1 ? WORD : `Keyworker ${String(at).padStart(2, '0')} Hart`
    const role = at === 1 ? WORD : 'Family support worker'
    const { id: practitionerId } = await addPractitioner(page, { id: newId(), name, role })
    const district = DISTRICTS[at % 3] ?? ''
    await ask(page, 'keyworker.savePattern', {
      ...{ id: newId(), practitionerId, validFrom: '2026-09-01', weekdays: at % 4 === 0 ? '135' : '12345' },
      ...{ termTimeOnly: at % 5 === 0, fullTimeFamilies: at % 7 === 6 ? 1 : 12, districts: [district] }
    })
    if (at % 6 === 0)
      await ask(page, 'keyworker.bookAbsence', {
        ...{
          id: newId(),
          practitionerId,
          kind: 'leave',
          fromDay: '2026-12-01',
          toDay: '2027-01-08',
          note: ''
        }
      })
  }
}

async function addStepDown(page: Page, child: string, isMatched: boolean) {
  const { people, ...form } = aStepDown({
    people: [aStepDownPerson({ name: child })],
    agreedById: '',
    agreedBy: 'Dana'
  })
  await ask(page, 'stepDown.receive', { ...form, people })
  if (isMatched)
    await ask(page, 'stepDown.registerFamily', {
      ...{ id: newId(), stepDownId: form.stepDownId, basedOn: '', versionId: form.id, agreementId: newId() },
      people: people.map(({ id }) => ({ id, personId: '', noneOf: [] }))
    })
  await ask(page, 'stepDown.decide', aDecision(form.stepDownId))
}

async function open(page: Page, child: string) {
  await page.getByRole('link', { name: 'Triage', exact: true }).click()
  await page.getByRole('link', { name: child }).click()
}
const assign = (page: Page, name: string) =>
  page
    .getByRole('row')
    .filter({ hasText: name })
    .getByRole('button', { name: /^Assign/ })

test('allocating, from nobody to an assessment', async () => {
  const { page, app } = desk
  await addStepDown(page, 'Rowan Marsh', true)
  await open(page, 'Rowan Marsh')
  await page.getByText('Nobody is trained and registered').waitFor()
  await look(desk, 'allocation-nobody')
  await addKeyworkers(page)
  const wait = await answerLater(app, 'stepDown.candidates')
  await open(page, 'Rowan Marsh')
  await page.getByText('Looking who has room').waitFor()
  await look(desk, 'allocation-waits')
  await wait.mend()
  const mend = await answerWith(app, 'stepDown.candidates', fault)
  await open(page, 'Rowan Marsh')
  await button(page, 'Try again').waitFor()
  await look(desk, 'allocation-failed')
  await mend()
  await button(page, 'Try again').click()
  await button(page, 'Show other hubs (8)').click()
  await assign(page, 'Keyworker 03 Hart').waitFor()
  await look(desk, 'allocation-candidates')
  await button(page, 'Show more').click()
  await assign(page, 'Keyworker 11 Hart').waitFor()
  await button(page, 'Show more').click()
  await assign(page, NAME).waitFor()
  await page.getByRole('row').filter({ hasText: 'Keyworker 20' }).getByRole('button').click()
  await button(page, 'Assign keyworker').click()
  await look(desk, 'allocation-propose-errors')
  await field(page, 'Why does it go to somebody outside the family’s hub?').fill(`${WORD} ${NAME}`)
  const over = field(page, 'Why do they take it although they would hold more than they can?')
  if (await over.isVisible()) await over.fill(WORD)
  await button(page, 'Assign keyworker').click()
  await button(page, 'Decline').waitFor()
  await look(desk, 'allocation-asked')
  await button(page, 'Decline').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
  await look(desk, 'allocation-decline-error')
  await field(page, 'Why did they say no?').fill(`${WORD} ${NAME}`)
  await page.getByRole('dialog').getByRole('button', { name: 'Decline' }).click()
  await assign(page, 'Keyworker 03 Hart').click()
  await button(page, 'Assign keyworker').click()
  await button(page, 'Accept').click()
  await look(desk, 'allocation-accept')
  await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click()
  await page.getByRole('link', { name: 'Open the assessment' }).waitFor()
  await look(desk, 'allocation-accepted')
})

test('a step-down of no known family that somebody was asked to take', async () => {
  const { page } = desk
  await addStepDown(page, 'Kit Lowe', false)
  await open(page, 'Kit Lowe')
  await assign(page, 'Keyworker 03 Hart').click()
  await button(page, 'Assign keyworker').click()
  await button(page, 'Accept').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Accept' }).click()
  await page.getByText('Match it to a family').waitFor()
  await look(desk, 'allocation-no-family')
})
