import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ExportedEntry } from '../../shared/export/caseNotesFile.ts'
import { enteredInError, entryLeftOut, type Chosen } from '../../shared/export/leftOut.ts'
import { count, nothingCounted, type Counted, type Exclusion } from '../../shared/export/tally.ts'
import type { ChronologyRow } from '../../shared/family/chronology.ts'
import type { Id } from '../../shared/ids.ts'
import { entrySaid } from '../../shared/words/chronology.ts'
import type { Names } from '../../shared/words/facts.ts'
import { listChronology } from '../family/listChronology.ts'

export interface SelectedChronology {
  /** What happened first comes first. */
  entries: ExportedEntry[]
  counted: Counted
}

/** Judges every entry of the chronology that the exporter may read: of a family, or of one child in it. */
export async function selectChronology(
  store: Store,
  chosen: Chosen,
  about: {
    fates: ReadonlyMap<Id, Exclusion | undefined>
    names: Names
    tellsWithheld: (...texts: string[]) => boolean
  },
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<SelectedChronology> {
  const rows = await everyRow(store, chosen, actor, giveWay)
  const wrong = enteredInError(rows)
  const counted = nothingCounted()
  const entries: ExportedEntry[] = []
  for (const row of rows) {
    const said = entrySaid(row, about.names)
    const why = entryLeftOut(row, chosen, {
      noteLeftOut: (id) => (about.fates.has(id) ? about.fates.get(id) : 'unknown'),
      wrong,
      tellsWithheld: () => about.tellsWithheld(said.what, ...said.details, ...wordsBeside(row))
    })
    count(counted, why)
    if (why === undefined) entries.push(asExported(row, said))
  }
  return { entries, counted }
}

/** What was brought in tells more than its words: it goes as the desk there wrote it. */
const wordsBeside = ({ kind, body }: ChronologyRow): string[] =>
  kind === 'brought-in' ? [body.entry.who, JSON.stringify(body.entry.body)] : []

function asExported(row: ChronologyRow, { who, what, details }: ReturnType<typeof entrySaid>): ExportedEntry {
  const { id, kind, on, recordedAt, byName, personId, episodeId } = row
  const said = { id, kind, on, recordedAt, byName, personId, episodeId, who, what, details }
  // what was brought in is told as it was, of whom it is about here
  if (row.kind === 'brought-in')
    return { ...row.body.entry, personId: personId === '' ? row.body.entry.personId : personId }
  if (row.kind !== 'note') return { ...said, body: row.body }
  const { cameFromId, ...body } = row.body
  return cameFromId === ''
    ? { ...said, body }
    : { ...said, episodeId: cameFromId, body: { ...body, episodeId: cameFromId } }
}

async function everyRow(
  store: Store,
  { familyId, scope, personId }: Chosen,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<ChronologyRow[]> {
  const query = {
    ...{ id: familyId, kinds: [], from: '', to: '' },
    personId: scope === 'child' ? personId : ''
  }
  const newestFirst: ChronologyRow[] = []
  for (let after = ''; ;) {
    const { rows, next } = await store.read((db) => listChronology(db, { ...query, after }, actor))
    newestFirst.push(...rows)
    if (next === '') return newestFirst.reverse()
    after = next
    await giveWay()
  }
}
