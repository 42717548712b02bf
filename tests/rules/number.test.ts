import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHILDRENS_SERVICES } from '../../shared/call/danger.ts'

/** The right number's last two pairs swapped, put together here so that this file does not hold it. */
const misprint = new RegExp(['0300', '123', '40', '34'].join('[^0-9A-Za-z]{0,3}'))
const lastFour = new RegExp(`(?<![0-9A-Za-z+/])${'40'}${'34'}(?![0-9A-Za-z+/])`)

const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024
})
  .split('\0')
  .filter((name) => name !== '' && !name.endsWith('package-lock.json'))

describe('R8 the number of Children’s Services', () => {
  it('R8: is 0300 123 4043', () => {
    expect(CHILDRENS_SERVICES).toBe('0300 123 4043')
  })

  it('R8: stands nowhere in the product with its last pairs swapped', () => {
    const wrong = tracked.filter((name) => {
      const text = contentOf(name)
      return misprint.test(text) || lastFour.test(text)
    })
    expect(tracked.length).toBeGreaterThan(20)
    expect(wrong).toEqual([])
  })

  it('R8: would be found if it stood there', () => {
    const pair = '40'
    expect(misprint.test(`call 0300 123 ${pair}34 now`)).toBe(true)
    expect(misprint.test(`0300-123-${pair}34`)).toBe(true)
    expect(misprint.test(CHILDRENS_SERVICES)).toBe(false)
  })
})

/** '' for what was deleted since it was listed. */
function contentOf(name: string): string {
  try {
    return readFileSync(name, 'utf8')
  } catch {
    return ''
  }
}
