import { EventEmitter } from 'node:events'
import type { App, BrowserWindow } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { isOnlyInstance } from '../../electron/shell/instance.ts'

function anApp(gotTheLock: boolean) {
  return Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => gotTheLock }) as unknown as App
}

function aWindow(isMinimized: boolean) {
  return { isMinimized: () => isMinimized, restore: vi.fn(), show: vi.fn(), focus: vi.fn() }
}

describe('isOnlyInstance', () => {
  it('says no when another desk has the folder', () => {
    expect(isOnlyInstance(anApp(false), () => undefined)).toBe(false)
  })

  it('brings the first window to the front, out of the taskbar if need be', () => {
    const app = anApp(true)
    const window = aWindow(true)
    expect(isOnlyInstance(app, () => window as unknown as BrowserWindow)).toBe(true)
    app.emit('second-instance')
    expect(window.restore).toHaveBeenCalled()
    expect(window.focus).toHaveBeenCalled()
  })

  it('bears a second start before there is a window', () => {
    const app = anApp(true)
    isOnlyInstance(app, () => undefined)
    expect(() => app.emit('second-instance')).not.toThrow()
  })
})
