import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { newId } from '../../../shared/ids.ts'
import { unzipped } from '../../fixtures/exports.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aDecisionOn } from '../../fixtures/subjectAccess.ts'
import { button, field, goTo, heading, lock, unlock } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { saveTo } from '../screens/files.ts'
import { ask } from '../screens/hub.ts'
import { addNote } from '../screens/note.ts'
import { blake, morgan } from '../screens/people.ts'
import { expect, keep, shot, test } from './tour.ts'

test('what somebody asks to have of what is held about them: blacked out, reviewed and saved', async ({
  desk: { page, app }
}) => {
  await lock(page)
  await unlock(page, morgan)
  const mother = aPerson({ role: 'parent-carer', name: 'Dana Marlow', birth: '1/2/1985', relation: 'mother' })
  const { form } = await addFamily(page, {
    people: [aPerson({ name: 'Kit Marlow' }), mother],
    agreement: { ...aRegistration().agreement, byPersonId: mother.id }
  })
  await addNote(page, form, { words: 'Kit likes his new school. Dana Marlow is not well, and told us only.' })

  await goTo(page, 'Subject access')
  await page.getByRole('link', { name: 'Record a subject access request' }).click()
  await page.getByRole('radio', { name: 'Request by or for the person', exact: true }).check()
  await field(page, 'Received on').fill('16/11/2026')
  await page.getByRole('combobox', { name: 'About whom?' }).fill('Kit Marlow')
  await page.getByRole('option', { name: /^Kit Marlow/ }).click()
  await page.getByRole('radio', { name: 'The person themselves', exact: true }).check()
  await field(page, 'How does the answer reach them?').fill('By hand')
  await field(page, 'How they proved who they are (optional)').fill('Passport')
  await field(page, 'On (optional)').fill('16/11/2026')
  await button(page, 'Record the request').click()
  await expect(page.getByText(/^0 of \d+ items decided$/)).toBeVisible()
  await shot(page, 'subject-access-request')

  await page.getByRole('link', { name: 'Go through the items' }).click()
  await page.getByLabel('Items', { exact: true }).getByRole('button', { name: /Visit/ }).click()
  await button(page, 'Black out Dana Marlow').first().click()
  await expect(heading(page, 'Blacked out: 1')).toBeVisible()
  await shot(page, 'subject-access-marked')
  await page.keyboard.press('i')
  await expect(page.getByText(/\b1 of \d+ decided/)).toBeVisible()
  const { rows: requests } = await ask(page, 'subjectAccess.list', { standing: 'open', after: '' })
  const requestId = requests[0]?.id ?? ''
  const { rows } = await ask(page, 'subjectAccess.items', { requestId, filter: 'to-decide', after: '' })
  await ask(page, 'subjectAccess.decide', {
    requestId,
    decisions: rows.map((item) => ({ ...aDecisionOn(item), id: newId() }))
  })

  await lock(page)
  await unlock(page, blake)
  await goTo(page, 'Subject access')
  await page.getByRole('link', { name: /^SAR-/ }).click()
  await page.getByRole('link', { name: 'Review what goes out' }).click()
  await page.getByLabel('Items', { exact: true }).getByRole('button', { name: /Visit/ }).click()
  await expect(page.getByText('[third party]')).toBeVisible()
  await shot(page, 'subject-access-review')
  await button(page, 'Agree to what goes out').click()
  await expect(page.getByText('Agreed to as it is decided now.')).toBeVisible()

  await page.getByRole('link', { name: 'Back to the request' }).click()
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'subject-access-')), 'answer.zip')
  await saveTo(app, file)
  await button(page, 'Save the answer').click()
  await expect(page.getByRole('heading', { name: /^Saved: \d+ items, 0 left out$/ })).toBeVisible()
  await shot(page, 'subject-access-saved')
  const words = (await page.locator('.passphrase').textContent()) ?? ''
  const [pdf = Buffer.alloc(0)] = Object.values(unzipped(file, words))
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
  expect(text).toContain('Kit likes his new school')
  expect(text).not.toContain('Dana Marlow is not well')
  keep(
    execFileSync('pdftoppm', ['-png', '-r', '80', '-f', '1', '-l', '1', '-'], { input: pdf }),
    'subject-access-answer'
  )
})
