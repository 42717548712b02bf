import { NONE, type CallFilter } from '../../shared/call/filter.ts'
import {
  describeMost,
  describeOpenHours,
  describeReferrals,
  describeTurnedAway,
  describeWeeks,
  hourName,
  weekdayNames
} from '../../shared/report/describe.ts'
import { weekWithin } from '../../shared/report/period.ts'
import type { CallReport } from '../../shared/report/report.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import { showDate } from '../words/dates.ts'
import { lineLabels, otherKindLabels } from '../words/labels.ts'
import {
  barsChart,
  barsHeight,
  PARTS_HEIGHT,
  partsChart,
  WEEKS_HEIGHT,
  weeksChart,
  type Chart
} from './charts.ts'

/** One number of a report: what is counted, and the filter that finds its calls. */
export interface Count {
  key: string
  name: string
  detail?: string
  calls: number
  filter: Partial<CallFilter>
}

export interface Figure {
  title: string
  /** What the rows of its table are. */
  heading: string
  description: string
  chart: Chart
  height: number
  counts: Count[]
  /** What its shares are of; undefined where they would say nothing. */
  whole: number | undefined
}

/** How many schools are drawn. */
export const TOP_SCHOOLS = 20
const OPENING_HOURS = [8, 18] as const

/** The calls of the whole report. */
export const rangeFilter = ({ from, to }: CallReport): Partial<CallFilter> => ({ from, to })

/** The hours of a heat map: those of a working day, and further where there were calls. */
export function heatHours({ byHour }: CallReport): number[] {
  const hours = [...OPENING_HOURS, ...byHour.map(({ hour }) => hour)]
  const first = Math.min(...hours)
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, index) => first + index)
}

export function cellOf(report: CallReport, weekday: number, hour: number): Count {
  const cell = report.byHour.find((each) => each.weekday === weekday && each.hour === hour)
  return {
    key: `${String(weekday)}/${String(hour)}`,
    name: `${weekdayNames[weekday - 1] ?? ''} ${hourName(hour)}`,
    calls: cell?.calls ?? 0,
    filter: { ...rangeFilter(report), weekday, hour }
  }
}

export function weeksFigure(report: CallReport): Figure {
  return {
    title: 'Calls by week',
    heading: 'Week from Monday',
    description: describeWeeks(report.byWeek, report.total),
    chart: weeksChart(report.byWeek),
    height: WEEKS_HEIGHT,
    counts: report.byWeek.map(({ monday, calls }) => ({
      key: monday,
      name: showDate(monday),
      calls,
      filter: weekWithin(monday, report)
    })),
    whole: undefined
  }
}

/** Everything but weeks and hours, named as the rules of today name it. */
export function figuresOf(report: CallReport, rules: Rules): Figure[] {
  return [
    linesFigure(report, rules),
    schoolsFigure(report),
    districtsFigure(report, rules),
    levelsFigure(report, rules),
    outcomesFigure(report, rules),
    openHoursFigure(report),
    turnedAwayFigure(report),
    referralsFigure(report)
  ]
}

type Bars = Pick<Figure, 'title' | 'heading' | 'description' | 'counts'> & { whole?: number }

const bars = (report: CallReport, { whole = report.total, ...figure }: Bars): Figure => ({
  ...figure,
  whole,
  chart: barsChart(figure.counts),
  height: barsHeight(figure.counts.length)
})

function linesFigure(report: CallReport, rules: Rules): Figure {
  const counts = report.byLine.map(({ line, calls }) => ({
    key: line,
    name: rules.lines[line].name || lineLabels[line],
    calls,
    filter: { ...rangeFilter(report), line }
  }))
  return bars(report, {
    title: 'By line',
    heading: 'Line',
    description: describeMost('came by', counts, report.total),
    counts
  })
}

function schoolsFigure(report: CallReport): Figure {
  const counts = report.bySchool.map(({ schoolId, name, town, calls }) => ({
    key: schoolId,
    name: name || 'No longer in the directory',
    detail: town,
    calls,
    filter: { ...rangeFilter(report), schoolId }
  }))
  const drawn = counts.slice(0, TOP_SCHOOLS)
  return {
    ...bars(report, {
      title: 'By school',
      heading: 'School',
      description: describeMost('came from', counts, report.total) || 'No call came from a school.',
      counts
    }),
    chart: barsChart(drawn),
    height: barsHeight(drawn.length)
  }
}

