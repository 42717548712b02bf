// Filing a call through dispatch in a county of calls, against the same rows by bare prepared statements in the same
// file (same triggers, same fsync) and against filing it where there are a hundredth of the calls: taken in turn.
import { createHash } from 'node:crypto'
import type { Connection, Tx } from '../db/open.ts'
import { audit, auditSubject, call, callAction, callChild, callLink } from '../db/schema/index.ts'
import { actsOf, type Act } from '../scripts/county/acts.ts'
import { chanceFrom } from '../scripts/county/chance.ts'
import { daysOf } from '../scripts/county/days.ts'
import { asActor } from '../scripts/county/people.ts'
import { inserting } from '../scripts/county/record.ts'
import { newId } from '../shared/ids.ts'
import { copyOf, COUNTY, inTurn, openDesk, timed, TOWN, type Measuring } from './desk.ts'
import { atMostTimes, say } from './figures.ts'

const ROUNDS = 400

const folders = { county: await copyOf(COUNTY), town: await copyOf(TOWN) }
const county = await openDesk(folders.county, COUNTY)
const town = await openDesk(folders.town, TOWN)

/** Calls of the day after the last one, as many as wanted, each with everything that a call may have. */
function* newCalls({ ledger }: Measuring, seed: number): Generator<Act> {
  const days = daysOf(ledger.settings, '2026-11-23', '2026-11-23')
  for (const act of actsOf({ ...ledger, days }, chanceFrom(seed), ROUNDS * 2))
    if (act.draft?.concern) yield act
}

function filing(desk: Measuring, seed: number): () => Promise<number> {
  const calls = newCalls(desk, seed)
  return async () => {
    const { draft, by, at } = calls.next().value as Act & { draft: object }
    const actor = asActor(by, desk.ledger, at)
    await desk.does('call.saveDraft', { draft, savedBefore: 0 }, actor)
    return desk.times('call.file', draft, actor)
  }
}

/** The statements that one filing comes down to, prepared once. */
function bareFiling(desk: Measuring, connection: Connection, seed: number): () => Promise<number> {
  const insert = {
    call: inserting(connection, call),
    callChild: inserting(connection, callChild),
    callAction: inserting(connection, callAction),
    callLink: inserting(connection, callLink)
  }
  const insertAudit = inserting(connection, audit)
  const insertSubject = inserting(connection, auditSubject)
  const count = connection.prepare(`UPDATE counter SET value = value + 1 WHERE name = 'call' RETURNING value`)
  const last = connection.prepare(
    'SELECT sequence, hash FROM audit ORDER BY device_id DESC, sequence DESC LIMIT 1'
  )
  const undraft = connection.prepare('DELETE FROM call_draft WHERE call_id = ?')
  const file = ({ rows, at, by, subjectIds }: Act) => {
    connection.exec('BEGIN IMMEDIATE')
    const { value } = count.get() as { value: number }
    const filed = rows.call![0]!
    rows.callChild?.forEach(insert.callChild)
    rows.callAction?.forEach(insert.callAction)
    rows.callLink?.forEach(insert.callLink)
    insert.call({ ...filed, reference: `HUB-7KQ3-${String(value).padStart(6, '0')}` })
    undraft.run(filed.id)
    const { sequence, hash } = last.get() as { sequence: number; hash: string }
    const noted = {
      ...{ id: newId(), sequence: sequence + 1, at, actorId: by.id, deviceId: filed.deviceId },
      ...{ operation: 'call.file', subjectIds: subjectIds.join(' '), reason: '', result: 'done' as const },
      previousHash: hash
    }
    insertAudit({ ...noted, hash: createHash('sha256').update(JSON.stringify(noted)).digest('hex') })
    for (const subjectId of subjectIds) insertSubject({ id: newId(), auditId: noted.id, subjectId, at })
    connection.exec('COMMIT')
  }
  const calls = newCalls(desk, seed)
  return async () => {
    const act = calls.next().value as Act & { draft: object }
    await desk.does(
      'call.saveDraft',
      { draft: act.draft, savedBefore: 0 },
      asActor(act.by, desk.ledger, act.at)
    )
    return timed(() => file(act))
  }
}

// the desk has one connection that writes: each write by a second one would empty the first one's cache
const writer = await county.store.write((tx) => Promise.resolve((tx as Tx & { $client: Connection }).$client))
say('filing calls')
const taken = await inTurn(ROUNDS, {
  county: filing(county, 101),
  bare: bareFiling(county, writer, 102),
  town: filing(town, 103)
})
const title = { name: `File a call, ${COUNTY.toLocaleString('en-GB')} calls`, unit: 'ms' } as const
atMostTimes(title, 3, taken.county, 'bare statements', taken.bare)
atMostTimes(title, 1.5, taken.county, `${TOWN.toLocaleString('en-GB')} calls`, taken.town)
county.store.close()
town.store.close()
