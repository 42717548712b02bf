import { expect, test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import type { RegistrationDraft } from '../../../shared/family/family.ts'
import { anAddendum } from '../../fixtures/notes.ts'
import { button, field, openDesk, type OpenDesk } from '../screens/desk.ts'
import { goToPart, openEpisode } from '../screens/episode.ts'
import { ask } from '../screens/hub.ts'
import { addNote, addSiblings, openNotes, searchNotes } from '../screens/note.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, lookAtPaper, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const TEXT = `Why I visited:\nShe asked me to come after school, and I stayed for an hour.\n\nWhat was said:\n${'Robin told me about his week, the dog and the new boiler that does not work. '.repeat(6)}\n${UNBROKEN}`

let desk: OpenDesk
let family: RegistrationDraft

test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
  family = await addSiblings(desk.page, NAME)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('searching', async () => {
  const { page, app } = desk
  const { reference } = await ask(page, 'family.read', { id: family.id })
  await openEpisode(page, reference)
  await goToPart(page, 'Case notes')
  await expect(page.getByText('No case note', { exact: false })).toBeVisible()
  await look(desk, 'notes-empty')
  const mendList = await answerWith(app, 'note.list', fault)
  await goToPart(page, 'Overview')
  await goToPart(page, 'Case notes')
  await expect(button(page, 'Close this message')).toBeVisible()
  await look(desk, 'notes-failed')
  await mendList()
  await button(page, 'Close this message').click()
  await searchNotes(page, 'boiler')
  await expect(page.getByText('No case note that you may read has these words.')).toBeVisible()
  await look(desk, 'notes-search-empty')
  const everybody = family.people.map(({ id }) => id)
  const { id } = await addNote(page, family, { words: TEXT, aboutIds: everybody, presentIds: everybody })
  await ask(page, 'note.add', anAddendum(family, id, `It was the old boiler. ${UNBROKEN}`))
  await addNote(page, family, {
    ...{
      kind: 'management-oversight',
      happenedOn: '2/11/2026',
      happenedTime: '16:40',
      childsVoice: '',
      present: ''
    },
    ...{ words: 'The boiler was promised twice.', familyMaySee: 'no', restrictedWhy: TEXT.slice(0, 400) }
  })
  await addNote(page, family, {
    kind: 'call',
    words: 'Rang the landlord.',
    childsVoice: '',
    present: UNBROKEN
  })
  await button(page, 'Search').click()
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible()
  await look(desk, 'notes-search')
  const mend = await answerWith(app, 'note.search', fault)
  await button(page, 'Search').click()
  await expect(page.getByText('A1B2C3').first()).toBeVisible()
  await look(desk, 'notes-search-error')
  await mend()
  await button(page, 'Close this message').click()
})

test('the notes of an assessment', async () => {
  const { page } = desk
  await openNotes(page, 'boiler')
  await expect(page.getByText('Rang the landlord.')).toBeVisible()
  await look(desk, 'notes')
  expect.soft(await hiddenStops(desk, 60), 'hidden on the notes').toEqual([])
  await field(page, 'Words in the notes').fill('boiler promised')
  await expect(page.getByText('Rang the landlord.')).toBeHidden()
  await look(desk, 'notes-narrowed')
  await field(page, 'Words in the notes').fill('umbrella')
  await expect(page.getByText('No case note matches this.')).toBeVisible()
  await look(desk, 'notes-none')
  await button(page, 'Show every note').first().click()
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'notes-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await lookAtPaper(desk, 'notes-paper')
})

test('adding one', async () => {
  const { page } = desk
  await page.getByRole('link', { name: /^Add a case note/ }).click()
  await expect(field(page, 'The note')).toBeVisible()
  await look(desk, 'note-new')
  await page.getByRole('radio', { name: 'No, and this is why' }).check()
  await field(page, 'Time').fill('25:00')
  await field(page, 'Begin with a template (optional)').selectOption({ label: 'Home visit' })
  await page.keyboard.type('She asked me to come')
  await field(page, 'Begin with a template (optional)').selectOption({ label: 'Decision' })
  await expect(page.getByRole('dialog')).toBeVisible()
  await look(desk, 'note-template-asks')
  await button(page, 'Add the template below it').click()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toBeVisible()
  await look(desk, 'note-errors')
  expect.soft(await hiddenStops(desk, 45), 'hidden on the form').toEqual([])
  await page.getByRole('link', { name: 'Leave for later' }).click()
  await page
    .getByRole('link', { name: /^Add to this note/ })
    .nth(1)
    .click()
  await expect(field(page, 'What do you add?')).toBeVisible()
  await look(desk, 'note-add-to')
})
