import { effectScope, ref } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import App from '../../renderer/App.vue'
import { fault, hub, onLocked } from '../../renderer/hub.ts'
import { router } from '../../renderer/router.ts'
import {
  commands,
  runCommand,
  runShortcut,
  useCommand,
  type Command
} from '../../renderer/session/commands.ts'
import { changeDangerNumbers, dangerShown } from '../../renderer/session/danger.ts'
import { flushAll, onFlush } from '../../renderer/session/flush.ts'
import { useIdleLock } from '../../renderer/session/useIdleLock.ts'
import type { Session } from '../../shared/account/account.ts'
import type { Role } from '../../shared/access/roles.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { callsWith } from '../fixtures/calls.ts'
import { button, settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const now = '2026-11-23T10:00:00.000Z'
const opened = (...roles: Role[]): Session => ({
  stage: 'open',
  trial: true,
  account: {
    id: '0197a000-0000-7000-8000-000000000001',
    name: 'Priya Patel',
    roles,
    profession: 'other',
    hubIds: []
  },
  deskCode: '7KQ3',
  now
})
const locked: Session = { stage: 'locked', waitMs: 0, trial: true, step: '' }

afterEach(() => {
  document.body.innerHTML = ''
  fault.value = undefined
  dangerShown.value = false
  vi.useRealTimers()
})

const press = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  target.addEventListener(
    'keydown',
    (pressed) => {
      runShortcut(pressed as KeyboardEvent)
    },
    { once: true }
  )
  target.dispatchEvent(event)
  return event
}

describe('the hub', () => {
  it('raises the banner for a fault and hands the fault on', async () => {
    standInHub({ 'account.names': () => no({ code: 'fault', reference: '7F3A' }) })
    expect(await hub['account.names']({})).toEqual({ ok: false, error: { code: 'fault', reference: '7F3A' } })
    expect(fault.value).toEqual({ reference: '7F3A' })
  })

  it('takes a broken bridge for a fault: it never throws', async () => {
    standInHub({ 'account.names': () => Promise.reject(new Error('gone')) })
    expect(await hub['account.names']({})).toMatchObject({ ok: false, error: { code: 'fault' } })
  })

  it('tells of a locked desk, and raises no banner for it', async () => {
    const told = vi.fn()
    onLocked(told)
    standInHub({ 'account.names': () => no({ code: 'locked' }) })
    await hub['account.names']({})
    expect(told).toHaveBeenCalledOnce()
    expect(fault.value).toBeUndefined()
  })

  it('sends plain objects, which cross the bridge, and not what Vue wraps them in', async () => {
    const desk = standInHub({ 'call.list': () => ok({ rows: [], next: '', sort: 'newest' }) })
    const typed = ref(callsWith('x'))
    await hub['call.list'](typed.value)
    expect(() => structuredClone(desk.asked('call.list')[0])).not.toThrow()
  })
})

describe('commands', () => {
  const scope = () => effectScope()
  const command = (id: string, more: Partial<Command> = {}) => ({ id, label: id, run: vi.fn(), ...more })

  it('lets the one registered last answer, for as long as it lives', () => {
    const [desk, page] = [scope(), scope()]
    const [first, second] = [command('log'), command('log')]
    desk.run(() => {
      useCommand(first)
    })
    page.run(() => {
      useCommand(second)
    })
    runCommand('log')
    page.stop()
    runCommand('log')
    expect(second.run).toHaveBeenCalledOnce()
    expect(first.run).toHaveBeenCalledOnce()
    desk.stop()
    expect(commands.value).toEqual([])
  })

  it('runs a shortcut anywhere, but leaves plain characters to the field that is typed in', () => {
    const page = scope()
    const [keys, help, hidden] = [
      command('concern', { shortcut: 'F4' }),
      command('help', { shortcut: '?' }),
      command('file', { shortcut: 'Ctrl+Enter', when: () => false })
    ]
    page.run(() => {
      for (const each of [keys, help, hidden]) useCommand(each)
    })
    const input = document.body.appendChild(document.createElement('textarea'))
    expect(press('F4', {}, input).defaultPrevented).toBe(true)
    expect(press('?', { shiftKey: true }, input).defaultPrevented).toBe(false)
    expect(help.run).not.toHaveBeenCalled()
    press('?', { shiftKey: true })
    press('Enter', { ctrlKey: true })
    expect(keys.run).toHaveBeenCalledOnce()
    expect(help.run).toHaveBeenCalledOnce()
    expect(hidden.run).not.toHaveBeenCalled()
    page.stop()
  })

  it('runs once for a key held down', () => {
    const page = scope()
    const log = command('log', { shortcut: 'F2' })
    page.run(() => {
      useCommand(log)
    })
    press('F2')
    press('F2', { repeat: true })
    expect(log.run).toHaveBeenCalledOnce()
    page.stop()
  })
})

describe('flushing before a lock', () => {
  it('saves everything there is, even where one of them fails, and says so', async () => {
    const page = effectScope()
    const saved = vi.fn(() => Promise.resolve())
    page.run(() => {
      onFlush(() => Promise.reject(new Error('disk full')))
      onFlush(saved)
    })
    await expect(flushAll()).rejects.toThrow('disk full')
    expect(saved).toHaveBeenCalledOnce()
    page.stop()
    await flushAll()
    expect(saved).toHaveBeenCalledOnce()
  })
})

