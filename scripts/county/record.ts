import { getTableColumns, getTableName, type Table } from 'drizzle-orm'
import { fillEpisodes } from '../../db/episodes.ts'
import { fillKeyworkers } from '../../db/keyworkers.ts'
import { fillFamilies } from '../../db/families.ts'
import { fillSearch, dropSearchTriggers, keepSearchInStep } from '../../db/search.ts'
import { fillStepDowns } from '../../db/stepDowns.ts'
import type { Connection } from '../../db/open.ts'
import {
  absence,
  agency,
  agreement,
  audit,
  auditSubject,
  call,
  callAction,
  callAddendum,
  callAttempt,
  callChild,
  callError,
  callFlag,
  callLink,
  callReferral,
  callSearch,
  caseNote,
  caseNotePerson,
  episode,
  episodeClosure,
  episodeDate,
  episodeKeyworker,
  episodeStep,
  fact,
  family,
  familyMember,
  meeting,
  meetingAttendance,
  meetingRecord,
  person,
  practitioner,
  workingPattern
} from '../../db/schema/index.ts'
import { hashOf } from '../../electron/audit/appendAudit.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import type { Act } from './acts.ts'
import type { Chance } from './chance.ts'
import type { Rows } from './filing.ts'

const tables = {
  call,
  callChild,
  callAction,
  callLink,
  callFlag,
  callAttempt,
  callReferral,
  callAddendum,
  callError,
  agency,
  practitioner,
  workingPattern,
  absence,
  family,
  person,
  fact,
  familyMember,
  agreement,
  episode,
  episodeKeyworker,
  episodeClosure,
  episodeDate,
  episodeStep,
  meeting,
  meetingAttendance,
  meetingRecord,
  caseNote,
  caseNotePerson
} as const satisfies Record<keyof Rows, Table>

/** A prepared insert of whole rows, as the schema names their columns. */
export function inserting<T extends Table>(
  connection: Connection,
  table: T
): (row: T['$inferSelect']) => void {
  const columns = Object.entries(getTableColumns(table))
  const statement = connection.prepare(
    `INSERT INTO ${getTableName(table)} (${columns.map(([, column]) => column.name).join()})
     VALUES (${columns.map(() => '?').join()})`
  )
  return (row) => {
    statement.run(columns.map(([key]) => stored((row as Record<string, unknown>)[key])))
  }
}

const stored = (value: unknown) => (typeof value === 'boolean' ? Number(value) : value)

/** Writes acts one after the other, each with its row in the audit trail. */
export function recording(connection: Connection, chance: Chance, deviceId: Id): (act: Act) => void {
  const insert = Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, inserting(connection, table)])
  ) as Record<keyof Rows, (row: unknown) => void>
  const find = inserting(connection, callSearch)
  const note = auditing(connection, chance, deviceId)
  let docid = 0
  return (act) => {
    for (const [name, rows] of Object.entries(act.rows)) {
      for (const row of rows) insert[name as keyof Rows](row)
    }
    for (const { id, createdAt } of act.rows.call ?? []) {
      // the number that the trigger would have given
      docid = Math.max(docid + 1, Date.parse(createdAt) * 1_000)
      find({ docid, callId: id })
    }
    note(act)
  }
}

type Noted = Pick<Act, 'operation' | 'subjectIds'> & { at: Instant; by: { id: Id } }

/** Appends to one device's chain, as `appendAudit` does, from its beginning. */
export function auditing(connection: Connection, chance: Chance, deviceId: Id): (act: Noted) => void {
  const insertAudit = inserting(connection, audit)
  const insertSubject = inserting(connection, auditSubject)
  const last = connection
    .prepare('SELECT sequence, hash FROM audit WHERE device_id = ? ORDER BY sequence DESC LIMIT 1')
    .get(deviceId) as { sequence: number; hash: string } | undefined
  let { sequence, hash } = last ?? { sequence: 0, hash: '' }
  return ({ at, by, operation, subjectIds }) => {
    sequence += 1
    const moment = Date.parse(at)
    const row = {
      id: chance.id(moment),
      sequence,
      at,
      actorId: by.id,
      deviceId,
      operation,
      subjectIds: subjectIds.join(' '),
      reason: '',
      result: 'done' as const,
      previousHash: hash
    }
    hash = hashOf(row)
    insertAudit({ ...row, hash })
    for (const subjectId of subjectIds)
      insertSubject({ id: chance.id(moment), auditId: row.id, subjectId, at })
  }
}

/**
 * Indexes by whose keys a row may belong anywhere. One that is made at once has every page full, so that the next row of any
 * of them takes a page apart; these grow with their rows, as they do at a desk.
 */
const GROWN = ['case_note_family', 'audit_subject_subject']

/**
 * Runs a bulk of inserts without what makes each of them dear: no triggers, no indexes, no journal, nothing flushed.
 * Afterwards the record is as dispatch would have left it. A file that is cut off half-way is of no use.
 */
export function inBulk(connection: Connection, work: () => void, say: (step: string) => void): void {
  // without this the pragma of the journal is not heard, and everything is written twice
  connection.unsafeMode(true)
  for (const pragma of [
    'journal_mode = OFF',
    'synchronous = OFF',
    'secure_delete = OFF',
    'cache_size = -1500000'
  ])
    connection.pragma(pragma)
  dropSearchTriggers(connection)
  const indexes = connection
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL`)
    .all() as { name: string; sql: string }[]
  const madeAtOnce = indexes.filter(({ name }) => !GROWN.includes(name))
  for (const { name } of madeAtOnce) connection.exec(`DROP INDEX ${name}`)
  work()
  say('indexes')
  connection.exec('BEGIN')
  for (const { sql } of madeAtOnce) connection.exec(sql)
  connection.exec('COMMIT')
  say('search')
  fillSearch(connection)
  say('people')
  fillFamilies(connection)
  fillKeyworkers(connection)
  fillEpisodes(connection)
  fillStepDowns(connection)
  keepSearchInStep(connection)
  connection.pragma('journal_mode = WAL')
  connection.unsafeMode(false)
}
