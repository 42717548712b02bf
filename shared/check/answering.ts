import type { Id } from '../ids.ts'
import type { Strength } from '../person/match.ts'
import type { checkAnswers, CheckDraft } from './check.ts'

/** Someone of the record who may be a child of the check. */
export interface Likeness {
  strength: Strength
  personId: Id
  /** The open assessment of a family that they belong to; '' where there is none. */
  episodeId: Id
  restricted: boolean
}

export interface Answered {
  answer: (typeof checkAnswers)[number]
  /** '' unless open. */
  episodeId: Id
}

const unclear: Answered = { answer: 'unclear', episodeId: '' }
const none: Answered = { answer: 'none', episodeId: '' }

/**
 * What may be said of the children of a check (R20, R21). Open: they are surely people of exactly one open assessment, and
 * nobody else fits as well. None: nobody who is surely or likely meant has one. Everything else is unclear, and so is a
 * restricted family: nothing is said of it, and the check is passed on. Of each child what may be them.
 */
export function answerOf(children: readonly (readonly Likeness[])[]): Answered {
  const answers = children.map(answerOfChild)
  const open = answers.filter(({ answer }) => answer === 'open')
  if (open.length > 0) {
    const isOne = open.every(({ episodeId }) => episodeId === open[0]?.episodeId)
    return isOne && open[0] ? open[0] : unclear
  }
  return answers.some(({ answer }) => answer === 'unclear') ? unclear : none
}

function answerOfChild(likenesses: readonly Likeness[]): Answered {
  const meant = likenesses.filter(({ strength }) => strength !== 'possible')
  const withOpen = meant.filter(({ episodeId }) => episodeId !== '')
  const [found] = withOpen
  if (!found) return none
  const episodes = new Set(withOpen.map(({ episodeId }) => episodeId))
  const sure = new Set(meant.filter(({ strength }) => strength === 'strong').map(({ personId }) => personId))
  const isSure = sure.size === 1 && withOpen.some(({ personId }) => sure.has(personId))
  const isPlain = isSure && episodes.size === 1 && withOpen.every(({ restricted }) => !restricted)
  return isPlain ? { answer: 'open', episodeId: found.episodeId } : unclear
}

/** What to ask the caller for where the answer is unclear: what is blank for one of the children. */
export function whatToAsk(children: CheckDraft['children']): string[] {
  const isBlank = (field: 'birth' | 'address' | 'upn') => children.some((child) => child[field].trim() === '')
  return [
    ...(isBlank('birth') ? ['date of birth'] : []),
    ...(isBlank('address') ? ['address with postcode'] : []),
    ...(isBlank('upn') ? ['UPN'] : [])
  ]
}
