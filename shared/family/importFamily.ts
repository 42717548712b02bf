import { naturalId, type Id } from '../ids.ts'
import type { ImportProblem } from './import.ts'
import type { ImportedRow } from './importRow.ts'

/** A registration form holds as many. */
const MOST_PEOPLE = 30

export interface ImportedFamily {
  id: Id
  key: string
  /** Follows from what the rows say, in whatever order they stand. */
  digest: string
  line: number
  rows: ImportedRow[]
}

/** What a row says, wherever it stands. */
const saidIn = ({ person, otherNames, schoolUrn, from }: ImportedRow): string =>
  JSON.stringify([{ ...person, id: '' }, otherNames, schoolUrn, from])

/**
 * One family of the file, from its rows. The ids follow from the family's key and from what the rows say, so that the same
 * file gives the same family on every computer, in whatever order its rows stand.
 */
export function importedFamily(key: string, rows: readonly ImportedRow[]): ImportedFamily {
  const id = naturalId('imported-family', key)
  const said = rows.map(saidIn)
  const times = new Map<string, number>()
  return {
    id,
    key,
    digest: naturalId('imported-rows', ...[...said].sort()),
    line: rows[0]?.line ?? 0,
    rows: rows.map((row, index) => {
      const says = said[index] ?? ''
      // two unborn children of whom nothing else is known are two
      const time = (times.get(says) ?? 0) + 1
      times.set(says, time)
      return {
        ...row,
        person: { ...row.person, id: naturalId('imported-person', id, says, String(time)) }
      }
    })
  }
}

/** What is wrong with a family as a whole; its rows were read by themselves. */
export function problemsWithFamily({ rows, line }: ImportedFamily): ImportProblem[] {
  const problems: ImportProblem[] = []
  // a role that cannot be read was told of as such
  if (!rows.some(({ person: { role } }) => role === 'child' || role === 'unborn' || role === '')) {
    problems.push({ line, column: 'role', message: 'The family has no child and no unborn child' })
  }
  const beyond = rows[MOST_PEOPLE]
  if (beyond) {
    problems.push({
      line: beyond.line,
      column: 'family',
      message: `A family has at most ${String(MOST_PEOPLE)} people`
    })
  }
  return [...problems, ...problemsWithRepeats(rows)]
}

function problemsWithRepeats(rows: readonly ImportedRow[]): ImportProblem[] {
  const lineOf = new Map<string, number>()
  return rows.flatMap((row) => {
    const said = saidIn(row)
    const before = lineOf.get(said)
    lineOf.set(said, before ?? row.line)
    if (before === undefined || row.person.name === '') return []
    return [{ line: row.line, column: 'name', message: `This person is on line ${String(before)} already` }]
  })
}
