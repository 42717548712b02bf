import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
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
