import { expect, test } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aSubjectRequest } from '../../fixtures/subjectAccess.ts'
import { button, goTo, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { blake } from '../screens/people.ts'
import { answerWith, fault, hiddenStops, look, sizeWindow } from './look.ts'

const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'

let desk: OpenDesk
test.beforeAll(async () => {
  desk = await openDesk({ person: blake })
  await sizeWindow(desk.app)
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

test('requests, the form and one request, with everything long, empty, and when it cannot be read', async () => {
  const { page, app } = desk
  await goTo(page, 'Subject access')
  await look(desk, 'subject-access-none')
  await page.getByRole('link', { name: 'Record a subject access request' }).click()
  await expect(heading(page, 'Record a subject access request')).toBeVisible()
  await look(desk, 'subject-access-form')
  await button(page, 'Record the request').click()
  await look(desk, 'subject-access-form-missing')
  expect(await hiddenStops(desk, 15)).toEqual([])
  await page.getByRole('radio', { name: 'Order of a court', exact: true }).check()
  await look(desk, 'subject-access-form-court')

  const { people, agreement } = aRegistration()
  const child = aPerson({ name: NAME })
  const { form } = await addFamily(page, { people: [child, people[1]!], agreement })
  const late = aSubjectRequest(child.id, {
    ...{ receivedOn: '1/10/2026', identityOn: '1/10/2026', requester: 'parent' },
    ...{ requesterName: `${NAME} the elder`, entitledBy: UNBROKEN, wanted: `${UNBROKEN}\nand the calls` }
  })
  await ask(page, 'subjectAccess.record', late)
  await ask(
    page,
    'subjectAccess.record',
    aSubjectRequest(form.people[1]?.id ?? '', { identityHow: '', identityOn: '' })
  )
  await ask(page, 'subjectAccess.act', {
    ...{ id: newId(), requestId: late.id, basedOn: late.id, event: 'extend', on: '20/10/2026', toId: '' },
    words: UNBROKEN
  })
  await goTo(page, 'Subject access')
  await expect(page.getByRole('row')).toHaveCount(3)
  await look(desk, 'subject-access-list')
  await goTo(page, 'Desk')
  await expect(page.getByRole('region', { name: /^Subject access requests/ }).getByRole('link')).toHaveCount(
    2
  )
  await look(desk, 'subject-access-desk')
  await goTo(page, 'Subject access')
  await page.getByRole('link', { name: 'SAR-', exact: false }).first().click()
  await expect(page.getByText(/items decided$/)).toBeVisible()
  await look(desk, 'subject-access-request')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'subject-access-request-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await hiddenStops(desk, 15)).toEqual([])
  await button(page, 'Record that it was answered').click()
  await look(desk, 'subject-access-act')
  await button(page, 'Cancel').click()

  const { rows } = await ask(page, 'subjectAccess.items', { requestId: late.id, filter: 'all', after: '' })
  await ask(page, 'subjectAccess.decide', {
    requestId: late.id,
    decisions: rows.map(({ itemId, sha256 }) => ({
      ...{ id: newId(), itemId, itemSha256: sha256, fate: 'include', reason: '', note: '' },
      ...{ spans: [], withoutFiles: [] }
    }))
  })
  const mend = await answerWith(app, 'subjectAccess.standing', {
    ok: true,
    value: {
      ...(await ask(page, 'subjectAccess.standing', { requestId: late.id })),
      isAgreed: true,
      reviews: [
        {
          ...{ id: newId(), verdict: 'agreed', words: UNBROKEN, byName: NAME, isOfNow: true },
          at: '2026-11-22T09:00:00.000Z'
        }
      ]
    }
  })
  await goTo(page, 'Subject access')
  await page.getByRole('link', { name: 'SAR-', exact: false }).first().click()
  await expect(button(page, 'Save the answer')).toBeVisible()
  await look(desk, 'subject-access-save')
  await mend()
  const broken = await answerWith(app, 'subjectAccess.read', fault)
  await goTo(page, 'Subject access')
  await page.getByRole('link', { name: 'SAR-', exact: false }).first().click()
  await expect(button(page, 'Try again')).toBeVisible()
  await look(desk, 'subject-access-failed')
  await broken()
})
