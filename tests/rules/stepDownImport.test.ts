import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { NotJson, readItems, type JsonItem } from '../../shared/import/json.ts'
import {
  findStepDownColumns,
  readStepDownRow,
  stepDownColumns,
  stepDownOfRows,
  type StepDownRow
} from '../../shared/stepDown/importRow.ts'
import {
  importedStepDown,
  personIds,
  tellsOfOthers,
  type ImportedStepDown,
  type PersonBefore
} from '../../shared/stepDown/importStepDown.ts'
import {
  fieldWords,
  fileStepDown,
  STEP_DOWNS_VERSION,
  stepDownsFile,
  type FileStepDown
} from '../../shared/stepDown/stepDownFile.ts'
import { aFileChild, aFileMother, aFileStepDown } from '../fixtures/stepDownFiles.ts'

const imported = (value: FileStepDown): ImportedStepDown => {
  const read = importedStepDown(value)
  if ('problems' in read) throw new Error(JSON.stringify(read))
  return read
}

it('the published schema is that of the files that are read', () => {
  const path = resolve(`docs/schemas/${STEP_DOWNS_VERSION}.json`)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    ...z.toJSONSchema(stepDownsFile),
    $id: `urn:families-first-desk:${STEP_DOWNS_VERSION}`,
    title: 'Step-downs for a Families First Desk'
  })
})

it('every field says what it holds, in the published page as well', () => {
  const page = readFileSync(resolve('docs/import-step-downs.md'), 'utf8')
  for (const column of stepDownColumns) {
    expect(fieldWords(column), column).not.toBe('')
    expect(page).toContain(`\`${column}\``)
  }
})

describe('JSON', () => {
  function all(text: string): { items: JsonItem[]; rest: Record<string, unknown> } {
    const reading = readItems(text, 'list')
    const items: JsonItem[] = []
    for (;;) {
      const next = reading.next()
      if (next.done) return { items, rest: next.value }
      items.push(next.value)
    }
  }
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

  it('is read as it was written, with the line of each item', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 })), fc.nat(4), (list, space) => {
        const { items, rest } = all(JSON.stringify({ a: '\u{1F600}\u2028', list }, null, space))
        expect(items.map(({ value }) => plain(value))).toEqual(plain(list))
        expect(rest['a']).toBe('\u{1F600}\u2028')
      })
    )
    expect(all('{\n"list": [\n1,\n\n{}]\n}').items.map(({ line }) => line)).toEqual([3, 5])
  })

  it('is refused wherever JSON.parse refuses it, and beyond that only what is said', () => {
    const beyond = /stands here twice|deep|longer than/
    const bit = fc.constantFrom(
      ...'{}[]",:\\u0dn-+.eE19tf\t\n ',
      'true',
      'null',
      '"a":',
      '"list":',
      '\\ud800'
    )
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 12 }), (bits) => {
        const text = `{${bits.join('')}}`
        let parsed: unknown
        try {
          parsed = JSON.parse(text)
        } catch {
          expect(() => all(text)).toThrow(NotJson)
          return
        }
        try {
          const { items, rest } = all(text)
          if (items.length === 0) expect(plain(rest)).toEqual(parsed)
        } catch (error) {
          expect(String(error)).toMatch(beyond)
        }
      }),
      {
        numRuns: 5_000,
        examples: [[['"a":', '1']], [['"a":', '"\\ud800"']], [['"a":', '1', ',', '"a":', '1']]]
      }
    )
  })

  it('gives nothing a prototype, and takes no name twice', () => {
    const { items } = all('{"list":[{"__proto__":{"risk":"high"},"constructor":1}]}')
    expect(Object.getPrototypeOf(items[0]?.value)).toBe(null)
    expect(Object.keys(items[0]?.value as object)).toEqual(['__proto__', 'constructor'])
    expect(() => all('{"list":[{"a":1,"a":1}]}')).toThrow('“a” stands here twice')
    expect(() => all('{"list":[],"list":[]}')).toThrow('“list” stands here twice')
  })
})

