import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importColumns, type ImportColumn } from '../../shared/family/import.ts'
import { importedFamily, problemsWithFamily } from '../../shared/family/importFamily.ts'
import {
  findImportColumns,
  readImportedRow,
  type ColumnPlaces,
  type Importing
} from '../../shared/family/importRow.ts'
import { districtCodes } from '../../shared/school/establishment.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { aChildRow, aMotherRow, type FamilyFileRow } from '../fixtures/familyFiles.ts'

const rules = rulesOn(seedSettings(), '2026-11-23')
const about: Importing = {
  today: '2026-11-23',
  rules,
  districtCodes: districtCodes(rules.districts)
}
const places = placesOf(importColumns)

function placesOf(header: readonly string[]): ColumnPlaces {
  const found = findImportColumns(header)
  if ('missing' in found) throw new Error(found.missing.join())
  return found
}

const cellsOf = (row: FamilyFileRow) => importColumns.map((column) => row[column] ?? '')
const read = (row: FamilyFileRow, line = 2) => readImportedRow(places, cellsOf(row), line, about)
const problemsIn = (row: FamilyFileRow) =>
  read(row).problems.map(({ column, message }) => `${column}: ${message}`)
const rowsOf = (...rows: FamilyFileRow[]) => rows.map((row, index) => read(row, index + 2).row)

describe('the first line of a file of families', () => {
  it('names the columns in any order and any case, with spaces or dashes', () => {
    const header = [...importColumns].reverse().map((column) => ` ${column.toUpperCase().replace('_', ' ')} `)
    const found = placesOf([`\uFEFF${header[0] ?? ''}`, ...header.slice(1), 'Worker'])
    expect(found.at.family).toBe(importColumns.length - 1)
    expect(found.unread).toEqual(['Worker'])
  })

  it('lacks no column, and tells of one that stands there twice', () => {
    expect(findImportColumns(importColumns.filter((column) => column !== 'upn'))).toEqual({
      missing: ['upn']
    })
    expect(placesOf([...importColumns, 'name']).unread).toEqual(['name'])
  })
})

describe('a row of a file of families', () => {
  it('is somebody as the registration form has them', () => {
    const { row, problems } = read(
      aMotherRow('12', {
        ...{ other_names: 'Jo Reed; Joanna Vale ;', upn: 'A123456789012', school_urn: '117000' },
        ...{ address: '4 Mill Lane', postcode: 'sg141ab', district: 'east hertfordshire', sex: 'F' }
      })
    )
    expect(problems).toEqual([])
    expect(row).toMatchObject({
      ...{ line: 2, key: '12', otherNames: ['Jo Reed', 'Joanna Vale'], schoolUrn: '117000' },
      from: '2020-09-01',
      person: {
        ...{ role: 'parent-carer', name: 'Jo Vale', birth: '1985-02-01', sex: 'female', relation: 'mother' },
        ...{ address: '4 Mill Lane, SG14 1AB', district: 'E07000242', upn: 'A123456789012' },
        ...{ phone: '07700 900123', mayLeaveMessage: false, maySayWho: false, interpreter: '' }
      }
    })
  })

  it('keeps a postcode once, whichever column it stands in', () => {
    const inBoth = aChildRow('1', { address: '4 Mill Lane, SG14 1AB', postcode: 'SG14 1AB' })
    expect(read(inBoth).row.person.address).toBe('4 Mill Lane, SG14 1AB')
    expect(problemsIn(aChildRow('1', { address: '4 Mill Lane, SG14 1AB', postcode: '' }))).toEqual([])
  })

  it.each<[string, FamilyFileRow, string]>([
    ['no family', { family: '' }, 'family: Enter which family this person belongs to'],
    ['a long key', { family: 'x'.repeat(101) }, 'family: Use 100 characters or fewer'],
    ['no role', { role: '' }, 'role: Enter child, unborn, parent-carer or other'],
    ['another role', { role: 'dog' }, 'role: “dog” is none of child, unborn, parent-carer or other'],
    ['no name', { name: '' }, 'name: Enter the name'],
    ['a long name', { name: 'x'.repeat(201) }, 'name: Use 200 characters or fewer'],
    ['a long other name', { other_names: 'x'.repeat(201) }, 'other_names: Use 200 characters or fewer'],
    ['too many other names', { other_names: 'x;'.repeat(11) }, 'other_names: Enter at most 10 other names'],
    [
      'no such day',
      { date_of_birth: '31/2/2015' },
      'date_of_birth: There is no such day. Check the day and the month'
    ],
    [
      'an age',
      { date_of_birth: 'age 7' },
      'date_of_birth: Enter the date of birth, like 3/9/15. If nobody knows it, leave this empty'
    ],
    [
      'a child who is expected',
      { expected_date: '1/2/2027' },
      'expected_date: Only an unborn child is expected. Leave this empty'
    ],
    [
      'an unborn child without a day',
      { role: 'unborn', date_of_birth: '' },
      'expected_date: Enter the day on which the child is expected'
    ],
    [
      'an unborn child who was born',
      { role: 'unborn', expected_date: '1/2/2027' },
      'date_of_birth: An unborn child has no date of birth. Use expected_date'
    ],
    ['another sex', { sex: 'x' }, 'sex: “x” is none of female, male or not-known'],
    ['no postcode', { postcode: 'SG' }, 'postcode: “SG” is not a postcode'],
    ['a postcode alone', { address: '' }, 'address: Enter the address that the postcode belongs to'],
    [
      'nothing that tells the hub',
      { postcode: '', district: '' },
      'address: Enter the postcode as well, or choose the district'
    ],
    ['another county', { district: 'Camden' }, 'district: “Camden” is not a district of the county'],
    ['no URN', { school_urn: 'Grange' }, 'school_urn: “Grange” is not a URN'],
    ['no date', { from_date: 'spring' }, 'from_date: Enter a date like 23/11/2026'],
    ['a day to come', { from_date: '24/11/2026' }, 'from_date: This day is still to come']
  ])('with %s is told by its column', (_, changes, problem) => {
    expect(problemsIn(aChildRow('1', changes))).toEqual([problem])
  })

  it('that has more cells than there are columns is not guessed at', () => {
    const { row, problems } = readImportedRow(places, [...cellsOf(aChildRow('1')), 'Hertford'], 7, about)
    expect(problems).toEqual([
      {
        line: 7,
        column: 'family',
        message:
          'The row has more cells than the first line. Put a text that has a comma into quotation marks'
      }
    ])
    expect(row.person.name).toBe('')
  })

  it('is read to its end, whatever is in it', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'child',
        'unborn',
        '1/2/2015',
        '29/2/2015',
        'SG14 1AB',
        ';;;',
        '\0',
        'x'.repeat(5_000),
        ` ${' '.repeat(40_000)}1 `
      )
    )
    const row = fc.array(cell, { maxLength: importColumns.length + 3 })
    fc.assert(
      fc.property(row, (cells) => {
        const { problems } = readImportedRow(places, cells, 2, about)
        for (const { column, message } of problems) {
          expect(importColumns).toContain(column)
          expect(message).not.toBe('')
        }
      }),
      { numRuns: 500 }
    )
  })
})

