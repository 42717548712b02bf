import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { prepare, readMigrations } from '../../db/migrate.ts'
import type { Connection } from '../../db/open.ts'
import { fillStepDowns } from '../../db/stepDowns.ts'
import { newId } from '../../shared/ids.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { dueAt } from '../../shared/stepDown/clock.ts'
import { fromArrival, standingOf, type EventInOrder } from '../../shared/stepDown/state.ts'
import { stepDownEvents, type StepDownEvent } from '../../shared/stepDown/stepDown.ts'
import { at } from '../fixtures/hours.ts'
import { migrationsFolder } from '../fixtures/desk.ts'
import { emptyFile } from '../fixtures/emptyFile.ts'
import { insertRow } from '../fixtures/rows.ts'

const ACCOUNT = newId()
const ASTRAY = 'How a step-down stands is what the record says'
const ARRIVED = at('2026-11-20', '15:59')
const seeds = seedSettings()

const file = emptyFile()
let connection: Connection
beforeEach(() => {
  connection = file()
  prepare(connection, readMigrations(migrationsFolder))
})

type Row = [table: string, values: Record<string, unknown>]
const insert = ([table, values]: Row) => insertRow(connection, table, values)
const minute = (count: number) => new Date(Date.UTC(2026, 10, 23, 10, count)).toISOString()
const recorded = (count: number) => ({ created_at: minute(count), created_by: ACCOUNT })
const ofStepDown = { step_down_id: 's' }
const happened = (event: StepDownEvent, count: number, changes: Record<string, unknown> = {}): Row => [
  'step_down_event',
  { id: `e${String(count).padStart(2, '0')}`, event, ...ofStepDown, ...recorded(count), ...changes }
]

/** One that came back, was matched, decided on and given to somebody who said no, and somebody took it. */
const rows: Row[] = [
  ['step_down', { id: 's', reference: 'STD-1', hub_id: 'county', received_at: ARRIVED, ...recorded(0) }],
  ['step_down_version', { id: 'v1', hub_id: 'county', risk: '', source: '', ...ofStepDown, ...recorded(0) }],
  happened('incomplete', 1),
  happened('return', 2),
  [
    'step_down_version',
    {
      ...{ id: 'v2', hub_id: 'hub', risk: 'medium', source: 'child-in-need', sending_team: 'East' },
      ...ofStepDown,
      ...recorded(3)
    }
  ],
  happened('complete', 4),
  ['family', { id: 'f', reference: 'FAM-1', hub_id: 'of-the-family', ...recorded(4) }],
  ['step_down_family', { id: 'm', family_id: 'f', how: 'matched', ...ofStepDown, ...recorded(5) }],
  ['step_down_decision', { id: 'd', route: 'intensive-team', ...ofStepDown, ...recorded(6) }],
  happened('decide-keyworker', 6),
  happened('propose', 7, { about_id: 'a', to_id: 'p' }),
  happened('decline', 8, { about_id: 'a' }),
  happened('take', 9, { to_id: ACCOUNT })
]
const settings: Row[] = seeds
  .filter(({ kind }) => ['opening-hours', 'closed-day', 'triage'].includes(kind))
  .map((row) => [
    'setting',
    {
      ...{ id: row.id, kind: row.kind, key: row.key, value: JSON.stringify(row.value) },
      ...{ valid_from: row.validFrom, valid_to: row.validTo, created_at: row.recordedAt }
    }
  ])

const kept = () => connection.prepare('SELECT * FROM step_down_now').all() as Record<string, unknown>[]

/** What the triggers keep, which must be what a fill makes of the same record. */
function keptInStep() {
  const now = kept()
  expect(brokenInvariants(connection)).not.toContain(ASTRAY)
  fillStepDowns(connection)
  expect(kept()).toEqual(now)
  return now
}

const whole = {
  ...{
    step_down_id: 's',
    hub_id: 'of-the-family',
    is_open: 1,
    state: 'to-allocate',
    ending: '',
    risk_rank: 1
  },
  ...{ source: 'child-in-need', sending_team: 'East', received_at: ARRIVED, since: minute(6) },
  ...{ due_at: at('2026-11-30', '17:00'), owner_id: ACCOUNT, practitioner_id: '', family_id: 'f' },
  ...{ version_id: 'v2', decision_id: 'd', last_id: 'e09', last_at: minute(9) }
}

