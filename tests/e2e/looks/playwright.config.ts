import { defineConfig } from '@playwright/test'
import desk from '../../../playwright.config.ts'

/** Pictures for eyes, not a test of every day: npx playwright test --config tests/e2e/looks */
export default defineConfig({
  ...desk,
  testDir: '.',
  outputDir: '../../../test-results/looks',
  globalSetup: '../globalSetup.ts',
  projects: [{ name: 'looks', testMatch: '*.look.ts', timeout: 120_000 }]
})
