import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { mayBeGivenFamily, type PractitionerDetails } from '../../shared/practitioner/practitioner.ts'
import { addDays } from '../../shared/time/london.ts'
import { aSchool } from '../fixtures/calls.ts'
import { openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aFamily, aPractitioner, aRegistration } from '../fixtures/families.ts'

const TODAY = '2026-11-23'

let desk: TestDesk
beforeEach(async () => {
  desk = await openTestDesk()
})
afterEach(() => {
  desk.close()
})

const agencyAt = (name: string, phone: string) =>
  desk.does('agency.save', { id: newId(), name, kind: '', phone, address: '', rowVersion: 0 })
const details = (changes: Partial<PractitionerDetails>): PractitionerDetails => ({
  id: newId(),
  name: 'Priya Shah',
  role: 'Family support worker',
  employer: 'agency',
  employerId: newId(),
  phone: '07700 900123',
  email: '',
  trainedOn: '2026-01-12',
  standardsOn: '',
  registeredOn: '2026-02-09',
  rowVersion: 0,
  ...changes
})
const listed = async (text = '') =>
  (await desk.does('practitioner.list', { text, after: '' })).rows.map(({ name }) => name)

describe('R23: who may be given a family', () => {
  const mayWith = (dates: Partial<PractitionerDetails>) =>
    mayBeGivenFamily({ ...details(dates), leftOn: '' }, TODAY)

  it('is whoever is trained and registered, from the very day of each', () => {
    expect(mayWith({ trainedOn: TODAY, registeredOn: TODAY })).toBe(true)
    expect(mayWith({ trainedOn: addDays(TODAY, 1), registeredOn: TODAY })).toBe(false)
    expect(mayWith({ trainedOn: TODAY, registeredOn: addDays(TODAY, 1) })).toBe(false)
  })

  it('is nobody who lacks one of the two, and the practice standards do not stand for either', () => {
    expect(mayWith({ trainedOn: '', registeredOn: TODAY })).toBe(false)
    expect(mayWith({ trainedOn: TODAY, registeredOn: '' })).toBe(false)
    expect(mayWith({ trainedOn: '', registeredOn: TODAY, standardsOn: TODAY })).toBe(false)
    expect(mayWith({ trainedOn: TODAY, registeredOn: TODAY, standardsOn: '' })).toBe(true)
  })
})

