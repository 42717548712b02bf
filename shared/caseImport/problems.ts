import type { z } from 'zod'
import type { ExportedNote } from '../export/caseNotesFile.ts'
import type { Id, Instant } from '../ids.ts'
import { FIRST_DAY } from '../note/problems.ts'

/** Something wrong, and where in the item it stands. */
export interface PlacedProblem {
  path: readonly PropertyKey[]
  message: string
}

/** As long as what is typed at a desk may be. In characters. */
const LONGEST = { words: 50_000, childsVoice: 20_000, present: 1_000, restrictedWhy: 1_000 } as const
const LONGEST_NAME = 200
/** People whom a note names, things added to it, files on either. */
const MOST = 200

/** What is not of the shape that the format has, in plain words. */
export function shapeProblem(issue: z.core.$ZodIssue): PlacedProblem {
  const { path } = issue
  switch (issue.code) {
    case 'unrecognized_keys':
      return {
        path: [...path, issue.keys[0]?.slice(0, 40) ?? ''],
        message: 'The format knows nothing of this name'
      }
    case 'invalid_type':
      return {
        path,
        message: issue.input === undefined ? 'It is missing' : 'Here must stand something of another kind'
      }
    case 'invalid_value':
    case 'invalid_union':
      return { path, message: 'It is none of the answers that may stand here' }
    case 'too_small':
    case 'too_big':
      return { path, message: 'The number is too small or too large' }
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
      return { path, message: issue.message }
  }
}

/** What stands between a note of the right shape and the record. */
export function problemsInNote(note: ExportedNote, now: Instant): PlacedProblem[] {
  const { words, happenedAt, recordedAt, familyMaySee, restrictedWhy, addenda } = note
  const { byName, episodeReference, files } = note
  const isLong = (Object.keys(LONGEST) as (keyof typeof LONGEST)[]).filter(
    (key) => note[key].length > LONGEST[key]
  )
  return [
    ...(words.trim() === '' ? [{ path: ['words'], message: 'The note is empty' }] : []),
    ...isLong.map((key) => tooLong([key], LONGEST[key])),
    ...(happenedAt > now ? [{ path: ['happenedAt'], message: 'It is in the future' }] : []),
    ...(happenedAt < FIRST_DAY ? [{ path: ['happenedAt'], message: 'Check the year' }] : []),
    ...problemsWithTime(['recordedAt'], recordedAt, now),
    ...(!familyMaySee && restrictedWhy.trim() === ''
      ? [{ path: ['restrictedWhy'], message: 'It does not say why the family may not see it' }]
      : []),
    ...[{ byName }, { episodeReference }].flatMap((named) =>
      Object.entries(named).flatMap(([key, name]) =>
        name.length > LONGEST_NAME ? [tooLong([key], LONGEST_NAME)] : []
      )
    ),
    ...addenda.flatMap((addendum, index) => [
      ...problemsWithTime(['addenda', index, 'recordedAt'], addendum.recordedAt, now),
      ...(addendum.words.length > LONGEST.words ? [tooLong(['addenda', index, 'words'], LONGEST.words)] : []),
      ...(addendum.byName.length > LONGEST_NAME ? [tooLong(['addenda', index, 'byName'], LONGEST_NAME)] : []),
      ...problemsWithFiles(['addenda', index, 'files'], addendum.files, now)
    ]),
    ...problemsWithFiles(['files'], files, now),
    ...(Math.max(peopleOf(note).length, addenda.length, filesOn(note).length) > MOST
      ? [{ path: [], message: `It has more than ${String(MOST)} people, additions or files` }]
      : [])
  ]
}

const problemsWithFiles = (
  path: PropertyKey[],
  files: ExportedNote['files'],
  now: Instant
): PlacedProblem[] =>
  files.flatMap(({ at, byName }, index) => [
    ...problemsWithTime([...path, index, 'at'], at, now),
    ...(byName.length > LONGEST_NAME ? [tooLong([...path, index, 'byName'], LONGEST_NAME)] : [])
  ])

/** When something was recorded: what is of a time to come would stand above everything for ever. */
const problemsWithTime = (path: PropertyKey[], at: Instant, now: Instant): PlacedProblem[] =>
  at > now || at < FIRST_DAY ? [{ path, message: 'It is in the future, or the year is wrong' }] : []

const tooLong = (path: PropertyKey[], most: number): PlacedProblem => ({
  path,
  message: `It is longer than ${most.toLocaleString('en-GB')} characters`
})

/** Whom a note names, each once. */
export const peopleOf = ({ aboutIds, presentIds }: Pick<ExportedNote, 'aboutIds' | 'presentIds'>): Id[] => [
  ...new Set([...aboutIds, ...presentIds])
]

/** The files on a note and on what was added to it, with what they are on. */
export const filesOn = ({ id, files, addenda }: ExportedNote) => [
  ...files.map((file) => ({ onId: id, file })),
  ...addenda.flatMap((addendum) => addendum.files.map((file) => ({ onId: addendum.id, file })))
]
