import { plainHeading } from '../import/heading.ts'
import type { CivilDate } from '../ids.ts'
import { readBirth } from '../person/birth.ts'
import { readDate } from '../time/civilDate.ts'
import type { StepDownImportProblem } from './import.ts'
import { personFields, stepDownFields, type PersonField, type StepDownField } from './stepDownFile.ts'

export type StepDownColumn = StepDownField | PersonField

/** The columns of a CSV file of step-downs, one row for each child (docs/import-step-downs.md). All must be there. */
export const stepDownColumns: readonly StepDownColumn[] = [...stepDownFields, ...personFields]

/** Where each column stands in a row, and the names of those that are not read. */
export interface StepDownPlaces {
  at: Record<StepDownColumn, number>
  width: number
  unread: string[]
}

/** The cells of one row that are not empty, as a JSON file would have them. */
export interface StepDownRow {
  line: number
  key: string
  told: Partial<Record<StepDownField, string>>
  /** Undefined where the row tells of nobody. */
  person: Partial<Record<PersonField, string>> | undefined
}

const asColumn = (heading: string): string => plainHeading(heading).replace(/[\s-]+/g, '_')

/** Finds our columns among the others, in any order. A name that is mistyped must not leave a column out in silence. */
export function findStepDownColumns(
  header: readonly string[]
): StepDownPlaces | { missing: StepDownColumn[] } {
  const names = header.map(asColumn)
  const missing = stepDownColumns.filter((column) => !names.includes(column))
  if (missing.length > 0) return { missing }
  const at = Object.fromEntries(stepDownColumns.map((column) => [column, names.indexOf(column)]))
  return {
    at: at as Record<StepDownColumn, number>,
    width: header.length,
    unread: header.filter((heading, index) => heading.trim() !== '' && at[names[index] ?? ''] !== index)
  }
}

const days: readonly StepDownColumn[] = ['received_on', 'work_completed_on', 'agreed_on', 'expected_date']
const codes: readonly StepDownColumn[] = [
  'source',
  'agreement',
  'previous_assessment',
  'risk',
  'requested_level',
  'role',
  'sex'
]

/** A cell as JSON has it: a day that comes first is turned, a code loses its capitals. What cannot be read stays as it is. */
function asWritten(column: StepDownColumn, text: string, today: CivilDate): string {
  if (codes.includes(column)) return text.toLowerCase().replace(/[\s_-]+/g, '-')
  if (days.includes(column)) return readDate(text) || text
  if (column !== 'date_of_birth') return text
  const birth = readBirth(text, today)
  return birth.kind === 'date' ? birth.date : text
}

/** Reads one row. `key` stands there even where something is wrong, so that its whole step-down is left out. */
export function readStepDownRow(
  { at, width }: StepDownPlaces,
  cells: readonly string[],
  line: number,
  today: CivilDate
): { row: StepDownRow; problems: StepDownImportProblem[] } {
  const filled = <C extends StepDownColumn>(columns: readonly C[]): Partial<Record<C, string>> =>
    Object.fromEntries(
      columns
        .map((column) => [column, asWritten(column, (cells[at[column]] ?? '').trim(), today)])
        .filter(([, text]) => text !== '')
    ) as Partial<Record<C, string>>
  const told = filled(stepDownFields)
  const person = filled(personFields)
  const row: StepDownRow = {
    ...{ line, key: told.step_down_id ?? '', told },
    person: Object.keys(person).length === 0 ? undefined : { role: 'child', ...person }
  }
  const problem = (message: string): StepDownImportProblem[] => [
    { line, pointer: '', field: 'step_down_id', message }
  ]
  if (row.key === '') return { row, problems: problem('Enter which step-down this row belongs to') }
  if (cells.slice(width).every((cell) => cell.trim() === '')) return { row, problems: [] }
  return {
    row,
    problems: problem(
      'The row has more cells than the first line. Put a text that has a comma into quotation marks'
    )
  }
}

/**
 * One step-down from its rows, as a JSON file would have it. What is told of the whole stands on the first of them; a later
 * row repeats it, or leaves it empty.
 */
export function stepDownOfRows(rows: readonly StepDownRow[]): {
  value: object
  /** Of each of its people. */
  lines: number[]
  problems: StepDownImportProblem[]
} {
  const told: StepDownRow['told'] = {}
  const toldOn = new Map<string, number>()
  const problems: StepDownImportProblem[] = []
  for (const row of rows) {
    for (const field of stepDownFields) {
      const text = row.told[field]
      if (text === undefined || text === told[field]) continue
      if (told[field] === undefined) {
        told[field] = text
        toldOn.set(field, row.line)
        continue
      }
      const message = `Line ${String(toldOn.get(field))} says something else of the same step-down`
      problems.push({ line: row.line, pointer: '', field, message })
    }
  }
  const people = rows.flatMap(({ person, line }) => (person ? [{ person, line }] : []))
  return {
    value: { ...told, people: people.map(({ person }) => person) },
    lines: people.map(({ line }) => line),
    problems
  }
}
