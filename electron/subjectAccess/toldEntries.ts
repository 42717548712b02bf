import type { ToldRecord } from '../../shared/export/told.ts'
import type { ChronologyRow } from '../../shared/family/chronology.ts'
import { entrySaid } from '../../shared/words/chronology.ts'
import type { Names } from '../../shared/words/facts.ts'
import { entriesById } from '../family/listChronology.ts'
import type { Teller } from './tellers.ts'

/** Entries of the chronology. What is withheld says that it is, and no more, whoever asks. */
export const toldEntries: Teller = ({ db, subject: { keptId, withheld, names }, actor }, refs) => {
  const ids = refs.map(({ id }) => id)
  return Promise.resolve(entriesById(db, ids, keptId, withheld, actor).map((row) => toldEntry(row, names)))
}

function toldEntry(row: ChronologyRow, names: Names): ToldRecord {
  const { who, what, details } = entrySaid(row, names)
  return {
    ...{ id: row.id, kind: 'entry', reference: '', title: 'Entry of the chronology' },
    ...{ on: row.on, recordedAt: row.recordedAt, byName: row.byName },
    texts: [
      { path: 'who', label: 'About', text: who },
      { path: 'what', label: 'What happened', text: what },
      ...details.map((text, index) => ({ path: `details.${String(index)}`, label: 'What was written', text }))
    ],
    files: []
  }
}