describe('a practitioner', () => {
  it('is registered once, with the number of the agency in the directory (R19)', async () => {
    const agency = await agencyAt('Lantern Trust', '01992 555 100')
    const input = details({ employerId: agency.id })
    const saved = await desk.does('practitioner.save', input)
    expect(saved).toEqual({
      ...input,
      rowVersion: 1,
      employerName: 'Lantern Trust',
      mainNumber: '01992 555 100',
      load: { held: 0, covering: 0, capacity: 12, percent: 0 },
      awayUntil: '',
      leftOn: ''
    })
    expect(await desk.does('practitioner.save', input)).toEqual(saved)
    await desk.does('agency.save', { ...agency, phone: '01992 555 101' })
    const [row] = (await desk.does('practitioner.list', { text: '', after: '' })).rows
    expect(row?.mainNumber).toBe('01992 555 101')
  })

  it('may work at a school, by the newest that is known of it', async () => {
    const school = await aSchool(desk)
    const saved = await desk.does('practitioner.save', details({ employer: 'school', employerId: school.id }))
    expect([saved.employerName, saved.mainNumber]).toEqual(['Oakfield School', '01992 555 555'])
    await desk.does('school.change', {
      id: school.id,
      versionId: newId(),
      basedOn: school.versionId,
      status: 'open',
      name: 'Oakfield Academy',
      typeGroup: '',
      typeName: '',
      address: '',
      town: 'Hertford',
      postcode: '',
      district: '',
      phone: '01992 555 556',
      leadName: ''
    })
    const [row] = (await desk.does('practitioner.list', { text: 'oakfield academy', after: '' })).rows
    expect([row?.employerName, row?.mainNumber]).toEqual(['Oakfield Academy', '01992 555 556'])
    expect(await listed('oakfield school')).toEqual([])
  })

  it('is refused where nobody of the directory employs them', async () => {
    const school = await aSchool(desk)
    for (const wrong of [{ employerId: newId() }, { employer: 'agency' as const, employerId: school.id }]) {
      expect(await desk.run('practitioner.save', details(wrong))).toMatchObject({
        error: { code: 'invalid', fields: [{ path: 'employerId' }] }
      })
    }
    expect(await listed()).toEqual([])
  })

  it('is changed only from the version that was read (L7)', async () => {
    const agency = await agencyAt('Lantern Trust', '')
    const input = details({ employerId: agency.id })
    await desk.does('practitioner.save', input)
    const trained = { ...input, standardsOn: '2026-03-02', rowVersion: 1 }
    expect(await desk.does('practitioner.save', trained)).toMatchObject({ rowVersion: 2 })
    expect(await desk.run('practitioner.save', { ...trained, role: 'Manager' })).toEqual({
      ok: false,
      error: { code: 'changed-since' }
    })
    expect(await desk.run('practitioner.save', { ...trained, rowVersion: 0 })).toEqual({
      ok: false,
      error: { code: 'refused', reason: 'clashing-id' }
    })
  })

  it('is found by name, role, number and where they work', async () => {
    const lantern = await agencyAt('Lantern Trust', '')
    const harbour = await agencyAt('Harbour Charity', '')
    await desk.does('practitioner.save', details({ employerId: lantern.id }))
    await desk.does(
      'practitioner.save',
      details({ employerId: harbour.id, name: 'Zoë Marsh', role: '', phone: '' })
    )
    for (const text of ['shah', 'SUPPORT worker', 'lantern priya', '07700 9001', '+44 7700 900123']) {
      expect(await listed(text)).toEqual(['Priya Shah'])
    }
    expect(await listed('zoe harbour')).toEqual(['Zoë Marsh'])
    expect(await listed('priya harbour')).toEqual([])
  })

  it('is listed in pages', async () => {
    const { id: employerId } = await agencyAt('Lantern Trust', '')
    for (let n = 100; n < 160; n++) {
      await desk.does('practitioner.save', details({ employerId, name: `Practitioner ${String(n)}` }))
    }
    const first = await desk.does('practitioner.list', { text: '', after: '' })
    const second = await desk.does('practitioner.list', { text: '', after: first.next })
    expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 10, ''])
    expect(second.rows[0]?.name).toBe('Practitioner 150')
  })

  it('has as many families as they are the keyworker of now', async () => {
    const { id } = await aPractitioner(desk)
    await aFamily(desk, { practitionerId: id })
    const refused = aRegistration({ practitionerId: id })
    await desk.does('family.register', {
      ...refused,
      agreement: { ...refused.agreement, decision: 'not-asked' }
    })
    const [row] = (await desk.does('practitioner.list', { text: '', after: '' })).rows
    expect(row?.load).toEqual({ held: 1, covering: 0, capacity: 12, percent: 8 })
  })

  it('R19: has no main number of a school that somebody typed during a call and nobody has checked', async () => {
    const typed = {
      ...{ name: 'Wychford School', typeGroup: '', typeName: '', address: '', town: 'Ware', postcode: '' },
      ...{ district: '', phone: '07700 900999', leadName: '', id: newId(), toCheck: true }
    }
    await desk.does('school.add', typed)
    const saved = await desk.does('practitioner.save', details({ employer: 'school', employerId: typed.id }))
    expect(saved).toMatchObject({ employerName: 'Wychford School', mainNumber: '' })
  })

  it('is not for an auditor to register', async () => {
    const { id } = await agencyAt('Lantern Trust', '')
    const result = await desk.run('practitioner.save', details({ employerId: id }), desk.actor('auditor'))
    expect(result).toEqual({ ok: false, error: { code: 'not-allowed' } })
  })
})
