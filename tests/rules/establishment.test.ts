import { describe, expect, it } from 'vitest'
import {
  districtCodes,
  findColumns,
  laNameOf,
  readEstablishment,
  type Columns
} from '../../shared/school/establishment.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'

const cells = {
  URN: '117234',
  'LA (code)': '919',
  'LA (name)': 'Hertfordshire',
  EstablishmentName: 'Larkmead Primary School',
  'TypeOfEstablishment (name)': 'Community school',
  'EstablishmentTypeGroup (name)': 'Local authority maintained schools',
  'EstablishmentStatus (name)': 'Open',
  Street: '1 Mill Lane',
  Locality: 'Port Vale',
  Town: 'Hertford',
  Postcode: 'sg138eq',
  TelephoneNum: '01992960123',
  'DistrictAdministrative (name)': 'East Hertfordshire'
}
type Cells = Record<keyof typeof cells, string>

const header = Object.keys(cells)
const columns = columnsOf(header)
const codes = districtCodes(rulesOn(seedSettings(), '2026-11-23').districts)
const read = (changes: Partial<Cells> = {}) =>
  readEstablishment(columns, Object.values({ ...cells, ...changes }), codes)

function columnsOf(names: string[]): Columns {
  const found = findColumns(names)
  if ('missing' in found) throw new Error(found.missing.join())
  return found
}

describe('the Department’s establishment file', () => {
  it('reads a school', () => {
    expect(read()).toEqual({
      kind: 'school',
      urn: '117234',
      name: 'Larkmead Primary School',
      typeGroup: 'Local authority maintained schools',
      typeName: 'Community school',
      address: '1 Mill Lane, Port Vale',
      town: 'Hertford',
      postcode: 'SG13 8EQ',
      district: 'E07000242',
      districtName: 'East Hertfordshire',
      phone: '01992 960123',
      status: 'open',
      statusText: 'Open',
      laName: 'Hertfordshire'
    })
  })

  it('finds its columns by name, in any order, after a byte order mark', () => {
    const turned = header.toReversed()
    turned[0] = `\uFEFF${turned[0] ?? ''} `
    const row = Object.values(cells).toReversed()
    expect(readEstablishment(columnsOf(turned), row, codes)).toEqual(read())
    expect(laNameOf(columnsOf(turned), row)).toBe('Hertfordshire')
  })

  it('names every column that is missing', () => {
    expect(findColumns(header.filter((name) => name !== 'URN' && name !== 'LA (name)'))).toEqual({
      missing: ['URN', 'LA (name)']
    })
    expect(findColumns([])).toMatchObject({ missing: { length: 12 } })
  })

  it.each([
    ['Open', 'open'],
    ['Open, but proposed to close', 'proposed-to-close'],
    ['Proposed to open', 'open'],
    ['Closed', 'closed'],
    ['CLOSED', 'closed']
  ])('reads the status “%s” as %s', (text, status) => {
    expect(read({ 'EstablishmentStatus (name)': text })).toMatchObject({ status, statusText: text })
  })

  it('takes the locality for the town where there is none', () => {
    expect(read({ Town: '' })).toMatchObject({ town: 'Port Vale', address: '1 Mill Lane' })
    expect(read({ Town: '', Locality: '' })).toMatchObject({ town: '', address: '1 Mill Lane' })
  })

  it.each([
    ['East Herts', 'E07000242'],
    ['east hertfordshire', 'E07000242'],
    ['St Albans', 'E07000240'],
    ['Camden', ''],
    ['', '']
  ])('R41: knows the district “%s” as “%s”', (name, code) => {
    expect(read({ 'DistrictAdministrative (name)': name })).toMatchObject({ district: code })
  })

  it('keeps a postcode or phone that it cannot read as it stands', () => {
    expect(read({ Postcode: 'unknown', TelephoneNum: '' })).toMatchObject({ postcode: 'unknown', phone: '' })
  })

  it.each([
    [{ URN: '' }, '“” is not a URN'],
    [{ URN: 'DROP TABLE' }, '“DROP TABLE” is not a URN'],
    [{ EstablishmentName: ' ' }, 'name: Enter the school’s name'],
    [{ EstablishmentName: 'x'.repeat(201) }, 'name: Use 200 characters or fewer'],
    [{ 'EstablishmentStatus (name)': 'Burnt down' }, 'The status “Burnt down” is not known'],
    [{ 'EstablishmentStatus (name)': '__proto__' }, 'The status “__proto__” is not known']
  ])('refuses %o with its reason', (changes, reason) => {
    expect(read(changes)).toEqual({ kind: 'refused', reason, laName: 'Hertfordshire' })
  })

  it('refuses a row that is cut short', () => {
    expect(readEstablishment(columns, ['117234', '919', 'Hertfordshire'], codes)).toEqual({
      kind: 'refused',
      reason: 'The row is too short',
      laName: 'Hertfordshire'
    })
  })
})
