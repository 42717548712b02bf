import { afterEach, describe, expect, it } from 'vitest'
import PeoplePage from '../../renderer/account/PeoplePage.vue'
import type { Role } from '../../shared/access/roles.ts'
import type { Account, OpenWork, Session } from '../../shared/account/account.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { inBody } from './body.ts'
import { show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const id = (last: number) => `0197a000-0000-7000-8000-00000000000${String(last)}`
const person = (wanted: Partial<Account>): Account => ({
  id: id(1),
  name: 'Priya Patel',
  roles: ['administrator'],
  profession: 'social-worker',
  hubIds: [],
  status: 'active',
  rowVersion: 3,
  unfinishedCalls: 0,
  unfinishedForms: 0,
  openItems: 0,
  ...wanted
})
const jo = person({
  id: id(2),
  name: 'Jo Marsh',
  roles: ['adviser'],
  unfinishedCalls: 2,
  unfinishedForms: 1,
  openItems: 1
})
const lee = person({ id: id(3), name: 'Lee Frost', roles: ['adviser'], status: 'stopped', openItems: 1 })
const left: OpenWork = { kind: 'action', id: id(9), label: 'Action from call HUB-7KQ3-000123', since: NOW }

const open = (...roles: Role[]): Session => ({
  stage: 'open',
  trial: false,
  account: { id: id(1), name: 'Priya Patel', roles, profession: 'other', hubIds: [] },
  deskCode: '7KQ3',
  now: NOW
})

const desk = (answers: Partial<Bridge> = {}) =>
  standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: NOW }),
    'account.list': () => ok([jo, lee, person({})]),
    ...answers
  })

afterEach(() => {
  document.body.innerHTML = ''
})

