import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  desk.close()
})

const details = {
  name: 'Invented Health Trust',
  kind: 'Health',
  phone: '01632 960500',
  address: '2 Example Road'
}
const listed = async (text = '') =>
  (await desk.does('agency.list', { text, after: '' })).rows.map(({ name }) => name)

describe('an agency', () => {
  it('is added once and found by name, kind, address or number', async () => {
    const input = { ...details, id: newId(), rowVersion: 0 }
    const saved = await desk.does('agency.save', input)
    expect(saved).toEqual({ ...input, rowVersion: 1 })
    expect(await desk.does('agency.save', input)).toEqual(saved)
    await desk.does('agency.save', {
      ...details,
      name: 'Harbour Charity',
      kind: '',
      phone: '',
      id: newId(),
      rowVersion: 0
    })
    expect(await listed()).toEqual(['Harbour Charity', 'Invented Health Trust'])
    for (const text of ['health trust', 'TRUST', '+44 1632 960500', '01632 9605', '960500']) {
      expect(await listed(text)).toEqual(['Invented Health Trust'])
    }
    expect(await listed('health charity')).toEqual([])
  })

  it('is changed only from the version that was read', async () => {
    const id = newId()
    await desk.does('agency.save', { ...details, id, rowVersion: 0 })
    const changed = { ...details, id, phone: '01632 960501', rowVersion: 1 }
    expect(await desk.does('agency.save', changed)).toMatchObject({ rowVersion: 2 })
    expect(await desk.run('agency.save', { ...changed, phone: '01632 960502' })).toEqual({
      ok: false,
      error: { code: 'changed-since' }
    })
    expect(await desk.run('agency.save', { ...changed, rowVersion: 0 })).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'clashing-id' }
    })
    expect(await desk.run('agency.save', { ...changed, id: newId(), rowVersion: 3 })).toEqual({
      ok: false,
      error: { code: 'changed-since' }
    })
  })

  it('is not for an auditor to change', async () => {
    const result = await desk.run(
      'agency.save',
      { ...details, id: newId(), rowVersion: 0 },
      desk.actor('auditor')
    )
    expect(result).toEqual({ ok: false, error: { code: 'not-allowed' } })
  })

  it('is listed in pages', async () => {
    for (let n = 100; n < 160; n++) {
      await desk.does('agency.save', { ...details, name: `Agency ${String(n)}`, id: newId(), rowVersion: 0 })
    }
    const first = await desk.does('agency.list', { text: '', after: '' })
    const second = await desk.does('agency.list', { text: '', after: first.next })
    expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 10, ''])
  })
})
