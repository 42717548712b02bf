import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { newId, type Id } from '../../../shared/ids.ts'
import type { StepDownDraft } from '../../../shared/stepDown/stepDown.ts'
import { aDecision } from '../../fixtures/decisions.ts'
import { aRegistration } from '../../fixtures/families.ts'
import { anIncompleteStepDown, aStepDown, aStepDownPerson } from '../../fixtures/stepDowns.ts'
import { anImpactMeeting, aRequest } from '../../fixtures/stepUps.ts'
import { button, goTo, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addPractitioner } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, lookAtPaper, sizeWindow } from './look.ts'

const LONG_TEAM =
  'Safeguarding and Specialist Services, Assessment Team for Welwyn Hatfield and Hertsmere (South)'
const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const long = { workCompletedOn: '1/9/2025', agreedOn: '1/9/2025' }
async function receive(receivedOn: string, changes: Partial<StepDownDraft> = {}) {
  const form = aStepDown({ ...long, receivedOn, receivedAt: '09:30', ...changes })
  await ask(desk.page, 'stepDown.receive', form)
  return form
}
const lastOf = async (id: Id) => (await ask(desk.page, 'stepDown.read', { id })).lastId

test('the desk and the report of an empty record', async () => {
  const { page } = desk
  await expect(page.getByText('No step-down waits')).toBeVisible()
  await look(desk, 'triage-home-empty')
  await goTo(page, 'Reports')
  await page.getByRole('link', { name: 'Triage', exact: true }).last().click()
  await expect(page.getByText('No rule was overridden.')).toBeVisible()
  await look(desk, 'triage-report-empty')
})

test('a year of triage: the desk, the pictures, the rows, on paper and in the dark', async () => {
  const { page, app } = desk
  const kit = await addPractitioner(page, { name: 'Kit Amory' })
  const wren = await addPractitioner(page, { name: `Wren ${UNBROKEN}` })
  await ask(page, 'keyworker.savePattern', {
    ...{ id: newId(), practitionerId: wren.id, validFrom: '2026-09-01', weekdays: '1' },
    ...{ termTimeOnly: false, fullTimeFamilies: 1, districts: ['E07000103'] }
  })
  const days = ['3/12/2025', '12/1/2026', '2/2/2026', '9/3/2026', '30/3/2026', '5/5/2026', '8/6/2026']
  for (const [at, day] of days.entries()) {
    const { stepDownId } = await receive(day, { sendingTeam: at % 2 ? LONG_TEAM : 'Assessment Team East' })
    await ask(
      page,
      'stepDown.decide',
      at % 3
        ? aDecision(stepDownId, { route: 'universal', signposting: 'The family centre' })
        : aDecision(stepDownId)
    )
    if (at % 3) continue
    const proposal = {
      ...{
        id: newId(),
        stepDownId,
        practitionerId: at ? wren.id : kit.id,
        basedOn: await lastOf(stepDownId)
      },
      ...{ overReason: 'Nobody else has room', outsideReason: 'They know the school', note: '' }
    }
    await ask(page, 'stepDown.propose', proposal)
    if (at === 6) continue
    await ask(page, 'stepDown.answer', {
      ...{ id: newId(), stepDownId, allocationId: proposal.id, answer: 'decline', on: '2026-11-23' },
      ...{ who: 'Themselves', words: `On a course until January. ${UNBROKEN}` }
    })
  }
  for (const sendingTeam of [LONG_TEAM, LONG_TEAM, 'Assessment Team East', `Team ${UNBROKEN}`]) {
    const form = {
      ...anIncompleteStepDown(['last-plan'], { ...long, sendingTeam }),
      ...{ receivedOn: '16/11/2026', receivedAt: '11:00' }
    }
    await ask(page, 'stepDown.receive', form)
    await ask(page, 'stepDown.return', {
      ...{ id: newId(), stepDownId: form.stepDownId, versionId: form.id, missing: ['last-plan'] },
      ...{ words: 'The plan, please', subject: 'More is needed', body: 'Please send us the last plan.' }
    })
  }
  for (const day of ['20/11/2026', '23/11/2026', '19/11/2026'])
    await receive(day, {
      risk: 'high',
      people: ['Maximiliana', 'Zebedee', 'Ottoline'].map((name) =>
        aStepDownPerson({ name: `${name} Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp` })
      ),
      agreedById: '',
      agreedBy: 'Dana Marsh'
    })
  const family = aRegistration({ practitionerId: kit.id })
  await ask(page, 'family.register', family)
  const request = aRequest(family)
  await ask(page, 'stepUp.request', request)
  const { account } = (await ask(page, 'account.session', {})) as { account: { id: Id } }
  const { hubId } = await ask(page, 'stepDown.read', {
    id: (await ask(page, 'stepDown.home', {})).next[0]?.id ?? ''
  })
  await ask(page, 'stepUp.planMeeting', anImpactMeeting(account.id, hubId, { stepUpIds: [request.id] }))

  await goTo(page, 'Desk')
  await expect(page.getByText('Next in the queue')).toBeVisible()
  await look(desk, 'triage-home')

  await goTo(page, 'Reports')
  await page.getByRole('link', { name: 'Triage', exact: true }).last().click()
  await button(page, 'Last 12 months').click()
  await expect(page.getByText(/came in and/)).toBeVisible()
  await look(desk, 'triage-report')
  expect(await hiddenStops(desk, 60)).toEqual([])
  await lookAtPaper(desk, 'triage-report-paper')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'triage-report-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.getByLabel('Week', { exact: true }).check()
  await expect(page.getByRole('columnheader', { name: 'Week from' })).toBeVisible()
  await look(desk, 'triage-report-weeks')
  await button(page, 'This week').click()
  await expect(page.getByRole('columnheader', { name: 'Day', exact: true })).toBeVisible()
  await look(desk, 'triage-report-week')

  await button(page, 'Last 12 months').click()
  await page
    .getByRole('link', { name: /^4: Safeguarding|^2: Safeguarding/ })
    .first()
    .click()
  await expect(heading(page, 'Step-downs sent back')).toBeVisible()
  await look(desk, 'triage-rows')
  await page.getByRole('link', { name: 'Back to the report of triage' }).click()
  await expect(page.getByText(/came in and/)).toBeVisible()
  const mend = await answerWith(app, 'report.triage', fault)
  await button(page, 'This month').click()
  await look(desk, 'triage-report-fault')
  await mend()
})
