import { decisions, type Decision } from '../agreement/agreement.ts'

export const decidedLabels: Record<Decision, string> = {
  'not-asked': 'Not yet asked',
  given: 'Agreed',
  refused: 'Refused',
  withdrawn: 'Withdrawn'
}

/** Of a family that came in from another system: what it was asked there, nobody here knows. */
export const NONE_RECORDED = 'None recorded'

const isDecision = (text: string): text is Decision => decisions.some((each) => each === text)

/** What was decided, of a family in the list of them; '' where it may not be told. */
export function agreementOf(agreement: string): string {
  if (agreement === 'none') return NONE_RECORDED
  return isDecision(agreement) ? decidedLabels[agreement] : ''
}
