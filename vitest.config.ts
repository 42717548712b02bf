import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // one less than there are cores would leave half of a small machine idle
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          // V8 loses count of its code pages when threads end under load and then aborts (nodejs/node#64500)
          globalSetup: ['tests/bundle.ts'],
          execArgv: ['--no-memory-protection-keys'],
          include: ['tests/*.test.ts', 'tests/{rules,db,operations,shell}/**/*.test.ts'],
          testTimeout: 20_000
        }
      },
      {
        plugins: [vue()],
        test: { name: 'pages', environment: 'happy-dom', include: ['tests/pages/**/*.test.ts'] }
      }
    ]
  }
})
