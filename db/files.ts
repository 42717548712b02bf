import { createSecretKey, type KeyObject } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Connection, Where } from './open.ts'

/** The files of the record, beside it: encrypted, each under the id of its row (ADR 28). */
export interface Files {
  folder: string
  /** The data key, from which the key of each file comes. */
  key: KeyObject
}

export const filesBeside = ({ file, key }: Where): Files => ({
  folder: join(dirname(file), 'files'),
  key: createSecretKey(key)
})

/**
 * Where a file lies while it is stored and from then on. `begun` is there, empty, from before its first byte until its
 * row stands in the record.
 */
export const placesOf = ({ folder }: Files, id: string) => ({
  whole: join(folder, id),
  part: join(folder, `${id}.part`),
  begun: join(folder, `${id}.begun`)
})

const BEGUN = '.begun'

/**
 * Removes what a kill or a power cut left of files that were being stored. Nothing else is ever removed: also a file that
 * this record knows nothing of may belong to a copy of it.
 */
export function removeUnfinished(connection: Connection, files: Files): void {
  const hasRow = connection.prepare('SELECT 1 FROM attachment WHERE id = ?')
  for (const id of unfinished(files)) {
    const { whole, part, begun } = placesOf(files, id)
    const leftovers = hasRow.get(id) === undefined ? [part, whole, begun] : [part, begun]
    try {
      for (const path of leftovers) rmSync(path, { force: true })
    } catch {
      // something else holds it, as a virus scanner may: the record opens all the same, and the next opening tries again
    }
  }
}

function unfinished({ folder }: Files): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(BEGUN))
      .map((name) => name.slice(0, -BEGUN.length))
  } catch {
    // none yet, or none that can be read: whoever asks for a file is told
    return []
  }
}
