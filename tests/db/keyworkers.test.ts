import { describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { emptyClosing } from '../../shared/episode/closing.ts'
import { emptyRecordedAgreement, emptyRegistration, emptyWithdrawal } from '../../shared/family/emptyForms.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import { emptyMeetingDraft } from '../../shared/meeting/emptyForms.ts'
import { emptyNote } from '../../shared/note/emptyNote.ts'
import { emptySharing } from '../../shared/sharing/emptySharing.ts'
import { AT, earlierRecord } from '../fixtures/earlierRecord.ts'

const record = earlierRecord(5)

describe('migration 0005, with rows', () => {
  it('the new settings are there as a new computer has them, written by whoever set it up', () => {
    const connection = record.brought()
    const { kept, seeded } = record.settings('neighbour', 'caseload', 'term', 'letter-template')
    expect(seeded).toHaveLength(14)
    expect(kept).toEqual(seeded)
    expect(brokenInvariants(connection)).toEqual([])
  })

  it('half-typed forms of every kind that there was open', () => {
    const familyId = newId()
    const of = { familyId, episodeId: newId() }
    const ids = { ...of, agreementId: newId(), personId: newId() }
    const forms = [
      { kind: 'registration', body: { ...emptyRegistration(ids, AT), reason: 'Half typed' } },
      { kind: 'agreement', body: emptyRecordedAgreement({ ...ids, agreementId: newId() }, '') },
      { kind: 'withdrawal', body: emptyWithdrawal(newId(), familyId, newId()) },
      { kind: 'sharing', body: { ...emptySharing(newId(), familyId), what: 'Half typed' } },
      { kind: 'note', body: { ...emptyNote({ ...of, id: newId() }), words: 'Half typed' } },
      { kind: 'meeting', body: emptyMeetingDraft({ ...of, id: newId(), meetingId: newId() }) },
      { kind: 'closing', body: emptyClosing({ ...of, id: newId(), kind: 'closed' }) }
    ]
    forms.forEach(record.typed)
    record.brought()
    expect(record.forms()).toEqual(forms)
  })

  it('whoever was the keyworker is it from the same day on, and an assessment that nobody owns has none', () => {
    const owned = anEpisode('FFA-7KQ3-000001')
    const unowned = anEpisode('FFA-7KQ3-000002')
    const practitionerId = newId()
    record.insert('practitioner', {
      ...{ id: practitionerId, name: 'Priya Shah', created_at: AT, updated_at: AT },
      ...{ trained_on: '2026-01-12', registered_on: '2026-02-09' }
    })
    const rowId = newId()
    record.insert('episode_keyworker', {
      ...{ id: rowId, family_id: owned.familyId, episode_id: owned.id, practitioner_id: practitionerId },
      ...{ valid_from: '2026-11-02', created_at: AT }
    })
    const connection = record.brought()
    const rows = connection.prepare('SELECT id, kind, over_id, source_id FROM episode_keyworker').all()
    expect(rows).toEqual([{ id: rowId, kind: 'named', over_id: '', source_id: '' }])
    const spans = 'SELECT episode_id, from_day, to_day, practitioner_id, is_cover FROM keyworker_span'
    expect(connection.prepare(spans).all()).toEqual([
      {
        ...{ episode_id: owned.id, from_day: '2026-11-02', to_day: LAST_DAY },
        ...{ practitioner_id: practitionerId, is_cover: 0 }
      }
    ])
    const standing = connection.prepare('SELECT episode_id, owned_from FROM episode_now ORDER BY owned_from')
    expect(standing.all()).toEqual([
      { episode_id: unowned.id, owned_from: '' },
      { episode_id: owned.id, owned_from: '2026-11-02' }
    ])
    expect(connection.prepare('SELECT left_on, left_why FROM practitioner').all()).toEqual([
      { left_on: '', left_why: '' }
    ])
  })
})

/** An open assessment of a family of its own, as it stood and as it was worked out before. */
function anEpisode(reference: string): { id: Id; familyId: Id } {
  const of = { id: newId(), familyId: newId() }
  record.insert('family', { id: of.familyId, created_at: AT })
  record.insert('episode', {
    ...{ id: of.id, family_id: of.familyId, reference, registered_on: '2026-11-02', created_at: AT }
  })
  record.insert('agreement', {
    ...{ id: newId(), family_id: of.familyId, decision: 'given', take_part: 1, created_at: AT },
    decided_on: '2026-11-02'
  })
  record.insert('episode_now', { episode_id: of.id, family_id: of.familyId, registered_on: '2026-11-02' })
  return of
}
