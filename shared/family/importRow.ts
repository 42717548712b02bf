import type { CivilDate } from '../ids.ts'
import { plainHeading } from '../import/heading.ts'
import { readBirth, type Birth } from '../person/birth.ts'
import { fold } from '../person/fold.ts'
import { findPostcode, readPostcode } from '../person/postcode.ts'
import type { Rules } from '../setting/inForce.ts'
import { readDate } from '../time/civilDate.ts'
import { emptyPerson } from './emptyForms.ts'
import { sexes, type Sex } from './fact.ts'
import { draftPerson, type DraftPerson, type MemberRole } from './family.ts'
import { importColumns, type ImportColumn, type ImportProblem } from './import.ts'
import { problemsWithPerson } from './problems.ts'

const LONGEST_KEY = 100
const LONGEST_NAME = 200
const MOST_OTHER_NAMES = 10

/** Where each column stands in a row, and the names of those that are not read. */
export interface ColumnPlaces {
  at: Record<ImportColumn, number>
  width: number
  unread: string[]
}

/** One row: somebody of a family, as the registration form would have them typed. */
export interface ImportedRow {
  line: number
  key: string
  /** Without an id: it follows from the family and what is said. */
  person: DraftPerson
  otherNames: string[]
  /** '' for none. */
  schoolUrn: string
  /** Since when the row is so; '' where nobody knows. */
  from: CivilDate
}

const asColumn = (heading: string): string => plainHeading(heading).replace(/[\s-]+/g, '_')

/** Finds our columns among the others, in any order. A name that is mistyped must not leave a column out in silence. */
export function findImportColumns(header: readonly string[]): ColumnPlaces | { missing: ImportColumn[] } {
  const names = header.map(asColumn)
  const missing = importColumns.filter((column) => !names.includes(column))
  if (missing.length > 0) return { missing }
  const at = Object.fromEntries(importColumns.map((column) => [column, names.indexOf(column)]))
  return {
    at: at as Record<ImportColumn, number>,
    width: header.length,
    unread: header.filter((heading, index) => heading.trim() !== '' && at[names[index] ?? ''] !== index)
  }
}

/** What a row of the file is checked against. */
export interface Importing {
  today: CivilDate
  rules: Pick<Rules, 'districts'>
  /** ONS codes by every name of a district, folded (`districtCodes`). */
  districtCodes: ReadonlyMap<string, string>
}

/** Reads one row. `key` stands there even where something is wrong, so that its whole family is left out. */
export function readImportedRow(
  { at, width }: ColumnPlaces,
  cells: readonly string[],
  line: number,
  about: Importing
): { row: ImportedRow; problems: ImportProblem[] } {
  const cell = (column: ImportColumn) => (cells[at[column]] ?? '').trim()
  const problems: ImportProblem[] = []
  const wrong = (column: ImportColumn, message: string) => {
    problems.push({ line, column, message })
  }
  const row: ImportedRow = {
    line,
    key: cell('family'),
    person: emptyPerson(NOBODY),
    otherNames: [],
    schoolUrn: cell('school_urn'),
    from: ''
  }
  if (row.key === '') wrong('family', 'Enter which family this person belongs to')
  if (row.key.length > LONGEST_KEY) wrong('family', `Use ${String(LONGEST_KEY)} characters or fewer`)
  if (cells.slice(width).some((each) => each.trim() !== '')) {
    wrong(
      'family',
      'The row has more cells than the first line. Put a text that has a comma into quotation marks'
    )
    return { row, problems }
  }
  row.person = personOf(cell, about, wrong)
  row.otherNames = cell('other_names')
    .split(';')
    .map((name) => name.trim())
    .filter(Boolean)
  if (row.otherNames.some((name) => name.length > LONGEST_NAME)) {
    wrong('other_names', `Use ${String(LONGEST_NAME)} characters or fewer`)
  }
  if (row.otherNames.length > MOST_OTHER_NAMES) {
    wrong('other_names', `Enter at most ${String(MOST_OTHER_NAMES)} other names`)
  }
  if (row.schoolUrn !== '' && !/^\d{5,7}$/.test(row.schoolUrn)) {
    wrong('school_urn', `“${short(row.schoolUrn)}” is not a URN`)
  }
  row.from = fromDate(cell('from_date'), about.today, wrong)
  return { row, problems }
}