describe('People', () => {
  it('lists everyone with roles, status and open work', async () => {
    desk()
    const { wrapper } = await show(PeoplePage, open('administrator'))
    expect(wrapper.get('h1').text()).toBe('People')
    const rows = wrapper.findAll('tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()))
    expect(rows[0]?.slice(0, 6)).toEqual([
      'Jo Marsh',
      'Adviser',
      'Social Worker',
      '',
      'At work',
      '2 unfinished calls, 1 unfinished form, 1 open item'
    ])
    expect(rows[1]?.[4]).toBe('Access stopped')
  })

  it('adds a person and shows the one-time passphrase once', async () => {
    const asked = desk({ 'account.add': () => ok({ passphrase: '7KQ3-M2NA-P0XY-8HJV-TT4Z' }) })
    await show(PeoplePage, open('administrator'))
    await inBody.press('Add a person')
    await inBody.press('Add and make a passphrase')
    expect(inBody.errors()).toEqual([
      'Enter the person’s name',
      'Choose at least one role',
      'Choose a profession'
    ])
    await inBody.field('Name').setValue('Ash Tran')
    await inBody.field('Coordinator').setValue(true)
    await inBody.field('Profession').setValue('families-first-coordinator')
    await inBody.press('Add and make a passphrase')
    expect(inBody.errors()).toEqual(['Choose at least one local hub'])
    await inBody.field('Watford and Three Rivers').setValue(true)
    await inBody.press('Add and make a passphrase')
    expect(asked.asked('account.add')).toMatchObject([
      { name: 'Ash Tran', roles: ['coordinator'], profession: 'families-first-coordinator' }
    ])
    expect(inBody.text()).toContain('7KQ3-M2NA-P0XY-8HJV-TT4Z')
    await inBody.press('I have written it down')
    expect(inBody.text()).not.toContain('7KQ3-M2NA')
  })

  it('says in the form that a name is taken', async () => {
    desk({ 'account.add': () => no({ code: 'refused', reason: 'name-taken' }) })
    await show(PeoplePage, open('administrator'))
    await inBody.press('Add a person')
    await inBody.field('Name').setValue('Jo Marsh')
    await inBody.field('Adviser').setValue(true)
    await inBody.field('Profession').setValue('other')
    await inBody.press('Add and make a passphrase')
    expect(inBody.errors()).toEqual([
      'Someone at this desk has this name already. Add a middle name or an initial.'
    ])
  })

  it('changes roles over the version that was read', async () => {
    const asked = desk({ 'account.changeRoles': () => ok(null) })
    await show(PeoplePage, open('administrator'))
    await inBody.press('Change roles of Jo Marsh')
    expect(inBody.field('Adviser').element.checked).toBe(true)
    await inBody.field('Triage manager').setValue(true)
    await inBody.press('Save change')
    expect(asked.asked('account.changeRoles')).toEqual([
      {
        id: jo.id,
        rowVersion: 3,
        roles: ['adviser', 'triage-manager'],
        profession: 'social-worker',
        hubIds: []
      }
    ])
  })

  it('stops access only after asking, and tells a refusal', async () => {
    const asked = desk({ 'account.stop': () => no({ code: 'refused', reason: 'last-administrator' }) })
    await show(PeoplePage, open('administrator'))
    await inBody.press('Stop access of Priya Patel')
    expect(inBody.text()).toContain('They cannot open this desk from now on.')
    await inBody.press('Cancel')
    expect(asked.asked('account.stop')).toEqual([])
    await inBody.press('Stop access of Priya Patel')
    await inBody.press('Stop access')
    expect(asked.asked('account.stop')).toEqual([{ id: id(1) }])
    expect(inBody.errors()).toEqual([
      'This is the last administrator. Make someone else an administrator first.'
    ])
  })

  it('gives a one-time passphrase after asking', async () => {
    desk({ 'account.giveOneTimePassphrase': () => ok({ passphrase: 'ABCD-EFGH-JKMN-PQRS-TVWX' }) })
    await show(PeoplePage, open('administrator'))
    await inBody.press('Give a one-time passphrase to Jo Marsh')
    await inBody.press('Give a one-time passphrase')
    expect(inBody.heading('One-time passphrase for Jo Marsh')).toBeTruthy()
  })

  it('lists what nobody owns where an account cannot close', async () => {
    desk({
      'account.close': () => no({ code: 'refused', reason: 'open-work' }),
      'account.openWork': () => ok([left])
    })
    await show(PeoplePage, open('administrator'))
    await inBody.press('Close account of Lee Frost')
    expect(inBody.heading('Nobody owns it')).toBeTruthy()
    expect(inBody.text()).toContain('Action from call HUB-7KQ3-000123')
  })
})

describe('what nobody owns', () => {
  it('is handed on by a triage manager, who sees nothing else of people', async () => {
    let work = [left]
    const asked = desk({
      'account.names': () =>
        ok([jo, lee, person({})].map(({ id: each, name }) => ({ id: each, name, takesCalls: true }))),
      'account.openWork': (input) => ok(input.id === lee.id ? work : []),
      'account.takeOver': () => {
        work = []
        return ok(null)
      }
    })
    await show(PeoplePage, open('triage-manager'))
    expect(asked.asked('account.list')).toEqual([])
    expect(inBody.has('Add a person')).toBe(false)
    expect(inBody.heading('Left open by Lee Frost')).toBeTruthy()
    await inBody.field('Hand on to').setValue(jo.id)
    await inBody.press('Hand on: Action from call HUB-7KQ3-000123')
    expect(asked.asked('account.takeOver')).toEqual([
      { accountId: lee.id, workId: left.id, kind: 'action', toId: jo.id }
    ])
    expect(inBody.text()).toContain('Action from call HUB-7KQ3-000123 is now with Jo Marsh.')
    expect(inBody.heading('Left open by Lee Frost')).toBeUndefined()
  })

  it('is handed on all together, up to the first that is refused', async () => {
    const callBack: OpenWork = {
      kind: 'call-back',
      id: id(8),
      label: 'Call-back promised in call HUB-7KQ3-000124',
      since: NOW
    }
    const flag: OpenWork = { kind: 'flag', id: id(7), label: 'Flag on call HUB-7KQ3-000125', since: NOW }
    let work = [left, callBack, flag]
    const asked = desk({
      'account.names': () =>
        ok([jo, lee].map(({ id: each, name }) => ({ id: each, name, takesCalls: true }))),
      'account.openWork': (input) => ok(input.id === lee.id ? work : []),
      'account.takeOver': ({ workId }) => {
        if (workId === flag.id) return no({ code: 'not-found' })
        work = work.filter((item) => item.id !== workId)
        return ok(null)
      }
    })
    await show(PeoplePage, open('triage-manager'))
    await inBody.field('Hand on to').setValue(jo.id)
    await inBody.press('Hand on all 3 left by Lee Frost')
    expect(asked.asked('account.takeOver')).toMatchObject([
      { workId: left.id, kind: 'action' },
      { workId: callBack.id, kind: 'call-back' },
      { workId: flag.id, kind: 'flag' }
    ])
    expect(inBody.text()).toContain('2 of 3 are now with Jo Marsh.')
    expect(inBody.text()).toContain('This is not here any more.')
    expect(inBody.has('Hand on: Flag on call HUB-7KQ3-000125')).toBe(true)
    expect(inBody.has('Hand on: Action from call HUB-7KQ3-000123')).toBe(false)
  })
})
