import { agreementNow } from '../../shared/agreement/standing.ts'
import type { AgreementRow } from '../../shared/agreement/agreement.ts'
import type { EpisodeRow } from '../../shared/episode/episode.ts'
import type { FamilyRecord } from '../../shared/family/family.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { whoseNow } from '../episode/words.ts'
import { byWords, decidedWords } from '../agreement/words.ts'
import { decidedLabels, NONE_RECORDED } from '../../shared/words/family.ts'
import { showDate } from '../words/dates.ts'
import { plannedLabels } from './chronologyWords.ts'
import type { Names } from './factWords.ts'

/** `Family of Robin Vale, Ada Vale and 2 more`; by its reference where no child is known. */
export function familyTitle(childNames: readonly string[], reference: string): string {
  if (childNames.length === 0) return `Family ${reference}`
  const named = childNames.slice(0, 2).join(childNames.length === 2 ? ' and ' : ', ')
  const more = childNames.length - 2
  return `Family of ${named}${more > 0 ? ` and ${String(more)} more` : ''}`
}

/** What the family agreed to, as it stands: by whom, when, to what, and when it is reviewed. */
export function agreementWords(rows: readonly AgreementRow[], names: Names): string[] {
  const now = agreementNow(rows)
  if (!now) return [NONE_RECORDED]
  if (now.decision === 'not-asked') return [decidedLabels['not-asked']]
  const by = byWords(now, names.person)
  const scope = [now.takePart && 'take part', now.share && 'share'].filter(Boolean).join(' and to ')
  return [
    `${decidedWords(now)}${by ? ` by ${by}` : ''} on ${showDate(now.decidedOn)}`,
    now.decision === 'given' && scope ? `To ${scope}` : '',
    now.throughPersonId && `It stands through ${names.person(now.throughPersonId)}`,
    now.decision === 'given' && now.reviewOn ? `Review on ${showDate(now.reviewOn)}` : ''
  ].filter(Boolean)
}

/** The assessment that is open; undefined where none is (R20). */
export const openEpisode = (episodes: readonly EpisodeRow[]): EpisodeRow | undefined =>
  episodes.find(({ closure }) => !closure)

/** Who has the open assessment on a day, and who will have it next, and how to reach them. */
export function keyworkerWords(episodes: readonly EpisodeRow[], on: CivilDate): string[] {
  const open = openEpisode(episodes)
  if (!open) return ['No assessment is open']
  const lines = whoseNow(open, on)
  return lines.length > 0 ? lines : [`None yet for ${open.reference}`]
}

/** What comes next for the family: a date that was planned, or a review of the agreement. */
export function nextDateWords({
  episodes,
  agreements
}: Pick<FamilyRecord, 'episodes' | 'agreements'>): string {
  const planned = (openEpisode(episodes)?.planned ?? [])
    .filter(({ ending }) => ending === '')
    .map(({ kind, dueOn }) => ({ dueOn, what: plannedLabels[kind] }))
  const now = agreementNow(agreements)
  const review =
    now?.decision === 'given' && now.reviewOn ? [{ dueOn: now.reviewOn, what: 'Review of agreement' }] : []
  const [first] = [...planned, ...review].toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  return first ? `${showDate(first.dueOn)}: ${first.what}` : 'None planned'
}
