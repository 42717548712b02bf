import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/export/canonical.ts'
import type {
  ExportedAssessment,
  ExportedEntry,
  ExportedNote,
  ExportedPerson,
  ExportedPlan
} from '../../shared/export/caseNotesFile.ts'
import type { ToldRecord } from '../../shared/export/told.ts'

/**
 * The items of an export as canonical JSON, told in the order of its keys, so that it is never whole in memory: each answers
 * with the text that it adds.
 */
export interface CanonicalItems {
  begin(assessments: readonly ExportedAssessment[]): string
  entries(entries: readonly ExportedEntry[]): string
  /** Every entry of the chronology was told before. */
  notes(notes: readonly ExportedNote[]): string
  end(
    people: readonly ExportedPerson[],
    plans: readonly ExportedPlan[],
    records: readonly ToldRecord[]
  ): string
  /** Of all that was told, in hexadecimal: at the end, once. */
  sha256(): string
}

export function canonicalItems(): CanonicalItems {
  const hash = createHash('sha256')
  let comma = ''
  let areNotesBegun = false
  const told = (text: string): string => {
    hash.update(text)
    return text
  }
  const listed = (values: readonly unknown[]): string => {
    const text = values.map(canonicalJson).join(',')
    const before = text === '' ? '' : comma
    if (text !== '') comma = ','
    return before + text
  }
  const beginNotes = (): string => {
    if (areNotesBegun) return ''
    areNotesBegun = true
    comma = ''
    return '],"notes":['
  }
  return {
    begin: (assessments) => told(`{"assessments":${canonicalJson(assessments)},"chronology":[`),
    entries: (entries) => told(listed(entries)),
    notes: (notes) => told(`${beginNotes()}${listed(notes)}`),
    end: (people, plans, records) =>
      told(
        `${beginNotes()}],"people":${canonicalJson(people)},"plans":${canonicalJson(plans)},"records":${canonicalJson(records)}}`
      ),
    sha256: () => hash.digest('hex')
  }
}
