import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  addSlot,
  createKeyFile,
  openSlot,
  readKeyFile,
  writeKeyFile
} from '../../electron/account/keyFile.ts'
import type { KeyFile } from '../../electron/account/keyFileFormat.ts'
import { newId } from '../../shared/ids.ts'
import { cheapCosts, stretchingHere } from '../fixtures/stretchHere.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-kills-'))
})
afterAll(() => rm(folder, { recursive: true }))

const program = fileURLToPath(new URL('../fixtures/changePassphraseForever.ts', import.meta.url))

/** What the process said it would do and had done, by the time it was killed. */
async function killedAfter(ms: number, dataKey: Uint8Array, round: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    [program, folder, Buffer.from(dataKey).toString('hex'), String(round)],
    {
      stdio: ['ignore', 'pipe', 'inherit']
    }
  )
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const closed = once(child, 'close')
  await once(child.stdout, 'data')
  await wait(ms)
  child.kill('SIGKILL')
  await closed
  return said.split('\n')
}

it('loses no slot in 20 kills during passphrase changes', { timeout: 120_000 }, async () => {
  const first = await createKeyFile(stretchingHere, {
    accountId: newId(),
    name: 'Ines Ferreira',
    passphrase: 'walnut bicycle harbour'
  })
  let file: KeyFile = first.file
  const known = new Map(file.people.map((slot) => [slot.id, 'walnut bicycle harbour']))
  for (const name of ['Tom Okafor', 'Wen Li']) {
    const passphrase = `lantern gravel ${name.length} otter`
    file = await addSlot(stretchingHere, file, first.dataKey, { accountId: newId(), name, passphrase })
    known.set(file.people.at(-1)?.id ?? '', passphrase)
  }
  await writeKeyFile(folder, file)

  let changes = 0
  for (let round = 0; round < 20; round++) {
    const inFlight = new Map<string, string>()
    for (const line of await killedAfter(Math.random() * 150, first.dataKey, round)) {
      const [word, slotId = '', passphrase = ''] = line.split('\t')
      if (word === 'trying') inFlight.set(slotId, passphrase)
      if (word === 'done') {
        for (const [id, done] of inFlight) known.set(id, done)
        inFlight.clear()
        changes++
      }
    }
    const read = await readKeyFile(folder, cheapCosts)
    // the previous file would hide a torn write: it is for what no program does, and not needed here
    expect(read?.from).toBe('current')
    expect(read?.file.people).toHaveLength(3)
    for (const slot of read?.file.people ?? []) {
      const open = (passphrase = '') => openSlot(stretchingHere, read?.file ?? file, slot, passphrase)
      const acknowledged = await open(known.get(slot.id))
      const tried = await open(inFlight.get(slot.id))
      if (tried && inFlight.has(slot.id)) known.set(slot.id, inFlight.get(slot.id) ?? '')
      expect((acknowledged ?? tried)?.dataKey).toEqual(first.dataKey)
    }
  }
  expect(changes).toBeGreaterThan(20)
})
