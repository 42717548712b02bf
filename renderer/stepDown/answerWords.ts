import type { AnsweredProposal } from '../../shared/stepDown/stepDown.ts'

/** What may come of a proposal. */
export type Answer = AnsweredProposal['answer']

interface AnswerAct {
  /** The button that sends it; the same word opens its dialog. */
  label: string
  title: (name: string) => string
  hint: string
  /** Labels of its fields; '' where it has none. */
  who: string
  words: string
  /** What is said when it is done. */
  told: (name: string) => string
}

export const answerActs: Record<Answer, AnswerAct> = {
  accept: {
    label: 'Accept',
    title: (name) => `${name} accepts`,
    hint: '',
    who: 'Who said yes?',
    words: '',
    told: (name) => `${name} accepted. The family has its keyworker.`
  },
  decline: {
    label: 'Decline',
    title: (name) => `${name} declines`,
    hint: 'The step-down goes back to be allocated with its age. The reason stays on their row.',
    who: 'Who said no?',
    words: 'Why did they say no?',
    told: (name) => `${name} declined. Assign somebody else.`
  },
  'take-back': {
    label: 'Take back',
    title: (name) => `Take back that ${name} is assigned`,
    hint: 'The step-down goes back to be allocated with its age. Tell them that it is no longer theirs to answer.',
    who: '',
    words: 'Why is it taken back?',
    told: (name) => `${name} is no longer asked. Assign somebody else.`
  }
}
