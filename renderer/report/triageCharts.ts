import { periodName } from '../../shared/report/triageTable.ts'
import type { ClockFigures, FlowPeriod, TriageFigure, TriageReport } from '../../shared/report/triage.ts'
import type { FlowStep } from '../../shared/report/period.ts'
import type { TriageTable } from '../../shared/report/triageTable.ts'
import { clockLabels } from '../../shared/words/triageReport.ts'
import { loadChart } from '../keyworker/loadChart.ts'
import { BAR, barsChart, barsHeight, ground, text, type Chart } from './charts.ts'
import { overPattern, partPatterns, plain } from './patterns.ts'

const FLOW_HEIGHT = 300
/** More bars side by side are too thin for their patterns. */
const PERIODS_IN_BARS = 60

const number = (value: unknown): string => Number(value).toLocaleString('en-GB')

interface Drawn {
  chart: Chart
  height: number
}

/** The picture of a figure; undefined where there is nothing to draw. `table` is the one beside it. */
export function drawTriage(
  figure: TriageFigure,
  report: TriageReport,
  table: TriageTable
): Drawn | undefined {
  switch (figure) {
    case 'flow':
      return { chart: flowChart(report.flow, report.step), height: FLOW_HEIGHT }
    case 'clocks':
      return { chart: clocksChart(report.clocks), height: CLOCKS_HEIGHT }
    case 'load-hubs':
      return drawnRows(
        report.hubs.map((row) => ({ ...row, name: row.name || 'No local hub' })),
        loadChart
      )
    case 'load-keyworkers':
      return drawnRows(report.keyworkers, loadChart)
    case 'endings':
    case 'ages':
    case 'returns':
    case 'declines-keyworker':
    case 'declines-hub':
    case 'step-ups':
    case 'overrides':
      return drawnRows(countsOf(table), barsChart)
  }
}

function drawnRows<Row>(rows: readonly Row[], draw: (rows: readonly Row[]) => Chart): Drawn | undefined {
  const shown = rows.slice(0, DRAWN)
  return shown.length === 0 ? undefined : { chart: draw(shown), height: barsHeight(shown.length) }
}

/** How many bars stand one below the other; the table has the others too. */
export const DRAWN = 20

const countsOf = ({ lines }: TriageTable): { name: string; calls: number }[] =>
  lines.map(({ name, cells: [cell] }) => ({ name, calls: typeof cell === 'object' ? cell.count : 0 }))

const legend = (color: string) => ({
  left: 0,
  top: 0,
  itemGap: 16,
  itemWidth: 20,
  itemHeight: 14,
  selectedMode: false,
  textStyle: text(color)
})

/** What came in and what came to an end side by side, and what waits as a line above them. */
export function flowChart(flow: readonly FlowPeriod[], step: FlowStep): Chart {
  const isLines = flow.length > PERIODS_IN_BARS
  return (_width, colours) => {
    const patterns = partPatterns(colours)
    const part = (name: string, values: number[], color: string, dash: 'solid' | 'dotted') =>
      isLines
        ? {
            ...{ type: 'line', name, data: values, symbol: 'none', itemStyle: { color } },
            lineStyle: { color, width: 2, type: dash }
          }
        : { type: 'bar', name, data: values, barMaxWidth: 24, itemStyle: { color } }
    return {
      ...ground(colours, [patterns[0] ?? plain, patterns[1] ?? plain, plain]),
      grid: { left: 4, right: 40, top: 36, bottom: 4, outerBoundsMode: 'same' },
      legend: legend(colours.ink),
      xAxis: {
        type: 'category',
        data: flow.map(({ from }) => shortName(from, step)),
        axisLine: { lineStyle: { color: colours.rule } },
        axisTick: { show: false },
        axisLabel: { ...text(colours.muted), hideOverlap: true }
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 4,
        splitLine: { lineStyle: { color: colours.rule } },
        axisLabel: { ...text(colours.muted), formatter: number }
      },
      series: [
        part(
          'In',
          flow.map(({ received, reopened }) => received + reopened),
          colours.strong,
          'solid'
        ),
        part(
          'Out',
          flow.map(({ done }) => done),
          colours.second,
          'dotted'
        ),
        {
          type: 'line',
          name: 'Waiting at the end',
          data: flow.map(({ waiting }) => waiting),
          symbol: isLines ? 'none' : 'diamond',
          symbolSize: 8,
          lineStyle: { color: colours.ink, width: 2, type: 'dashed' },
          itemStyle: { color: colours.ink }
        }
      ]
    }
  }
}

/** "3 Nov 2025", of a month "Nov 2025". */
function shortName(from: string, step: FlowStep): string {
  const words = periodName(from, step).split(' ')
  const year = words.pop() ?? ''
  const month = words.pop() ?? ''
  return [...words, month.slice(0, 3), year].join(' ')
}

const CLOCKS_HEIGHT = 4 * BAR + 36

/** Of each clock what was in time and what was late: one bar in two parts, and both numbers behind it. */
export function clocksChart(clocks: readonly ClockFigures[]): Chart {
  return (width, colours) => {
    const part = (name: string, values: number[], color: string) => ({
      ...{ type: 'bar', stack: 'whole', name, barMaxWidth: 18, itemStyle: { color } },
      data: values.map((value) => ({
        value,
        itemStyle: { borderColor: colours.ink, borderWidth: value > 0 ? 1 : 0 }
      }))
    })
    return {
      ...ground(colours, [partPatterns(colours)[0] ?? plain, overPattern(colours.surface)]),
      grid: { left: 4, right: 150, top: 40, bottom: 0, outerBoundsMode: 'same' },
      legend: { ...legend(colours.ink), itemStyle: { borderWidth: 1 } },
      xAxis: { type: 'value', show: false, max: 'dataMax' },
      yAxis: {
        type: 'category',
        inverse: true,
        data: clocks.map(({ clock }) => clockLabels[clock]),
        axisLine: { lineStyle: { color: colours.rule } },
        axisTick: { show: false },
        axisLabel: {
          ...text(colours.ink),
          interval: 0,
          width: Math.round(width * 0.42),
          overflow: 'truncate'
        }
      },
      series: [
        part(
          'In time',
          clocks.map(({ inTime }) => inTime),
          colours.strong
        ),
        {
          ...part(
            'Late',
            clocks.map(({ late }) => late),
            colours.third
          ),
          label: {
            show: true,
            position: 'right',
            ...text(colours.ink),
            formatter: ({ dataIndex }: { dataIndex: number }) => inAndOut(clocks[dataIndex])
          }
        }
      ]
    }
  }
}

/** "5 in time, 2 late" */
const inAndOut = (clock: ClockFigures | undefined): string =>
  clock ? `${number(clock.inTime)} in time, ${number(clock.late)} late` : ''
