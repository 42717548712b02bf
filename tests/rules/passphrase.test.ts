import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newOneTimePassphrase } from '../../electron/account/recoveryKey.ts'
import { commonPhrases, commonWords, keyboardWalks } from '../../shared/account/commonPassphrases.ts'
import { foldName } from '../../shared/account/name.ts'
import { readOneTimePassphrase } from '../../shared/account/oneTimePassphrase.ts'
import { passphraseProblem, strengthHint } from '../../shared/account/passphrase.ts'

const problem = (passphrase: string) => passphraseProblem(passphrase, 'Inês Ferreira')

describe('a passphrase', () => {
  it('has at least 15 characters, counted as a person would', () => {
    expect(problem('heron kettle 7')).toBe('too-short')
    expect(problem('heron kettle 78')).toBeUndefined()
    // 14 as typed on a keyboard that sends the accent by itself makes 15 code units
    expect(problem('he\u0301ron kettle 7')).toBe('too-short')
    expect(problem('🦦🫖 heron kettl')).toBe('too-short')
    expect(problem('heron kettle 7'.repeat(20))).toBe('too-long')
  })

  it.each([
    'aaaaaaaaaaaaaaaaaaaa',
    'abababababababab',
    '               ',
    '!!!!!!!!!!!!!!!!',
    'passwordpassword',
    'Password12345678',
    'P@ssw0rd P@ssw0rd!',
    'qwertyuiopasdfgh',
    '1qaz2wsx3edc4rfv',
    'abcdefghijklmnop',
    '987654321987654321',
    'poiuytrewqlkjhgfdsa',
    'correct horse battery staple',
    'Correct-Horse-Battery-Staple1!',
    'Never Gonna Give You Up',
    'To be, or not to be',
    'Youll never walk alone 2026',
    'safeguarding2026',
    'FamiliesFirst2026!',
    'summer autumn winter',
    'letmeinletmeinletmein',
    'Liverpool Liverpool 1',
    'this is my password',
    'January2026February'
  ])('is not %s', (common) => {
    expect(problem(common)).toBe('too-common')
  })

  it('does not contain the name of the person', () => {
    expect(problem('marzipan Ferreira kettle')).toBe('contains-name')
    expect(problem('marzipan-ines-kettle')).toBe('contains-name')
    expect(problem('marzipan f.e.r.r.e.i.r.a')).toBe('contains-name')
    expect(passphraseProblem('marzipan heron kettle', 'Jo Li')).toBeUndefined()
    expect(passphraseProblem('marzipan joli kettle', 'Jo Li')).toBe('contains-name')
  })

  it('may be a handful of unrelated words', () => {
    for (const good of [
      'walnut bicycle harbour',
      'four purple otters juggling',
      'My gran kept 9 jars of quince',
      'pluie gravier lanterne',
      'дождь стучит по крыше',
      'xK9#mQ2$vL7!pR4'
    ]) {
      expect(problem(good), good).toBeUndefined()
    }
  })

  it('is never a listed phrase, whatever its case, spacing, ending or repetition', () => {
    const dressed = fc.tuple(
      fc.constantFrom(...commonPhrases.filter((phrase) => phrase.replaceAll(' ', '').length >= 15)),
      fc.constantFrom('', ' ', '-', '_'),
      fc.constantFrom('', '1', '!', '99', '2026', '!!'),
      fc.boolean()
    )
    fc.assert(
      fc.property(dressed, ([phrase, gap, ending, upper]) => {
        const text = phrase.replaceAll(' ', gap) + ending
        expect(problem(upper ? text.toUpperCase() : text)).toBe('too-common')
      })
    )
  })

  it('is never a short thing repeated, nor a walk over the keyboard', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 7 }),
        fc.integer({ min: 2, max: 9 }),
        (unit, times) => {
          const text = unit.repeat(times)
          expect(problem(text)).toMatch(
            text.normalize('NFKC').length < 15 ? /too/ : /too-common|too-short|contains/
          )
        }
      )
    )
    fc.assert(
      fc.property(fc.constantFrom(...keyboardWalks), fc.nat(10), (walk, from) => {
        const text = (walk.slice(from) + walk).slice(0, 18)
        expect(problem(text)).toBe('too-common')
      })
    )
  })

  it('is judged without a fault, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ unit: 'binary' }),
        (passphrase, name) => {
          expect(['too-short', 'too-long', 'too-common', 'contains-name', undefined]).toContain(
            passphraseProblem(passphrase, name)
          )
          expect(strengthHint(passphrase)).not.toBe('')
        }
      )
    )
  })

  it('is judged quickly even at its longest', () => {
    const started = performance.now()
    problem(randomBytes(128).toString('hex'))
    expect(performance.now() - started).toBeLessThan(200)
  })

  it('is hinted at by length, in plain words', () => {
    expect(strengthHint('')).toBe('15 more characters needed')
    expect(strengthHint('heron kettle 7')).toBe('1 more character needed')
    expect(strengthHint('heron kettle 78')).toMatch(/^Long enough/)
    expect(strengthHint('heron kettle marzipan 78 otters')).toBe('Very good length')
  })

  it('is refused from a list of several hundred', () => {
    expect(commonPhrases.filter((phrase) => phrase.length >= 15).length).toBeGreaterThan(400)
    expect(commonWords.length).toBeGreaterThan(200)
  })
})

describe('a one-time passphrase', () => {
  it('is one that the rules accept, and is read back however it is typed', () => {
    for (let count = 0; count < 500; count++) {
      const passphrase = newOneTimePassphrase()
      expect(passphrase).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/)
      expect(problem(passphrase)).toBeUndefined()
      expect(readOneTimePassphrase(` ${passphrase.toLowerCase().replaceAll('-', '')}`)).toBe(passphrase)
    }
    expect(readOneTimePassphrase('walnut bicycle harbour')).toBeUndefined()
  })
})

describe('a folded name', () => {
  it('is the same for the spellings of one name', () => {
    const spellings = [
      'Siân  O’Brien-Jones',
      'sian obrien jones',
      " SIÂN O'BRIEN\u2010JONES ",
      'Sia\u0302n O`Brien Jones'
    ]
    expect(new Set(spellings.map(foldName))).toEqual(new Set(['sian obrien jones']))
    expect(foldName('Groß')).toBe(foldName('GROSS'))
    expect(foldName('Ana Silva')).not.toBe(foldName('Anna Silva'))
  })

  it('folds to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => foldName(foldName(name)) === foldName(name))
    )
  })
})
