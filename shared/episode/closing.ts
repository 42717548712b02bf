import type { FieldError } from '../errors.ts'
import type { CivilDate, Id } from '../ids.ts'
import { readDate } from '../time/civilDate.ts'
import { showDate } from '../time/london.ts'
import type { ClosingDraft, ClosureKind } from './episode.ts'

/** What the end of an assessment is checked against. */
export interface AboutClosing {
  today: CivilDate
  /** The day on which it began, or on which it was last taken up again. */
  openSince: CivilDate
  /** Outcomes of the plan that have not ended, in the order of the plan. */
  openOutcomeIds: readonly Id[]
  openActionIds: readonly Id[]
}

const isBlank = (text: string): boolean => text.trim() === ''

/** A form that nobody has typed in: nothing of it is stored before the first keystroke (L4). */
export const emptyClosing = (
  ids: Pick<ClosingDraft, 'id' | 'familyId' | 'episodeId' | 'kind'>
): ClosingDraft => ({
  ...ids,
  closedOn: '',
  closureReason: '',
  couldTransfer: '',
  transferNote: '',
  stepOutAdvice: '',
  note: '',
  outcomes: [],
  told: [],
  goesOn: []
})

/** L28: an empty day is today. */
export const closingDay = ({ closedOn }: Pick<ClosingDraft, 'closedOn'>, today: CivilDate): CivilDate =>
  readDate(closedOn) || today

type Row = ClosingDraft['told'][number] | ClosingDraft['goesOn'][number]
/** A row in which nothing was typed is none. */
const isTyped = (row: Row): boolean =>
  !isBlank(row.who) || !isBlank(row.words) || ('actionId' in row && row.actionId !== '')

const endWords: Record<ClosureKind, { reason: string; told: string }> = {
  closed: {
    reason: 'Enter why the assessment is closed',
    told: 'Enter who is told that the assessment is closed'
  },
  'stepped-up': {
    reason: 'Enter why the assessment is stepped up',
    told: 'Enter who is told that the assessment is stepped up'
  }
}

/**
 * What stands between what was typed and the end of an assessment, in the order of the form. Closing asks whether it could
 * be transferred instead (R35) and what the family is told for the time after; stepping up lists the work that goes on, or
 * says that none does (R45). Every open outcome of the plan gets its result. Paths are those of `ClosingDraft`.
 */
export function problemsWithClosing(draft: ClosingDraft, about: AboutClosing): FieldError[] {
  const { kind } = draft
  return [
    ...problemsWithDay(draft, about),
    ...demanded(draft, 'closureReason', endWords[kind].reason),
    ...(kind === 'closed' ? problemsWithTransfer(draft) : []),
    ...problemsWithOutcomes(draft, about),
    ...(kind === 'stepped-up' ? problemsWithGoingOn(draft, about) : []),
    ...(kind === 'closed'
      ? demanded(draft, 'stepOutAdvice', 'Enter what the family is told for the time after')
      : []),
    ...problemsWithTelling(draft)
  ]
}

const demanded = (
  draft: ClosingDraft,
  path: 'closureReason' | 'transferNote' | 'stepOutAdvice',
  message: string
): FieldError[] => (isBlank(draft[path]) ? [{ path, message }] : [])

function problemsWithDay(draft: ClosingDraft, { today, openSince }: AboutClosing): FieldError[] {
  const path = 'closedOn'
  if (!isBlank(draft.closedOn) && readDate(draft.closedOn) === '')
    return [{ path, message: 'Enter a date like 23/11/2026' }]
  const on = closingDay(draft, today)
  if (on > today) return [{ path, message: 'The day cannot be in the future' }]
  return on < openSince
    ? [{ path, message: `Enter a day from ${showDate(openSince)} on, since when it has been open` }]
    : []
}

function problemsWithTransfer(draft: ClosingDraft): FieldError[] {
  if (draft.couldTransfer === '')
    return [{ path: 'couldTransfer', message: 'Choose whether it could go on with another keyworker' }]
  return demanded(
    draft,
    'transferNote',
    draft.couldTransfer === 'yes'
      ? 'Enter how it could go on, and why it is closed all the same'
      : 'Enter why it could not'
  )
}

