import type { ChronologyKind, ChronologyRow } from '../../shared/family/chronology.ts'
import { entrySaid, type Said as SaidOfEntry } from '../../shared/words/chronology.ts'
import type { EpisodePart } from '../episode/parts.ts'
import type { Names } from './factWords.ts'

export { plannedLabels } from '../../shared/words/chronology.ts'

/** One entry of the chronology on the screen. */
interface Said extends SaidOfEntry {
  /** Where it can be read whole; '' where that is here. */
  path: string
}

/** The part of an assessment's page that tells more of what happened in it. */
const parts: Partial<Record<ChronologyKind, EpisodePart>> = {
  ...{ episode: 'overview', step: 'overview', level: 'overview', override: 'overview' },
  ...{
    keyworker: 'overview',
    cover: 'overview',
    transfer: 'team',
    'step-up': 'ending',
    closing: 'ending',
    reopening: 'ending',
    date: 'team',
    team: 'team'
  },
  ...{ meeting: 'team', note: 'notes', assessment: 'assessment', plan: 'plan' }
}

function partOf(row: ChronologyRow): EpisodePart | undefined {
  if (row.kind === 'episode' && !row.body.began) return 'ending'
  // a transfer or a request for funding stands on the family's page
  if (row.kind === 'date' && row.body.kind !== 'meeting') return undefined
  return parts[row.kind]
}

function pathOf(row: ChronologyRow): string {
  if (row.kind === 'call') return `/calls/${row.body.callId}`
  if (row.kind === 'step-down') return `/triage/${row.body.stepDownId}`
  if (row.kind === 'letter') return `/families/${row.body.familyId}/letters/${row.id}`
  const part = partOf(row)
  if (!part || row.episodeId === '') return ''
  const noteId = row.kind === 'note' ? row.body.addsTo || row.id : ''
  return `/assessments/${row.episodeId}/${part}${noteId && `?note=${noteId}`}`
}

/** What an entry says, and where more of it stands. `names` resolves the ids that it holds. */
export const chronologyWords = (row: ChronologyRow, names: Names): Said => ({
  ...entrySaid(row, names),
  path: pathOf(row)
})
