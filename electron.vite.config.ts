import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const here = import.meta.dirname

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20',
      // only the native module stays outside the bundle; the rest is bundled and tree-shaken
      externalizeDeps: { include: ['better-sqlite3'] },
      rolldownOptions: {
        input: {
          main: resolve(here, 'electron/main.ts'),
          database: resolve(here, 'electron/ipc/databaseThread.ts'),
          key: resolve(here, 'electron/account/keyThread.ts'),
          word: resolve(here, 'electron/export/wordThread.ts')
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
      }
    }
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      externalizeDeps: false,
      isolatedEntries: false,
      rolldownOptions: {
        input: { preload: resolve(here, 'electron/preload.ts') },
        // a sandboxed preload must be CommonJS
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: 'renderer',
    plugins: [vue()],
    build: {
      outDir: 'out/renderer',
      target: 'chrome130',
      minify: true,
      rolldownOptions: { input: resolve(here, 'renderer/index.html') }
    }
  }
})
