import type { EChartsCoreOption } from 'echarts/core'
import { hourName, weekdayNames } from '../../shared/report/describe.ts'
import type { HourCalls } from '../../shared/report/report.ts'
import { showDate } from '../words/dates.ts'
import { cellColour, inkOn, type ChartColours } from './chartColours.ts'
import { heatPattern, onePattern, partPatterns, plain, type Pattern } from './patterns.ts'

/** What a chart is drawn of once its width in CSS pixels and the theme are known. */
export type Chart = (width: number, colours: ChartColours) => EChartsCoreOption

const TEXT = 13
/** As high as a row of a table, below a heading of the same height: each bar stands beside its number. */
export const BAR = 31
/** Beyond this many weeks bars are too thin to be told apart. */
const WEEKS_IN_BARS = 106

const number = (value: unknown): string => Number(value).toLocaleString('en-GB')

export function ground({ ink, surface }: ChartColours, patterns: Pattern[]): EChartsCoreOption {
  return {
    backgroundColor: surface,
    // names without quotation marks, which would end the image's attribute
    textStyle: { fontFamily: 'system-ui, Segoe UI, Arial, sans-serif', fontSize: TEXT, color: ink },
    aria: { enabled: true, label: { enabled: false }, decal: { show: true, decals: patterns } }
  }
}

export const text = (color: string) => ({ color, fontSize: TEXT })

/** Height of a chart of bars, one below the other. */
export const barsHeight = (rows: number): number => (rows + 1) * BAR

/** Bars with their numbers, the first at the top. Names that are too long end in dots; the table has them whole. */
export function barsChart(rows: readonly { name: string; calls: number }[]): Chart {
  return (width, colours) => ({
    ...ground(colours, [onePattern(colours.surface)]),
    grid: { left: 4, right: 60, top: BAR, bottom: 0, outerBoundsMode: 'same' },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisLine: { lineStyle: { color: colours.rule } },
      axisTick: { show: false },
      axisLabel: { ...text(colours.ink), interval: 0, width: Math.round(width * 0.42), overflow: 'truncate' }
    },
    series: [
      {
        type: 'bar',
        data: rows.map(({ calls }) => calls),
        barMaxWidth: 18,
        barMinHeight: 1,
        itemStyle: { color: colours.strong },
        label: {
          show: true,
          position: 'right',
          ...text(colours.ink),
          formatter: ({ value }: { value: unknown }) => number(value)
        }
      }
    ]
  })
}

export const PARTS_HEIGHT = 120

/** A whole as one bar in parts, each with its own pattern and its number in the legend. */
export function partsChart(parts: readonly { name: string; calls: number }[]): Chart {
  return (_width, colours) => {
    const fills = [colours.strong, colours.second, colours.third, colours.fourth]
    const calls = new Map(parts.map((part) => [part.name, part.calls]))
    return {
      ...ground(colours, partPatterns(colours)),
      grid: { left: 4, right: 4, top: 8, height: 36 },
      legend: {
        left: 0,
        top: 56,
        itemGap: 16,
        itemWidth: 20,
        itemHeight: 14,
        selectedMode: false,
        itemStyle: { borderWidth: 1 },
        textStyle: text(colours.ink),
        formatter: (name: string) => `${name}: ${number(calls.get(name))}`
      },
      xAxis: { type: 'value', show: false, max: 'dataMax' },
      yAxis: { type: 'category', show: false, data: [''] },
      series: parts.map(({ name, calls }, index) => ({
        type: 'bar',
        stack: 'whole',
        name,
        data: [calls],
        barWidth: 32,
        itemStyle: { color: fills[index], borderColor: colours.ink, borderWidth: calls === 0 ? 0 : 1 }
      }))
    }
  }
}

export const WEEKS_HEIGHT = 260

/** Calls week by week: bars, or where they are many a line. */
export function weeksChart(weeks: readonly { monday: string; calls: number }[]): Chart {
  const isLine = weeks.length > WEEKS_IN_BARS
  return (_width, colours) => ({
    ...ground(colours, [onePattern(isLine ? colours.strong : colours.surface)]),
    // half the last date stands to the right of its week
    grid: { left: 4, right: 40, top: 12, bottom: 4, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: weeks.map(({ monday }) => shortDate(monday)),
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
      isLine
        ? {
            type: 'line',
            data: weeks.map(({ calls }) => calls),
            symbol: 'none',
            lineStyle: { color: colours.strong, width: 2 },
            itemStyle: { color: colours.strong },
            areaStyle: { color: colours.pale }
          }
        : {
            type: 'bar',
            data: weeks.map(({ calls }) => calls),
            barMaxWidth: 40,
            itemStyle: { color: colours.strong }
          }
    ]
  })
}

/** `3 Nov 2025` */
function shortDate(date: string): string {
  const [day = '', month = '', year = ''] = showDate(date).split(' ')
  return `${day} ${month.slice(0, 3)} ${year}`
}

export const HEAT_HEIGHT = 290

/** `7,912`, or `7.9k` where a cell is too narrow for it; the table beside has every figure. */
const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumSignificantDigits: 2 })
const DIGIT = 8
const inCell = (calls: number, room: number): string =>
  number(calls).length * DIGIT > room ? compact.format(calls) : number(calls)

/** Weekdays down, hours across; the more calls the stronger colour and pattern, and every cell says its number. */
export function heatChart(byHour: readonly HourCalls[], hours: readonly number[]): Chart {
  const most = Math.max(1, ...byHour.map(({ calls }) => calls))
  const cell = (value: [column: number, row: number, calls: number], colours: ChartColours) => {
    const share = value[2] / most
    return {
      value,
      itemStyle: { decal: heatPattern(share, colours) },
      // the number stands on the colour alone, clear of the pattern
      label: { color: inkOn(share, colours), backgroundColor: cellColour(share, colours), padding: 1 }
    }
  }
  return (width, colours) => {
    const axis = {
      type: 'category',
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...text(colours.muted), interval: 0 },
      splitArea: { show: false },
      splitLine: { show: true, lineStyle: { color: colours.rule } }
    }
    // an hour's label needs its room; a cell's number too
    const room = Math.max(1, width - 90) / hours.length
    const every = Math.ceil(46 / room)
    return {
      ...ground(colours, [plain]),
      grid: { left: 4, right: 4, top: 4, bottom: 4, outerBoundsMode: 'same' },
      xAxis: { ...axis, data: hours.map(hourName), axisLabel: { ...axis.axisLabel, interval: every - 1 } },
      yAxis: { ...axis, data: weekdayNames, inverse: true },
      visualMap: { show: false, min: 0, max: most, inRange: { color: [colours.pale, colours.strong] } },
      series: [
        {
          type: 'heatmap',
          data: byHour.map(({ weekday, hour, calls }) =>
            cell([hours.indexOf(hour), weekday - 1, calls], colours)
          ),
          itemStyle: { borderColor: colours.surface, borderWidth: 1 },
          label: {
            show: true,
            fontSize: most < 1_000 ? TEXT : TEXT - 2,
            formatter: ({ value }: { value: [column: number, row: number, calls: number] }) =>
              inCell(value[2], room)
          }
        }
      ]
    }
  }
}
