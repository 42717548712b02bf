import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Refusal } from '../../shared/errors.ts'
import type { FileProblem } from '../../shared/export/export.ts'

/** A file that leaves the building, while it is written. What goes wrong with it is a Refusal that says what. */
export interface ExportFile {
  /** Resolves when the piece before it is written: whoever waits is one piece ahead of the disk, never more. */
  write(bytes: Uint8Array): Promise<void>
  /**
   * Gives the file its name; the SHA-256 of all that was written, in hexadecimal.
   *
   * @param mayBeNamed asked last, when all of it is on the disk: throws where a file of this hash is not to be
   */
  finish(mayBeNamed?: (sha256: string) => void | Promise<void>): Promise<string>
  /** Leaves nothing behind. @throws what the system says where it cannot be removed, as from a stick that is away */
  discard(): Promise<void>
}

/**
 * Begins a file at the path that main's dialog gave. It is written beside, readable by its owner only, and takes its
 * name when it is whole: killed before, it leaves `<name>.part`.
 *
 * @throws Refusal file-…
 */
export async function openExportFile(path: string): Promise<ExportFile> {
  const part = `${path}.part`
  const hash = createHash('sha256')
  const file = await orSay(async () => {
    // one that a killed export left is removed, so that the new file is ours and has our permissions
    await rm(part, { force: true })
    return open(part, 'wx', 0o600)
  })
  let writing: Promise<void> = Promise.resolve()
  return {
    async write(bytes) {
      await writing
      hash.update(bytes)
      writing = orSay(() => file.writeFile(bytes))
      // it is whoever comes next that hears of it
      writing.catch(() => undefined)
    },
    async finish(mayBeNamed) {
      await writing
      const sha256 = hash.digest('hex')
      await orSay(async () => {
        await file.sync()
        await file.close()
      })
      await mayBeNamed?.(sha256)
      await orSay(() => rename(part, path))
      await keepName(path)
      return sha256
    },
    async discard() {
      await writing.catch(() => undefined)
      await file.close()
      await rm(part, { force: true })
    }
  }
}

/** A power cut does not undo the name. Where a disk knows no such thing, as a stick may not, it has the name all the same. */
async function keepName(path: string): Promise<void> {
  try {
    const folder = await open(dirname(path), 'r')
    await folder.sync().finally(() => folder.close())
  } catch {
    // Windows keeps a name by itself, and opens no folder
  }
}

async function orSay<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Refusal({ code: 'refused', reason: fileProblem(error) })
  }
}

/** What the operating system's answer means to the person who chose the place. */
export function fileProblem(error: unknown): FileProblem {
  switch (error instanceof Error && 'code' in error && error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'file-disk-full'
    case 'ENOENT':
    case 'ENOTDIR':
      return 'file-folder-gone'
    case 'EBUSY':
    case 'ETXTBSY':
      return 'file-in-use'
    // Windows says EPERM of a file that another program holds
    case 'EPERM':
      return process.platform === 'win32' ? 'file-in-use' : 'file-not-allowed'
    case 'EACCES':
    case 'EROFS':
      return 'file-not-allowed'
    default:
      return 'file-not-written'
  }
}

export const isFileProblem = (reason: string): reason is FileProblem => reason.startsWith('file-')
