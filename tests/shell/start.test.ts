import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { App } from 'electron'
import { afterAll, describe, expect, it } from 'vitest'
import { startClock } from '../../electron/shell/clock.ts'
import { catchFaults } from '../../electron/shell/faults.ts'
import type { Log } from '../../electron/shell/log.ts'
import { menuTemplate } from '../../electron/shell/menu.ts'
import { readTrial } from '../../electron/shell/trial.ts'
import { userDataFolder } from '../../electron/shell/userData.ts'
import { nextStep, readZoom } from '../../electron/shell/zoom.ts'

const folder = mkdtempSync(join(tmpdir(), 'desk-start-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('startClock', () => {
  const args = ['electron', '.', '--clock=2026-11-23T10:00:00Z']

  it('is the real time', () => {
    expect(startClock([], false, () => 0)()).toBe('1970-01-01T00:00:00.000Z')
  })

  it('is set to another moment and runs on', () => {
    let real = 5_000
    const now = startClock(args, false, () => real)
    expect(now()).toBe('2026-11-23T10:00:00.000Z')
    real += 61_500
    expect(now()).toBe('2026-11-23T10:01:01.500Z')
  })

  it('is the real time in a build, whatever the arguments', () => {
    expect(startClock(args, true, () => 0)()).toBe('1970-01-01T00:00:00.000Z')
  })

  it('does not start on nonsense', () => {
    expect(() => startClock(['--clock=teatime'], false)).toThrow('ISO instant')
  })
})

it('a start that fails closes the desk with the reference that the log has', () => {
  const ends: string[] = []
  const logged: unknown[] = []
  const others = process.listeners('unhandledRejection')
  const app = { on: () => app } as unknown as App
  const log: Log = { event: () => undefined, fault: (...line) => void logged.push(line) }
  const error = new Error('desk.json cannot be read')
  const end = catchFaults(app, log, (reference) => ends.push(reference))
  process.off('uncaughtException', end)
  const [added] = process.listeners('unhandledRejection').filter((each) => !others.includes(each))
  if (added) process.off('unhandledRejection', added)
  end(error)
  expect(logged).toEqual([['uncaught-exception', error, { reference: ends[0] }]])
})

describe('readTrial', () => {
  const env = { HUB_NATIVE_BINDING: '/tmp/from-the-environment.node' }
  const packed = (trial: unknown) => {
    writeFileSync(join(folder, 'trial.json'), JSON.stringify(trial))
    return () => readTrial({ isPackaged: true, resourcesPath: folder, env })
  }

  it('takes the binding from the environment while developing', () => {
    expect(readTrial({ isPackaged: false, resourcesPath: folder, env })).toEqual({
      isTrial: false,
      nativeBinding: env.HUB_NATIVE_BINDING
    })
  })

  it('ignores the environment in a build', () => {
    expect(readTrial({ isPackaged: true, resourcesPath: join(folder, 'none'), env })).toEqual({
      isTrial: false,
      nativeBinding: undefined
    })
  })

  it('takes the binding beside trial.json in a trial build', () => {
    expect(packed({ nativeBinding: 'better_sqlite3.node' })()).toEqual({
      isTrial: true,
      nativeBinding: join(folder, 'better_sqlite3.node')
    })
  })

  it.each([
    {},
    { nativeBinding: '../evil.node' },
    { nativeBinding: '/tmp/evil.node' },
    { nativeBinding: 'x.sh' },
    null
  ])('does not start on %j', (trial) => {
    expect(packed(trial)).toThrow('names no binding')
  })
})

describe('userDataFolder', () => {
  const places = { asked: '', usual: '/home/a/.config/Desk', localAppData: undefined, name: 'Desk' }

  it('is where it was asked to be, else the usual place', () => {
    expect(userDataFolder({ ...places, platform: 'linux', asked: 'here' })).toBe(resolve('here'))
    expect(userDataFolder({ ...places, platform: 'linux' })).toBe('/home/a/.config/Desk')
  })

  it('does not roam on Windows', () => {
    const local = String.raw`C:\Users\a\AppData\Local`
    expect(userDataFolder({ ...places, platform: 'win32', localAppData: local })).toBe(join(local, 'Desk'))
  })
})

describe('zoom', () => {
  it('goes by the steps of a browser and stops at either end', () => {
    expect(nextStep(100, 1)).toBe(110)
    expect(nextStep(100, -1)).toBe(90)
    expect(nextStep(300, 1)).toBe(300)
    expect(nextStep(50, -1)).toBe(50)
  })

  it('is kept, and is 100 % when what was kept makes no sense', () => {
    const file = join(folder, 'zoom')
    expect(readZoom(file)).toBe(100)
    writeFileSync(file, '200')
    expect(readZoom(file)).toBe(200)
    writeFileSync(file, '9999')
    expect(readZoom(file)).toBe(100)
  })
})

describe('menuTemplate', () => {
  const done: string[] = []
  const zoom = { in: () => done.push('in'), out: () => done.push('out'), reset: () => done.push('reset') }

  it.each(['linux', 'win32', 'darwin'] as const)(
    'has no developer tools, reload or link to the web on %s',
    (platform) => {
      const menu = JSON.stringify(menuTemplate(zoom, platform))
      expect(menu).not.toMatch(/toggleDevTools|reload|help|quit|viewMenu|windowMenu/iu)
      expect(menu).toMatch(/copy.*paste/u)
    }
  )

  it('zooms by every key there is for it', () => {
    const view = menuTemplate(zoom, 'linux').find(({ label }) => label === 'View')?.submenu
    const keys = (Array.isArray(view) ? view : []).map(({ accelerator }) => accelerator)
    expect(keys).toEqual([
      'CommandOrControl+Plus',
      'CommandOrControl+=',
      'CommandOrControl+numadd',
      'CommandOrControl+-',
      'CommandOrControl+numsub',
      'CommandOrControl+0',
      'CommandOrControl+num0'
    ])
  })
})
