import { describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { newId } from '../../shared/ids.ts'
import { AT, earlierRecord } from '../fixtures/earlierRecord.ts'

const record = earlierRecord(7)

describe('migration 0007, with rows', () => {
  it('an export that left is what it was, for nobody but whom it was for', () => {
    const of = { id: newId(), family_id: newId(), reference: 'EXP-7KQ3-000001', purpose: 'A meeting' }
    record.insert('family', { id: of.family_id, created_at: AT })
    record.insert('case_export', { ...of, scope: 'family', format: 'pdf', included: 12, created_at: AT })
    const connection = record.brought()
    expect(
      connection
        .prepare('SELECT id, family_id, reference, purpose, included, receiver_name, reason FROM case_export')
        .all()
    ).toEqual([{ ...of, included: 12, receiver_name: '', reason: '' }])
    expect(brokenInvariants(connection)).toEqual([])
  })

  it('one that was killed before is still to be ended as case notes', () => {
    const id = newId()
    record.insert('export_under_way', { id, path: '/gone/out.zip', family_id: newId(), began_at: AT })
    expect(record.brought().prepare('SELECT id, operation, subject_ids FROM export_under_way').all()).toEqual(
      [{ id, operation: 'export.save', subject_ids: '' }]
    )
  })
})
