/** Colours of a chart as a stylesheet has them, `rgb(…)`: an image knows nothing of the page's variables. */
export interface ChartColours {
  ink: string
  muted: string
  rule: string
  surface: string
  /** The least and the most of a heat map; the most is also the colour of bars. */
  pale: string
  strong: string
  /** What stands beside the strong colour where a whole has parts. */
  second: string
  third: string
  fourth: string
}

type Rgb = [red: number, green: number, blue: number]

function rgb(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return [red, green, blue]
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function contrast(a: Rgb, b: Rgb): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((m, n) => n - m)
  return (light + 0.05) / (dark + 0.05)
}

function mixed(share: number, { pale, strong }: ChartColours): Rgb {
  const [from, to] = [rgb(pale), rgb(strong)]
  return from.map((part, index) => Math.round(part + ((to[index] ?? part) - part) * share)) as Rgb
}

/** A cell that is `share` (0 to 1) of the way from pale to strong. */
export const cellColour = (share: number, colours: ChartColours): string =>
  `rgb(${mixed(share, colours).join(', ')})`

/** Which of ink and surface can be read on a cell that is `share` (0 to 1) of the way from pale to strong. */
export function inkOn(share: number, colours: ChartColours): string {
  const { ink, surface } = colours
  const cell = mixed(share, colours)
  return contrast(rgb(ink), cell) >= contrast(rgb(surface), cell) ? ink : surface
}
