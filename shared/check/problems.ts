import { isEmptyChild } from '../call/problems.ts'
import type { FieldError } from '../errors.ts'
import type { CivilDate } from '../ids.ts'
import { readBirth } from '../person/birth.ts'
import { readDate } from '../time/civilDate.ts'
import type { CheckDraft } from './check.ts'

const isBlank = (text: string): boolean => text.trim() === ''

/**
 * What stands between a draft and a check that is begun, in the order of the page. R18, S1: agreement to the check comes
 * first: who, when, how. R19: who asks works somewhere that the directory has.
 */
export function problemsWithCheck(draft: CheckDraft, today: CivilDate): FieldError[] {
  return [
    ...problemsWithAgreeing(draft, today),
    ...problemsWithCaller(draft),
    ...problemsWithChecked(draft.children, today)
  ]
}

function problemsWithAgreeing(draft: CheckDraft, today: CivilDate): FieldError[] {
  const problems: FieldError[] = []
  if (isBlank(draft.agreedBy)) problems.push({ path: 'agreedBy', message: 'Enter who agreed to this check' })
  const agreedOn = readDate(draft.agreedOn)
  if (agreedOn === '') problems.push({ path: 'agreedOn', message: 'Enter when they agreed, like 23/11/2026' })
  else if (agreedOn > today) {
    problems.push({ path: 'agreedOn', message: 'They cannot have agreed on a day that is still to come' })
  }
  if (draft.agreedHow === '') problems.push({ path: 'agreedHow', message: 'Choose how they agreed' })
  return problems
}

function problemsWithCaller(draft: CheckDraft): FieldError[] {
  const problems: FieldError[] = []
  if (isBlank(draft.callerName)) problems.push({ path: 'callerName', message: 'Enter the caller’s name' })
  if (draft.employer === '' || draft.employerId === '') {
    problems.push({
      path: 'employerId',
      message: isBlank(draft.employerText)
        ? 'Enter where the caller works'
        : 'Choose the agency or school from the list, or add it to the directory first'
    })
  }
  return problems
}

/** The children of a check, as they are told at first and whenever more is asked. */
export function problemsWithChecked(children: CheckDraft['children'], today: CivilDate): FieldError[] {
  const told = children.filter((child) => !isEmptyChild(child))
  if (told.length === 0) return [{ path: 'children.0.name', message: 'Enter the child’s name' }]
  return children.flatMap((child, index) => {
    if (isEmptyChild(child)) return []
    const birth = readBirth(child.birth, today)
    return [
      ...(isBlank(child.name) ? [{ path: `children.${index}.name`, message: 'Enter the child’s name' }] : []),
      ...(birth.kind === 'unreadable' ? [{ path: `children.${index}.birth`, message: birth.message }] : [])
    ]
  })
}
