import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOff, longestWait, reckonedFrom, waitLeft, worstFailures } from '../../shared/account/backOff.ts'
import { readCrockford, toCrockford } from '../../shared/account/crockford.ts'
import { callReference, readCallReference, readDeskCode } from '../../shared/account/deskCode.ts'
import {
  formatRecoveryKey,
  groupsOf,
  readRecoveryKey,
  sameGroup,
  twoGroups
} from '../../shared/account/recoveryKey.ts'

const code = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
    minLength: length,
    maxLength: length
  })

/** As a tired person types it. */
const typed = (text: string) =>
  text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('2', '２')

describe('Crockford base 32', () => {
  it('writes five bits a character, every bit of them', () => {
    expect(toCrockford(Uint8Array.of(0, 0, 0, 0, 0))).toBe('00000000')
    expect(toCrockford(Uint8Array.of(255, 255, 255, 255, 255))).toBe('ZZZZZZZZ')
    expect(toCrockford(Uint8Array.of(0x00, 0x44, 0x32, 0x14, 0xc7))).toBe('01234567')
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
        const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
        const back = [...toCrockford(bytes)].map((letter) =>
          '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter)
        )
        expect(back.map((five) => five.toString(2).padStart(5, '0')).join('')).toBe(bits)
      })
    )
  })

  it('refuses other letters and other lengths, and never throws', () => {
    expect(readCrockford('7KQU', 4)).toBeUndefined()
    expect(readCrockford('7KQ', 4)).toBeUndefined()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, length) => {
        const read = readCrockford(text, length)
        expect(read === undefined || read.length === length).toBe(true)
      })
    )
  })
})

describe('a recovery key', () => {
  it('is read back however it is typed', () => {
    fc.assert(
      fc.property(code(32), (key) => {
        expect(groupsOf(key)).toHaveLength(8)
        expect(readRecoveryKey(typed(formatRecoveryKey(key)))).toBe(key)
        expect(readRecoveryKey(key.slice(1))).toBeUndefined()
      })
    )
  })

  it('asks for two different groups of the eight, and knows them', () => {
    const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fraction, fraction, (one, other) => {
        const rest = [one, other]
        const [first, second] = twoGroups(() => rest.shift() ?? 0)
        expect(first).toBeLessThan(second)
        expect(first).toBeGreaterThan(0)
        expect(second).toBeLessThan(9)
      })
    )
    const group = groupsOf(toCrockford(randomBytes(20)))[1] ?? ''
    expect(sameGroup(typed(group), group)).toBe(true)
    expect(sameGroup('', group)).toBe(false)
  })
})

describe('a call’s reference', () => {
  it('is the desk’s code and a number of six figures or more', () => {
    expect(callReference('7KQ3', 123)).toBe('HUB-7KQ3-000123')
    expect(callReference('7KQ3', 999_999)).toBe('HUB-7KQ3-999999')
    expect(callReference('7KQ3', 1_000_000)).toBe('HUB-7KQ3-1000000')
  })

  it('is read back however it is typed', () => {
    fc.assert(
      fc.property(code(4), fc.integer({ min: 1, max: 99_999_999 }), (deskCode, number) => {
        const reference = callReference(deskCode, number)
        for (const spelling of [reference, typed(reference), reference.slice(4), `${deskCode} ${number}`]) {
          expect(readCallReference(spelling)).toEqual({ deskCode, number })
        }
      })
    )
  })

  it('is not read out of anything else', () => {
    for (const text of [
      '',
      'HUB',
      'HUB-7KQ3',
      'HUB-7KQ3-000000',
      'HUB-7KU3-000001',
      'HUB-7KQ3-12A',
      'Oak School'
    ]) {
      expect(readCallReference(text), text).toBeUndefined()
    }
    expect(readDeskCode(' 7kq-o')).toBe('7KQ0')
  })
})

describe('the wait after wrong passphrases', () => {
  it('is nothing, then a second, doubling to five minutes', () => {
    expect([0, 1, 2, 3, 9, 10, 11, 1000].map(backOff)).toEqual([
      0, 1000, 2000, 4000, 256_000, 300_000, 300_000, 300_000
    ])
    expect(backOff(worstFailures)).toBe(longestWait)
  })

  it('runs down to nothing and is never longer than its whole', () => {
    expect(waitLeft({ failures: 3, lastAt: 10_000 }, 10_000)).toBe(4000)
    expect(waitLeft({ failures: 3, lastAt: 10_000 }, 13_999)).toBe(1)
    expect(waitLeft({ failures: 3, lastAt: 10_000 }, 14_000)).toBe(0)
    fc.assert(
      fc.property(fc.nat(50), fc.maxSafeNat(), fc.maxSafeNat(), (failures, lastAt, now) => {
        const left = waitLeft({ failures, lastAt }, now)
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left).toBeLessThanOrEqual(backOff(failures))
      })
    )
  })

  it('starts again, and then runs down, when the clock is moved back', () => {
    const before = { failures: 3, lastAt: 90_000_000 }
    expect(waitLeft(before, 1000)).toBe(4000)
    const after = reckonedFrom(before, 1000)
    expect(waitLeft(after, 3000)).toBe(2000)
    expect(reckonedFrom(after, 2000)).toBe(after)
  })
})
