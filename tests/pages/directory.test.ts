import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { directoryView } from '../../renderer/school/directoryView.ts'
import DirectoryPage from '../../renderer/school/DirectoryPage.vue'
import SchoolPage from '../../renderer/school/SchoolPage.vue'
import type { Session } from '../../shared/account/account.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { ImportProgress, School } from '../../shared/school/school.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { button, field, settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const administrator: Session & { stage: 'open' } = {
  stage: 'open',
  trial: false,
  account: {
    id: '0197a000-0000-7000-8000-000000000001',
    name: 'Priya Patel',
    roles: ['administrator'],
    profession: 'other',
    hubIds: []
  },
  deskCode: '7KQ3',
  now: NOW
}
const adviser: Session = { ...administrator, account: { ...administrator.account, roles: ['adviser'] } }

const dunmere: School = {
  id: '0197a000-0000-7000-8000-00000000000a',
  versionId: '0197a000-0000-7000-8000-00000000000b',
  urn: '117000',
  status: 'closed',
  toCheck: true,
  districtName: 'Stevenage',
  addedAt: NOW,
  addedBy: administrator.account.id,
  name: 'Dunmere College',
  typeGroup: 'Colleges',
  typeName: '',
  address: '1 Invented Lane',
  town: 'Stevenage',
  postcode: 'SG1 0ZZ',
  district: 'E07000243',
  phone: '01632 960123',
  leadName: ''
}
const importId = '0197a000-0000-7000-8000-00000000000c'
const previewed: ImportProgress = {
  stage: 'previewed',
  preview: {
    importId,
    fileName: 'edubasealldata.csv',
    rows: 50_000,
    added: 1500,
    changed: 2,
    unchanged: 7,
    closed: 150,
    otherAuthorities: 48_400,
    refused: [{ line: 4711, reason: '“none” is not a URN' }],
    refusedCount: 91,
    examples: [{ urn: '117000', name: 'Dunmere College', town: 'Stevenage', what: 'added' }]
  }
}

const answers = (more: Partial<Bridge> = {}): Partial<Bridge> => ({
  'school.list': ({ text }) =>
    ok({ rows: text === 'zz' ? [] : [dunmere], next: '', total: text === 'zz' ? 0 : 1 }),
  'school.read': () => ok(dunmere),
  'school.importProgress': () => ok({ stage: 'none' }),
  'setting.list': () => ok({ settings: seedSettings(), now: NOW }),
  'account.names': () => ok([{ id: administrator.account.id, name: 'Priya Patel', takesCalls: true }]),
  'agency.list': () => ok({ rows: [], next: '' }),
  ...more
})

beforeEach(() => {
  Object.assign(directoryView, {
    tab: 'schools',
    schools: { text: '', toCheck: false },
    agencies: { text: '' }
  })
})
afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

describe('the directory', () => {
  it('lists schools with what is to be known about them at a glance', async () => {
    standInHub(answers())
    const { wrapper } = await show(DirectoryPage, administrator)
    expect(wrapper.get('h1').text()).toBe('Directory')
    expect(wrapper.get('tbody').text()).toContain('Dunmere College')
    expect(wrapper.findAll('.tag').map((tag) => tag.text())).toEqual(['To check', 'Closed'])
    expect(wrapper.text()).toContain('1 of 1 school')
    expect(wrapper.text()).toContain('Only those to check (1)')
  })

  it('searches as you type, and says what to try when nothing is found', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const desk = standInHub(answers())
    const { wrapper } = await show(DirectoryPage, administrator)
    await field(wrapper, 'Search schools').setValue('z')
    await field(wrapper, 'Search schools').setValue('zz')
    await vi.advanceTimersByTimeAsync(200)
    await settled()
    expect(desk.asked('school.list').at(-1)).toEqual({ text: 'zz', toCheck: false, after: '' })
    expect(desk.asked('school.list')).toHaveLength(3)
    expect(wrapper.text()).toContain('No school matches')
  })

  it('shows an adviser neither the import nor what is to be checked', async () => {
    const desk = standInHub(answers())
    const { wrapper } = await show(DirectoryPage, adviser)
    expect(wrapper.findAll('button').map((each) => each.text())).toContain('Add a school')
    expect(wrapper.text()).not.toContain('Import schools')
    expect(wrapper.text()).not.toContain('Only those to check')
    expect(desk.asked('school.importProgress')).toEqual([])
  })

  it('adds a school: errors at their fields, then the list again and the focus back', async () => {
    const desk = standInHub(answers({ 'school.add': (input) => ok({ ...dunmere, ...input }) }))
    const { wrapper } = await show(DirectoryPage, administrator)
    await button(wrapper, 'Add a school').trigger('click')
    expect(document.activeElement).toBe(field(wrapper, 'Name').element)
    await submit(wrapper)
    expect(wrapper.get('.error-summary').text()).toContain('Enter the school’s name')
    await field(wrapper, 'Name').setValue('Fernhollow School')
    await field(wrapper, 'District').setValue('E07000103')
    await submit(wrapper)
    expect(desk.asked('school.add')[0]).toMatchObject({
      name: 'Fernhollow School',
      district: 'E07000103',
      toCheck: false
    })
    expect(wrapper.text()).toContain('Fernhollow School has been added.')
    expect(document.activeElement).toBe(button(wrapper, 'Add a school').element)
  })

  it('sends one act however often a lost answer makes it be sent', async () => {
    const desk = standInHub(answers({ 'school.add': () => no({ code: 'fault', reference: '7F3A' }) }))
    const { wrapper } = await show(DirectoryPage, administrator)
    await button(wrapper, 'Add a school').trigger('click')
    await field(wrapper, 'Name').setValue('Fernhollow School')
    await submit(wrapper)
    await submit(wrapper)
    const [first, second] = desk.asked('school.add')
    expect(second).toEqual(first)
    expect(wrapper.text()).toContain('Reference 7F3A')
  })
})

