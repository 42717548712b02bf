import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cacheFolder, workFolder } from '../scripts/places.mjs'
import { readPlaywright, readVitest } from '../scripts/reports.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'scripts-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function report(content: object): string {
  const file = path.join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

describe('what the test runners report', () => {
  const assertion = (fullName: string, status: string) => ({ fullName, status })

  it('counts a skipped unit test as failed', () => {
    const assertionResults = [assertion('a', 'passed'), assertion('b', 'skipped'), assertion('c', 'failed')]
    const file = report({ testResults: [{ name: '/x.test.ts', message: '', assertionResults }] })
    const { passed, failures } = readVitest(file)
    expect(passed).toBe(1)
    expect(failures).toEqual([expect.stringContaining('b (skipped)'), expect.stringContaining('c (failed)')])
  })

  it('counts a file that does not load as failed', () => {
    const file = report({ testResults: [{ name: '/x.test.ts', message: 'boom', assertionResults: [] }] })
    expect(readVitest(file)).toEqual({ passed: 0, failures: [expect.stringContaining('boom')] })
  })

  it('finds window tests in nested suites, skipped ones as failed, and what failed outside of any', () => {
    const spec = (title: string, status: string) => ({ title, file: 'x.spec.ts', tests: [{ status }] })
    const inner = { specs: [spec('a', 'expected'), spec('b', 'skipped')] }
    const file = report({
      suites: [{ specs: [spec('c', 'unexpected')], suites: [inner] }],
      errors: [{ message: 'no desk' }]
    })
    expect(readPlaywright(file)).toEqual({ passed: 1, failures: ['x.spec.ts: c', 'x.spec.ts: b', 'no desk'] })
  })
})

describe('the cache folder', () => {
  beforeEach(() => {
    for (const name of ['XDG_CACHE_HOME', 'LOCALAPPDATA', 'HOME']) vi.stubEnv(name, folder)
  })

  it("is where the machine says a person's caches go", () => {
    expect(path.relative(folder, cacheFolder())).toMatch(/^(?:Library.Caches.)?families-first-desk$/)
  })

  it('makes each work folder anew', () => {
    expect(workFolder()).not.toBe(workFolder())
  })
})
