import type { FieldError } from '../errors.ts'
import type { Id } from '../ids.ts'
import { fieldsLeft, hasLooseBraces } from './fields.ts'
import type { LetterDraft } from './letter.ts'

const isBlank = (text: string): boolean => text.trim() === ''

/**
 * What stands between what was typed and a letter, in the order of the form. `templates`: the keys of the letters in force
 * today. `people`: who belongs to the family today. A letter with a field left in it is never made.
 */
export function problemsWithLetter(
  draft: LetterDraft,
  { templates, people }: { templates: readonly string[]; people: readonly Id[] }
): FieldError[] {
  const problems: FieldError[] = []
  if (!templates.includes(draft.template)) problems.push({ path: 'template', message: 'Choose a letter' })
  if (draft.toPersonId !== '' && !people.includes(draft.toPersonId))
    problems.push({ path: 'toPersonId', message: 'Choose somebody who belongs to the family' })
  if (isBlank(draft.toName)) problems.push({ path: 'toName', message: 'Enter how the letter addresses them' })
  return [
    ...problems,
    ...problemsWithWords('subject', draft.subject, 'Enter what the letter is about'),
    ...problemsWithWords('body', draft.body, 'Enter the letter')
  ]
}

/** A letter with a field left in it, or with braces that would be printed, is never made. */
export function problemsWithWords(path: 'subject' | 'body', text: string, empty: string): FieldError[] {
  if (isBlank(text)) return [{ path, message: empty }]
  const left = fieldsLeft(text)
  if (left.length > 0) return [{ path, message: `Fill in or take out ${left.join(', ')}` }]
  return hasLooseBraces(text) ? [{ path, message: 'Take out the double braces' }] : []
}