describe('an import', () => {
  it('is previewed with every count, stored, and reported', async () => {
    const desk = standInHub(
      answers({
        'school.chooseImport': () => ok(previewed),
        'school.confirmImport': () => ok({ stage: 'done', added: 1500, changed: 2 })
      })
    )
    const { wrapper } = await show(DirectoryPage, administrator)
    await button(wrapper, 'Import schools').trigger('click')
    await settled()
    for (const text of [
      '50,000',
      '1,500',
      '48,400',
      '150',
      '4711',
      '“none” is not a URN',
      'And 90 more rows.'
    ]) {
      expect(wrapper.text()).toContain(text)
    }
    const lists = desk.asked('school.list').length
    await button(wrapper, 'Store these schools').trigger('click')
    await settled()
    expect(desk.asked('school.confirmImport')).toEqual([{ importId }])
    expect(wrapper.get('[role=status].good').text()).toBe('Stored: 1,500 schools added, 2 changed.')
    expect(desk.asked('school.list').length).toBeGreaterThan(lists)
  })

  it('offers nothing to store where there is no news', async () => {
    const { preview } = previewed
    const nothingNew: ImportProgress = {
      stage: 'previewed',
      preview: { ...preview, added: 0, changed: 0, examples: [] }
    }
    standInHub(answers({ 'school.chooseImport': () => ok(nothingNew) }))
    const { wrapper } = await show(DirectoryPage, administrator)
    await button(wrapper, 'Import schools').trigger('click')
    await settled()
    expect(wrapper.text()).toContain('The directory has all of this already.')
    expect(wrapper.text()).not.toContain('Store these schools')
  })

  it('says what is wrong with a file that cannot be read', async () => {
    let asked = 0
    const reason = 'The file has no column “Postcode”.'
    standInHub(
      answers({
        'school.chooseImport': () => no({ code: 'refused', reason: 'not-a-csv' }),
        'school.importProgress': () => ok(asked++ === 0 ? { stage: 'none' } : { stage: 'failed', reason })
      })
    )
    const { wrapper } = await show(DirectoryPage, administrator)
    await button(wrapper, 'Import schools').trigger('click')
    await settled()
    expect(wrapper.get('[role=alert]').text()).toContain(reason)
    await button(wrapper, 'Close').trigger('click')
    expect(wrapper.find('.card').exists()).toBe(false)
  })

  it('is found again on return, followed while it stores, and can be cancelled', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] })
    let stored = 100
    const desk = standInHub(
      answers({
        'school.importProgress': () => ok({ stage: 'storing', stored: (stored += 100), total: 1500 }),
        'school.cancelImport': () => ok({ stage: 'none' })
      })
    )
    const { wrapper } = await show(DirectoryPage, administrator)
    expect(wrapper.text()).toContain('Stored 200 of 1,500 schools')
    await vi.advanceTimersByTimeAsync(350)
    await settled()
    expect(wrapper.text()).toContain('Stored 300 of 1,500 schools')
    expect(wrapper.get('progress').attributes('value')).toBe('300')
    await button(wrapper, 'Cancel').trigger('click')
    await settled()
    expect(desk.asked('school.cancelImport')).toHaveLength(1)
    expect(wrapper.find('progress').exists()).toBe(false)
    const looks = desk.asked('school.importProgress').length
    await vi.advanceTimersByTimeAsync(1000)
    expect(desk.asked('school.importProgress')).toHaveLength(looks)
  })
})

