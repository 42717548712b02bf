import { describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { emptyRecordedAgreement, emptyRegistration, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId } from '../../shared/ids.ts'
import { AT, earlierRecord } from '../fixtures/earlierRecord.ts'

const record = earlierRecord(4)

describe('migration 0004, with rows', () => {
  it('the new settings are there as a new computer has them, written by whoever set it up', () => {
    const connection = record.brought()
    const { kept, seeded } = record.settings('assessment', 'note-template')
    expect(seeded).toHaveLength(7)
    expect(kept).toEqual(seeded)
    expect(brokenInvariants(connection)).toEqual([])
  })

  it('half-typed forms open: a registration, an agreement, a withdrawal', () => {
    const familyId = newId()
    const ids = { familyId, episodeId: newId(), agreementId: newId(), personId: newId() }
    const forms = [
      { kind: 'registration', body: { ...emptyRegistration(ids, AT), reason: 'Half typed' } },
      { kind: 'agreement', body: emptyRecordedAgreement({ ...ids, agreementId: newId() }, '') },
      { kind: 'withdrawal', body: emptyWithdrawal(newId(), familyId, newId()) }
    ]
    for (const { kind, body } of forms) {
      const { goesOnBecause: _, ...before } = { goesOnBecause: '', ...body }
      record.typed({ kind, body: before })
    }
    record.brought()
    expect(record.forms()).toEqual(forms)
  })

  it('what stood of assessments stands as it did: one that is open, one that a withdrawal closed', () => {
    const open = {
      id: newId(),
      family_id: newId(),
      reference: 'FFA-7KQ3-000001',
      registered_on: '2026-11-02'
    }
    const over = {
      id: newId(),
      family_id: newId(),
      reference: 'FFA-7KQ3-000002',
      registered_on: '2026-10-05'
    }
    for (const episode of [open, over]) {
      record.insert('family', { id: episode.family_id, created_at: AT })
      record.insert('episode', { ...episode, created_at: AT })
      const said = { id: newId(), family_id: episode.family_id, decision: 'given', take_part: 1 }
      record.insert('agreement', { ...said, decided_on: episode.registered_on, created_at: AT })
    }
    const closure = { id: newId(), family_id: over.family_id, episode_id: over.id, closed_on: '2026-11-20' }
    record.insert('episode_closure', { ...closure, created_at: AT, closure_reason: 'They withdrew' })
    const connection = record.brought()
    expect(
      connection.prepare('SELECT id, reference, goes_on_because FROM episode ORDER BY reference').all()
    ).toEqual([
      { id: open.id, reference: open.reference, goes_on_because: '' },
      { id: over.id, reference: over.reference, goes_on_because: '' }
    ])
    expect(
      connection.prepare('SELECT id, closure_reason, kind, could_transfer FROM episode_closure').all()
    ).toEqual([{ id: closure.id, closure_reason: 'They withdrew', kind: 'closed', could_transfer: '' }])
  })
})
