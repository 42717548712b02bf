import { beforeEach, describe, expect, it, vi } from 'vitest'
import { mayOpen, openLink } from '../../electron/shell/links.ts'

const { openExternal } = vi.hoisted(() => ({ openExternal: vi.fn() }))
vi.mock('electron', () => ({ shell: { openExternal } }))

beforeEach(() => openExternal.mockReset())

describe('openLink', () => {
  it.each([
    'https://www.gov.uk/bank-holidays',
    'https://www.hertfordshire.gov.uk/services/',
    'https://www.thegrid.org.uk/safeguarding',
    'https://hertfordshirescp.trixonline.co.uk/chapter/continuum-of-need'
  ])('opens %s in the browser', async (url) => {
    expect(await openLink(url)).toBe(true)
    expect(openExternal).toHaveBeenCalledWith(url)
  })

  it.each([
    'http://www.gov.uk/',
    'https://gov.uk/',
    'https://www.gov.uk.evil.example/',
    'https://evil.example/www.gov.uk',
    'https://www.gov.uk@evil.example/',
    'https://anyone@www.gov.uk/',
    'https://www.gov.uk:8443/',
    'https://evil.example/?https://www.gov.uk/',
    'https://xn--www-gov-uk.example/',
    'file:///C:/Windows/System32/calc.exe',
    'smb://server/share',
    'ms-msdt:/id PCWDiagnostic',
    'search-ms:query=x',
    'javascript:alert(1)',
    'mailto:someone@www.gov.uk',
    'tel:999',
    'hub://app/',
    '',
    'www.gov.uk'
  ])('refuses %s', async (url) => {
    expect(mayOpen(url)).toBe(false)
    expect(await openLink(url)).toBe(false)
    expect(openExternal).not.toHaveBeenCalled()
  })
})
