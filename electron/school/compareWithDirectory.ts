import { and, inArray } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { school } from '../../db/schema/index.ts'
import { naturalId } from '../../shared/ids.ts'
import type { Known } from './asSchool.ts'
import type { FileRow } from './establishmentFile.ts'
import { isVisible, type SchoolRow } from './schoolInForce.ts'

export interface Comparison {
  row: FileRow
  what: 'added' | 'changed' | 'unchanged'
  current: SchoolRow | undefined
  /** The versions to write, the older first. */
  versions: Known[]
}

/** What the file says of a school. Its safeguarding lead is no column of it. */
const columns = [
  'name',
  'typeGroup',
  'typeName',
  'status',
  'address',
  'town',
  'postcode',
  'district',
  'phone'
] as const satisfies (keyof FileRow & keyof SchoolRow)[]
type Said = Pick<SchoolRow, (typeof columns)[number]>

/**
 * Holds rows of a file against what the directory knows, school by school.
 *
 * A row that says what the last import said changes nothing, so importing a file again does nothing. Where it says
 * something new, what people have put right here since stays: the file's own version is written, and after it one
 * with their corrections.
 */
export async function compareWithDirectory(
  db: ReadDb,
  rows: readonly FileRow[],
  importId: string
): Promise<Comparison[]> {
  const ids = rows.map(({ urn }) => naturalId('school', urn))
  const versions = await db
    .select()
    .from(school)
    .where(and(inArray(school.schoolId, ids), isVisible))
    .orderBy(school.createdAt, school.id)
  const known = new Map<string, SchoolRow[]>()
  for (const version of versions)
    known.set(version.schoolId, [...(known.get(version.schoolId) ?? []), version])
  return rows.map((row) => {
    const schoolId = naturalId('school', row.urn)
    return compare(row, schoolId, known.get(schoolId) ?? [], importId)
  })
}

function compare(row: FileRow, schoolId: string, versions: SchoolRow[], importId: string): Comparison {
  const current = versions.at(-1)
  const said = lastSaid(versions)
  const inFile: Known = {
    ...pick(row),
    schoolId,
    importId,
    urn: row.urn,
    leadName: current?.leadName ?? '',
    toCheck: false
  }
  if (!current || !said) return { row, what: 'added', current, versions: [inFile] }
  if (columns.every((key) => row[key] === said[key])) return { row, what: 'unchanged', current, versions: [] }

  const corrected = columns.filter((key) => current[key] !== said[key])
  const kept = Object.fromEntries(
    corrected.map((key) => [key, row[key] === said[key] ? current[key] : row[key]])
  ) as Partial<Said>
  const merged = { ...inFile, ...kept }
  const hasCorrections = corrected.some((key) => merged[key] !== inFile[key])
  return { row, what: 'changed', current, versions: hasCorrections ? [inFile, merged] : [inFile] }
}

/** What the last import said, before anyone's corrections: the first of its versions. */
function lastSaid(versions: SchoolRow[]): SchoolRow | undefined {
  const last = versions.findLast(({ importId }) => importId !== '')
  return versions.find(({ importId }) => importId !== '' && importId === last?.importId)
}

const pick = (row: FileRow): Said =>
  Object.fromEntries(columns.map((key) => [key, row[key]])) as unknown as Said
