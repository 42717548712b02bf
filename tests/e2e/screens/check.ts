import { expect, type Locator, type Page } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import type { CheckDraft } from '../../../shared/check/check.ts'
import { button, field, heading } from './desk.ts'
import { ask } from './hub.ts'

const region = (page: Page, name: RegExp) => page.getByRole('region', { name })

/** The page of a check, before and after it is begun. */
export const checkPage = (page: Page) => ({
  agreedBy: field(page, 'Who agreed'),
  agreedHow: field(page, 'How they agreed'),
  callerName: field(page, 'Caller’s name'),
  employer: field(page, 'Where they work'),
  childName: field(page, 'Child’s name').first(),
  birth: field(page, 'Date of birth').first(),
  goOn: button(page, 'Go on to the call back'),
  callBack: region(page, /^4 Call back/),
  answer: region(page, /^5 Answer/),
  askFor: field(page, 'Ask for'),
  isThem: button(page, 'It is them'),
  noAnswer: button(page, 'No answer'),
  notKnown: button(page, 'They are not known there'),
  callBackHeading: heading(page, '4 Call back'),
  answerHeading: page.getByRole('heading', { name: /^5 Answer/ }),
  disclose: button(page, 'I have read this out'),
  nothingDisclosed: page.getByText('Nothing disclosed', { exact: true })
})

export const CHECK_HEADING = 'Check for an open assessment'

/** By the keys: F9 from wherever one is. */
export async function startCheck(page: Page) {
  await page.keyboard.press('F9')
  await expect(heading(page, CHECK_HEADING)).toBeVisible()
  const form = checkPage(page)
  await expect(form.agreedBy).toBeFocused()
  return form
}

/** Presses Tab until it has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let stops = 0; stops < 25; stops++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(wanted).toBeFocused()
}

/** A check that has been begun by Sam Okoro of an agency of the directory, about one child. */
export async function beginCheck(page: Page, employerId: string, child: { name: string; birth: string }) {
  const draft: CheckDraft = {
    id: newId(),
    callerName: 'Sam Okoro',
    callerRole: 'Health visitor',
    employer: 'agency',
    employerId,
    employerText: '',
    agreedBy: 'Jo Vale',
    agreedRelation: 'mother',
    agreedOn: '23/11/2026',
    agreedHow: 'verbally',
    children: [{ id: newId(), upn: '', relation: '', address: '', ...child }]
  }
  return ask(page, 'check.begin', draft)
}
