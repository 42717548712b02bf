import { lines, otherKinds, outcomes, type Line, type OtherKind, type Outcome } from '../call/call.ts'
import type { ReferralAnswer } from '../call/loop.ts'
import type { Id } from '../ids.ts'
import { londonHourReader } from './londonHour.ts'
import { mondaysOf } from './period.ts'
import type { CallReport, ReportRange } from './report.ts'

/** What a report knows of a call. */
export interface CountedCall {
  /** The UTC hour in which it took place, `2026-06-30T23`. */
  utcHour: string
  line: Line
  outcome: Outcome
  level: string
  inHours: boolean
  turnedAway: boolean
  otherKind: OtherKind | ''
  /** '' where the call came from no school. */
  schoolId: Id
  /** The last answer to "Did they refer?"; '' where the call did not end with the contact form. */
  referral: ReferralAnswer | 'unanswered' | ''
}

/** The part of the directory that a report names, as it is today. */
export interface NamedSchool {
  name: string
  town: string
  district: string
}

/** Takes calls one after the other, in any order, and makes the report of them. */
export interface CallCount {
  add(call: CountedCall): void
  schoolIds(): Id[]
  report(schools: ReadonlyMap<Id, NamedSchool>): CallReport
}

export function countCalls(range: ReportRange): CallCount {
  const londonHour = londonHourReader()
  let total = 0
  const byMonday = tally<string>()
  const byHour = tally<number>()
  const byLine = tally<Line>()
  const bySchool = tally<Id>()
  const byLevel = tally<string>()
  const byOutcome = tally<Outcome>()
  const byHours = tally<boolean>()
  const byKind = tally<OtherKind | ''>()
  const byReferral = tally<CountedCall['referral']>()

  function add(call: CountedCall): void {
    const { monday, weekday, hour } = londonHour(call.utcHour)
    total += 1
    byMonday.add(monday)
    byHour.add(weekday * 24 + hour)
    byLine.add(call.line)
    bySchool.add(call.schoolId)
    byLevel.add(call.level)
    byOutcome.add(call.outcome)
    byHours.add(call.inHours)
    if (call.turnedAway) byKind.add(call.otherKind)
    byReferral.add(call.referral)
  }

  return {
    add,
    schoolIds: () => bySchool.entries().flatMap(([schoolId]) => (schoolId === '' ? [] : [schoolId])),
    report(schools) {
      const byDistrict = tally<string>()
      for (const [schoolId, calls] of bySchool.entries())
        byDistrict.add(schools.get(schoolId)?.district ?? '', calls)
      const kinds = byKind.of('') > 0 ? [...otherKinds, '' as const] : otherKinds
      return {
        ...range,
        total,
        byWeek: mondaysOf(range).map((monday) => ({ monday, calls: byMonday.of(monday) })),
        byHour: byHour
          .entries()
          .sort(([a], [b]) => a - b)
          .map(([key, calls]) => ({ weekday: Math.floor(key / 24), hour: key % 24, calls })),
        byLine: lines.map((line) => ({ line, calls: byLine.of(line) })),
        bySchool: bySchool
          .mostFirst()
          .filter(([schoolId]) => schoolId !== '')
          .map(([schoolId, calls]) => ({ schoolId, ...nameOf(schools.get(schoolId)), calls })),
        byDistrict: byDistrict.mostFirst().map(([district, calls]) => ({ district, calls })),
        byLevel: byLevel.mostFirst().map(([level, calls]) => ({ level, calls })),
        byOutcome: outcomes.map((outcome) => ({ outcome, calls: byOutcome.of(outcome) })),
        inHours: byHours.of(true),
        outOfHours: byHours.of(false),
        turnedAway: byKind.entries().reduce((sum, [, calls]) => sum + calls, 0),
        turnedAwayByKind: kinds.map((otherKind) => ({ otherKind, calls: byKind.of(otherKind) })),
        referrals: {
          yes: byReferral.of('yes'),
          no: byReferral.of('no'),
          notKnown: byReferral.of('not-known'),
          unanswered: byReferral.of('unanswered')
        }
      }
    }
  }
}

const nameOf = (school: NamedSchool | undefined) => ({ name: school?.name ?? '', town: school?.town ?? '' })

function tally<Key extends string | number | boolean>() {
  const counts = new Map<Key, number>()
  const of = (key: Key): number => counts.get(key) ?? 0
  const entries = (): [Key, number][] => [...counts]
  return {
    of,
    entries,
    add: (key: Key, calls = 1): void => void counts.set(key, of(key) + calls),
    /** The same order on every computer: where counts are equal, by key. */
    mostFirst: () => entries().sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  }
}
