import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { launchDesk, type Desk } from '../launch.ts'

const folder = path.resolve(import.meta.dirname, '../../../tour')

/** Leaves `tour/07-name.png`, numbered in the order of the tour. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: fileOf(name), animations: 'disabled' })
}

/** The same, of a picture that was made elsewhere. */
export const keep = (picture: Uint8Array, name: string): void => {
  writeFileSync(fileOf(name), picture)
}

const fileOf = (name: string): string => {
  const number = String(readdirSync(folder).length + 1).padStart(2, '0')
  return path.join(folder, `${number}-${name}.png`)
}

/** The chapters share one desk and run in the order of their file names: 01-…, 02-…. */
export const test = base.extend<object, { desk: Desk }>({
  desk: [
    async ({}, use) => {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder, { recursive: true })
      // a Monday morning within opening hours
      const desk = await launchDesk({ clock: '2026-11-23T10:00:00Z' })
      await use(desk)
      await desk.close()
    },
    { scope: 'worker' }
  ]
})

export { expect } from '@playwright/test'
