import { describe, expect, it } from 'vitest'
import { brokenInvariants } from '../../db/invariants.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { ACCOUNT, AT, earlierRecord } from '../fixtures/earlierRecord.ts'

const record = earlierRecord(7)

interface Template {
  id: Id
  kind: string
  key: string
  value: string
}

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

  describe('letters', () => {
    const [appointment, closure] = ['appointment', 'closure'].map((key) => {
      const seeded = seedSettings().find((each) => each.kind === 'letter-template' && each.key === key)
      return { id: seeded?.id ?? '', kind: 'letter-template', key, value: JSON.stringify(seeded?.value) }
    }) as [Template, Template]
    const before = '{"name":"As it was","subject":"As it was","text":"Dear {{to}}"}'
    const seed = (template: Template) =>
      record.insert('setting', { ...template, value: before, valid_from: '2019-12-01', created_by: ACCOUNT })
    const values = () =>
      record
        .brought()
        .prepare("SELECT id, value FROM setting WHERE kind = 'letter-template' ORDER BY key, valid_from")
        .all()

    it('of a meeting and of the end say what a new computer has them say', () => {
      seed(appointment)
      seed(closure)
      expect(values()).toEqual([appointment, closure].map(({ id, value }) => ({ id, value })))
    })

    it('that an administrator has written stay, and so does what they stand over', () => {
      const own = { ...appointment, id: newId(), value: before.replaceAll('As it was', 'Ours') }
      seed(appointment)
      record.insert('setting', { ...own, valid_from: '2026-11-01', created_by: ACCOUNT })
      expect(values()).toEqual([
        { id: appointment.id, value: before },
        { id: own.id, value: own.value }
      ])
    })
  })

  it('one that was killed before is still to be ended as case notes', () => {
    const id = newId()
    record.insert('export_under_way', { id, path: '/gone/out.zip', family_id: newId(), began_at: AT })
    expect(record.brought().prepare('SELECT id, operation, subject_ids FROM export_under_way').all()).toEqual(
      [{ id, operation: 'export.save', subject_ids: '' }]
    )
  })
})
