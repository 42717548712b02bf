import { expect, test } from '@playwright/test'
import { newId } from '../../../shared/ids.ts'
import { aPerson, aRegistration } from '../../fixtures/families.ts'
import { aMeeting, aMember, aRecord } from '../../fixtures/meetings.ts'
import { button, field, goTo, heading, openDesk, type OpenDesk } from '../screens/desk.ts'
import { addFamily, openFamily } from '../screens/family.ts'
import { ask } from '../screens/hub.ts'
import { answerWith, fault, hiddenStops, look, lookAtPaper, sizeWindow } from './look.ts'

const NAME = 'Maximiliana Featherstonehaugh-Cholmondeley Wriothesley-Beauchamp de la Zouche'
const UNBROKEN = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(2)
const TEXT = `The school and the mother see it alike: mornings are hard, evenings are better.\n${UNBROKEN}`

let desk: OpenDesk
let family: Awaited<ReturnType<typeof addFamily>>

test.beforeAll(async () => {
  desk = await openDesk()
  await sizeWindow(desk.app)
  const { agreement } = aRegistration()
  const mother = aPerson({ role: 'parent-carer', name: `${NAME} the elder`, birth: '1/2/1985' })
  family = await addFamily(desk.page, {
    people: [aPerson({ name: NAME }), mother],
    agreement: { ...agreement, byPersonId: mother.id }
  })
})
test.afterAll(() => desk.close())
test.describe.configure({ mode: 'serial' })

const link = (name: string) => desk.page.getByRole('link', { name, exact: true })

test('a team that has not met, and how it is put together', async () => {
  const { page } = desk
  await openFamily(page, family.reference)
  await page.getByRole('link', { name: /^FFA-/ }).click()
  await link('Team and meetings').click()
  await expect(page.getByText('The team has not met yet')).toBeVisible()
  await look(desk, 'team-empty')
  await button(page, 'Add to the team').click()
  const dialog = page.getByRole('dialog')
  await page.getByRole('radio', { name: 'Somebody else', exact: true }).check()
  await dialog.getByRole('button', { name: 'Add to the team' }).click()
  await look(desk, 'team-adding')
  await button(page, 'Cancel').click()
  await button(page, 'Leave without saving').click()
  await button(page, 'Arrange a meeting').click()
  await field(page, 'On which day?').fill('22/11/2026')
  await button(page, 'Arrange the meeting').click()
  await look(desk, 'meeting-arranging')
  await button(page, 'Cancel').click()
})

test('meetings with everything long, and the record of one', async () => {
  const { page } = desk
  const of = { familyId: family.id, episodeId: family.form.episodeId }
  const mother = aMember(of, { personId: family.form.people[1]?.id ?? '' })
  const other = aMember(of, {
    name: `${NAME} the coach`,
    role: UNBROKEN.slice(0, 90),
    email: `${'a'.repeat(60)}@b.example`
  })
  await ask(page, 'meeting.saveMember', mother)
  await ask(page, 'meeting.saveMember', other)
  const invited = [mother, other].map(({ id }) => ({ memberId: id, how: 'By letter' }))
  const held = aMeeting(of, { on: '2026-11-23', agenda: TEXT, place: UNBROKEN, invited })
  await ask(page, 'meeting.arrange', held)
  await ask(page, 'meeting.arrange', aMeeting(of, { kind: 'review', on: '2026-12-23', invited }))
  const record = { record: TEXT, decisions: TEXT, familyViews: TEXT }
  await ask(page, 'meeting.record', aRecord({ ...of, meetingId: held.id }, [mother.id, other.id], record))
  const copy = { id: newId(), ...of, meetingId: held.id, on: '2026-11-23', toWhom: NAME, how: 'By letter' }
  await ask(page, 'meeting.giveCopy', copy)
  await link('Overview').click()
  await link('Team and meetings').click()
  await expect(page.getByText('Held', { exact: true })).toBeVisible()
  await look(desk, 'team-full')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'team-full-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await hiddenStops(desk, 40)).toEqual([])

  await link('Record one that was not arranged').click()
  await expect(heading(page, 'Record of a meeting')).toBeVisible()
  await button(page, 'Record this meeting').click()
  await look(desk, 'meeting-record')
  await link('Leave for later').click()
})

test('what is printed, and a team that cannot be read', async () => {
  const { page, app } = desk
  for (const what of ['invitation', 'record']) {
    await page.evaluate(() => {
      // the picture is taken while the paper is on the page
      window.print = () => {
        throw new Error('printed')
      }
    })
    await page
      .getByRole('button', { name: `Print the ${what}` })
      .last()
      .click()
    await lookAtPaper(desk, `meeting-${what}-on-paper`)
    await link('Overview').click()
    await link('Team and meetings').click()
  }
  const mend = await answerWith(app, 'meeting.team', fault)
  await link('Overview').click()
  await link('Team and meetings').click()
  await expect(button(page, 'Close this message')).toBeVisible()
  await look(desk, 'team-failed')
  await mend()
  await button(page, 'Close this message').click()
})

test('the calendar', async () => {
  const { page, app } = desk
  await goTo(page, 'Calendar')
  await expect(page.getByText('Team meeting').first()).toBeVisible()
  await look(desk, 'calendar-list')
  await button(page, 'Month').click()
  await expect(page.getByRole('gridcell').or(page.getByRole('cell')).first()).toBeVisible()
  await look(desk, 'calendar-month')
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(desk, 'calendar-month-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await button(page, 'List').click()
  await button(page, 'Month before').click()
  await expect(page.getByText('Nothing is planned or due')).toBeVisible()
  await look(desk, 'calendar-empty')
  await button(page, 'This month').click()
  await button(page, 'Month after').click()
  await expect(page.getByText('Assessment finalised')).toBeVisible()
  await look(desk, 'calendar-many')
  const mend = await answerWith(app, 'episode.calendar', fault)
  await button(page, 'Month after').click()
  await expect(button(page, 'Close this message')).toBeVisible()
  await look(desk, 'calendar-failed')
  await mend()
})
