import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import type { FileStepDown } from '../../shared/stepDown/stepDownFile.ts'
import { aFileStepDown, writeStepDowns } from '../fixtures/stepDownFiles.ts'
import { button, field, goTo, openDesk, type OpenDesk } from './screens/desk.ts'
import { toldOf } from './screens/episode.ts'
import { addPractitioner } from './screens/family.ts'
import { chooseFile } from './screens/files.ts'
import { blake } from './screens/people.ts'
import { openStepDown } from './screens/stepDown.ts'

let desk: OpenDesk
let folder = ''
test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'triage-'))
  desk = await openDesk({ person: blake })
  await addPractitioner(desk.page, { name: 'Lee Hart' })
  await addPractitioner(desk.page, { name: 'Sam Reed' })
})
test.afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true })
})

async function bringIn(page: Page, name: string, stepDown: FileStepDown) {
  await goTo(page, 'Triage')
  await page.getByRole('link', { name: 'Import step-downs' }).click()
  await chooseFile(desk.app, writeStepDowns(path.join(folder, name), [stepDown]))
  await page.getByRole('button', { name: /^Choose (a|another) file$/ }).click()
  await button(page, 'Store 1 step-down').click()
}

async function assign(page: Page, name: string) {
  await page.getByRole('button', { name: new RegExp(`^Assign ${name}`) }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Assign keyworker' }).click()
  await expect(toldOf(page, `${name} is assigned`)).toBeVisible()
}

async function answer(page: Page, said: 'Accept' | 'Decline', why = '') {
  await button(page, said).click()
  if (why !== '') await field(page, 'Why did they say no?').fill(why)
  await page.getByRole('dialog').getByRole('button', { name: said }).click()
}

test('one step-down from a file to its keyworker: sent back, answered, decided, declined, accepted', async () => {
  const { page } = desk
  const { last_plan: _, ...lacking } = aFileStepDown('LCS-1')
  await bringIn(page, 'first.json', lacking)
  await expect(page.getByText('1 step-down came in from this file.')).toBeVisible()

  await openStepDown(page, 'Rowan Marsh')
  await page.getByRole('link', { name: 'Send back to the sender' }).click()
  await expect(page.getByRole('checkbox', { name: 'The last plan' })).toBeChecked()
  await field(page, 'Why does it go back?').fill('The keyworker needs to know what was agreed')
  await button(page, 'Send back to the sender').click()
  await expect(toldOf(page, 'Save the letter and send it')).toBeVisible()

  await bringIn(page, 'answer.csv', aFileStepDown('LCS-1'))
  await expect(page.getByText('1 step-down of the record had something added')).toBeVisible()

  await openStepDown(page, 'Rowan Marsh')
  await expect(page.getByText('To triage', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Record decision' }).first().click()
  await page.getByRole('radio', { name: 'Intensive', exact: true }).check()
  await page.getByRole('radio', { name: 'Intensive family support team' }).check()
  await field(page, 'Why this level?').fill('Needs at home and at school')
  await field(page, 'Why this route?').fill('The mornings need somebody several times a week')
  await field(page, 'What does the decision go by?').fill('The last plan, and a call with Noor Haddad')
  await field(page, 'What else was considered, and why not?').fill('A parenting course alone')
  await button(page, 'Record decision').click()
  await expect(toldOf(page, 'Decision recorded.')).toBeVisible()
  await button(page, 'Register the family').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Register the family' }).click()
  await expect(page.getByText('Registered from this step-down')).toBeVisible()

  await assign(page, 'Lee Hart')
  await answer(page, 'Decline', 'On a course until January')
  await expect(toldOf(page, 'Lee Hart declined')).toBeVisible()
  await assign(page, 'Sam Reed')
  await answer(page, 'Accept')
  await expect(toldOf(page, 'Sam Reed accepted')).toBeVisible()
  await page.getByRole('link', { name: 'Open the assessment' }).click()
  await expect(page.getByText('Sam Reed').first()).toBeVisible()
  await goTo(page, 'Triage')
  await expect(page.getByRole('link', { name: /Rowan Marsh/ })).toBeHidden()
})
