import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Id } from '../../shared/ids.ts'
import { addDays } from '../../shared/time/london.ts'
import { bundled } from '../bundle.ts'
import { anotherPractitioner } from '../fixtures/covers.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague } from '../fixtures/facts.ts'
import { aFamily, aPractitioner } from '../fixtures/families.ts'

const KILLS = 10
const FAMILIES = 12

let desk: TestDesk
let manager: Actor
let priya: Id
let sam: Id
beforeAll(async () => {
  desk = await openTestDesk()
  manager = await aColleague(desk, 'triage-manager')
  const first = await aPractitioner(desk)
  priya = first.id
  sam = await anotherPractitioner(desk, first, 'Sam Reed')
  for (let family = 0; family < FAMILIES; family += 1) await aFamily(desk, { practitionerId: priya })
}, 60_000)
afterAll(() => desk.close())

/** One run of the other process, killed at a random moment after it has acknowledged so many covers. */
async function runAndKill(from: string, covers: number): Promise<Id[]> {
  const { families } = await desk.does(
    'cover.preview',
    { practitionerId: priya, fromDay: from, toDay: from },
    manager
  )
  const argument = {
    ...{ file: desk.file, key: Buffer.from(desk.key).toString('hex'), actor: manager },
    ...{ practitionerId: priya, by: sam, families, from }
  }
  const child = spawn(process.execPath, [bundled('arrangeCoversForever'), JSON.stringify(argument)], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data.toString()))
  const ended = once(child, 'exit')
  while (said.split('\n').length - 2 < covers) {
    if (child.exitCode !== null) throw new Error('The other process ended before it was killed')
    await wait(2)
  }
  await wait(Math.random() * 40)
  child.kill('SIGKILL')
  await ended
  // a last line cut short was not acknowledged
  const lines = said.split('\n').slice(0, -1)
  return lines.flatMap((line) => (line.startsWith('arranged ') ? [line.slice('arranged '.length)] : []))
}

const ids = (sql: string) => desk.store.reader.prepare(sql).pluck().all()

it(`has every family of a cover or none, over ${String(KILLS)} kills`, async () => {
  const arranged: Id[] = []
  for (let kill = 0; kill < KILLS; kill += 1) {
    // each run has days of its own
    arranged.push(...(await runAndKill(addDays('2026-12-01', 200 * kill), kill % 3)))
    desk = desk.reopen()
    expect(brokenInvariants(desk.store.reader)).toEqual([])
    const halves = ids(`SELECT c.id FROM cover c WHERE (SELECT count(*) FROM cover_part p
      JOIN episode_keyworker k ON k.id = p.row_id WHERE p.cover_id = c.id) <> ${String(FAMILIES)}`)
    expect(halves).toEqual([])
    expect(ids('SELECT id FROM cover_part WHERE cover_id NOT IN (SELECT id FROM cover)')).toEqual([])
  }
  const kept = new Set(ids('SELECT id FROM cover'))
  expect(arranged.filter((id) => !kept.has(id))).toEqual([])
  expect(arranged.length).toBeGreaterThan(KILLS / 2)
}, 180_000)
