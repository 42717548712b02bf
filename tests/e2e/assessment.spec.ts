import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { newId } from '../../shared/ids.ts'
import type { Desk } from './launch.ts'
import * as axe from './screens/axe.ts'
import { button, field, openDesk, relaunch, unlock } from './screens/desk.ts'
import { goToPart, openEpisode, toldOf } from './screens/episode.ts'
import { addFamily } from './screens/family.ts'
import { ask } from './screens/hub.ts'

const userDataDir = mkdtempSync(path.join(tmpdir(), 'desk-'))
let desk: Desk
let family: Awaited<ReturnType<typeof addFamily>>

test.beforeAll(async () => {
  desk = await openDesk({ userDataDir })
  family = await addFamily(desk.page)
})
test.afterAll(async () => {
  await desk.close()
  rmSync(userDataDir, { recursive: true, force: true })
})
test.describe.configure({ mode: 'serial' })

/** One of the three texts of a domain, of whoever is chosen. */
const words = (page: Page, domain: string, label: string) =>
  page.getByRole('group', { name: domain, exact: true }).getByLabel(label, { exact: true })
const about = (page: Page, name: string) => button(page, `Write about ${name}`)
const saved = (page: Page) => page.getByText(/^Saved \d\d:\d\d$/)
/** From the top: what the bar of the window half covers after scrolling is no fault of the page. */
async function check(page: Page, state: string) {
  await page.evaluate('window.scrollTo(0, 0)')
  await axe.check(page, state)
}

