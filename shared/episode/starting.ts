import type { RuleCode } from '../rule/rule.ts'
import type { FieldError } from '../errors.ts'
import type { TakenStep } from './episode.ts'

type Started = Extract<TakenStep, { step: 'start' }>

/** "When not to do an assessment", as it was answered before one starts. */
export type Answers = Pick<Started, 'severalAgencies' | 'progressingWell' | 'alreadyIdentified'>

/** One answer that blocks: the field, the rule, and why. */
export interface Block {
  path: keyof Answers
  rule: Extract<RuleCode, 'R2' | 'R3'>
  message: string
}

const blocks: { [K in keyof Answers]: Omit<Block, 'path'> & { blocks: 'yes' | 'no' } } = {
  severalAgencies: {
    rule: 'R2',
    blocks: 'no',
    message: 'One service can meet these needs, so no assessment is needed'
  },
  progressingWell: {
    rule: 'R3',
    blocks: 'yes',
    message: 'No assessment is needed for children who are progressing well'
  },
  alreadyIdentified: {
    rule: 'R3',
    blocks: 'yes',
    message: 'No assessment is needed for needs that have been identified already'
  }
}

/** What speaks against starting (R2, R3; S0, S1, S2), in the order of the form. An unanswered question blocks nothing yet. */
export const blocksOf = (answers: Partial<Record<keyof Answers, string>>): Block[] =>
  (Object.keys(blocks) as (keyof Answers)[])
    .filter((path) => answers[path] === blocks[path].blocks)
    .map((path) => ({ path, rule: blocks[path].rule, message: blocks[path].message }))

/**
 * What stands between the answers and the start. A manager may let it start all the same, with the reason (C12); to anybody
 * else it is told who may.
 */
export function problemsWithStarting(
  step: Answers & Pick<Started, 'overrideReason'>,
  mayOverride: boolean
): FieldError[] {
  const found = blocksOf(step)
  if (found.length === 0) return []
  if (!mayOverride)
    return found.map(({ path, message }) => ({
      path,
      message: `${message}. A triage manager or a coordinator may let it start, with the reason`
    }))
  return step.overrideReason.trim() === ''
    ? [{ path: 'overrideReason', message: 'Enter why it starts all the same' }]
    : []
}