describe('a school’s page', () => {
  const page = { template: `<SchoolPage id="${dunmere.id}" />`, components: { SchoolPage } }

  it('shows what is known, who recorded it, and lets an administrator confirm it', async () => {
    const desk = standInHub(
      answers({ 'school.change': (input) => ok({ ...dunmere, ...input, toCheck: false }) })
    )
    const { wrapper } = await show(page, administrator)
    expect(wrapper.get('h1').text()).toBe('Dunmere College')
    expect(wrapper.text()).toContain('Recorded 23 November 2026, 10:00 by Priya Patel')
    await button(wrapper, 'Confirm').trigger('click')
    await settled()
    expect(desk.asked('school.change')[0]).toMatchObject({ name: dunmere.name, basedOn: dunmere.versionId })
    expect(wrapper.text()).toContain('no longer to be checked')
    expect(wrapper.text()).not.toContain('Are its details right?')
  })

  it('is changed from the version on screen, and says so when someone was faster', async () => {
    const desk = standInHub(answers({ 'school.change': () => no({ code: 'changed-since' }) }))
    const { wrapper } = await show(page, administrator)
    await button(wrapper, 'Edit').trigger('click')
    await field(wrapper, 'Phone number').setValue('01632 960999')
    await submit(wrapper)
    expect(desk.asked('school.change')[0]).toMatchObject({
      phone: '01632 960999',
      status: 'closed',
      basedOn: dunmere.versionId
    })
    expect(wrapper.text()).toContain('Someone changed this')
  })

  it('is for an adviser to read only', async () => {
    standInHub(answers())
    const { wrapper } = await show(page, adviser)
    expect(wrapper.findAll('button')).toEqual([])
  })
})

describe('agencies', () => {
  it('are listed, added and changed', async () => {
    const trust = {
      id: importId,
      name: 'Invented Health Trust',
      kind: 'Health',
      phone: '01632 960500',
      address: '',
      rowVersion: 1
    }
    const desk = standInHub(
      answers({
        'agency.list': () => ok({ rows: [trust], next: '' }),
        'agency.save': (input) => ok({ ...trust, ...input })
      })
    )
    directoryView.tab = 'agencies'
    const { wrapper } = await show(DirectoryPage, adviser)
    expect(wrapper.get('tbody').text()).toContain('Invented Health Trust')
    await button(wrapper, 'Add an agency').trigger('click')
    await submit(wrapper)
    expect(wrapper.get('.error-summary').text()).toContain('Enter the agency’s name')
    await button(wrapper, 'Cancel').trigger('click')
    await settled()
    await button(wrapper, 'Edit Invented Health Trust').trigger('click')
    await settled()
    await field(wrapper, 'Kind of agency').setValue('NHS')
    await submit(wrapper)
    expect(desk.asked('agency.save')).toEqual([{ ...trust, kind: 'NHS' }])
    expect(wrapper.text()).toContain('Invented Health Trust has been saved.')
  })
})
