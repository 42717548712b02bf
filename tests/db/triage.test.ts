import { describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { newId } from '../../shared/ids.ts'
import { emptyLetter } from '../../shared/letter/emptyLetter.ts'
import { AT, earlierRecord } from '../fixtures/earlierRecord.ts'

const record = earlierRecord(6)

describe('migration 0006, with rows', () => {
  it('the new settings are there as a new computer has them, written by whoever set it up', () => {
    const connection = record.brought()
    const { kept, seeded } = record.settings('triage', 'triage-letter')
    expect(seeded).toHaveLength(4)
    expect(kept).toEqual(seeded)
    expect(brokenInvariants(connection)).toEqual([])
  })

  it('a half-typed letter opens, and no step-down or step-up is there', () => {
    const of = { familyId: newId(), episodeId: '', aboutId: '', template: '' } as const
    const form = { kind: 'letter', body: { ...emptyLetter(newId(), of), body: 'Half typed' } }
    record.typed(form)
    const connection = record.brought()
    expect(record.forms()).toEqual([form])
    const tables = ['step_down', 'step_down_now', 'step_up', 'impact_meeting']
    for (const table of tables) expect(connection.prepare(`SELECT 1 FROM ${table}`).all()).toEqual([])
  })

  it('a family, its assessment and its agreement are what they were', () => {
    const of = { id: newId(), family_id: newId() }
    record.insert('family', { id: of.family_id, created_at: AT })
    record.insert('episode', {
      ...of,
      reference: 'FFA-7KQ3-000001',
      registered_on: '2026-11-02',
      created_at: AT
    })
    record.insert('agreement', {
      ...{ id: newId(), family_id: of.family_id, decision: 'given', take_part: 1, created_at: AT },
      decided_on: '2026-11-02'
    })
    const connection = record.brought()
    expect(connection.prepare('SELECT id, family_id, reference FROM episode').all()).toEqual([
      { ...of, reference: 'FFA-7KQ3-000001' }
    ])
    expect(brokenInvariants(connection)).toEqual([])
  })
})
