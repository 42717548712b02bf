import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type ElectronApplication } from '@playwright/test'
import type { Result } from '../../../shared/errors.ts'
import type { Operation } from '../../../shared/ipc/operations.ts'
import type { Desk } from '../launch.ts'

const folder = path.resolve(import.meta.dirname, '../../../test-results/looks')

/** The window that the screens are looked at in: the smallest that the desk is promised for. */
export async function sizeWindow(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800)
  })
}

export async function zoom({ app, page }: Desk, factor: number): Promise<void> {
  await app.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(wanted)
  }, factor)
  await page.waitForFunction((width) => window.innerWidth === width, 1280 / factor)
}

/** Leaves `name.png` and, of the same window zoomed to 200 %, `name-200.png`; neither may scroll sideways. */
export async function look(desk: Desk, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const [factor, suffix] of [
    [1, ''],
    [2, '-200']
  ] as const) {
    await zoom(desk, factor)
    await desk.page.evaluate(() => {
      window.scrollTo(0, 0)
    })
    await expect
      .soft(
        () => sideways(desk).then((wide) => expect(wide).toEqual([])),
        `${name}, ${String(factor * 100)} %`
      )
      .toPass({ timeout: 2_000 })
    await shoot(desk, path.join(folder, `${name}${suffix}.png`), factor)
  }
  await zoom(desk, 1)
}

/** Leaves `name.png` as it is printed. A sheet has no zoom. */
export async function lookAtPaper(desk: Desk, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await desk.page.emulateMedia({ media: 'print' })
  await shoot(desk, path.join(folder, `${name}.png`), 1)
  await desk.page.emulateMedia({ media: 'screen' })
}

/** The whole page: Playwright’s own picture of one that is zoomed is cut. */
async function shoot({ page }: Desk, file: string, factor: number): Promise<void> {
  const { width, height } = await page.evaluate(() => ({
    width: window.innerWidth,
    height: document.documentElement.scrollHeight
  }))
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', {
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width: width * factor, height: height * factor, scale: 1 }
  })
  await session.detach()
  writeFileSync(file, data, 'base64')
}

/** The window as it stands, scrolled or not. */
export async function shootWindow({ page }: Desk, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot')
  await session.detach()
  writeFileSync(path.join(folder, `${name}.png`), data, 'base64')
}

/** What makes the page scroll sideways, outermost first; nothing where it does not. */
const sideways = ({ page }: Desk): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map(({ tagName, className }) => `${tagName}.${String(className)}`)
      .slice(0, 5)
  })

/** What has the focus, where something else lies over it (WCAG 2.4.11); else ''. */
export const hiddenFocus = ({ page }: Desk): Promise<string> =>
  page.evaluate(() => {
    const stop = document.activeElement
    if (!stop || stop === document.body) return ''
    const { left, top, bottom, width } = stop.getBoundingClientRect()
    // of what is higher than the window, the part that is in it
    const [from, to] = [Math.max(0, top), Math.min(window.innerHeight, bottom)]
    const seen = [0.25, 0.5, 0.75].some((share) => {
      const over = document.elementFromPoint(left + Math.min(width / 2, 20), from + (to - from) * share)
      return over !== null && (stop.contains(over) || over.contains(stop))
    })
    return seen ? '' : `${stop.tagName} ${stop.getAttribute('aria-label') ?? stop.textContent}`.slice(0, 80)
  })

/** The hidden ones of the first Tab stops of the page at 200 %. */
export async function hiddenStops(desk: Desk, stops: number): Promise<string[]> {
  await zoom(desk, 2)
  const { page } = desk
  await page.evaluate(() => {
    window.scrollTo(0, 0)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  const hidden: string[] = []
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab')
    hidden.push(await hiddenFocus(desk))
  }
  await zoom(desk, 1)
  return hidden.filter(Boolean)
}

/** Main answers one operation with this until it is mended. */
export async function answerWith(app: ElectronApplication, name: Operation, answer: Result<unknown>) {
  const { mend } = await answerLater(app, name)
  await app.evaluate(
    ({ ipcMain }, given) => {
      Reflect.get(ipcMain, '_invokeHandlers').set(given.name, () => Promise.resolve(given.answer))
    },
    { name, answer }
  )
  return mend
}

/** Main keeps whoever asks waiting until it is told what to answer, and for good until it is mended. */
export async function answerLater(app: ElectronApplication, name: Operation) {
  const real = await app.evaluateHandle(({ ipcMain }, wanted) => {
    // Electron tells nobody what it has registered, and the real answer is to come back
    const handlers = Reflect.get(ipcMain, '_invokeHandlers') as Map<string, () => unknown>
    const found = handlers.get(wanted)
    handlers.set(
      wanted,
      () => new Promise((resolve) => Object.assign(globalThis, { [`answer ${wanted}`]: resolve }))
    )
    return found
  }, name)
  return {
    answer: (result: Result<unknown>) =>
      app.evaluate(
        (_, told) => {
          Reflect.get(globalThis, `answer ${told.name}`)(told.result)
        },
        { name, result }
      ),
    mend: () =>
      app.evaluate(
        ({ ipcMain }, [mended, found]) => {
          Reflect.get(ipcMain, '_invokeHandlers').set(mended, found)
        },
        [name, real] as const
      )
  }
}

/** As with a full disk. */
export const fault: Result<never> = { ok: false, error: { code: 'fault', reference: 'A1B2C3' } }
