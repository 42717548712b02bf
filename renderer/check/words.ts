import type { agreedHows, CheckRecord, CheckState, IdentityMethod } from '../../shared/check/check.ts'

export const stateLabels: Record<CheckState, string> = {
  'to-identify': 'To be called back',
  identified: 'Called back, not answered',
  answered: 'Answered',
  disclosed: 'Disclosed',
  'passed-on': 'Passed on',
  ended: 'Ended'
}

export const agreedHowLabels: Record<(typeof agreedHows)[number], string> = {
  verbally: 'Verbally',
  'in-writing': 'In writing',
  'by-phone': 'By phone',
  'by-email': 'By email'
}

/** The ways beside the call back, which come with a reason. */
export const otherMethodLabels: Record<Exclude<IdentityMethod, 'call-back'>, string> = {
  'council-network': 'They rang or wrote from the council’s own network',
  'seen-in-person': 'I saw them in person, with a work badge',
  'known-to-colleague': 'A colleague knows them and told me so'
}

type Try = CheckRecord['tries'][number]

const wayWords: Record<IdentityMethod, string> = {
  'call-back': 'Called back',
  'council-network': 'From the council’s own network',
  'seen-in-person': 'Seen in person',
  'known-to-colleague': 'Known to a colleague'
}

const resultWords: Record<Try['result'], string> = {
  passed: 'it is them',
  failed: 'they are not known there',
  'no-answer': 'no answer'
}

/** "Called back 01632 960333, asked for Sam Okoro: no answer" */
export function tryWords({ method, number, personAskedFor, result }: Try): string {
  const way = number === '' ? wayWords[method] : `${wayWords[method]} ${number}`
  return `${way}, asked for ${personAskedFor}: ${resultWords[result]}`
}

export const answerLabels: Record<NonNullable<CheckRecord['answer']>['answer'], string> = {
  open: 'An assessment is open',
  none: 'None is open',
  unclear: 'Unclear'
}

/** "date of birth, address with postcode and UPN" */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${last}` : last
}