function problemsWithOutcomes({ outcomes }: ClosingDraft, { openOutcomeIds }: AboutClosing): FieldError[] {
  const listed = new Set(outcomes.map(({ outcomeId }) => outcomeId))
  const missing = openOutcomeIds.some((id) => !listed.has(id))
  return [
    ...outcomes.flatMap(({ outcomeId, result, words }, index): FieldError[] => {
      const path = `outcomes.${String(index)}`
      if (!openOutcomeIds.includes(outcomeId))
        return [{ path: `${path}.result`, message: 'This outcome has ended. Take it off the list' }]
      if (result === '') return [{ path: `${path}.result`, message: 'Choose what became of this outcome' }]
      return isBlank(words)
        ? [{ path: `${path}.words`, message: 'Enter what changed, and how one can tell' }]
        : []
    }),
    ...(missing ? [{ path: 'outcomes', message: 'Say of every outcome of the plan what became of it' }] : [])
  ]
}

function problemsWithGoingOn({ goesOn, note }: ClosingDraft, { openActionIds }: AboutClosing): FieldError[] {
  const problems = goesOn.flatMap((row, index): FieldError[] => {
    if (!isTyped(row)) return []
    const path = `goesOn.${String(index)}`
    if (row.actionId !== '' && !openActionIds.includes(row.actionId))
      return [{ path: `${path}.words`, message: 'This action has ended. Take it off the list' }]
    if (isBlank(row.words)) return [{ path: `${path}.words`, message: 'Enter what goes on' }]
    return isBlank(row.who) ? [{ path: `${path}.who`, message: 'Enter who goes on with it' }] : []
  })
  return goesOn.some(isTyped) || !isBlank(note)
    ? problems
    : [{ path: 'note', message: 'Enter the work that goes on, or say here why none does' }]
}

function problemsWithTelling({ told, kind }: ClosingDraft): FieldError[] {
  if (!told.some(isTyped)) return [{ path: 'told.0.who', message: endWords[kind].told }]
  return told.flatMap((row, index) =>
    isTyped(row) && isBlank(row.who)
      ? [{ path: `told.${String(index)}.who`, message: 'Enter who is told' }]
      : []
  )
}

/** The columns of a closure that somebody typed, and of what belongs to it, in the order of the form. */
export interface SaidInClosing {
  closure: {
    kind: ClosureKind
    closedOn: CivilDate
    closureReason: string
    couldTransfer: '' | 'yes' | 'no'
    transferNote: string
    stepOutAdvice: string
    note: string
  }
  parts: {
    kind: 'told' | 'outcome' | 'goes-on'
    position: number
    aboutId: Id
    result: '' | 'met' | 'partly' | 'not-met'
    who: string
    words: string
  }[]
}

/** What a form says that can be filed; `on` is the day for an empty one. What its kind does not ask for is left out. */
export function saidInClosing(draft: ClosingDraft, on: CivilDate): SaidInClosing {
  const { kind } = draft
  const isClosed = kind === 'closed'
  const outcomes = draft.outcomes.map(({ outcomeId, result, words }) => ({
    ...{ kind: 'outcome' as const, aboutId: outcomeId, result, who: '', words }
  }))
  const goesOn = (isClosed ? [] : draft.goesOn).filter(isTyped).map(({ actionId, who, words }) => ({
    ...{ kind: 'goes-on' as const, aboutId: actionId, result: '' as const, who, words }
  }))
  const told = draft.told.filter(isTyped).map(({ who, words }) => ({
    ...{ kind: 'told' as const, aboutId: '', result: '' as const, who, words }
  }))
  return {
    closure: {
      kind,
      closedOn: closingDay(draft, on),
      closureReason: draft.closureReason.trim(),
      couldTransfer: isClosed ? draft.couldTransfer : '',
      transferNote: isClosed ? draft.transferNote.trim() : '',
      stepOutAdvice: draft.stepOutAdvice.trim(),
      note: draft.note.trim()
    },
    parts: [...outcomes, ...goesOn, ...told].map((part, position) => ({
      ...part,
      position,
      who: part.who.trim(),
      words: part.words.trim()
    }))
  }
}

/** Why what was planned ended with the assessment, as the record keeps it. */
export const cancelledBecause: Record<ClosureKind, string> = {
  closed: 'The assessment was closed',
  'stepped-up': 'The assessment was stepped up'
}