describe('how a step-down stands is kept in step with the record', () => {
  it('its list, its clock, who has it, its family and what was recorded last', () => {
    ;[...settings, ...rows].forEach(insert)
    expect(keptInStep()).toEqual([whole])
  })

  it('rows of other desks may arrive in any order, the settings too', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...rows, ...settings], { minLength: rows.length + settings.length }),
        (shuffled) => {
          connection.exec('SAVEPOINT one')
          shuffled.forEach(insert)
          expect(kept()).toEqual([whole])
          connection.exec('ROLLBACK TO one; RELEASE one')
        }
      ),
      { numRuns: 15 }
    )
  })

  it('whatever happens in whatever order, the table says what the machine says', () => {
    settings.forEach(insert)
    const anySequence = fc.array(fc.constantFrom(...stepDownEvents), { maxLength: 14 })
    const inAnyOrder = anySequence.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events.keys()], { minLength: events.length }))
    )
    fc.assert(
      fc.property(inAnyOrder, ([events, arriving]) => {
        connection.exec('SAVEPOINT one')
        rows.slice(0, 1).forEach(insert)
        for (const index of arriving)
          insert(
            happened(events[index] ?? 'take', index, {
              ...{ about_id: `a${String(index)}`, to_id: `t${String(index)}` }
            })
          )
        const inOrder = events.map((event, index): EventInOrder => ({
          ...{ event, aboutId: `a${String(index)}`, toId: `t${String(index)}`, recordedAt: minute(index) }
        }))
        const { state, ending, since, ownerId, practitionerId } = standingOf(fromArrival(inOrder, ARRIVED))
        const began = since || ARRIVED
        expect(kept()).toMatchObject([
          {
            ...{ state, ending, is_open: state === 'done' ? 0 : 1, since: began, owner_id: ownerId },
            ...{ practitioner_id: practitionerId, due_at: dueAt(seeds, state, began) }
          }
        ])
        expect(brokenInvariants(connection)).not.toContain(ASTRAY)
        connection.exec('ROLLBACK TO one; RELEASE one')
      }),
      { numRuns: 50 }
    )
  })

  it('other hours, closed days or targets work out what is open anew; what is done has no clock', () => {
    ;[...settings, ...rows].forEach(insert)
    const closed = JSON.stringify({ name: 'Move of the office', bankHoliday: false })
    insert([
      'setting',
      {
        id: 'c',
        kind: 'closed-day',
        key: '2026-11-26',
        value: closed,
        valid_from: '2026-11-26',
        ...recorded(10)
      }
    ])
    expect(keptInStep()).toMatchObject([{ due_at: at('2026-12-01', '17:00') }])
    connection.prepare("UPDATE setting SET deleted_at = ? WHERE id = 'c'").run(minute(11))
    expect(keptInStep()).toMatchObject([{ due_at: whole.due_at }])
    const quicker = JSON.stringify({
      ...{ triageWorkingDays: 1, allocationWorkingDays: 1, acceptanceWorkingDays: 1 },
      ...{ senderWorkingDays: 1, noteDays: 14 }
    })
    insert([
      'setting',
      { id: 't', kind: 'triage', key: 'hub', value: quicker, valid_from: '2026-11-23', ...recorded(12) }
    ])
    expect(keptInStep()).toMatchObject([{ due_at: at('2026-11-24', '17:00') }])
    insert(happened('end', 13, { reason: 'duplicate' }))
    expect(keptInStep()).toMatchObject([{ state: 'done', ending: 'ended', is_open: 0, due_at: '' }])
  })

  it('it goes with its family to another hub', () => {
    rows.forEach(insert)
    const moved = JSON.stringify({ hubId: 'moved-to' })
    insert([
      'fact',
      { id: 'h', of_id: 'h', subject_id: 'f', subject: 'family', kind: 'hub', value: moved, ...recorded(13) }
    ])
    expect(keptInStep()).toMatchObject([{ hub_id: 'moved-to' }])
  })
})
