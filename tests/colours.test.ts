import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const renderer = resolve(import.meta.dirname, '../renderer')
const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(css|html|ts|vue)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(renderer, name), 'utf8') }))

// tests/e2e/screens/axe.ts goes by this: in the dark only the rules of colour are asked again
describe('dark differs from light in colours alone', () => {
  it('by light-dark(), which takes nothing but colours', () => {
    expect(sources.filter(({ text }) => text.includes('light-dark(')).map(({ name }) => name)).toContain(
      join('ui', 'app.css')
    )
  })

  it('nothing else asks which of the two it is', () => {
    const asking = sources.filter(({ text }) => text.includes('prefers-color-scheme'))
    expect(asking.map(({ name }) => name)).toEqual([])
  })

  it('a chosen theme sets the scheme and nothing more', () => {
    const themes = sources.flatMap(({ text }) => [...text.matchAll(/\[data-theme[^{]*\{([^}]*)\}/g)])
    expect(themes.map(([, declarations]) => declarations?.trim())).toEqual([
      'color-scheme: light;',
      'color-scheme: dark;'
    ])
  })
})
