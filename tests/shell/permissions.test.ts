import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { denyPermissions } from '../../electron/shell/permissions.ts'

function aSession() {
  return Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: vi.fn<(handler: (...args: unknown[]) => void) => void>(),
    setPermissionCheckHandler: vi.fn<(handler: () => boolean) => void>(),
    setDevicePermissionHandler: vi.fn<(handler: () => boolean) => void>(),
    setBluetoothPairingHandler: vi.fn<(handler: (...args: unknown[]) => void) => void>(),
    setUSBProtectedClassesHandler: vi.fn(),
    setDisplayMediaRequestHandler: vi.fn()
  })
}

function deniedSession() {
  const app = new EventEmitter()
  const session = aSession()
  denyPermissions(app as unknown as App)
  app.emit('session-created', session)
  return { app, session }
}

describe('denyPermissions', () => {
  it('answers every question with no, in every session', () => {
    const { session } = deniedSession()
    const answer = vi.fn()
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'new one'
    ]) {
      session.setPermissionRequestHandler.mock.calls[0]?.[0]({}, permission, answer)
    }
    expect(answer.mock.calls).toEqual(Array.from({ length: 6 }, () => [false]))
    expect(session.setPermissionCheckHandler.mock.calls[0]?.[0]()).toBe(false)
    expect(session.setDevicePermissionHandler.mock.calls[0]?.[0]()).toBe(false)
    expect(session.setDisplayMediaRequestHandler).toHaveBeenCalledWith(null)
    const pair = vi.fn()
    session.setBluetoothPairingHandler.mock.calls[0]?.[0]({}, pair)
    expect(pair).toHaveBeenCalledWith({ confirmed: false })
  })

  it('chooses no device and downloads nothing', () => {
    const { app, session } = deniedSession()
    const contents = new EventEmitter()
    app.emit('web-contents-created', {}, contents)
    const event = { preventDefault: vi.fn() }
    const choose = vi.fn()
    session.emit('select-hid-device', event, {}, choose)
    session.emit('select-usb-device', event, {}, choose)
    session.emit('select-serial-port', event, [], {}, choose)
    contents.emit('select-bluetooth-device', event, [], choose)
    session.emit('will-download', event)
    expect(event.preventDefault).toHaveBeenCalledTimes(5)
    expect(choose.mock.calls).toEqual([[null], [], [''], ['']])
  })
})
