import type { ElectronApplication } from '@playwright/test'

/** The next system dialog for a file answers with this one: a test cannot click in a dialog of the system. */
export async function chooseFile(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, file)
}

/** Wherever the system asks where to save, this is the answer; undefined: cancelled. Keeps the name that was offered. */
export async function saveTo(app: ElectronApplication, file: string | undefined): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = (...asked: unknown[]) => {
      Object.assign(globalThis, { offered: (asked.at(-1) as { defaultPath?: string }).defaultPath })
      return Promise.resolve({ canceled: chosen === undefined, filePath: chosen ?? '' })
    }
  }, file)
}

export const offeredName = (app: ElectronApplication): Promise<unknown> =>
  app.evaluate(() => (globalThis as { offered?: unknown }).offered)

/** The dialog stays open until the answer is let go. */
export async function saveToLater(app: ElectronApplication, file: string): Promise<() => Promise<void>> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () =>
      new Promise((resolve) => {
        Object.assign(globalThis, { answer: () => resolve({ canceled: false, filePath: chosen }) })
      })
  }, file)
  return () => app.evaluate(() => (globalThis as unknown as { answer: () => void }).answer())
}
