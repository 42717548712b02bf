import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { toCrockford } from '../../shared/account/crockford.ts'
import { readDeskCode } from '../../shared/account/deskCode.ts'
import { id, newId } from '../../shared/ids.ts'
import { readLimited } from './readLimited.ts'
import { inTurn, writeSafely } from './writeSafely.ts'

/** What this computer is, outside the database: a store copied to another computer does not take it along. */
const deskFile = z.strictObject({
  deviceId: id,
  deskCode: z.string().refine((code) => readDeskCode(code) === code, 'Four Crockford characters')
})
export type DeskFile = Readonly<z.output<typeof deskFile>>

export class DeskFileError extends Error {
  constructor(cause: unknown) {
    super('desk.json cannot be read', { cause })
    this.name = 'DeskFileError'
  }
}

const pathIn = (folder: string) => join(folder, 'desk.json')

/** A random proposal, kept from the first start so that it stays the same until somebody changes it. */
export function settleDesk(folder: string): Promise<DeskFile> {
  return inTurn(pathIn(folder), async () => {
    const known = await readDesk(folder)
    if (known) return known
    const proposed = { deviceId: newId(), deskCode: toCrockford(randomBytes(5)).slice(0, 4) }
    await write(folder, proposed)
    return proposed
  })
}

/** Before the first filing only, which the caller knows. `deskCode` as `readDeskCode` spells it. */
export function changeDeskCode(folder: string, deskCode: string): Promise<DeskFile> {
  return inTurn(pathIn(folder), async () => {
    const known = await readDesk(folder)
    const changed = deskFile.parse({ deviceId: known?.deviceId ?? newId(), deskCode })
    await write(folder, changed)
    return changed
  })
}

const write = (folder: string, desk: DeskFile) =>
  writeSafely(pathIn(folder), `${JSON.stringify(desk, null, 2)}\n`)

/** A damaged file is an error and not a new desk: a new code beside the old counter would number calls twice. */
async function readDesk(folder: string): Promise<DeskFile | undefined> {
  try {
    const text = await readLimited(pathIn(folder))
    return text === undefined ? undefined : deskFile.parse(JSON.parse(text))
  } catch (error) {
    throw new DeskFileError(error)
  }
}
