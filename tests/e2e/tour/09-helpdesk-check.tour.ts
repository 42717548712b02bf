import { addPerson, firstUnlock } from '../screens/account.ts'
import { startCheck } from '../screens/check.ts'
import { button, lock } from '../screens/desk.ts'
import { sky } from '../screens/people.ts'
import { expect, shot, test } from './tour.ts'

test('the helpdesk: is an assessment open?', async ({ desk: { page } }) => {
  const oneTime = await addPerson(page, sky)
  await lock(page)
  await firstUnlock(page, sky, oneTime)
  await shot(page, 'helpdesk')
  const form = await startCheck(page)
  await form.agreedBy.fill('Dana Farrow')
  await button(page, 'Today: they agreed today').click()
  await form.agreedHow.selectOption({ label: 'Verbally' })
  await form.callerName.fill('Sam Okoro')
  await form.employer.fill('Lantern')
  await page
    .getByRole('option', { name: /Lantern Trust/ })
    .first()
    .click()
  await form.childName.fill('Imogen Farrow')
  await form.birth.fill('3/9/15')
  await shot(page, 'check')
  await form.goOn.click()
  await expect(form.callBack).toContainText('01632 960333')
  await form.noAnswer.click()
  await expect(form.callBack).toContainText('no answer')
  await shot(page, 'check-call-back')
  await form.isThem.click()
  await expect(form.answer).toContainText('Priya Shah')
  await shot(page, 'check-answer')
  await form.disclose.click()
  await expect(form.answer).toContainText('Disclosed to Sam Okoro')
  await shot(page, 'check-disclosed')
})
