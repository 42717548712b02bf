import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { lockNavigation, stayOnOurPage } from '../../electron/shell/navigation.ts'
import { hostile } from './hostile.ts'

const navigation = (url: string, isMainFrame = true) => ({ url, isMainFrame, preventDefault: vi.fn() })

describe('stayOnOurPage', () => {
  it('lets the desk load itself again, after a lock', () => {
    const event = navigation('hub://app/')
    stayOnOurPage()(event)
    expect(event.preventDefault).not.toHaveBeenCalled()
  })

  it.each(hostile)('goes nowhere else: %s', (url) => {
    const event = navigation(url)
    stayOnOurPage()(event)
    expect(event.preventDefault).toHaveBeenCalled()
  })

  it('puts nothing into a frame, not even itself', () => {
    const event = navigation('hub://app/', false)
    stayOnOurPage()(event)
    expect(event.preventDefault).toHaveBeenCalled()
  })
})

describe('lockNavigation', () => {
  it('locks every web contents: links, redirects, frames, windows, webviews', () => {
    const app = new EventEmitter()
    const setWindowOpenHandler = vi.fn<(handler: (details: { url: string }) => unknown) => void>()
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler })
    const opened: string[] = []
    lockNavigation(app as unknown as App, (url) => Promise.resolve(opened.push(url) > 0))
    app.emit('web-contents-created', {}, contents)

    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
      const event = navigation('https://evil.example/')
      contents.emit(name, event)
      expect(event.preventDefault, name).toHaveBeenCalled()
    }
    const open = setWindowOpenHandler.mock.calls[0]?.[0]
    expect(open?.({ url: 'https://www.gov.uk/' })).toEqual({ action: 'deny' })
    expect(opened).toEqual(['https://www.gov.uk/'])
  })
})
