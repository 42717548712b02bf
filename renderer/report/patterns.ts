import type { ChartColours } from './chartColours.ts'

/** A pattern drawn over a colour, as ECharts draws it ("decal"); lengths in CSS pixels, drawn and left out by turns. */
export interface Pattern {
  symbol: 'none' | 'rect' | 'circle'
  color: string
  dashArrayX?: number[] | number[][]
  dashArrayY?: number[]
  /** Of the room that the dashes leave it. */
  symbolSize?: number
  /** In radians, the other way round from a clock. */
  rotation?: number
}

const EIGHTH_TURN = Math.PI / 4

export const plain: Pattern = { symbol: 'none', color: 'transparent' }

/** Slanting lines, `gap` apart. */
const lines = (color: string, gap: number, rotation = -EIGHTH_TURN): Pattern => ({
  symbol: 'rect',
  color,
  dashArrayX: [1, 0],
  dashArrayY: [1, gap],
  rotation
})

/** Rows of dots, each between two of the row above. */
const dots = (color: string, pitch: number, symbolSize: number): Pattern => ({
  symbol: 'circle',
  color,
  dashArrayX: [
    [pitch, pitch],
    [0, pitch, pitch, 0]
  ],
  dashArrayY: [pitch, 0],
  symbolSize
})

/** Of what is all of one kind, bars or the area under a line: wide enough apart to leave the colour its strength. */
export const onePattern = (color: string): Pattern => lines(color, 6)

/** Of a bar that is longer than it should be: told from `onePattern` by lines that are close together and lean the other way. */
export const overPattern = (color: string): Pattern => lines(color, 3, EIGHTH_TURN)

/** Of the parts of a whole, in their order: the last is pale and has none. */
export const partPatterns = ({ surface }: ChartColours): Pattern[] => [
  lines(surface, 6),
  dots(surface, 7, 0.7),
  lines(surface, 3, EIGHTH_TURN),
  plain
]

/** Of a heat map’s cell that is `share` (0 to 1) of the way from pale to strong: four steps, each denser than the last. */
export function heatPattern(share: number, { surface, ink }: ChartColours): Pattern {
  if (share <= 0.25) return plain
  if (share <= 0.5) return dots(ink, 8, 0.25)
  if (share <= 0.75) return lines(surface, 9)
  return lines(surface, 4)
}
