import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { aClosing } from '../../fixtures/closing.ts'
import { aLevel, anOtherDay, aStart, aStep } from '../../fixtures/episodes.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { button, openDesk, type OpenDesk } from '../screens/desk.ts'
import { openEpisode } from '../screens/episode.ts'
import { addFamily, openFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, shootWindow, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `School, the health visitor and the housing officer see needs that none can meet alone.\n${UNBROKEN}`

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('an assessment from its registration to its end', async () => {
  const { page, app } = desk
  const { agreement } = aRegistration()
  const mother = aPerson({ role: 'parent-carer', name: `${NAME} the elder`, birth: '1/2/1985' })
  const family = await addFamily(page, {
    people: [aPerson({ name: NAME }), aPerson({ name: 'Ada Vale' }), mother],
    reason: TEXT,
    agreement: { ...agreement, byPersonId: mother.id }
  })
  const of = { id: family.id, episodeId: family.form.episodeId }
  await openEpisode(page, family.reference)
  await look(desk, 'episode-registered')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'episode-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await hiddenStops(desk, 40)).toEqual([])
  await page.getByRole('button', { name: 'Rule: Finalise in time' }).focus()
  await expect(page.getByRole('tooltip')).toBeVisible()
  await shootWindow(desk, 'episode-rule')
  await ask(page, 'episode.takeStep', aStep(of, 'set-up', { note: TEXT }))
  await openEpisode(page, family.reference)
  await button(page, 'Start assessment').click()
  await page
    .getByRole('radiogroup', { name: /more than one agency/ })
    .getByRole('radio', { name: 'No' })
    .check()
  await page.getByRole('dialog').getByRole('button', { name: 'Start assessment' }).click()
  await look(desk, 'episode-start-blocked')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Leave without saving' }).click()
  await ask(page, 'episode.takeStep', aStart(of, { note: TEXT, severalAgencies: 'no', overrideReason: TEXT }))
  const level = aLevel(of, { rationale: TEXT })
  await ask(page, 'episode.changeLevel', level)
  await ask(page, 'episode.changeLevel', aLevel(of, { level: 'intensive', basedOn: level.id }))
  await ask(page, 'episode.overrideDue', anOtherDay(of, { dueOn: '2026-12-25', reason: TEXT }))
  await openEpisode(page, family.reference)
  await look(desk, 'episode-assessing')
  await button(page, 'Change the level').click()
  await look(desk, 'episode-level')
  await page.keyboard.press('Escape')
  await page
    .getByRole('button', { name: /^Give another day/ })
    .first()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Give this day' }).click()
  await look(desk, 'episode-other-day')
  await page.keyboard.press('Escape')
  await ask(page, 'episode.close', aClosing(of))
  await openFamily(page, family.reference)
  await button(page, 'Register for an assessment').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Register', exact: true }).click()
  await look(desk, 'episode-register')
  await page.keyboard.press('Escape')
  await page.getByText('Assessments that have ended').click()
  await page.getByRole('link', { name: /^FFA-/ }).click()
  await expect(page.getByText('nothing is due')).toBeVisible()
  await look(desk, 'episode-closed')
  const mend = await answerWith(app, 'episode.read', fault)
  await openFamily(page, family.reference)
  await page.getByText('Assessments that have ended').click()
  await page.getByRole('link', { name: /^FFA-/ }).click()
  await expect(button(page, 'Try again')).toBeVisible()
  await look(desk, 'episode-failed')
  await mend()
  await button(page, 'Try again').click()
  await expect(page.getByText('nothing is due')).toBeVisible()
})
