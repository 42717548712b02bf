import { expect, type Locator, type Page } from '@playwright/test'
import { button, field, goTo } from './desk.ts'

/** The call form, by the names that the phone worker sees. */
export function callForm(page: Page) {
  const children = page.getByRole('group', { name: 'Children', exact: true })
  const actions = page.getByRole('group', { name: 'Actions', exact: true })
  return {
    line: field(page, 'Line'),
    whoIsCalling: page.getByRole('radiogroup', { name: 'Who is calling?', exact: true }),
    aSchool: page.getByRole('radio', { name: 'A school', exact: true }),
    aKeyworker: page.getByRole('radio', {
      name: 'A keyworker with an open Families First Assessment',
      exact: true
    }),
    someoneElse: page.getByRole('radio', { name: 'Someone else', exact: true }),
    kind: field(page, 'What kind of caller?'),
    confirmedBy: field(page, 'Open assessment confirmed by'),
    school: page.getByRole('combobox', { name: 'School', exact: true }),
    callerName: field(page, 'Caller’s name'),
    callerRole: field(page, 'Caller’s role'),
    phone: field(page, 'Phone number'),
    mayLeaveMessage: page.getByRole('checkbox', { name: 'May we leave a message?', exact: true }),
    consulted: page.getByRole('checkbox', { name: 'Consulted the Continuum of Need', exact: true }),
    spokeToLead: page.getByRole('checkbox', {
      name: 'Spoke to the designated safeguarding lead',
      exact: true
    }),
    parentsKnow: field(page, 'Do the parents know?'),
    children,
    child: (index: number) => ({
      name: children.getByLabel('Child’s name', { exact: true }).nth(index),
      birth: children.getByLabel('Date of birth', { exact: true }).nth(index),
      upn: children.getByLabel('UPN', { exact: true }).nth(index),
      relation: children.getByLabel('Relation', { exact: true }).nth(index),
      address: children.getByLabel('Address or postcode', { exact: true }).nth(index)
    }),
    addChild: button(page, 'Add another child'),
    concern: field(page, 'What is the concern?'),
    level: field(page, 'Level of need discussed'),
    levelWhy: field(page, 'Why this level'),
    advice: field(page, 'Advice given'),
    disagreement: field(page, 'Where the caller disagrees'),
    outcome: field(page, 'Outcome'),
    actions,
    action: (index: number) => ({
      what: actions.getByLabel('Action', { exact: true }).nth(index),
      who: actions.getByLabel('Who', { exact: true }).nth(index),
      byWhen: actions.getByLabel('By when', { exact: true }).nth(index)
    }),
    addAction: button(page, 'Add an action'),
    onPaper: page.getByRole('checkbox', { name: 'This call was written on paper earlier', exact: true }),
    bookedSlot: page.getByRole('checkbox', { name: 'Booked slot', exact: true }),
    tabs: page.getByRole('tablist', { name: 'Open calls' }).getByRole('tab'),
    leaveForLater: button(page, 'Leave for later'),
    saved: page.getByText(/^Saved \d\d:\d\d$/),
    notSaved: page.getByText('Not saved.', { exact: true }),
    fileCall: button(page, 'File call'),
    errors: page.getByRole('alert', { name: 'There is a problem' })
  }
}

export type CallForm = ReturnType<typeof callForm>

/** F2, and the form is there with the first question in focus. */
export async function logCall(page: Page): Promise<CallForm> {
  await page.keyboard.press('F2')
  const form = callForm(page)
  await expect(form.aSchool).toBeFocused()
  return form
}

/** Types a part of the name and takes the one that is found. */
export async function chooseSchool(page: Page, form: CallForm, typed: string): Promise<void> {
  await form.aSchool.check()
  await form.school.fill(typed)
  await page.getByRole('listbox').getByRole('option').first().click()
  await expect(page.getByRole('listbox')).toBeHidden()
}

export interface Spoken {
  school?: string
  caller?: string
  concern?: string
  advice?: string
  outcome?: string
}

/** What must be there before a school's call can be filed. */
export async function fillCall(page: Page, form: CallForm, spoken: Spoken = {}): Promise<void> {
  await chooseSchool(page, form, spoken.school ?? 'Elmsworthy')
  await form.callerName.fill(spoken.caller ?? 'Sam Whitlock')
  await form.concern.fill(spoken.concern ?? 'Tired and hungry on most mornings.')
  await form.advice.fill(spoken.advice ?? 'Talk to the parents first.')
  await form.outcome.selectOption({ label: spoken.outcome ?? 'Advice only' })
}

/** "Call HUB-7KQ3-000001 filed", and the reference in it. */
export async function filed(page: Page): Promise<string> {
  const status = page.getByRole('status').filter({ hasText: /^Call HUB-[0-9A-Z]{4}-\d{6} filed$/ })
  await expect(status).toBeVisible()
  const text = (await status.textContent()) ?? ''
  return /HUB-[0-9A-Z]{4}-\d{6}/.exec(text)?.[0] ?? ''
}

export async function file(page: Page, form: CallForm): Promise<string> {
  await form.fileCall.click()
  return filed(page)
}

/** Opens a filed call by the list of calls. */
export async function openFiled(page: Page, reference: string): Promise<void> {
  await goTo(page, 'Calls')
  await page.getByRole('link', { name: reference }).click()
  await expect(page.getByRole('heading', { name: `Call ${reference}`, exact: true })).toBeVisible()
}

/** The value beside a label on a filed call's page. */
export const fact = (page: Page, label: string): Locator =>
  page
    .locator('dt')
    .filter({ hasText: new RegExp(`^${label}$`) })
    .locator('xpath=following-sibling::dd[1]')

/** Leaves every open call for later, so that the next test starts at the desk. */
export async function leaveAll(page: Page): Promise<void> {
  const { leaveForLater } = callForm(page)
  while (await leaveForLater.isVisible()) {
    const tabs = await callForm(page).tabs.count()
    await leaveForLater.click()
    await expect(callForm(page).tabs).toHaveCount(tabs - 1)
  }
}
