import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FactRow, FactValue } from '../../shared/family/fact.ts'
import { newId } from '../../shared/ids.ts'
import { emptyLetter } from '../../shared/letter/emptyLetter.ts'
import {
  fieldsLeft,
  fillIn,
  hasLooseBraces,
  letterPieces,
  unknownFields
} from '../../shared/letter/fields.ts'
import { letterFields, letterFileName, type LetterField } from '../../shared/letter/letter.ts'
import { problemsWithLetter } from '../../shared/letter/problems.ts'
import { addressFor } from '../../shared/letter/withheld.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { settingProblems } from '../../shared/setting/problems.ts'

const nothing = Object.fromEntries(letterFields.map((name) => [name, ''])) as Record<LetterField, string>
const known = (changes: Partial<Record<LetterField, string>>) => ({ ...nothing, ...changes })

describe('fillIn', () => {
  it('fills in what is known, and leaves and names what is not, each once', () => {
    expect(
      fillIn('Dear {{to}}, {{ keyworker }} of {{hub}} and {{newKeyworker}}. {{newKeyworker}}!', {
        ...known({ to: 'Jo', keyworker: 'Priya $& Shah' })
      })
    ).toEqual({
      text: 'Dear Jo, Priya $& Shah of {{hub}} and {{newKeyworker}}. {{newKeyworker}}!',
      missing: ['hub', 'newKeyworker']
    })
  })

  it('leaves what is no field as it was written', () => {
    const text = 'A {{nonsense}}, {{constructor}}, {{to be}} and {to}'
    expect(fillIn(text, known({ to: 'Jo' }))).toEqual({ text, missing: [] })
  })

  it('never fills in what was filled in', () => {
    const name = 'Jo {{sender}}'
    expect(fillIn('Dear {{to}}', known({ to: name, sender: 'Morgan' })).text).toBe(`Dear ${name}`)
  })

  const word = fc.oneof(
    fc.constantFrom(...letterFields.map((name) => `{{${name}}}`), '{{x}}', '{{', '}}', '{', '}', ' ', '\n'),
    fc.string({ maxLength: 8 })
  )
  const text = fc.array(word, { maxLength: 30 }).map((words) => words.join(''))

  it('whatever is typed: no field is left that is not named or unknown, and all else is as it was', () => {
    fc.assert(
      fc.property(text, fc.subarray([...letterFields]), (typed, names) => {
        const values = known(Object.fromEntries(names.map((name) => [name, `<${name}>`])))
        const { text: filled, missing } = fillIn(typed, values)
        const left = fieldsLeft(filled).map((written) => written.slice(2, -2).trim())
        const unknown = unknownFields(typed, letterFields).map((written) => written.slice(2, -2).trim())
        const told = new Set([...missing, ...unknown])
        // braces that belong to no field may make one with what was filled in between them: they are refused by themselves
        if (hasLooseBraces(typed)) expect(left).toEqual(expect.arrayContaining([...told]))
        else expect(new Set(left)).toEqual(told)
        const outside = (words: string) => letterPieces(words).filter(({ isField }) => !isField)
        if (names.length === 0) expect(outside(filled)).toEqual(outside(typed))
      })
    )
  })

  it('the pieces of a text are the text', () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(
          letterPieces(typed)
            .map((piece) => piece.text)
            .join('')
        ).toBe(typed)
      })
    )
  })
})

describe('unknownFields', () => {
  it('is whatever stands between double braces and is no field, each once', () => {
    expect(unknownFields('{{to}} {{name}} {{ new keyworker }} {{name}} {{}}', letterFields)).toEqual([
      '{{name}}',
      '{{ new keyworker }}',
      '{{}}'
    ])
  })

  it.each([
    ['{{to', true],
    ['to}}', true],
    ['{{to}} {{', true],
    ['{{to}}', false],
    ['{to}', false]
  ])('%s has loose braces: %s', (typed, loose) => {
    expect(hasLooseBraces(typed)).toBe(loose)
  })
})

