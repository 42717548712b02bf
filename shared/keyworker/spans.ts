import type { CivilDate, Id, Instant } from '../ids.ts'
import { addDays } from '../time/london.ts'

export const keyworkerKinds = ['named', 'transfer', 'cover'] as const
export type KeyworkerKind = (typeof keyworkerKinds)[number]

/** The end of a span that has none. */
export const LAST_DAY: CivilDate = '9999-12-31'

/** One row that makes somebody keyworker of an assessment. */
export interface KeyworkerRow {
  id: Id
  practitionerId: Id
  kind: KeyworkerKind
  /** Of a cover: the row of the keyworker who is stood in for; '' otherwise. */
  overId: Id
  validFrom: CivilDate
  /** The last day of a cover; '' otherwise. */
  validTo: CivilDate
  createdAt: Instant
  /** Where it was taken back or ended sooner: the last day on which it counts; '' where it was not. */
  lastDay: CivilDate
}

/** Somebody is the keyworker from one day to another, both included. */
export interface KeyworkerSpan {
  from: CivilDate
  to: CivilDate
  practitionerId: Id
  rowId: Id
  isCover: boolean
}

/**
 * Who is the keyworker of one assessment on which days (R33, L19, R40): a pure function of its rows, the same on every
 * computer in whatever order they came. The spans follow each other without a gap from the first named keyworker's day on
 * and never overlap, so that every day has exactly one.
 *
 * - Whoever is named, or comes by a transfer, is the keyworker until the next one's first day. Of two for the same day the
 *   one recorded later counts.
 * - A cover counts only on days of the very keyworker whom it covers: a transfer in the middle of it ends it, and after its
 *   last day the keyworker is back without anybody doing anything. Of two covers of a day the one recorded later counts.
 * - What was taken back before its first day counts never.
 */
export function keyworkerSpans(rows: readonly KeyworkerRow[]): KeyworkerSpan[] {
  const lasting = rows
    .filter((row) => row.kind !== 'cover' && !isTakenBack(row))
    .toSorted((a, b) => compare(placeOf(a), placeOf(b)))
    .filter(({ validFrom }, index, all) => all[index + 1]?.validFrom !== validFrom)
  return lasting.flatMap((row, index) => {
    const next = lasting[index + 1]
    const to = next ? addDays(next.validFrom, -1) : LAST_DAY
    return withCovers(row, { from: row.validFrom, to }, rows)
  })
}

/** Whose the assessment is on a day; undefined before its first keyworker. */
export const spanOn = <S extends Pick<KeyworkerSpan, 'from' | 'to'>>(
  spans: readonly S[],
  on: CivilDate
): S | undefined => spans.find(({ from, to }) => from <= on && on <= to)

const isTakenBack = ({ validFrom, lastDay }: KeyworkerRow) => lastDay !== '' && lastDay < validFrom

const placeOf = ({ validFrom, createdAt, id }: KeyworkerRow) => `${validFrom} ${createdAt} ${id}`
const recorded = ({ createdAt, id }: KeyworkerRow) => `${createdAt} ${id}`
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const earlier = (a: CivilDate, b: CivilDate) => (a < b ? a : b)
const later = (a: CivilDate, b: CivilDate) => (a > b ? a : b)

interface Days {
  from: CivilDate
  to: CivilDate
}

/** The days of one keyworker, cut where covers begin and end. */
function withCovers(keyworker: KeyworkerRow, days: Days, rows: readonly KeyworkerRow[]): KeyworkerSpan[] {
  const covers = rows
    .filter((row) => row.kind === 'cover' && row.overId === keyworker.id)
    .map((row) => ({
      row,
      from: later(row.validFrom, days.from),
      to: earlier(earlier(row.validTo || LAST_DAY, row.lastDay || LAST_DAY), days.to)
    }))
    .filter(({ from, to }) => from <= to)
    .toSorted((a, b) => compare(recorded(b.row), recorded(a.row)))
  const starts = new Set([days.from, ...covers.map(({ from }) => from)])
  for (const { to } of covers) if (to < days.to) starts.add(addDays(to, 1))
  const spans: KeyworkerSpan[] = []
  for (const from of [...starts].toSorted(compare)) {
    const { id, practitionerId } =
      covers.find((each) => each.from <= from && from <= each.to)?.row ?? keyworker
    const before = spans.at(-1)
    if (before) before.to = addDays(from, -1)
    if (before?.rowId === id) before.to = days.to
    else spans.push({ from, to: days.to, practitionerId, rowId: id, isCover: id !== keyworker.id })
  }
  return spans
}
