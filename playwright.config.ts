import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/globalSetup.ts',
  // two desks at a time, each with a display of its own: two windows on one would fight for the focus
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  projects: [
    { name: 'desk', testMatch: '*.spec.ts' },
    // its chapters share one desk
    { name: 'tour', testMatch: 'tour/*.tour.ts', timeout: 120_000, workers: 1 }
  ]
})
