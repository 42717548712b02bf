import { BarChart, HeatmapChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([
  AriaComponent,
  BarChart,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  SVGRenderer,
  VisualMapComponent
])

/** Width and height in CSS pixels. */
export interface Size {
  width: number
  height: number
}

/**
 * A chart as the address of an image. It is drawn as text and shown by `<img>`: nothing of it becomes markup of the
 * page, which trusts only Vue's templates.
 */
export function drawChart(option: EChartsCoreOption, size: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption({ ...option, animation: false })
    return `data:image/svg+xml,${encodeURIComponent(chart.renderToSVGString())}`
  } finally {
    chart.dispose()
  }
}
