import type { FactKind, FactRow, FactValue } from '../family/fact.ts'
import type { Id } from '../ids.ts'
import { readPhone } from '../person/phone.ts'
import { showDate } from '../time/london.ts'
import { answerLabels, educationalSupportLabels, ethnicityLabels, sexLabels } from './labels.ts'

/** What the ids in a fact are called. */
export interface Names {
  person(id: Id): string
  hub(id: Id): string
  account(id: Id): string
}

const with_ = (...parts: string[]): string => parts.filter(Boolean).join('. ')

function withheld(people: readonly Id[], names: Names): string {
  return people.length ? `Withheld from ${people.map((id) => names.person(id)).join(', ')}` : ''
}

const words: { [K in FactKind]: (value: FactValue<K>, names: Names) => string } = {
  name: ({ name }) => name,
  'other-name': ({ name, note }) => with_(name, note),
  birth: ({ date }) => showDate(date),
  'expected-birth': ({ date }) => showDate(date),
  died: ({ date }) => showDate(date),
  sex: ({ sex }) => sexLabels[sex],
  ethnicity: ({ ethnicity, inOwnWords }) => with_(ethnicityLabels[ethnicity], inOwnWords),
  disability: ({ answer, note }) => with_(answerLabels[answer], note),
  'learning-need': ({ answer, note }) => with_(answerLabels[answer], note),
  'educational-needs': ({ support, note }) => with_(educationalSupportLabels[support], note),
  gp: ({ practice, phone }) => with_(practice, phone && readPhone(phone).national),
  language: ({ language, interpreter }) =>
    with_(
      language,
      interpreter === 'not-known'
        ? 'Interpreter: not known'
        : interpreter === 'yes'
          ? 'Interpreter needed'
          : 'No interpreter needed'
    ),
  upn: ({ upn }) => upn,
  address: ({ address, withheldFrom }, names) => with_(address, withheld(withheldFrom, names)),
  phone: ({ number, note, mayLeaveMessage, maySayWho, withheldFrom }, names) =>
    with_(
      readPhone(number).national,
      note,
      mayLeaveMessage ? 'May leave a message' : 'Do not leave a message',
      maySayWho ? 'May say who we are' : 'Do not say who we are',
      withheld(withheldFrom, names)
    ),
  school: ({ name }) => name,
  relation: ({ personId, relation }, names) => relationWords(relation, names.person(personId)),
  warning: ({ text, reviewOn }) => with_(text, `Look at it again on ${showDate(reviewOn)}`),
  hub: ({ hubId }, names) => names.hub(hubId),
  restriction: ({ named, managerId, why }, names) =>
    with_(
      `Open to ${named.map((id) => names.account(id)).join(', ')}`,
      `${names.account(managerId)} is told when somebody else opens it`,
      why
    ),
  'asked-against': ({ name, why }) => with_(name, why)
}

/** What a fact says, in plain words: `4 Mill Lane, Hertford SG14 1AB`. */
export function valueWords<K extends FactKind>(kind: K, value: FactValue<K>, names: Names): string {
  return words[kind](value, names)
}

/** `Mother of Robin Vale`, however it was typed. */
export function relationWords(relation: string, name: string): string {
  const said = relation.trim().replace(/\s+(?:of|to)$/i, '')
  return `${said.charAt(0).toUpperCase()}${said.slice(1)} of ${name}`
}

/** `from 3 May 2026 to 4 June 2026`; '' where neither end is known. */
export function spanWords({ validFrom, validTo }: Pick<FactRow, 'validFrom' | 'validTo'>): string {
  const from = validFrom && `from ${showDate(validFrom)}`
  return [from, validTo && `to ${showDate(validTo)}`].filter(Boolean).join(' ')
}