test('two people are assessed; the power goes, and what was typed is gone on with; versions say what changed', async () => {
  await openEpisode(desk.page, family.reference)
  await goToPart(desk.page, 'Assessment')
  await check(desk.page, 'an assessment in which nothing is written')
  await words(desk.page, 'Education', 'Strengths').fill('Reads every night')
  await about(desk.page, 'Jo Vale').click()
  await words(desk.page, 'Health', 'In their own words').fill('I am so tired')
  await expect(saved(desk.page)).toBeVisible()

  await desk.kill()
  desk = await relaunch(desk)
  const { page } = desk
  await unlock(page)
  // what was in the middle of being typed opens by itself, at whoever was written about last
  await expect(words(page, 'Health', 'In their own words')).toHaveValue('I am so tired')
  await about(page, 'Robin Vale').click()
  await expect(words(page, 'Education', 'Strengths')).toHaveValue('Reads every night')
  await field(page, 'What changed (optional)').fill('First visit')
  await button(page, 'Save this version').click()
  await expect(toldOf(page, 'Version 1 of the assessment saved')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Assessment', exact: true })).toBeFocused()

  // somebody else saves the same entry while this one is typed
  await words(page, 'Education', 'Strengths').fill('Reads every night, and to his sister')
  const { versions } = await ask(page, 'assessment.read', { episodeId: family.form.episodeId })
  await ask(page, 'assessment.save', {
    ...{ id: newId(), familyId: family.id, episodeId: family.form.episodeId, note: '' },
    basedOn: versions[0]?.id ?? '',
    entries: [
      {
        ...{ personId: family.form.people[0]?.id ?? '', domain: 'education' },
        ...{ strengths: 'Reads well, his teacher says', needs: '', views: '' }
      }
    ]
  })
  await button(page, 'Save this version').click()
  await expect(
    page.getByRole('alert').filter({ hasText: 'Somebody else changed the same entry' })
  ).toBeFocused()
  await check(page, 'an assessment where two changed the same entry')
  await button(page, 'Put mine below theirs').click()
  await expect(words(page, 'Education', 'Strengths')).toHaveValue(
    'Reads well, his teacher says\n\nReads every night, and to his sister'
  )
  await button(page, 'Save this version').click()
  await expect(toldOf(page, 'Version 3 of the assessment saved')).toBeVisible()
  await page.getByRole('button', { name: 'What changed in version 1' }).click()
  const first = page.getByRole('listitem').filter({ hasText: 'Version 1' })
  await expect(first).toContainText('First visit')
  await expect(first).toContainText('I am so tired')
  await check(page, 'an assessment with its versions')
})

test('a plan: two outcomes, progress on behalf, scores at two reviews, done and ended', async () => {
  const { page } = desk
  const of = { familyId: family.id, episodeId: family.form.episodeId }
  for (const [kind, on] of [
    ['first', '2026-11-23'],
    ['review', '2026-11-23']
  ] as const)
    await ask(page, 'meeting.arrange', {
      ...{ ...of, id: newId(), kind, on, startsAt: '', place: '', agenda: '', invited: [] }
    })
  await goToPart(page, 'Plan')
  await expect(page.getByText('Nothing is planned yet.')).toBeVisible()
  await button(page, 'Add an outcome').click()
  await button(page, 'Save').click()
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeFocused()
  await check(page, 'an outcome without words')
  await field(page, 'What is to be different?').fill('Robin is in school every day')
  await field(page, 'For whom?').selectOption({ label: 'Robin Vale' })
  await button(page, 'Save').click()
  const school = page.getByRole('article', { name: 'Robin is in school every day' })
  await expect(school).toContainText('For Robin Vale')
  await button(page, 'Add an outcome').click()
  await field(page, 'What is to be different?').fill('Jo sleeps through')
  await button(page, 'Save').click()
  await expect(page.getByRole('article', { name: 'Jo sleeps through' })).toContainText('For the whole family')

  await button(page, 'Add an action: Robin is in school every day').click()
  await field(page, 'What is to be done?').fill('Breakfast club')
  await field(page, 'Who does it?').selectOption({
    label: 'Priya Shah, family support worker, Lantern Trust'
  })
  await field(page, 'By when?').fill('20/11/2026')
  await check(page, 'an action of a plan')
  await button(page, 'Save').click()
  await expect(school.getByText('Overdue')).toBeVisible()

  await button(page, 'Record progress: Breakfast club').click()
  await expect(field(page, 'On whose behalf?')).toHaveValue(/./)
  await page.getByRole('radio', { name: 'Done' }).check()
  await field(page, 'How can one tell? (optional)').fill('The register')
  await button(page, 'Record').click()
  await expect(toldOf(page, 'Progress recorded: done')).toBeVisible()
  await expect(school.getByText('Overdue')).toBeHidden()
  await button(page, 'Not done after all: Breakfast club').click()
  await field(page, 'What was done? (optional)').fill('Two days only')
  await button(page, 'Record').click()
  await school.getByText('Progress (2)').click()
  await expect(school.getByRole('listitem').last()).toContainText('For Priya Shah, recorded by Morgan Ellis')

  for (const [meeting, score] of [
    ['First meeting on 23 November 2026', '3'],
    ['Review on 23 November 2026', '6']
  ] as const) {
    await button(page, 'Score: Robin is in school every day').click()
    await field(page, 'At which meeting?').selectOption({ label: meeting })
    await page.getByRole('radio', { name: score, exact: true }).check()
    await button(page, 'Save the score').click()
    await expect(toldOf(page, `Outcome scored ${score} out of 10`)).toBeVisible()
  }
  await expect(school.getByRole('table', { name: 'Scores, from 0 to 10' }).getByRole('row')).toHaveCount(
    1 + 2
  )
  await check(page, 'a plan with progress and scores')

  await button(page, 'End the outcome: Robin is in school every day').click()
  await page.getByRole('radio', { name: 'Met', exact: true }).check()
  await field(page, 'How do you know?').fill('Every day for a month')
  await expect(page.getByRole('dialog')).toContainText('Breakfast club')
  await button(page, 'End it').click()
  await expect(toldOf(page, 'Outcome ended: met')).toBeVisible()
  await expect(school).toContainText('Met on 23 November 2026: Every day for a month')
  await check(page, 'a plan with an outcome that has ended')
})
