import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const layers = ['shared', 'db', 'electron', 'renderer'] as const
type Layer = (typeof layers)[number]

/** Which layers each may import, and which packages it may not. */
const may: Record<Layer, readonly Layer[]> = {
  shared: ['shared'],
  db: ['db', 'shared'],
  electron: ['electron', 'db', 'shared'],
  renderer: ['renderer', 'shared']
}
const sharedPackages = [
  'zod',
  'uuid',
  'postcode',
  'temporal-polyfill',
  'libphonenumber-js/min',
  'double-metaphone',
  'fastest-levenshtein',
  'xstate'
]
const mayImportElectron = (file: string) =>
  ['electron/main.ts', 'electron/preload.ts', 'electron/ipc/listen.ts'].includes(file) ||
  file.startsWith('electron/shell/')

function files(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(join(root, path)).isDirectory()) return files(path)
    return /\.(ts|vue)$/.test(name) ? [path] : []
  })
}

function imports(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8')
  return [...source.matchAll(/(?:from\s|import\s|import\()\s*'([^'\n]+)'/g)].map(([, target]) => target ?? '')
}

const layerOf = (file: string): Layer => file.split('/')[0] as Layer
const local = (file: string, target: string) => relative(root, resolve(root, file, '..', target))

describe.each(layers)('%s', (layer) => {
  const all = files(layer).flatMap((file) => imports(file).map((target) => ({ file, target })))

  it('has files that import', () => {
    expect(all.length).toBeGreaterThan(5)
  })

  it('imports only from where its arrows point', () => {
    const wrong = all
      .filter(({ target }) => target.startsWith('.'))
      .filter(({ file, target }) => !may[layer].includes(layerOf(local(file, target))))
    expect(wrong).toEqual([])
  })

  it('names every file that it imports in full, so that Node runs it as it is', () => {
    const wrong = all.filter(({ target }) => target.startsWith('.') && !/\.(ts|vue|css|json)$/.test(target))
    expect(wrong).toEqual([])
  })

  it('imports no package of another runtime', () => {
    const packages = all.filter(({ target }) => !target.startsWith('.'))
    const wrong = packages.filter(({ file, target }) => {
      if (layer === 'shared') return !sharedPackages.includes(target)
      if (layer === 'db') return target === 'electron' || target.startsWith('vue')
      if (layer === 'renderer') return /^(node:|electron|drizzle-orm|better-sqlite3)/.test(target)
      return target.startsWith('vue') || (/^electron(\/|$)/.test(target) && !mayImportElectron(file))
    })
    expect(wrong).toEqual([])
  })
})

describe('the same noun names the folder in every layer', () => {
  const domains = (layer: Layer) =>
    readdirSync(join(root, layer)).filter((name) => statSync(join(root, layer, name)).isDirectory())
  const plumbing = ['ipc', 'shell', 'schema', 'migrations', 'ui', 'words', 'session']

  it('has no folder in electron/ or renderer/ that shared/ does not know, but for plumbing', () => {
    const known = [...domains('shared'), ...plumbing, 'desk']
    expect([...domains('electron'), ...domains('renderer')].filter((name) => !known.includes(name))).toEqual(
      []
    )
  })

  it('has no cupboard for odds and ends', () => {
    const names = layers.flatMap((layer) => files(layer))
    expect(names.filter((file) => /(^|\/)(utils?|helpers?|managers?|services?)(\/|\.)/i.test(file))).toEqual(
      []
    )
  })
})
