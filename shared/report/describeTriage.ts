import { showDate } from '../time/london.ts'
import { queueAgeLabels } from '../words/stepDown.ts'
import { clockLabels, openTimeWords } from '../words/triageReport.ts'
import { share } from './describe.ts'
import { periodName, triageTable, type TriageLine } from './triageTable.ts'
import type { ClockFigures, LoadRow, TriageFigure, TriageReport } from './triage.ts'
import type { Rules } from '../setting/inForce.ts'

const number = (count: number): string => count.toLocaleString('en-GB')
const times = (count: number): string =>
  count === 1 ? 'once' : count === 2 ? 'twice' : `${number(count)} times`
const stepDownsWords = (count: number): string =>
  `${number(count)} ${count === 1 ? 'step-down' : 'step-downs'}`

/** With more than this many in front there is no "the most". */
const LEADERS = 2

/** What a picture shows, in words. */
export function describeTriage(figure: TriageFigure, report: TriageReport, rules: Rules): string {
  switch (figure) {
    case 'flow':
      return describeFlow(report)
    case 'endings':
      return describeCounts(
        linesOf(figure, report, rules),
        'step-downs ended',
        'No step-down came to an end.'
      )
    case 'ages':
      return describeAges(report)
    case 'clocks':
      return describeClocks(report.clocks)
    case 'load-hubs':
      return describeLoads(report.hubs, 'No keyworker is known.')
    case 'load-keyworkers':
      return describeLoads(report.keyworkers, 'No keyworker is known.')
    case 'returns':
      return describeCounts(
        linesOf(figure, report, rules),
        'step-downs were sent back',
        'No step-down was sent back.'
      )
    case 'declines-keyworker':
    case 'declines-hub':
      return describeCounts(
        linesOf(figure, report, rules),
        'proposals were declined',
        'No proposal was declined.'
      )
    case 'step-ups':
      return describeCounts(
        linesOf(figure, report, rules),
        'step-ups were requested',
        'No step-up was requested.'
      )
    case 'overrides':
      return describeCounts(
        linesOf(figure, report, rules),
        'rules were overridden',
        'No rule was overridden.'
      )
  }
}

const linesOf = (
  figure: TriageFigure,
  report: TriageReport,
  rules: Rules
): { name: string; count: number }[] =>
  triageTable(figure, report, rules).lines.flatMap(({ name, cells: [cell] }: TriageLine) =>
    typeof cell === 'object' ? [{ name, count: cell.count }] : []
  )

/** "12 step-downs were sent back. Most often: Broxbourne team, 5 times." `none` where there are none. */
function describeCounts(
  rows: readonly { name: string; count: number }[],
  what: string,
  none: string
): string {
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return none
  const all = `${number(total)} ${total === 1 ? singular(what) : what}.`
  const most = Math.max(...rows.map(({ count }) => count))
  const leaders = rows.filter(({ count }) => count === most)
  if (leaders.length > LEADERS)
    return `${all} None stands out: ${String(leaders.length)} have ${number(most)} each.`
  return `${all} Most often: ${leaders.map(({ name }) => name).join(' and ')}, ${times(most)}${leaders.length > 1 ? ' each' : ''}.`
}

/** "step-downs were sent back" of one. */
const singular = (what: string): string =>
  what.replace(/^(rule|proposal|step-down|step-up)s/, '$1').replace(' were ', ' was ')

function describeFlow({ flow, step }: TriageReport): string {
  const sum = (key: 'received' | 'reopened' | 'done') =>
    flow.reduce((total, period) => total + period[key], 0)
  const [last] = flow.slice(-1)
  if (!last) return ''
  const again = sum('reopened')
  const [received, done] = [sum('received'), sum('done')]
  if (received + again + done + last.waiting === 0) return 'No step-down came in, came to an end or waited.'
  const came = `${stepDownsWords(received)} came in${again > 0 ? `, ${number(again)} were opened again` : ''} and ${number(done)} came to an end.`
  const most = flow.reduce((fullest, period) => (period.waiting > fullest.waiting ? period : fullest), last)
  const waits = `${number(last.waiting)} waited at the end.`
  if (most.waiting <= last.waiting) return `${came} ${waits}`
  const within = { day: 'on', week: 'at the end of the week from', month: 'at the end of' }[step]
  return `${came} ${waits} The most waited ${within} ${periodName(most.from, step)}: ${number(most.waiting)}.`
}

function describeAges({ ages, range }: TriageReport): string {
  const waiting = ages.reduce((sum, { count }) => sum + count, 0)
  if (waiting === 0) return `Nothing waited at the end of ${showDate(range.to)}.`
  const oldest = ages.find(({ key }) => key === 'older')?.count ?? 0
  const all = `${stepDownsWords(waiting)} waited at the end of ${showDate(range.to)}.`
  return oldest === 0
    ? `${all} None was older than two weeks.`
    : `${all} ${queueAgeLabels.older}: ${number(oldest)} (${share(oldest, waiting)}).`
}

function describeClocks(clocks: readonly ClockFigures[]): string {
  const ended = clocks.filter(({ inTime, late }) => inTime + late > 0)
  if (ended.length === 0) return 'No clock ended. Time counts only while the desk is open.'
  const each = ended.map(
    ({ clock, inTime, late, half, nineInTen }) =>
      `${clockLabels[clock]}: ${number(inTime)} of ${number(inTime + late)} in time (${share(inTime, inTime + late)}); half took ${openTimeWords(half)} or less, nine in ten ${openTimeWords(nineInTen)} or less.`
  )
  return `${each.join(' ')} Time counts only while the desk is open.`
}

function describeLoads(rows: readonly LoadRow[], none: string): string {
  const [heaviest] = rows
  if (!heaviest) return none
  const over = rows.filter(({ load }) => load.percent > 100).length
  const whose = heaviest.name || 'keyworkers without a local hub'
  const most = `The heaviest load is that of ${whose}: ${String(heaviest.load.percent)}%.`
  return over === 0 ? `${most} None is over 100%.` : `${most} Over 100%: ${number(over)}.`
}