describe('rows', () => {
  const found = findStepDownColumns(stepDownColumns.map((name) => name.toUpperCase().replaceAll('_', ' ')))
  if ('missing' in found) throw new Error(found.missing.join())
  const rowOf = (cells: Record<string, string>, line = 2): StepDownRow =>
    readStepDownRow(
      found,
      stepDownColumns.map((column) => cells[column] ?? ''),
      line,
      '2026-11-23'
    ).row

  it('name what is missing and what is not read', () => {
    expect(findStepDownColumns(['step_down_id'])).toEqual({ missing: stepDownColumns.slice(1) })
    expect(findStepDownColumns([...stepDownColumns, 'Worker', '', 'name'])).toMatchObject({
      unread: ['Worker', 'name']
    })
  })

  it('tell of a child where no role stands, and of nobody where none of its cells is filled', () => {
    expect(rowOf({ step_down_id: '1', name: 'Robin' }).person).toEqual({ role: 'child', name: 'Robin' })
    expect(rowOf({ step_down_id: '1', risk: 'HIGH' })).toMatchObject({
      told: { risk: 'high' },
      person: undefined
    })
    expect(rowOf({ role: 'Parent Carer', sex: 'Not known' }).person).toEqual({
      role: 'parent-carer',
      sex: 'not-known'
    })
  })

  it('have more cells than the first line where a comma stands alone', () => {
    const cells = [...stepDownColumns.map((column) => (column === 'step_down_id' ? '1' : '')), 'Hertford']
    expect(readStepDownRow(found, cells, 2, '2026-11-23').problems).toMatchObject([{ field: 'step_down_id' }])
  })

  it('are one step-down in whatever order they stand', () => {
    const rows = [
      rowOf({ step_down_id: '1', name: 'Robin Vale', risk: 'low' }),
      rowOf({ step_down_id: '1', name: 'Jo Vale', tried: 'Two visits' }, 3),
      rowOf({ step_down_id: '1', name: 'Al Vale', risk: 'low' }, 4)
    ]
    const one = stepDownOfRows(rows)
    const other = stepDownOfRows(rows.toReversed())
    expect([one.problems, one.lines, other.lines]).toEqual([[], [2, 3, 4], [4, 3, 2]])
    const [first, second] = [
      imported(fileStepDown.parse(one.value)),
      imported(fileStepDown.parse(other.value))
    ]
    expect(first.digest).toBe(second.digest)
  })
})

describe('a step-down of a file', () => {
  const one = aFileStepDown('1')

  it('says the same without what says nothing, and whenever it arrived', () => {
    const { digest, versionId } = imported(one)
    const same = { ...one, note: '  ', received_on: '2026-11-20', people: one.people.toReversed() }
    expect(imported(same)).toMatchObject({ digest, versionId })
    expect(imported({ ...one, tried: one.tried?.replaceAll('\n', '\r\n') ?? '' }).digest).toBe(digest)
    expect(imported({ ...one, note: 'More' }).digest).not.toBe(digest)
    expect(imported({ ...one, step_down_id: '2' }).versionId).not.toBe(versionId)
  })

  it('gives each of its people an id of their own, the same on every computer', () => {
    const unborn = aFileChild({ role: 'unborn', name: '', date_of_birth: undefined })
    const ids = personIds(imported({ ...one, people: [unborn, unborn, aFileChild()] }), [])
    expect(new Set(ids).size).toBe(3)
    expect(personIds(imported({ ...one, people: [unborn, unborn, aFileChild()] }), [])).toEqual(ids)
  })

  const before = (id: string, changes: Partial<PersonBefore> = {}): PersonBefore => ({
    ...{ id, role: 'child', name: 'Rowan Marsh', birth: '2016-05-14', expected: '', upn: '' },
    ...changes
  })

  it('gives whoever was there before the same id once, the surest first', () => {
    const person = fc.record({
      role: fc.constantFrom('child' as const, 'unborn' as const, 'other' as const),
      name: fc.constantFrom('Rowan Marsh', 'ROWAN MARSH', 'Wren Reed', ''),
      date_of_birth: fc.constantFrom('2016-05-14', '2017-01-01'),
      upn: fc.constantFrom('', 'A123456789012')
    })
    fc.assert(
      fc.property(fc.array(person, { maxLength: 6 }), fc.array(person, { maxLength: 6 }), (was, now) => {
        const known = was.map(({ date_of_birth: birth, ...each }, at) =>
          before(`was ${String(at)}`, { ...each, birth })
        )
        const ids = personIds({ stepDownId: '1', told: { ...one, people: now } }, known)
        expect(new Set(ids).size).toBe(now.length)
        const kept = ids.filter((id) => id.startsWith('was'))
        if (known.length > 0 && now.some(({ upn }) => upn !== '' && known.some((each) => each.upn === upn))) {
          expect(kept.length).toBeGreaterThan(0)
        }
      })
    )
    const numbered = before('numbered', { name: 'Somebody Else', upn: 'A123456789012' })
    const named = before('named')
    const told = imported({
      ...one,
      people: [
        aFileChild({ date_of_birth: '2016-05-15' }),
        aFileChild({ upn: 'A123456789012', name: 'R Marsh' })
      ]
    })
    expect(personIds(told, [named, numbered])).toEqual(['named', 'numbered'])
  })

  it('is of others where nobody is who was there before', () => {
    const other = imported({ ...one, people: [aFileChild({ name: 'Wren Reed' })] })
    expect(tellsOfOthers(other, [before('1')])).toBe(true)
    expect(tellsOfOthers(other, [])).toBe(false)
    expect(tellsOfOthers(imported({ ...one, people: [] }), [before('1')])).toBe(false)
    expect(tellsOfOthers(imported({ ...one, people: [aFileMother(), aFileChild()] }), [before('1')])).toBe(
      false
    )
    // born since, and named
    expect(tellsOfOthers(other, [before('1', { role: 'unborn', name: '', birth: '' })])).toBe(false)
  })
})
