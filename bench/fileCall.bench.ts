// Filing a call through dispatch, against the same rows by bare prepared statements: same encrypted file, same
// triggers, same fsync, taken in turn.
import { createHash } from 'node:crypto'
import { connect, type Connection } from '../db/open.ts'
import { newId } from '../shared/ids.ts'
import { aCall, aSchool } from '../tests/fixtures/calls.ts'
import { openTestDesk, OPEN } from '../tests/fixtures/desk.ts'
import { figures, report } from './figures.ts'

const WARM_UP = 100
const ROUNDS = 1_000

const desk = await openTestDesk()
const school = await aSchool(desk)
const writer = connect({ file: desk.file, key: desk.key })

const draftOf = () =>
  aCall(school.id, {
    startedAt: OPEN,
    children: [
      { id: newId(), name: 'Robin Vale', birth: '3/9/2015', upn: '', relation: 'Son', address: 'SG13 8EQ' }
    ],
    actions: [{ id: newId(), what: 'Send the form', who: 'The school', byWhen: '2026-11-24' }],
    level: 'targeted',
    levelWhy: 'More than one need',
    concern: 'A paragraph of what was said. '.repeat(20),
    advice: 'A paragraph of what was advised. '.repeat(10)
  })

let clock = Date.parse(OPEN)
const tick = () => new Date((clock += 1_000)).toISOString()

async function ours(): Promise<number> {
  const draft = draftOf()
  const actor = { ...desk.first, now: tick() }
  await desk.does('call.saveDraft', { draft, savedBefore: 0 }, actor)
  const from = performance.now()
  await desk.does('call.file', draft, actor)
  return performance.now() - from
}

/** The statements that one filing comes down to, prepared once. */
function bareFiling(connection: Connection) {
  const template = (table: string) =>
    connection.prepare(`SELECT * FROM ${table} ORDER BY rowid DESC LIMIT 1`).get() as object
  const inserts = Object.fromEntries(
    ['call', 'call_child', 'call_action', 'audit', 'audit_subject'].map((table) => {
      const row = template(table)
      const names = Object.keys(row)
      const sql = `INSERT INTO ${table} (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`
      return [table, { row, statement: connection.prepare(sql) }]
    })
  )
  const put = (table: string, changes: object) =>
    inserts[table]?.statement.run({ ...inserts[table].row, ...changes })
  const count = connection.prepare(`UPDATE counter SET value = value + 1 WHERE name = 'call' RETURNING value`)
  const last = connection.prepare('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1')
  const undraft = connection.prepare('DELETE FROM call_draft WHERE call_id = ?')
  return (callId: string, now: string) => {
    connection.exec('BEGIN IMMEDIATE')
    const { value } = count.get() as { value: number }
    put('call_child', { id: newId(), call_id: callId })
    put('call_action', { id: newId(), call_id: callId })
    put('call', { id: callId, reference: `HUB-7KQ3-${String(value).padStart(6, '0')}`, created_at: now })
    undraft.run(callId)
    const previous = last.get() as { sequence: number; hash: string }
    const audit = { id: newId(), sequence: previous.sequence + 1, at: now, previous_hash: previous.hash }
    const hash = createHash('sha256').update(JSON.stringify(audit)).digest('hex')
    put('audit', { ...audit, hash, subject_ids: `${callId} ${school.id}` })
    for (const subject of [callId, school.id])
      put('audit_subject', { id: newId(), audit_id: audit.id, subject_id: subject, at: now })
    connection.exec('COMMIT')
  }
}

await ours()
const file = bareFiling(writer)
async function bare(): Promise<number> {
  const draft = draftOf()
  const now = tick()
  await desk.does('call.saveDraft', { draft, savedBefore: 0 }, { ...desk.first, now })
  const from = performance.now()
  file(draft.id, now)
  return performance.now() - from
}

const times = { ours: [] as number[], bare: [] as number[] }
for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
  const pair = { ours: await ours(), bare: await bare() }
  if (round < WARM_UP) continue
  times.ours.push(pair.ours)
  times.bare.push(pair.bare)
}
report(
  'File a call: dispatch against bare statements',
  figures(times.ours),
  figures(times.bare),
  'ms',
  'at most 3x'
)
writer.close()
desk.close()
