import type { GroupLoad } from '../../shared/keyworker/keyworker.ts'
import { BAR, ground, text, type Chart } from '../report/charts.ts'
import { onePattern, overPattern } from '../report/patterns.ts'

/** The load of hubs or agencies as bars, one below the other; what is over 100 % has stripes close together, and says so. */
export function loadChart(groups: readonly Pick<GroupLoad, 'name' | 'load'>[]): Chart {
  const most = Math.max(100, ...groups.map(({ load }) => load.percent))
  return (width, colours) => ({
    ...ground(colours, [onePattern(colours.surface)]),
    grid: { left: 4, right: 90, top: BAR, bottom: 0, outerBoundsMode: 'same' },
    xAxis: { type: 'value', show: false, max: most },
    yAxis: {
      type: 'category',
      inverse: true,
      data: groups.map(({ name }) => name),
      axisLine: { lineStyle: { color: colours.rule } },
      axisTick: { show: false },
      axisLabel: { ...text(colours.ink), interval: 0, width: Math.round(width * 0.42), overflow: 'truncate' }
    },
    series: [
      {
        type: 'bar',
        data: groups.map(({ load }) => ({
          value: load.percent,
          ...(load.percent > 100 && { itemStyle: { decal: overPattern(colours.surface) } })
        })),
        barMaxWidth: 18,
        barMinHeight: 1,
        itemStyle: { color: colours.strong },
        label: {
          show: true,
          position: 'right',
          ...text(colours.ink),
          formatter: ({ value }: { value: unknown }) => percentWords(Number(value))
        }
      }
    ]
  })
}

/** "112%, over" */
const percentWords = (percent: number): string => `${String(percent)}%${percent > 100 ? ', over' : ''}`