describe('a letter of the settings', () => {
  const problems = (subject: string, words: string) =>
    settingProblems(
      'letter-template',
      'x',
      { name: 'X', subject, text: words },
      '2026-11-24',
      '',
      '2026-11-23'
    )

  it('names only what can be filled in, and says where it does not', () => {
    expect(problems('About {{children}}', 'Dear {{to}}')).toEqual([])
    expect(problems('About {{kids}}', 'Dear {{name}} {{to')).toEqual([
      { path: 'value.subject', message: 'A letter cannot fill in {{kids}}' },
      { path: 'value.text', message: 'A letter cannot fill in {{name}}' }
    ])
    expect(problems('About', 'Dear {{to')).toMatchObject([{ path: 'value.text' }])
  })

  it('those of the beginning name nothing else', () => {
    const letters = seedSettings().filter(({ kind }) => kind === 'letter-template')
    expect(letters).toHaveLength(4)
    for (const { key, value } of letters)
      expect(settingProblems('letter-template', key, value, '2026-11-24', '', '2026-11-23')).toEqual([])
  })
})

describe('problemsWithLetter', () => {
  const jo = newId()
  const about = { templates: ['appointment'], people: [jo] }
  const complete = {
    ...emptyLetter(newId(), { familyId: newId(), episodeId: '', aboutId: '', template: 'appointment' }),
    ...{ toPersonId: jo, toName: 'Jo', subject: 'A meeting', body: 'Dear Jo' }
  }
  const paths = (changes: Partial<typeof complete>) =>
    problemsWithLetter({ ...complete, ...changes }, about).map(({ path }) => path)

  it('lets a complete one through, also to somebody who is no person of the record', () => {
    expect(paths({})).toEqual([])
    expect(paths({ toPersonId: '', toName: 'The parents of Robin' })).toEqual([])
  })

  it.each<[string[], Partial<typeof complete>]>([
    [['template'], { template: '' }],
    [['template'], { template: 'ended' }],
    [['toPersonId'], { toPersonId: newId() }],
    [['toName'], { toName: ' ' }],
    [['subject'], { subject: '' }],
    [['subject'], { subject: 'About {{children}}' }],
    [['body'], { body: ' \n' }],
    [['body'], { body: 'Dear {{to}}' }],
    [['body'], { body: 'Dear {{anybody}}' }],
    [['body'], { body: 'Dear {{to' }],
    [['template', 'toName', 'subject', 'body'], { template: '', toName: '', subject: '', body: '' }]
  ])('%s', (wrong, changes) => {
    expect(paths(changes)).toEqual(wrong)
  })

  it('names each field that is left', () => {
    const [problem] = problemsWithLetter({ ...complete, body: '{{to}} {{hub}} {{to}}' }, about)
    expect(problem?.message).toBe('Fill in or take out {{to}}, {{hub}}')
  })
})

const aFact = (value: FactValue<'address' | 'phone'>): FactRow => {
  const id = newId()
  return {
    ...{ id, ofId: id, subjectId: newId(), kind: 'address' in value ? 'address' : 'phone', value },
    ...{ validFrom: '', validTo: '', inError: false, reason: '', recordedAt: '2026-11-02T09:00:00.000Z' }
  }
}
const lives = (address: string, withheldFrom: string[] = []) =>
  aFact({ address, postcode: 'SG14 1AB', district: '', withheldFrom }) as FactRow<'address'>

describe('what is withheld', () => {
  const home = '4 Mill Lane, Hertford SG14 1AB'

  it('stands in no letter, whoever it is withheld from', () => {
    expect(addressFor([lives(home)], lives(home))).toEqual({
      address: '4 Mill Lane\nHertford SG14 1AB',
      isWithheld: false
    })
    const withheld = lives(home, [newId()])
    expect(addressFor([withheld], withheld)).toEqual({ address: '', isWithheld: true })
    // a child’s gives away a mother’s
    const childs = lives('4, Mill Lane Hertford SG141AB')
    expect(addressFor([withheld, childs], childs)).toEqual({ address: '', isWithheld: true })
    expect(addressFor([], undefined)).toEqual({ address: '', isWithheld: false })
  })
})

it('a saved letter is called by a reference and a day, never by a name', () => {
  expect(letterFileName({ familyReference: 'FAM-7KQ3-000001', onDay: '2026-11-23' })).toBe(
    'letter-FAM-7KQ3-000001-2026-11-23.pdf'
  )
})
