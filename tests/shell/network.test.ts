import { EventEmitter } from 'node:events'
import type { App, CommandLine } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { blockNetwork, silenceChromium } from '../../electron/shell/network.ts'
import { contentSecurityPolicy } from '../../electron/shell/policy.ts'

function aCommandLine(given: Record<string, string> = {}) {
  const switches = new Map(Object.entries(given))
  const commandLine = {
    appendSwitch: (name: string, value = '') => switches.set(name, value),
    getSwitchValue: (name: string) => switches.get(name) ?? ''
  }
  return { switches, commandLine: commandLine as unknown as CommandLine }
}

describe('silenceChromium', () => {
  it('stops Chromium’s own errands and gives no host an address', () => {
    const { switches, commandLine } = aCommandLine()
    silenceChromium(commandLine)
    expect(switches.has('disable-background-networking')).toBe(true)
    expect(switches.has('disable-component-update')).toBe(true)
    expect(switches.has('no-pings')).toBe(true)
    expect(switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND')
  })

  it('adds to the features that are already disabled', () => {
    const { switches, commandLine } = aCommandLine({ 'disable-features': 'Foo' })
    silenceChromium(commandLine)
    expect(switches.get('disable-features')).toMatch(/^Foo,.*OptimizationHints/u)
  })

  it('lets the development server alone be found', () => {
    const { switches, commandLine } = aCommandLine()
    silenceChromium(commandLine, 'http://localhost:5173')
    expect(switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND, EXCLUDE localhost')
  })
})

describe('contentSecurityPolicy', () => {
  it('is looser only towards the development server', () => {
    expect(contentSecurityPolicy()).not.toContain('unsafe')
    const loose = contentSecurityPolicy('http://localhost:5173')
    expect(loose).toContain("connect-src 'self' ws://localhost:5173;")
    expect(loose).toContain("default-src 'none'")
    expect(loose).not.toContain('unsafe-eval')
  })
})

describe('blockNetwork', () => {
  it('cancels all but our own page, in every session, and fetches no dictionary', () => {
    const app = new EventEmitter()
    const onBeforeRequest =
      vi.fn<(listener: (details: { url: string }, answer: (to: unknown) => void) => void) => void>()
    const onHeadersReceived = vi.fn()
    const session = {
      setSpellCheckerEnabled: vi.fn(),
      setSpellCheckerLanguages: vi.fn(),
      setProxy: vi.fn(() => Promise.resolve()),
      webRequest: { onBeforeRequest, onHeadersReceived }
    }
    blockNetwork(app as unknown as App)
    app.emit('session-created', session)

    const answers: unknown[] = []
    for (const url of [
      'hub://app/assets/index.js',
      'https://www.gov.uk/',
      'ws://localhost:5173/',
      'file:///etc/passwd'
    ]) {
      onBeforeRequest.mock.calls[0]?.[0]({ url }, (answer) => answers.push(answer))
    }
    expect(answers).toEqual([{ cancel: false }, { cancel: true }, { cancel: true }, { cancel: true }])
    expect(session.setSpellCheckerLanguages).toHaveBeenCalledWith([])
    expect(session.setProxy).toHaveBeenCalledWith({ mode: 'direct' })
    expect(onHeadersReceived).not.toHaveBeenCalled()
  })
})
