import { z } from 'zod'
import { lines, otherKinds, outcomes } from '../call/call.ts'
import { CHILDRENS_SERVICES, POLICE } from '../call/danger.ts'
import type { FieldError } from '../errors.ts'
import type { CivilDate } from '../ids.ts'
import { hasLooseBraces, unknownFields } from '../letter/fields.ts'
import { letterFields } from '../letter/letter.ts'
import { isTriageLetterKind, triageLetterFields, triageLetterKinds } from '../stepDown/letter.ts'
import { isRealDate } from '../time/london.ts'
import { ONS_CODE, settingValues, type SettingKind } from './setting.ts'

/** Children's Services' number with its last two pairs swapped, as one of the documents misprints it (R8). */
const MISPRINT = /0300\W*123\W*40\W*34/

/**
 * Why a new dated row cannot be taken, next to the field of `setting.change` to put right. A row begins today or later,
 * never in the past: a filed call is stamped with the rules that were in force, and those must not change under it.
 * `validTo` is '' for a row without an end.
 */
export function settingProblems(
  kind: SettingKind,
  key: string,
  value: unknown,
  validFrom: CivilDate,
  validTo: string,
  today: CivilDate
): FieldError[] {
  return [
    ...keyProblems(kind, key, today),
    ...valueProblems(kind, key, value),
    ...dateProblems(kind, key, validFrom, validTo, today)
  ]
}

const oneOf =
  (...keys: readonly string[]) =>
  (key: string): string =>
    keys.includes(key) ? '' : 'Choose one from the list'
const shaped = (shape: RegExp, message: string) => (key: string) => (shape.test(key) ? '' : message)
const plainKey = shaped(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use small letters, digits and dashes')

const keyProblem: Record<SettingKind, (key: string) => string> = {
  'opening-hours': oneOf('hub'),
  'closed-day': (key) => (isRealDate(key) ? '' : 'Enter the day that is closed'),
  'hub-callers': oneOf('hub'),
  line: oneOf(...lines),
  'contact-number': plainKey,
  signpost: oneOf(...otherKinds),
  'level-of-need': plainKey,
  outcome: oneOf(...outcomes),
  district: shaped(ONS_CODE, 'Enter the district’s ONS code, like E07000242'),
  'local-hub': (key) => (z.uuid().safeParse(key).success ? '' : 'This is not a local hub'),
  locking: oneOf('desk'),
  'follow-up': oneOf('hub'),
  'postcode-area': shaped(/^[A-Z]{1,2}\d[A-Z\d]?$/, 'Enter the first half of the postcode, like SG14'),
  agreement: oneOf('hub'),
  assessment: oneOf('hub'),
  'note-template': plainKey,
  neighbour: plainKey,
  caseload: oneOf('hub'),
  triage: oneOf('hub'),
  term: (key) => (isRealDate(key) ? '' : 'Enter the first day of the term'),
  'letter-template': plainKey,
  'triage-letter': oneOf(...triageLetterKinds),
  screen: oneOf('desk')
}

function keyProblems(kind: SettingKind, key: string, today: CivilDate): FieldError[] {
  const message = keyProblem[kind](key)
  if (message !== '') return [{ path: 'key', message }]
  if (kind === 'closed-day' && key < today) {
    return [{ path: 'key', message: 'The day that is closed must be today or later' }]
  }
  return []
}

function valueProblems(kind: SettingKind, key: string, value: unknown): FieldError[] {
  const read = settingValues[kind].safeParse(value)
  if (!read.success) {
    return read.error.issues.map((issue) => ({
      path: ['value', ...issue.path].join('.'),
      message: issue.message
    }))
  }
  if (MISPRINT.test(JSON.stringify(read.data))) {
    return [{ path: 'value', message: `Children’s Services’ number is ${CHILDRENS_SERVICES}` }]
  }
  if (kind === 'signpost' && 'text' in read.data && !isSafeSignpost(read.data.text)) {
    return [{ path: 'value.text', message: `Say to call ${CHILDRENS_SERVICES}, and ${POLICE} in danger` }]
  }
  if (kind === 'term' && 'lastDay' in read.data && read.data.lastDay < key) {
    return [{ path: 'value.lastDay', message: 'The last day must be on or after the first' }]
  }
  if (kind === 'letter-template') return letterProblems(settingValues[kind].parse(value), letterFields)
  if (kind === 'triage-letter' && isTriageLetterKind(key)) {
    return letterProblems(settingValues[kind].parse(value), triageLetterFields[key])
  }
  if ('number' in read.data && read.data.number === '' && ['police', 'childrens-services'].includes(key)) {
    return [{ path: 'value.number', message: 'This number cannot be left empty' }]
  }
  return []
}

/** A letter names only what the record can fill in. */
function letterProblems(
  { subject, text }: { subject: string; text: string },
  fields: readonly string[]
): FieldError[] {
  const problem = (path: string, words: string): FieldError[] => {
    const unknown = unknownFields(words, fields)
    if (unknown.length > 0) return [{ path, message: `A letter cannot fill in ${unknown.join(', ')}` }]
    return hasLooseBraces(words)
      ? [{ path, message: `Write a field between double braces: {{${fields[0] ?? ''}}}` }]
      : []
  }
  return [...problem('value.subject', subject), ...problem('value.text', text)]
}

/** R13, R14: whoever is turned away is always told both numbers. */
const isSafeSignpost = (text: string): boolean =>
  text.replace(/\s/g, '').includes(CHILDRENS_SERVICES.replace(/\s/g, '')) && /\b999\b/.test(text)

function dateProblems(
  kind: SettingKind,
  key: string,
  validFrom: CivilDate,
  validTo: string,
  today: CivilDate
): FieldError[] {
  const problems: FieldError[] = []
  if (validFrom < today) problems.push({ path: 'validFrom', message: 'Choose today or a later day' })
  if (validTo !== '' && validTo < validFrom) {
    problems.push({ path: 'validTo', message: 'The last day must be on or after the first' })
  }
  if (kind === 'closed-day' && isRealDate(key) && key >= today) {
    if (validFrom > key)
      problems.push({ path: 'validFrom', message: 'Choose the closed day or one before it' })
    if (validTo !== '' && validTo < key) {
      problems.push({ path: 'validTo', message: 'Choose the closed day or one after it' })
    }
  }
  return problems
}
