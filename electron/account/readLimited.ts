import { open } from 'node:fs/promises'

const mostBytes = 2 * 1024 * 1024

/** The text of a small file of ours; undefined when there is none. A huge one is not read into memory. */
export async function readLimited(path: string): Promise<string | undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (file === undefined) return undefined
  try {
    if ((await file.stat()).size > mostBytes) throw new Error('The file is too large')
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}
