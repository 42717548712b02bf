import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'vite'

/** What tests start as threads and processes of their own, over and over. */
const entries = {
  databaseThread: 'electron/ipc/databaseThread.ts',
  fileCallsForever: 'tests/fixtures/fileCallsForever.ts',
  arrangeCoversForever: 'tests/fixtures/arrangeCoversForever.ts',
  attachInAnotherProcess: 'tests/fixtures/attachInAnotherProcess.ts',
  exportCaseNotesInAnotherProcess: 'tests/fixtures/exportCaseNotesInAnotherProcess.ts',
  exportListUntilKilled: 'tests/fixtures/exportListUntilKilled.ts',
  importUntilKilled: 'tests/fixtures/importUntilKilled.ts',
  importFamiliesUntilKilled: 'tests/fixtures/importFamiliesUntilKilled.ts',
  importStepDownsUntilKilled: 'tests/fixtures/importStepDownsUntilKilled.ts',
  importCaseNotesUntilKilled: 'tests/fixtures/importCaseNotesUntilKilled.ts'
}

/** Of this checkout alone: several may share one folder of modules. */
const checkout = createHash('sha256')
  .update(import.meta.dirname)
  .digest('hex')
  .slice(0, 16)
const folder = join(import.meta.dirname, '../node_modules/.cache/bundled', checkout)

/** The file of one of them, in one piece: read from some hundred sources it would take a second at each start. */
export const bundled = (name: keyof typeof entries): string => join(folder, `${name}.mjs`)

/** Vitest's global set-up: makes them anew before the tests. */
export default async function bundle(): Promise<void> {
  await build({
    configFile: false,
    root: join(import.meta.dirname, '..'),
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: { input: entries, output: { entryFileNames: '[name].mjs' } }
    }
  })
}
