import { isChild, isEmptyStepDownPerson } from './told.ts'
import { needed, type Needed, type StepDownDraft, type StepDownPerson } from './stepDown.ts'

/** What of a version the gate looks at: a draft of it, what was recorded, or a row of a file. */
export type Answers = Omit<StepDownDraft, 'id' | 'stepDownId' | 'basedOn' | 'receivedOn' | 'receivedAt'>

const isBlank = (...texts: string[]): boolean => texts.every((text) => text.trim() === '')

/**
 * What is still needed before a step-down can be triaged, in the order of the form (R47, C7). Whether something that is
 * there can be read is for `problemsWithStepDown`.
 */
export const missingIn = (version: Answers): Needed[] => needed.filter((each) => lacks[each](version))

const childrenOf = ({ people }: Answers) =>
  people.filter((person) => isChild(person) && !isEmptyStepDownPerson(person))

const lacks: Record<Needed, (version: Answers) => boolean> = {
  source: ({ source }) => source === '',
  'sending-team': ({ sendingTeam }) => isBlank(sendingTeam),
  worker: ({ workerName }) => isBlank(workerName),
  contact: ({ workerPhone, workerEmail }) => isBlank(workerPhone, workerEmail),
  'work-completed': ({ workCompletedOn }) => isBlank(workCompletedOn),
  children: (version) => childrenOf(version).length === 0 || childrenOf(version).some(isHalfKnown),
  needs: (version) =>
    childrenOf(version).length === 0 || childrenOf(version).some(({ needs }) => isBlank(needs)),
  areas: ({ areas }) => isBlank(areas),
  tried: ({ tried }) => isBlank(tried),
  agreement: lacksAgreement,
  previous: ({ hadPrevious, previousReference, previousKeyworker }) =>
    hadPrevious === '' || (hadPrevious === 'yes' && isBlank(previousReference, previousKeyworker)),
  'last-plan': ({ lastPlan }) => isBlank(lastPlan),
  risks: ({ risk, risks }) => risk === '' || isBlank(risks),
  'requested-level': ({ requestedLevel }) => requestedLevel === ''
}

/** Statutory social care knows a child's name and date of birth, and when one is expected. */
const isHalfKnown = ({ role, name, birth, expected }: StepDownPerson): boolean =>
  role === 'unborn' ? isBlank(expected) : isBlank(name) || isBlank(birth)

/** R47: the sender has asked the family, and says who agreed, when and to what. */
function lacksAgreement(version: Answers): boolean {
  const { agreement, agreedById, agreedBy, agreedOn, agreedScope } = version
  return agreement !== 'given' || isBlank(agreedById, agreedBy) || isBlank(agreedOn) || isBlank(agreedScope)
}
