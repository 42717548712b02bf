import { test } from '@playwright/test'
import { roleLabels } from '../../../renderer/words/labels.ts'
import { newId, type Id } from '../../../shared/ids.ts'
import type { StepDownDraft } from '../../../shared/stepDown/stepDown.ts'
import { aStepDown, anIncompleteStepDown, aStepDownPerson } from '../../fixtures/stepDowns.ts'
import { button, goTo, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { ask } from '../screens/hub.ts'
import { morgan } from '../screens/people.ts'
import { answerWith, fault, look, sizeWindow } from './look.ts'

const LONG = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: { ...morgan, role: roleLabels['triage-manager'] } })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const child = (name: string) => ({
  people: [aStepDownPerson({ name })],
  ...{ agreedById: '', agreedBy: 'Her mother', agreedRelation: 'mother' }
})

async function receive(draft: StepDownDraft): Promise<Id> {
  await ask(desk.page, 'stepDown.receive', draft)
  return draft.stepDownId
}
async function act(stepDownId: Id, taken: object) {
  const { lastId } = await ask(desk.page, 'stepDown.last', { id: stepDownId })
  await ask(desk.page, 'stepDown.act', { id: newId(), stepDownId, basedOn: lastId, ...taken } as never)
}

test('the queue: empty, as a table and a board, narrowed to nothing, failed', async () => {
  const { page, app } = desk
  await goTo(page, 'Triage')
  await page.getByText('No step-down waits for anybody.').waitFor()
  await look(desk, 'queue-empty')
  await receive(
    aStepDown({ ...child('Rowan Marsh'), risk: 'high', receivedOn: '16/11/2026', receivedAt: '9:15' })
  )
  await receive(aStepDown({ ...child(LONG), risk: 'high', sendingTeam: `${LONG} Team` }))
  await receive(aStepDown({ ...child('Sky Vale'), risk: 'medium', source: 'child-protection' }))
  await receive(
    anIncompleteStepDown(['agreement', 'risks'], {
      ...child('Lark Reed'),
      risk: '',
      receivedOn: '20/11/2026',
      receivedAt: '16:20'
    })
  )
  await receive(aStepDown({ ...child('Ash Vale, Bo Vale, Cai Vale'), risk: 'low', source: 'assessment' }))
  const ended = await receive(aStepDown(child('Fern Marsh')))
  await act(ended, { act: 'end', reason: 'withdrawn-by-sender', words: '' })
  await goTo(page, 'Desk')
  await goTo(page, 'Triage')
  await page.getByRole('link', { name: /Rowan Marsh/ }).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('t')
  await page.getByText(/You have taken/).waitFor()
  await look(desk, 'queue')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'queue-dark')
  await page.keyboard.press('b')
  await page.getByRole('heading', { name: /^To triage/ }).waitFor()
  await look(desk, 'queue-board-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await look(desk, 'queue-board')
  await page.keyboard.press('b')
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await look(desk, 'queue-keys')
  await page.keyboard.press('Escape')
  await page.keyboard.press('4')
  await page.getByText('No step-down matches.').waitFor()
  await look(desk, 'queue-nothing')
  await button(page, 'Show all that wait').click()
  await goTo(page, 'Desk')
  const mend = await answerWith(app, 'stepDown.queue', fault)
  await goTo(page, 'Triage')
  await button(page, 'Try again').waitFor()
  await look(desk, 'queue-failed')
  await mend()
  await button(page, 'Close this message').click()
  await button(page, 'Try again').click()
  await page.getByRole('link', { name: /Rowan Marsh/ }).waitFor()
})

test('the page: to triage, missing something, changed since, ended; its dialogs with errors', async () => {
  const { page } = desk
  await page.getByRole('link', { name: /Rowan Marsh/ }).click()
  await heading(page, 'Rowan Marsh').waitFor()
  await look(desk, 'step-down')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'step-down-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'End').click()
  await button(page, 'End it').click()
  await look(desk, 'step-down-end')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Back to triage' }).click()
  await page.getByRole('link', { name: new RegExp(LONG) }).click()
  await heading(page, LONG).waitFor()
  await look(desk, 'step-down-long')
  await page.getByRole('link', { name: 'Back to triage' }).click()
  await page.keyboard.press('6')
  await page.getByRole('link', { name: /Fern Marsh/ }).click()
  await heading(page, 'Fern Marsh').waitFor()
  await button(page, 'Reopen').click()
  await button(page, 'Reopen it').click()
  await look(desk, 'step-down-reopen')
})
