import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { fillFamilies } from '../../db/families.ts'
import { brokenInvariants } from '../../db/invariants.ts'
import { prepare, readMigrations } from '../../db/migrate.ts'
import type { Connection } from '../../db/open.ts'
import { emptyCall } from '../../shared/call/call.ts'
import { newId } from '../../shared/ids.ts'
import { migrationsFolder } from '../fixtures/desk.ts'
import { ACCOUNT, AT, earlierRecord } from '../fixtures/earlierRecord.ts'
import { emptyFile } from '../fixtures/emptyFile.ts'
import { insertRow } from '../fixtures/rows.ts'

const file = emptyFile()
let connection: Connection
beforeEach(() => {
  connection = file()
  prepare(connection, readMigrations(migrationsFolder))
})

const insert = (table: string, values: Record<string, unknown>) => insertRow(connection, table, values)

describe('migration 0003, with rows', () => {
  const record = earlierRecord(3)

  it('the new settings are there as a new computer has them, written by whoever set it up', () => {
    const before = record.brought()
    const { kept, seeded } = record.settings('postcode-area', 'agreement')
    expect(seeded.length).toBeGreaterThan(0)
    expect(kept).toEqual(seeded)
    expect(brokenInvariants(before)).toEqual([])
  })

  it('a half-typed call opens, without an assessment', () => {
    const { assessmentId: _, ...before } = { ...emptyCall(newId(), newId(), AT), concern: 'Half typed' }
    record.typedCall(before)
    record.brought()
    expect(record.call()).toEqual({ ...before, assessmentId: '' })
  })
})

describe('what is worked out of families is what the record says, in whatever order rows of another desk arrive', () => {
  const at = (minute: number) => ({
    created_at: `2026-11-23T10:0${String(minute)}:00.000Z`,
    created_by: ACCOUNT
  })
  const name = (value: string) => JSON.stringify({ name: value })
  const ofPerson = { subject: 'person', kind: 'name' }
  const choice = { about: 'call-child', about_id: 'child', call_id: 'call' }
  const rows: [table: string, values: Record<string, unknown>][] = [
    ...['a', 'b', 'c'].map((id): [string, Record<string, unknown>] => ['person', { id, ...at(0) }]),
    ['family', { id: 'f', reference: 'FAM-1', hub_id: 'hub', ...at(0) }],
    ['family_member', { id: 'm1', of_id: 'm1', family_id: 'f', person_id: 'a', role: 'child', ...at(0) }],
    [
      'family_member',
      {
        id: 'm2',
        of_id: 'm1',
        family_id: 'f',
        person_id: 'a',
        role: 'child',
        valid_to: '2026-11-20',
        ...at(1)
      }
    ],
    ['fact', { id: 'n1', of_id: 'n1', subject_id: 'a', value: name('Robin Vale'), ...ofPerson, ...at(0) }],
    ['fact', { id: 'n2', of_id: 'n1', subject_id: 'a', value: name('Robyn Vale'), ...ofPerson, ...at(1) }],
    [
      'fact',
      {
        id: 'n3',
        of_id: 'n3',
        subject_id: 'b',
        value: name('Bo Vale'),
        merge_id: 'g1',
        ...ofPerson,
        ...at(2)
      }
    ],
    [
      'fact',
      {
        id: 'h',
        of_id: 'h',
        subject: 'family',
        subject_id: 'f',
        kind: 'hub',
        value: '{"hubId":"x"}',
        ...at(0)
      }
    ],
    ['person_merge', { id: 'g1', merged_id: 'a', kept_id: 'b', ...at(2) }],
    ['person_merge', { id: 'g2', merged_id: 'b', kept_id: 'c', ...at(3) }],
    ['person_unmerge', { id: 'u1', merge_id: 'g1', ...at(4) }],
    [
      'call',
      {
        ...{
          id: 'call',
          reference: 'HUB-1',
          took_place_at: '2026-11-01T10:00:00.000Z',
          caller_kind: 'keyworker'
        },
        ...{
          gate: 'passes',
          adviser_profession: 'social-worker',
          caller_name: 'Ann Dean',
          concern: 'A concern'
        },
        ...{ outcome: 'advice-only', ...at(0) }
      }
    ],
    [
      'episode_date',
      {
        ...{ id: 'd', family_id: 'f', episode_id: 'e', kind: 'meeting', due_on: '2026-12-01', ...at(0) },
        ...{ ending: 'done', ended_at: '2026-11-23T10:05:00.000Z', updated_by: ACCOUNT }
      }
    ],
    ['person_choice', { id: 'w1', person_id: 'a', ...choice, ...at(1) }],
    ['person_choice', { id: 'w2', person_id: 'b', ...choice, ...at(2) }]
  ]
  const workedOut = () => ({
    people: connection.prepare('SELECT person_id, kept_id, card FROM person_index ORDER BY person_id').all(),
    families: connection.prepare('SELECT * FROM family_index').all(),
    chronology: connection.prepare('SELECT * FROM chronology ORDER BY id').all()
  })

  it('merges, undone ones, corrections and calls among them (seed 4713)', () => {
    const arriving = fc.shuffledSubarray(rows, { minLength: 1 })
    fc.assert(
      fc.property(arriving, (arrived) => {
        connection.exec('BEGIN')
        try {
          for (const [table, values] of arrived) insert(table, values)
          const kept = workedOut()
          expect(brokenInvariants(connection)).not.toContain('Everything of families can be found')
          fillFamilies(connection)
          expect(workedOut()).toEqual(kept)
        } finally {
          connection.exec('ROLLBACK')
        }
      }),
      { numRuns: 400, seed: 4713 }
    )
  })
})
