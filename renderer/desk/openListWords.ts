import type { EpisodeLine, OpenList } from '../../shared/episode/episode.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import { dueLabels } from '../episode/steps.ts'
import { dueOnWords } from './dueWords.ts'

export const openListWords: Record<OpenList, { title: string; empty: string }> = {
  unowned: { title: 'Nobody owns it', empty: 'Every open assessment has a keyworker.' },
  'no-next-action': {
    title: 'No next action',
    empty: 'Something is planned next in every open assessment.'
  },
  overdue: { title: 'Overdue', empty: 'Nothing is overdue in any open assessment.' }
}

/** The children; of a family that is restricted its assessment's number stands alone. */
export const openLineName = ({ childNames, reference }: EpisodeLine): string =>
  childNames || `Assessment ${reference}`

/** `Assessment finalised: overdue, was due 31 August 2026` */
export const overdueWords = ({ rule, dueOn }: EpisodeLine['overdue'][number], today: CivilDate): string =>
  `${dueLabels[rule]}: ${lower(dueOnWords(dueOn, today).text)}`

/** What else there is to know of it, a line each: `Open since 10 August 2026`, `Keyworker Priya Shah`. */
export function openLineWords(list: OpenList, line: EpisodeLine): string[] {
  const keyworker = line.keyworkerName ? `Keyworker ${line.keyworkerName}` : ''
  const open = `Open since ${showDate(line.registeredOn)}`
  switch (list) {
    case 'unowned':
      return [open]
    case 'no-next-action': {
      const note = line.lastNoteAt ? `Last case note ${showDate(londonDate(line.lastNoteAt))}` : ''
      return [[open, note].filter(Boolean).join('. '), keyworker].filter(Boolean)
    }
    case 'overdue':
      return [keyworker].filter(Boolean)
  }
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
