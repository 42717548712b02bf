import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { bundled } from '../bundle.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFamily } from '../fixtures/families.ts'
import type { Registered } from '../fixtures/notes.ts'

const KILLS = 45

let desk: TestDesk
let assessed: Registered
beforeAll(async () => {
  desk = await openTestDesk()
  assessed = (await aFamily(desk)).form
})
afterAll(() => desk.close())

/** A call is saved three times and filed, then a family registered and a case note added. */
const WORDS_A_ROUND = 6

/** One run of the other process, killed at a random moment after it has acknowledged so many acts. */
async function runAndKill(words: number): Promise<string[]> {
  const argument = {
    ...{ file: desk.file, key: Buffer.from(desk.key).toString('hex') },
    ...{ actor: desk.first, assessed }
  }
  const child = spawn(process.execPath, [bundled('fileCallsForever'), JSON.stringify(argument)], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data.toString()))
  const ended = once(child, 'exit')
  while (said.split('\n').length - 2 < words) {
    if (child.exitCode !== null) throw new Error('The other process ended before it was killed')
    await wait(2)
  }
  await wait(Math.random() * 30)
  child.kill('SIGKILL')
  await ended
  // a last line cut short was not acknowledged
  return said.split('\n').slice(0, -1)
}

it(`loses nothing acknowledged over ${String(KILLS)} kills`, async () => {
  const filed = new Set<string>()
  const registered = new Set<string>()
  const noted = new Set<string>()
  const saved = new Map<string, number>()
  for (let kill = 0; kill < KILLS; kill += 1) {
    for (const line of await runAndKill(kill % (2 * WORDS_A_ROUND + 1))) {
      const [word, id = '', saves] = line.split(' ')
      if (word === 'filed') filed.add(id)
      if (word === 'registered') registered.add(id)
      if (word === 'noted') noted.add(id)
      if (word === 'saved') saved.set(id, Number(saves))
    }
    desk = desk.reopen()
    expect(desk.store.reader.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(brokenInvariants(desk.store.reader)).toEqual([])
  }
  const calls = new Set(desk.store.reader.prepare('SELECT id FROM call').pluck().all())
  expect([...filed].filter((id) => !calls.has(id))).toEqual([])
  const families = new Set(desk.store.reader.prepare('SELECT id FROM family').pluck().all())
  expect([...registered].filter((id) => !families.has(id))).toEqual([])
  const notes = new Set(
    desk.store.reader.prepare('SELECT note_id FROM case_note_person WHERE is_about').pluck().all()
  )
  expect([...noted].filter((id) => !notes.has(id))).toEqual([])
  for (const [id, saves] of saved) {
    if (calls.has(id)) continue
    const { draft } = await desk.does('call.openDraft', { id })
    expect(Number(draft.concern.split(' ')[1])).toBeGreaterThanOrEqual(saves)
  }
  const references = desk.store.reader
    .prepare('SELECT count(*), count(DISTINCT reference) FROM call')
    .raw()
    .get()
  expect((references as number[])[0]).toBe((references as number[])[1])
  expect(filed.size).toBeGreaterThan(KILLS / 2)
  expect(registered.size).toBeGreaterThan(KILLS / 3)
  expect(noted.size).toBeGreaterThan(KILLS / 4)
}, 180_000)
