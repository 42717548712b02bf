import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer, resolveAsset } from '../../electron/shell/protocol.ts'

let folder = ''
let root = ''

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'desk-page-')))
  root = join(folder, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  mkdirSync(join(root, 'folder.js'))
  mkdirSync(join(folder, 'renderer-secret'))
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  writeFileSync(join(root, 'assets', 'index-1a.js'), '')
  writeFileSync(join(root, 'assets', 'Noto Sans.woff2'), '')
  writeFileSync(join(root, 'assets', 'index-1a.js.map'), '')
  writeFileSync(join(root, '.env'), 'secret')
  writeFileSync(join(root, '.hidden.js'), 'secret')
  writeFileSync(join(folder, 'outside.js'), 'secret')
  writeFileSync(join(folder, 'renderer-secret', 'outside.js'), 'secret')
  symlinkSync(join(folder, 'outside.js'), join(root, 'link.js'))
  symlinkSync(folder, join(root, 'up'))
  symlinkSync(join(root, 'assets', 'index-1a.js'), join(root, 'within.js'))
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('resolveAsset', () => {
  it.each([
    ['hub://app', 'index.html'],
    ['hub://app/', 'index.html'],
    ['hub://app/?from=lock', 'index.html'],
    ['hub://app/#/calls', 'index.html'],
    ['hub://app/index.html', 'index.html'],
    ['hub://app/assets/index-1a.js?v=../../outside.js', 'assets/index-1a.js'],
    ['hub://app/assets/index-1a.js#../../outside.js', 'assets/index-1a.js'],
    ['hub://app/assets/Noto%20Sans.woff2', 'assets/Noto Sans.woff2'],
    // dots that the address itself resolves cannot lead above the host
    ['hub://app/../../index.html', 'index.html'],
    ['hub://app/assets/%2e%2e/index.html', 'index.html'],
    ['hub://app/within.js', 'assets/index-1a.js']
  ])('serves %s', (url, file) => {
    expect(resolveAsset(root, url)).toBe(join(root, file))
  })

  it.each([
    'hub://app/../outside.js',
    'hub://app/..%2foutside.js',
    'hub://app/..%2Foutside.js',
    'hub://app/%2e%2e%2foutside.js',
    'hub://app/assets/..%2f..%2foutside.js',
    'hub://app/%252e%252e%252foutside.js',
    'hub://app/..%252foutside.js',
    'hub://app/..%5coutside.js',
    'hub://app/..\\outside.js',
    'hub://app/assets\\..\\..\\outside.js',
    'hub://app/%c0%ae%c0%ae/outside.js',
    'hub://app/%',
    'hub://app/%zz.js',
    'hub://app/index.html%00.js',
    'hub://app/assets/index-1a.js%00',
    'hub://app/index.html%0a',
    'hub://app/link.js',
    'hub://app/up/outside.js',
    'hub://app/up/renderer-secret/outside.js',
    'hub://app/../renderer-secret/outside.js',
    'hub://app//etc/passwd',
    'hub://app//outside.js',
    'hub://app/C:/Windows/win.ini',
    'hub://app/C%3A%5CWindows%5Cwin.js',
    'hub://app/index.html::$DATA',
    'hub://app/assets',
    'hub://app/assets/',
    'hub://app/folder.js',
    'hub://app/.env',
    'hub://app/.hidden.js',
    'hub://app/assets/index-1a.js.map',
    'hub://app/missing.js',
    'hub://evil/index.html',
    'hub://app.evil/index.html',
    'hub://user@app/index.html',
    'hub://app:8080/index.html',
    'file:///etc/passwd',
    'https://app/index.html',
    'index.html',
    ''
  ])('refuses %s', (url) => {
    expect(resolveAsset(root, url)).toBeUndefined()
  })
})

describe('answer', () => {
  const ask = (url: string, method = 'GET') => answer(root, { method, url })

  it.each([
    ['hub://app/', 'text/html; charset=utf-8'],
    ['hub://app/assets/index-1a.js', 'text/javascript; charset=utf-8'],
    ['hub://app/assets/Noto%20Sans.woff2', 'font/woff2']
  ])('sends %s as %s, locked down', async (url, type) => {
    const { status, headers } = await ask(url)
    expect(status).toBe(200)
    expect(headers.get('Content-Type')).toBe(type)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; " +
        "require-trusted-types-for 'script'; trusted-types vue"
    )
  })

  it('has nothing for a missing file or another method, and holds even that answer to the policy', async () => {
    for (const response of [await ask('hub://app/missing.js'), await ask('hub://app/', 'POST')]) {
      expect(response.status).toBe(404)
      expect(await response.text()).toBe('')
      expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    }
  })
})
