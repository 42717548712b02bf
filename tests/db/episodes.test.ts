import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { fillEpisodes } from '../../db/episodes.ts'
import { brokenInvariants } from '../../db/invariants.ts'
import { prepare, readMigrations } from '../../db/migrate.ts'
import type { Connection } from '../../db/open.ts'
import { newId } from '../../shared/ids.ts'
import { migrationsFolder } from '../fixtures/desk.ts'
import { emptyFile } from '../fixtures/emptyFile.ts'
import { insertRow } from '../fixtures/rows.ts'

const ACCOUNT = newId()
const ASTRAY = 'How an assessment stands is what the record says'

const file = emptyFile()
let connection: Connection
beforeEach(() => {
  connection = file()
  prepare(connection, readMigrations(migrationsFolder))
})

type Row = [table: string, values: Record<string, unknown>]
const insert = ([table, values]: Row) => insertRow(connection, table, values)
const at = (minute: number) => ({
  created_at: `2026-11-23T10:${String(minute).padStart(2, '0')}:00.000Z`,
  created_by: ACCOUNT
})
const ofEpisode = { family_id: 'f', episode_id: 'e' }
const step = (name: string, minute: number, day: string): Row => [
  'episode_step',
  { id: name, step: name, on_day: day, ...ofEpisode, ...at(minute) }
]
const hubOfFamily = JSON.stringify({ hubId: 'moved-to' })

/** An assessment that was stepped through, met over, closed, taken up again and given a new hub. */
const rows: Row[] = [
  ['family', { id: 'f', reference: 'FAM-1', hub_id: 'hub', ...at(0) }],
  [
    'episode',
    { id: 'e', family_id: 'f', hub_id: 'hub', reference: 'FFA-1', registered_on: '2026-08-10', ...at(1) }
  ],
  ['episode_keyworker', { id: 'k', practitioner_id: 'p', valid_from: '2026-08-10', ...ofEpisode, ...at(1) }],
  step('set-up', 2, '2026-08-11'),
  step('start', 3, '2026-08-12'),
  step('finalise', 4, '2026-08-28'),
  step('agree-plan', 5, '2026-09-01'),
  ['meeting', { id: 'd1', kind: 'first', on_day: '2026-09-01', ...ofEpisode, ...at(4) }],
  ['meeting_record', { id: 'r1', meeting_id: 'd1', held_on: '2026-09-01', ...ofEpisode, ...at(6) }],
  ['meeting', { id: 'd2', kind: 'review', on_day: '2026-10-12', ...ofEpisode, ...at(6) }],
  ['meeting_record', { id: 'r2', meeting_id: 'd2', held_on: '2026-10-13', ...ofEpisode, ...at(7) }],
  ['episode_date', { id: 'd3', kind: 'meeting', due_on: '2026-12-01', ...ofEpisode, ...at(8) }],
  ['plan_action', { id: 'a', due_on: '2026-11-27', ...ofEpisode, ...at(8) }],
  ['episode_closure', { id: 'c', kind: 'closed', closed_on: '2026-11-20', ...ofEpisode, ...at(9) }],
  [
    'episode_reopening',
    { id: 'o', closure_id: 'c', reopened_on: '2026-11-22', reason: 'x', ...ofEpisode, ...at(10) }
  ],
  ['case_note', { id: 'n1', happened_at: '2026-11-20T09:00:00.000Z', ...ofEpisode, ...at(11) }],
  ['case_note', { id: 'n2', happened_at: '2026-11-02T09:00:00.000Z', ...ofEpisode, ...at(12) }],
  [
    'fact',
    { id: 'h', of_id: 'h', subject_id: 'f', subject: 'family', kind: 'hub', value: hubOfFamily, ...at(13) }
  ]
]

const kept = () => connection.prepare('SELECT * FROM episode_now').all() as Record<string, unknown>[]

/** What the triggers keep, which must be what a fill makes of the same record. */
function keptInStep() {
  const now = kept()
  expect(brokenInvariants(connection)).not.toContain(ASTRAY)
  fillEpisodes(connection)
  expect(kept()).toEqual(now)
  return now
}

describe('how an assessment stands is kept in step with the record', () => {
  it('of an assessment that was closed and goes on: its state, its days, what comes next and its hub', () => {
    rows.forEach(insert)
    expect(keptInStep()).toEqual([
      {
        episode_id: 'e',
        family_id: 'f',
        hub_id: 'moved-to',
        closed_on: '',
        state: 'reviewing',
        registered_on: '2026-08-10',
        owned_from: '2026-08-10',
        finalised_on: '2026-08-28',
        plan_agreed_on: '2026-09-01',
        first_meeting_on: '2026-09-01',
        last_meeting_on: '2026-10-13',
        next_on: '2026-11-27'
      }
    ])
  })

  it('in whatever order rows of another desk arrive, and whichever have not yet (seed 4713)', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 1 }), (arrived) => {
        connection.exec('BEGIN')
        try {
          arrived.forEach(insert)
          const [now] = keptInStep()
          const tables = new Set(arrived.map(([table]) => table))
          expect(now !== undefined).toBe(tables.has('episode'))
          const isClosed = tables.has('episode_closure') && !tables.has('episode_reopening')
          if (now) expect([now['closed_on'] !== '', now['state'] === 'closed']).toEqual([isClosed, isClosed])
        } finally {
          connection.exec('ROLLBACK')
        }
      }),
      { numRuns: 400, seed: 4713 }
    )
  })

  it('L29: of what has ended nothing comes next, whoever has yet to hear of it', () => {
    rows.filter(([table]) => table !== 'episode_reopening').forEach(insert)
    expect(keptInStep()).toMatchObject([{ closed_on: '2026-11-20', state: 'closed', next_on: '' }])
  })

  it('what is planned and ends, or is put off, changes what comes next', () => {
    rows.forEach(insert)
    const next = () => keptInStep()[0]?.['next_on']
    connection.exec(`UPDATE plan_action SET ended_on = '2026-11-25' WHERE id = 'a'`)
    expect(next()).toBe('2026-12-01')
    connection.exec(`UPDATE episode_date SET due_on = '2026-12-08' WHERE id = 'd3'`)
    expect(next()).toBe('2026-12-08')
    connection.exec(
      `UPDATE episode_date SET ending = 'done', ended_at = '2026-12-08T10:00:00.000Z' WHERE id = 'd3'`
    )
    expect(next()).toBe('')
  })

  it('two closures of two desks, one of which was taken back: it is closed, as its day says', () => {
    rows.forEach(insert)
    insert(['episode_closure', { id: 'c2', kind: 'closed', closed_on: '2026-11-21', ...ofEpisode, ...at(9) }])
    expect(keptInStep()).toMatchObject([{ closed_on: '2026-11-21', state: 'closed' }])
  })

  it('a closure from a desk whose clock is ahead of the one that took it back: it is open, as its day says', () => {
    rows.filter(([table]) => table !== 'episode_closure').forEach(insert)
    insert(['episode_closure', { id: 'c', kind: 'closed', closed_on: '2026-11-20', ...ofEpisode, ...at(40) }])
    expect(keptInStep()).toMatchObject([{ closed_on: '', state: 'reviewing' }])
  })
})