describe('a family of the file', () => {
  it('is the same in whatever order its rows stand, and however its dates are written', () => {
    const rows = [aChildRow('1'), aChildRow('1', { name: 'Wren Vale' }), aMotherRow('1')]
    const permuted = fc.shuffledSubarray(rows, { minLength: rows.length })
    const idsOf = (family: ReturnType<typeof importedFamily>) =>
      family.rows.map(({ person: { id, name } }) => `${name} ${id}`).sort()
    const first = importedFamily('1', rowsOf(...rows))
    fc.assert(
      fc.property(permuted, (others) => {
        const other = importedFamily('1', rowsOf(...others))
        expect([other.id, other.digest, idsOf(other)]).toEqual([first.id, first.digest, idsOf(first)])
      })
    )
    const saved = rows.map((row) => ({ ...row, date_of_birth: row.date_of_birth?.replace('03/09', '3/9') }))
    expect(importedFamily('1', rowsOf(...(saved as FamilyFileRow[]))).digest).toBe(first.digest)
  })

  it('is another where anything else is said, or it goes by another key', () => {
    const first = importedFamily('1', rowsOf(aChildRow('1')))
    const changes: Partial<Record<ImportColumn, string>>[] = importColumns
      .filter((column) => column !== 'family')
      .map((column) => ({ [column]: column === 'from_date' ? '1/1/2020' : 'something else' }))
    const told = changes.map((change) => importedFamily('1', rowsOf(aChildRow('1', change))).digest)
    // what cannot be read at all is told as a problem instead
    const unreadable = ['role', 'sex', 'postcode', 'district']
    for (const [index, change] of changes.entries()) {
      if (unreadable.includes(Object.keys(change)[0] ?? '')) continue
      expect({ change, same: told[index] === first.digest }).toEqual({ change, same: false })
    }
    expect(importedFamily('2', rowsOf(aChildRow('1'))).id).not.toBe(first.id)
  })

  it('has twins who are expected as two people', () => {
    const twin = { family: '1', role: 'unborn', expected_date: '1/2/2027' }
    const family = importedFamily('1', rowsOf(twin, twin))
    expect(new Set(family.rows.map(({ person: { id } }) => id)).size).toBe(2)
    expect(problemsWithFamily(family)).toEqual([])
  })

  it('has a child, nobody twice, and at most 30 people', () => {
    const of = (...rows: FamilyFileRow[]) => problemsWithFamily(importedFamily('1', rowsOf(...rows)))
    expect(of(aMotherRow('1'))).toEqual([
      { line: 2, column: 'role', message: 'The family has no child and no unborn child' }
    ])
    expect(of(aChildRow('1'), aMotherRow('1'), aChildRow('1'))).toEqual([
      { line: 4, column: 'name', message: 'This person is on line 2 already' }
    ])
    const many = Array.from({ length: 31 }, (_, index) => aChildRow('1', { name: `Child ${String(index)}` }))
    expect(of(...many.slice(1))).toEqual([])
    expect(of(...many)).toEqual([{ line: 32, column: 'family', message: 'A family has at most 30 people' }])
  })
})
