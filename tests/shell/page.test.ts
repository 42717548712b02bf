import { describe, expect, it } from 'vitest'
import { isTrustedSender } from '../../electron/ipc/sender.ts'
import { devServerAddress, isOurPage } from '../../electron/shell/page.ts'
import { mayRequest } from '../../electron/shell/network.ts'
import { hostile } from './hostile.ts'

describe('isOurPage', () => {
  it.each(['hub://app/', 'hub://app/index.html', 'hub://app/#/calls', 'hub://app/?x=https://evil.example/'])(
    'knows %s for ours',
    (url) => {
      expect(isOurPage(url)).toBe(true)
    }
  )

  it.each(hostile)('does not know %s', (url) => {
    expect(isOurPage(url)).toBe(false)
    expect(mayRequest(url)).toBe(false)
  })

  it('is the development server instead, while there is one', () => {
    const server = 'http://localhost:5173'
    expect(isOurPage('http://localhost:5173/index.html', server)).toBe(true)
    expect(isOurPage('http://localhost:5174/', server)).toBe(false)
    expect(isOurPage('http://localhost.evil:5173/', server)).toBe(false)
    expect(mayRequest('ws://localhost:5173/?token=1', server)).toBe(true)
    expect(mayRequest('ws://evil.example:5173/', server)).toBe(false)
    expect(mayRequest('https://evil.example/', server)).toBe(false)
  })

  it('takes no development server from the environment in a build', () => {
    const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173' }
    expect(devServerAddress(false, env)).toBe('http://localhost:5173')
    expect(devServerAddress(true, env)).toBeUndefined()
    expect(devServerAddress(false, {})).toBeUndefined()
  })
})

describe('isTrustedSender', () => {
  const frame = { url: 'hub://app/', parent: null }

  it('answers the main frame of the desk’s window', () => {
    expect(isTrustedSender({ senderFrame: frame, sender: { id: 1 } }, 1)).toBe(true)
  })

  it('answers no other window, frame within, frame that is gone, or page', () => {
    expect(isTrustedSender({ senderFrame: frame, sender: { id: 2 } }, 1)).toBe(false)
    expect(isTrustedSender({ senderFrame: { ...frame, parent: frame }, sender: { id: 1 } }, 1)).toBe(false)
    expect(isTrustedSender({ senderFrame: null, sender: { id: 1 } }, 1)).toBe(false)
    for (const url of hostile) {
      expect(isTrustedSender({ senderFrame: { url, parent: null }, sender: { id: 1 } }, 1)).toBe(false)
    }
  })
})
