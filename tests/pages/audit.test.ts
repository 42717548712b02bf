import { afterEach, describe, expect, it } from 'vitest'
import AuditPage from '../../renderer/audit/AuditPage.vue'
import type { Session } from '../../shared/account/account.ts'
import type { AuditQuery, AuditRow, ChainCheck } from '../../shared/audit/audit.ts'
import { inBody } from './body.ts'
import { settled, show } from './frame.ts'
import { ok, standInHub } from './standInHub.ts'

const PERSON = '0197a000-0000-7000-8000-000000000001'
const SUBJECT = '0197a000-0000-7000-8000-000000000002'
const open: Session = {
  stage: 'open',
  trial: false,
  account: { id: PERSON, name: 'Priya Patel', roles: ['auditor'], profession: 'other', hubIds: [] },
  deskCode: '7KQ3',
  now: '2026-11-23T10:00:00.000Z'
}
const row = (sequence: number, wanted: Partial<AuditRow> = {}): AuditRow => ({
  id: `row-${String(sequence)}`,
  sequence,
  at: '2026-11-23T14:03:00.000Z',
  actorId: PERSON,
  deviceId: 'device',
  operation: 'call.file',
  subjectIds: [SUBJECT],
  reason: '',
  result: 'done',
  ...wanted
})

function desk(chain: ChainCheck = { whole: true, rows: 1204 }) {
  const refused = row(2, {
    actorId: '',
    operation: 'account.unlock',
    reason: 'wrong-passphrase',
    result: 'refused'
  })
  return standInHub({
    'account.names': () => ok([{ id: PERSON, name: 'Priya Patel', takesCalls: true }]),
    'audit.list': ({ after }) =>
      after ? ok({ rows: [row(1)], next: '' }) : ok({ rows: [row(3), refused], next: 'more' }),
    'audit.checkChain': () => ok(chain)
  })
}
const cells = () =>
  [...document.querySelectorAll('tbody tr')].map((line) =>
    [...line.querySelectorAll('td')].map((cell) => cell.textContent.trim())
  )

afterEach(() => {
  document.body.innerHTML = ''
})

describe('Audit', () => {
  it('shows who did what, when, to what, and shows more', async () => {
    const asked = desk()
    const { wrapper } = await show(AuditPage, open)
    expect(wrapper.get('h1').text()).toBe('Audit')
    expect(cells()).toEqual([
      ['23 November 2026, 14:03', 'Priya Patel', 'Filed a call', 'Done', SUBJECT, '3'],
      [
        '23 November 2026, 14:03',
        'Nobody unlocked',
        'Unlocked the desk',
        'Refused: wrong passphrase',
        SUBJECT,
        '2'
      ]
    ])
    await inBody.press('Show more')
    expect(cells()).toHaveLength(3)
    expect(inBody.has('Show more')).toBe(false)
    expect((asked.asked('audit.list') as AuditQuery[]).map(({ after }) => after)).toEqual(['', 'more'])
  })

  it('is narrowed when asked, and only then', async () => {
    const asked = desk()
    const { wrapper } = await show(AuditPage, open)
    await inBody.field('Person').setValue(PERSON)
    await inBody.field('Operation').setValue('call.file')
    await inBody.field('From').setValue('2026-11-24')
    await inBody.field('To').setValue('2026-11-23')
    expect(asked.asked('audit.list')).toHaveLength(1)
    await wrapper.get('form').trigger('submit')
    await settled()
    expect(inBody.errors()).toEqual(['Choose the same day as From or a later one'])
    await inBody.field('To').setValue('2026-11-24')
    await wrapper.get('form').trigger('submit')
    await settled()
    expect(asked.asked('audit.list').at(-1)).toEqual({
      actorId: PERSON,
      subjectId: '',
      operation: 'call.file',
      from: '2026-11-24',
      to: '2026-11-24',
      after: ''
    })
    await inBody.press(`Show only ${SUBJECT}`)
    expect(asked.asked('audit.list').at(-1)).toMatchObject({ subjectId: SUBJECT })
  })

  it('says that the chain is whole', async () => {
    desk()
    await show(AuditPage, open)
    await inBody.press('Check the chain')
    expect(inBody.text()).toContain('The chain is whole: 1,204 rows')
  })

  it('says from which row the chain is broken', async () => {
    desk({
      whole: false,
      rows: 900,
      brokenAt: { sequence: 512, at: '2026-11-23T14:03:00.000Z', id: 'row-512' }
    })
    await show(AuditPage, open)
    await inBody.press('Check the chain')
    expect(inBody.text()).toContain('Broken at row 512, 23 November 2026, 14:03')
  })
})
