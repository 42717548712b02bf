import { newId } from '../../shared/ids.ts'
import type { Operation } from '../../shared/ipc/operations.ts'
import type { StepDownRecord } from '../../shared/stepDown/record.ts'

/** What is done next with a step-down: a form of its own, or a part of its page. */
interface NextAct {
  label: string
  /** Where its form is; undefined where it is done in `part`. */
  path?: () => string
  /** The heading of the part of the page. */
  part: string
}

/** By the list that it stands in; undefined where nothing is left, or somebody else does it. */
export function nextActOf(
  { id, state, mayDo }: Pick<StepDownRecord, 'id' | 'state' | 'mayDo'>,
  may: (operation: Operation) => boolean
): NextAct | undefined {
  const form = (kind: 'receive' | 'return' | 'decision') => () => `/triage/${id}/${kind}/${newId()}`
  if (state === 'received' && mayDo.includes('return') && may('stepDown.return'))
    return { label: 'Send back to the sender', path: form('return'), part: 'step-down-told' }
  if (state === 'waiting' && may('stepDown.receive'))
    return { label: 'Add what the sender told', path: form('receive'), part: 'step-down-told' }
  if (state === 'to-triage' && may('stepDown.decide'))
    return { label: 'Record decision', path: form('decision'), part: 'step-down-decision' }
  if (state === 'to-allocate' && may('stepDown.propose'))
    return { label: 'Assign keyworker', part: 'step-down-keyworker' }
  if (state === 'allocated' && may('stepDown.answer'))
    return { label: 'Record the keyworker’s answer', part: 'step-down-keyworker' }
  return undefined
}
