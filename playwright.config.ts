import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/globalSetup.ts',
  // one desk at a time: with two on two cores the runtime now and then waits for a thread that has ended
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  projects: [
    { name: 'desk', testMatch: '*.spec.ts' },
    { name: 'tour', testMatch: 'tour/*.tour.ts', timeout: 120_000 }
  ]
})
