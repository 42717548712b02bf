import type { ChartColours } from './chartColours.ts'

/** The theme's own colours, light for paper whatever the screen is. */
export function themeColours(scheme: 'light' | 'dark'): ChartColours {
  const probe = document.createElement('span')
  probe.style.colorScheme = scheme
  document.body.append(probe)
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colours = {
    ink: read('ink'),
    muted: read('muted'),
    rule: read('rule'),
    surface: read('page'),
    pale: read('selected'),
    strong: read('link'),
    second: read('go'),
    third: read('edge'),
    fourth: read('rule')
  }
  probe.remove()
  return colours
}