/** Stands for an id that is not known yet. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
type Wrong = (column: ImportColumn, message: string) => void

function personOf(cell: (column: ImportColumn) => string, about: Importing, wrong: Wrong): DraftPerson {
  const person: DraftPerson = {
    ...emptyPerson(NOBODY),
    role: roleOf(cell('role'), wrong),
    name: cell('name'),
    birth: cell('date_of_birth'),
    expected: cell('expected_date'),
    sex: sexOf(cell('sex'), wrong),
    upn: cell('upn'),
    phone: cell('phone'),
    address: addressOf(cell('address'), cell('postcode'), wrong),
    district: districtNamed(cell('district'), about, wrong),
    relation: cell('relation'),
    language: cell('language')
  }
  // what is too long to be typed is not read any further
  const tooLong = draftPerson.safeParse(person).error?.issues ?? []
  for (const { path, message } of tooLong) wrong(columnOf(String(path[0])), message)
  if (tooLong.length > 0) return person
  // of the role it was told above
  const told = problemsWithPerson(person, ROW, about).filter(({ path }) => path !== `${ROW}.role`)
  for (const { path, message } of told) wrong(columnOf(path.slice(ROW.length + 1)), message)
  if (person.role === 'unborn' && person.birth !== '') {
    wrong('date_of_birth', 'An unborn child has no date of birth. Use expected_date')
  }
  if (person.role !== 'unborn' && person.expected !== '') {
    wrong('expected_date', 'Only an unborn child is expected. Leave this empty')
  }
  return {
    ...person,
    birth: asWritten(readBirth(person.birth, about.today), person.birth),
    expected: readDate(person.expected) || person.expected
  }
}

/** A date in one form, however the file has it, so that a file that was saved again says the same. */
const asWritten = (birth: Birth, text: string): string => (birth.kind === 'date' ? birth.date : text)

const ROW = 'row'
const columnOfField: Partial<Record<string, ImportColumn>> = {
  birth: 'date_of_birth',
  expected: 'expected_date',
  schoolId: 'school_urn'
}
const columnOf = (field: string): ImportColumn =>
  columnOfField[field] ?? importColumns.find((column) => column === field) ?? 'name'

const roleNames: Partial<Record<string, MemberRole>> = {
  child: 'child',
  unborn: 'unborn',
  'unborn-child': 'unborn',
  'parent-carer': 'parent-carer',
  'parent-or-carer': 'parent-carer',
  parent: 'parent-carer',
  carer: 'parent-carer',
  other: 'other'
}

function roleOf(text: string, wrong: Wrong): DraftPerson['role'] {
  const role = roleNames[text.toLowerCase().replace(/[^a-z]+/g, '-')] ?? ''
  if (role === '') {
    wrong(
      'role',
      `${text === '' ? 'Enter' : `“${short(text)}” is none of`} child, unborn, parent-carer or other`
    )
  }
  return role
}

const sexNames: Partial<Record<string, Sex>> = { f: 'female', m: 'male', 'not known': 'not-known' }

function sexOf(text: string, wrong: Wrong): DraftPerson['sex'] {
  const typed = text.toLowerCase()
  const sex = sexNames[typed] ?? sexes.find((each) => each === typed) ?? ''
  if (sex === '' && text !== '') wrong('sex', `“${short(text)}” is none of female, male or not-known`)
  return sex
}

/** An address holds its postcode, whichever of the two columns it stood in. */
function addressOf(address: string, postcode: string, wrong: Wrong): string {
  if (postcode === '') return address
  const read = readPostcode(postcode)
  if (read === undefined) wrong('postcode', `“${short(postcode)}” is not a postcode`)
  else if (address === '') wrong('address', 'Enter the address that the postcode belongs to')
  else if (findPostcode(address) !== read) return `${address}, ${read}`
  return address
}

function districtNamed(text: string, { rules, districtCodes }: Importing, wrong: Wrong): string {
  if (text === '') return ''
  const code = rules.districts.find(({ key }) => key === text)?.key ?? districtCodes.get(fold(text)) ?? ''
  if (code === '') wrong('district', `“${short(text)}” is not a district of the county`)
  return code
}

function fromDate(text: string, today: CivilDate, wrong: Wrong): CivilDate {
  if (text === '') return ''
  const day = readDate(text)
  if (day === '') wrong('from_date', 'Enter a date like 23/11/2026')
  if (day > today) wrong('from_date', 'This day is still to come')
  return day > today ? '' : day
}
