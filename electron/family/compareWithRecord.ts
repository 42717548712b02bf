import { inArray } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { importedFamily as importedFamilies } from '../../db/schema/index.ts'
import type { ImportProblem } from '../../shared/family/import.ts'
import { importedFamily, problemsWithFamily, type ImportedFamily } from '../../shared/family/importFamily.ts'
import type { ImportedRow } from '../../shared/family/importRow.ts'
import { naturalId, type Id } from '../../shared/ids.ts'
import { schoolInForce } from '../school/schoolInForce.ts'
import type { FileFamily } from './familyFile.ts'

export interface ComparedFamily {
  family: ImportedFamily
  /** `known`: it is in the record already and says the same. `wrong`: it is left out whole. */
  what: 'new' | 'known' | 'wrong'
  problems: ImportProblem[]
}

/** Schools of the directory by URN, as far as they were asked for; undefined where there is none. */
export type SchoolsByUrn = Map<string, { id: Id; name: string } | undefined>

/**
 * Holds families of a file against the record: each comes in once. What the other system has changed since is not taken
 * over, for people may have put it right here.
 */
export async function compareWithRecord(
  db: ReadDb,
  found: readonly FileFamily[],
  schools: SchoolsByUrn
): Promise<ComparedFamily[]> {
  const families = found.map(({ key, rows }) => importedFamily(key, rows))
  const digests = await digestsOf(
    db,
    families.map(({ id }) => id)
  )
  const compared: ComparedFamily[] = []
  for (const [index, family] of families.entries()) {
    const digest = digests.get(family.id)
    if (digest === family.digest) compared.push({ family, what: 'known', problems: [] })
    else {
      const problems = [
        ...(digest === undefined ? [] : [{ line: family.line, column: 'family' as const, message: CHANGED }]),
        ...(found[index]?.problems ?? []),
        ...problemsWithFamily(family),
        ...(await withSchools(db, family.rows, schools))
      ]
      compared.push({ family, what: problems.length > 0 ? 'wrong' : 'new', problems })
    }
  }
  return compared
}

const CHANGED =
  'This family is in the record already, with other details. Change it on its page: an import changes nothing'

async function digestsOf(db: ReadDb, ids: Id[]): Promise<ReadonlyMap<Id, string>> {
  const rows = await db
    .select({ id: importedFamilies.id, digest: importedFamilies.digest })
    .from(importedFamilies)
    .where(inArray(importedFamilies.id, ids))
  return new Map(rows.map(({ id, digest }) => [id, digest]))
}

/** Puts the schools of the directory into the rows; who names one that is not there is a problem. */
async function withSchools(
  db: ReadDb,
  rows: readonly ImportedRow[],
  schools: SchoolsByUrn
): Promise<ImportProblem[]> {
  const problems: ImportProblem[] = []
  for (const { line, person, schoolUrn } of rows) {
    if (schoolUrn === '') continue
    if (!schools.has(schoolUrn)) schools.set(schoolUrn, await schoolOf(db, schoolUrn))
    const school = schools.get(schoolUrn)
    if (school) Object.assign(person, { schoolId: school.id, schoolText: school.name })
    else {
      const message = `No school of the directory has the URN ${schoolUrn.slice(0, 10)}. Import the schools first, or leave it empty`
      problems.push({ line, column: 'school_urn', message })
    }
  }
  return problems
}

async function schoolOf(db: ReadDb, urn: string): Promise<{ id: Id; name: string } | undefined> {
  const school = await schoolInForce(db, naturalId('school', urn))
  return school && { id: school.schoolId, name: school.name }
}
