import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** The rules of TAGS that ask for colours. */
const COLOURS = ['color-contrast', 'link-in-text-block']

// Electron has no second page for axe to finish in; of what passes, axe need not find the way to each element
const axe = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })

/**
 * Every state of the screen, light and dark, breaks none of WCAG 2.2 AA that a machine can tell. Dark differs from light in
 * colours alone (tests/colours.test.ts): what else there is to tell was told in the light.
 */
export async function check(page: Page, state: string): Promise<void> {
  await expectNone(page, state, 'light', (all) => all.withTags(TAGS))
  await expectNone(page, state, 'dark', (all) => all.withRules(COLOURS))
}

async function expectNone(
  page: Page,
  state: string,
  colorScheme: 'light' | 'dark',
  narrow: (all: AxeBuilder) => AxeBuilder
): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  const { violations } = await narrow(axe(page)).analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ''}`)
  )
  expect.soft(found, `${state}, ${colorScheme}`).toEqual([])
}