describe('the idle lock', () => {
  it('locks after the minutes of the settings, counted from the last key', async () => {
    vi.useFakeTimers({ now: new Date(now) })
    standInHub({ 'setting.list': () => ok({ settings: seedSettings(), now }) })
    const lock = vi.fn()
    await show(
      {
        setup: () => {
          useIdleLock(lock)
          return () => null
        }
      },
      opened('adviser')
    )
    await vi.advanceTimersByTimeAsync(9 * 60_000)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }))
    await vi.advanceTimersByTimeAsync(9 * 60_000)
    expect(lock).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2 * 60_000)
    expect(lock).toHaveBeenCalledOnce()
  })
})

describe('the window', () => {
  const desk = (session: Session) =>
    standInHub({
      'account.session': () => ok(session),
      'account.lock': () => ok(locked),
      'setting.list': () => ok({ settings: seedSettings(), now }),
      'call.drafts': () => ok([])
    })

  it.each<[string, Session]>([
    ['set-up', { stage: 'set-up', deskCode: '7KQ3', trial: true }],
    ['locked', locked]
  ])('shows the danger numbers on the %s screen, and says it is a trial', async (_, session) => {
    desk(session)
    const { wrapper } = await show(App, undefined, [router])
    const panel = wrapper.get('#immediate-danger')
    expect(panel.isVisible()).toBe(false)
    await button(wrapper, 'Immediate danger').trigger('click')
    expect(panel.isVisible()).toBe(true)
    for (const number of ['999', '0300 123 4043', '101']) expect(panel.text()).toContain(number)
    expect(wrapper.text()).toContain('Trial build: not for delivery')
    expect(wrapper.text()).toContain('This computer only')
    expect(wrapper.findAll('button').map((each) => each.text())).not.toContain('Lock')
    wrapper.unmount()
  })

  it('shows the numbers of the settings once the desk is open, and what goes with a referral (R7)', async () => {
    const settings = seedSettings().map((setting) =>
      setting.kind === 'contact-number' && setting.key === 'childrens-services'
        ? { ...setting, value: { ...setting.value, number: '0300 123 9999' } }
        : setting
    )
    standInHub({
      'account.session': () => ok(opened('helpdesk')),
      'setting.list': () => ok({ settings, now })
    })
    const { wrapper } = await show(App, opened('helpdesk'), [router])
    await settled()
    await button(wrapper, 'Immediate danger').trigger('click')
    await settled()
    const panel = wrapper.get('#immediate-danger')
    expect(panel.isVisible()).toBe(true)
    // the open desk is fetched apart from the unlock screen
    await vi.waitUntil(() => panel.text().includes('0300 123 9999'), { timeout: 10_000 })
    for (const number of ['999', '101']) expect(panel.text()).toContain(number)
    expect(panel.text()).toContain('An assessment that is under way goes with the referral.')
    changeDangerNumbers({})
    await settled()
    expect(panel.text()).toContain('0300 123 4043')
    wrapper.unmount()
  })

  it.each<[Role, string[]]>([
    [
      'adviser',
      [
        'Desk',
        'Calls',
        'Families',
        'Triage',
        'Keyworkers',
        'Calendar',
        'Subject access',
        'Reports',
        'Directory'
      ]
    ],
    ['helpdesk', ['Desk', 'Checks', 'Directory']],
    ['administrator', ['Desk', 'Directory', 'Settings', 'People']],
    [
      'auditor',
      ['Desk', 'Calls', 'Families', 'Triage', 'Keyworkers', 'Subject access', 'Reports', 'Directory', 'Audit']
    ]
  ])('shows a person who is %s the places of that role', async (role, places) => {
    desk(opened(role))
    const { wrapper } = await show(App, undefined, [router])
    await vi.waitUntil(() => wrapper.find('nav').exists(), { timeout: 10_000 })
    expect(wrapper.findAll('nav li').map((each) => each.text())).toEqual(places)
    wrapper.unmount()
  })

  it('locks, and nothing of the desk is left in the page', async () => {
    const asked = desk(opened('adviser'))
    const { wrapper } = await show(App, undefined, [router])
    await vi.waitUntil(() => wrapper.find('nav').exists(), { timeout: 10_000 })
    await button(wrapper, 'Lock').trigger('click')
    await settled()
    expect(asked.asked('account.lock')).toEqual([{}])
    expect(wrapper.get('h1').text()).toBe('Unlock this desk')
    expect(wrapper.text()).not.toContain('Priya Patel')
    wrapper.unmount()
  })

  it('takes a keyboard past the bar, and leaves the address alone', async () => {
    desk(locked)
    const { wrapper } = await show(App, undefined, [router])
    await wrapper.get('.skip-link').trigger('click')
    expect(document.activeElement?.id).toBe('main')
    expect(window.location.hash).toBe('')
    wrapper.unmount()
  })

  it('shows one banner for a fault, which can be closed', async () => {
    desk(locked)
    const { wrapper } = await show(App, undefined, [router])
    await hub['account.names']({})
    await settled()
    expect(wrapper.get('[role=alert]').text()).toContain(
      'Something went wrong. Reference 7F3A. Nothing you typed is lost.'
    )
    await button(wrapper, 'Close this message').trigger('click')
    expect(wrapper.find('[role=alert]').exists()).toBe(false)
    wrapper.unmount()
  })
})
