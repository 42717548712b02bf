import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Replaces a file whole: after a kill or a power cut there is the old one or the new one, never half of either.
 * Only its owner may read it.
 */
export async function writeSafely(path: string, contents: string): Promise<void> {
  const beside = `${path}.new`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  // what a killed write left behind is removed, so that the new file is ours and has our permissions
  await rm(beside, { force: true })
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(contents)
    await file.sync()
  } finally {
    await file.close()
  }
  await replace(beside, path)
  await syncFolder(dirname(path))
}

const heldByAnother = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** On Windows a virus scanner may hold the old file for a moment. */
async function replace(from: string, to: string): Promise<void> {
  for (let tries = process.platform === 'win32' ? 20 : 1; ; tries--) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      if (tries <= 1 || !heldByAnother.has((error as NodeJS.ErrnoException).code ?? '')) throw error
      await wait(50)
    }
  }
}

/** Without this the rename itself may be lost with the power. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const lastInLine = new Map<string, Promise<unknown>>()

/** One after another for each path: a change reads the file, thinks, and writes it back. */
export function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = lastInLine.get(path) ?? Promise.resolve()
  const mine = before.then(work, work)
  lastInLine.set(path, mine)
  return mine
}