function districtsFigure(report: CallReport, rules: Rules): Figure {
  const name = (code: string) => rules.districts.find(({ key }) => key === code)?.name ?? code
  const counts = report.byDistrict.map(({ district, calls }) => ({
    key: district,
    name: district === '' ? 'No district' : name(district),
    calls,
    filter: { ...rangeFilter(report), district: district || NONE }
  }))
  return bars(report, {
    title: 'By district',
    heading: 'District of the school',
    description: describeMost(
      'came from',
      counts.map(({ key, name, calls }) => ({
        name: key === '' ? 'callers without a district' : name,
        calls
      })),
      report.total
    ),
    counts
  })
}

function levelsFigure(report: CallReport, rules: Rules): Figure {
  const order = rules.levels.map(({ key }) => key)
  const rank = (level: string) => (order.includes(level) ? order.indexOf(level) : order.length)
  const counts = report.byLevel
    .toSorted((a, b) => rank(a.level) - rank(b.level))
    .map(({ level, calls }) => ({
      key: level,
      name:
        level === '' ? 'No level discussed' : (rules.levels.find(({ key }) => key === level)?.name ?? level),
      calls,
      filter: { ...rangeFilter(report), level: level || NONE }
    }))
  return bars(report, {
    title: 'By level of need',
    heading: 'Level',
    description: describeMost(
      'were about',
      counts.map(({ key, name, calls }) => ({ name: key === '' ? 'no level' : `the level ${name}`, calls })),
      report.total
    ),
    counts
  })
}

function outcomesFigure(report: CallReport, rules: Rules): Figure {
  const counts = report.byOutcome.map(({ outcome, calls }) => ({
    key: outcome,
    name: rules.outcomes.find(({ key }) => key === outcome)?.name ?? outcome,
    calls,
    filter: { ...rangeFilter(report), outcome }
  }))
  return bars(report, {
    title: 'By outcome',
    heading: 'Outcome',
    description: describeMost(
      'ended with',
      counts.map(({ name, calls }) => ({ name: `“${name}”`, calls })),
      report.total
    ),
    counts
  })
}

type Parts = Omit<Figure, 'chart' | 'height'>
const parts = (figure: Parts): Figure => ({
  ...figure,
  chart: partsChart(figure.counts),
  height: PARTS_HEIGHT
})

function openHoursFigure(report: CallReport): Figure {
  const { inHours, outOfHours } = report
  return parts({
    title: 'In and out of hours',
    heading: 'Hours',
    description: describeOpenHours(inHours, outOfHours),
    counts: [
      { key: 'in', name: 'In hours', calls: inHours, filter: { ...rangeFilter(report), hours: 'in' } },
      {
        key: 'out',
        name: 'Out of hours',
        calls: outOfHours,
        filter: { ...rangeFilter(report), hours: 'out' }
      }
    ],
    whole: report.total
  })
}

function turnedAwayFigure(report: CallReport): Figure {
  const counts = report.turnedAwayByKind.map(({ otherKind, calls }) => ({
    key: otherKind,
    name: otherKind === '' ? 'A school or keyworker' : otherKindLabels[otherKind],
    calls,
    filter: { ...rangeFilter(report), turnedAway: 'yes' as const, otherKind: otherKind || NONE }
  }))
  const named = counts.map(({ name, calls }) => ({
    name: name.charAt(0).toLowerCase() + name.slice(1),
    calls
  }))
  return bars(report, {
    title: 'Turned away',
    heading: 'Kind of caller',
    description: describeTurnedAway(named, report.turnedAway, report.total),
    counts,
    whole: report.turnedAway
  })
}

function referralsFigure(report: CallReport): Figure {
  const { referrals } = report
  const of = (key: NonNullable<CallFilter['referral']>, name: string, calls: number): Count => ({
    key,
    name,
    calls,
    filter: { ...rangeFilter(report), referral: key }
  })
  const counts = [
    of('yes', 'They referred', referrals.yes),
    of('no', 'They did not', referrals.no),
    of('not-known', 'Not known', referrals.notKnown),
    of('unanswered', 'No answer yet', referrals.unanswered)
  ]
  return parts({
    title: 'Did they refer?',
    heading: 'Answer',
    description: describeReferrals(referrals),
    counts,
    whole: counts.reduce((sum, { calls }) => sum + calls, 0)
  })
}
