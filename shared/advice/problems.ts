import type { FieldError } from '../errors.ts'
import type { CivilDate } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { showDate } from '../time/london.ts'
import type { AdviceDraft } from './advice.ts'

const isBlank = (text: string): boolean => text.trim() === ''

/** L28: an empty day is today. One that cannot be read counts as today until it is put right. */
export const adviceDay = ({ askedOn }: Pick<AdviceDraft, 'askedOn'>, today: CivilDate): CivilDate =>
  readDate(askedOn) || today

/**
 * What stands between what was typed and a record of advice (R41), in the order of the form. A question may wait for its
 * answer. `question`: of an answer, what it answers.
 */
export function problemsWithAdvice(
  draft: AdviceDraft,
  { today, question }: { today: CivilDate; question: { askedOn: CivilDate } | undefined }
): FieldError[] {
  const isAnswer = draft.answersId !== ''
  return [
    ...(isBlank(draft.askedWhom)
      ? [{ path: 'askedWhom', message: isAnswer ? 'Enter who answered' : 'Enter whom you ask' }]
      : []),
    ...problemsWithDay(draft, { today, question }),
    ...(!isAnswer && isBlank(draft.question) ? [{ path: 'question', message: 'Enter what you ask' }] : []),
    ...(isAnswer && isBlank(draft.answer) ? [{ path: 'answer', message: 'Enter what they said' }] : [])
  ]
}

function problemsWithDay(
  { askedOn }: AdviceDraft,
  { today, question }: { today: CivilDate; question: { askedOn: CivilDate } | undefined }
): FieldError[] {
  if (isBlank(askedOn)) return []
  const day = readDate(askedOn)
  if (day === '') return [{ path: 'askedOn', message: 'Enter a date like 23/11/2026' }]
  if (day > today) return [{ path: 'askedOn', message: 'The day cannot be in the future' }]
  return question && day < question.askedOn
    ? [
        {
          path: 'askedOn',
          message: `It was asked on ${showDate(question.askedOn)}: enter that day or a later one`
        }
      ]
    : []
}
