import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import FamiliesPage from '../../renderer/family/FamiliesPage.vue'
import ImportPage from '../../renderer/family/ImportPage.vue'
import { columnWords } from '../../renderer/family/importWords.ts'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import {
  importColumns,
  type FamilyImportPreview,
  type FamilyImportProgress
} from '../../shared/family/import.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { MONDAY, session } from './callHub.ts'
import { button, settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const importId = '0197a000-0000-7000-8000-00000000000c'
const preview: FamilyImportPreview = {
  ...{ importId, fileName: 'families.csv', rows: 50_000, families: 12_000, people: 48_000, known: 7 },
  ...{ leftOut: 31, withoutDistrict: 4, isBegun: false, unreadColumns: ['worker', 'notes'] },
  problems: [{ line: 4711, column: 'date_of_birth', message: 'There is no such day' }],
  problemCount: 150,
  examples: [{ key: 'EHM-1', children: 'Robin Vale', people: 3, hubName: 'Stevenage' }]
}
const unfinished: FamilyImportProgress & { stage: 'unfinished' } = {
  ...{ stage: 'unfinished', importId, fileName: 'families.csv', begunAt: MONDAY },
  ...{ stored: 1_200, total: 12_000, people: 48_000, isStored: false }
}
const as = (role: Role): Session =>
  session.stage === 'open' ? { ...session, account: { ...session.account, roles: [role] } } : session

async function page(now: FamilyImportProgress, more: Partial<Bridge> = {}) {
  const hub = standInHub({ 'family.importProgress': () => ok(now), ...more })
  const { wrapper } = await show(ImportPage, as('triage-manager'))
  return { hub, wrapper, labels: () => wrapper.findAll('button').map((each) => each.text()) }
}

describe('the import of families', () => {
  it('is offered, and told of while it is not finished, to triage managers only', async () => {
    const answers = {
      'family.list': () => ok({ rows: [], next: '' }),
      'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
      'family.importProgress': () => ok(unfinished)
    }
    const hub = standInHub(answers)
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/', component: FamiliesPage }]
    })
    const manager = await show(FamiliesPage, as('triage-manager'), [router])
    expect(manager.wrapper.text()).toContain('Import families')
    expect(manager.wrapper.text()).toContain('An import of families is not finished.')
    for (const role of ['adviser', 'coordinator', 'auditor', 'helpdesk'] as const) {
      const { wrapper } = await show(FamiliesPage, as(role), [router])
      expect(wrapper.text()).not.toContain('Import families')
    }
    expect(hub.asked('family.importProgress')).toHaveLength(1)
  })

  it('says which columns the file must have, each with what it holds', async () => {
    const { wrapper } = await page({ stage: 'none' })
    for (const column of importColumns) {
      expect(wrapper.get('table').text()).toContain(column)
      expect(wrapper.get('table').text()).toContain(columnWords[column])
    }
  })

  it('is previewed with every count and what is to be put right, then stored', async () => {
    const { hub, wrapper, labels } = await page(
      { stage: 'none' },
      {
        'family.chooseImport': () => ok({ stage: 'previewed', preview }),
        'family.confirmImport': () => ok({ stage: 'done', families: 12_000, people: 48_000, doubles: 213 })
      }
    )
    await button(wrapper, 'Choose a file').trigger('click')
    await settled()
    const words = ['50,000', '12,000', '48,000', '31', '150 things to put right', '4711', 'And 149 more.']
    const shown = wrapper.text()
    for (const text of [...words, 'worker, notes', '4 families', 'without an agreement', 'EHM-1']) {
      expect(shown).toContain(text)
    }
    expect(hub.asked('family.confirmImport')).toEqual([])
    expect(labels()).toEqual(['Store 12,000 families', 'Choose another file', 'Cancel'])
    await button(wrapper, 'Store 12,000 families').trigger('click')
    await settled()
    expect(hub.asked('family.confirmImport')).toEqual([{ importId }])
    expect(wrapper.text()).toContain('12,000 families with 48,000 people came in from this file.')
    expect(wrapper.text()).toContain('213 people may be in the record twice.')
    expect(wrapper.text()).toContain('Look at possible doubles')
    expect(document.activeElement).toBe(wrapper.get('.card').element)
  })

  it('offers nothing to store where all of it is in the record', async () => {
    const nothing = { ...preview, families: 0, people: 0, leftOut: 0, problems: [], problemCount: 0 }
    const { wrapper, labels } = await page({ stage: 'previewed', preview: { ...nothing, examples: [] } })
    expect(wrapper.text()).toContain('Everything in this file is in the record already.')
    expect(labels()).toEqual(['Choose another file', 'Close'])
  })

  it('goes on with a file of which only the looking for doubles is left', async () => {
    const left = { ...preview, families: 0, people: 0, isBegun: true, problems: [], problemCount: 0 }
    const { labels } = await page({ stage: 'previewed', preview: { ...left, examples: [] } })
    expect(labels()).toEqual(['Go on', 'Choose another file', 'Cancel'])
  })

  it('is given up before anything is stored', async () => {
    const { hub, wrapper } = await page(
      { stage: 'previewed', preview },
      { 'family.cancelImport': () => ok({ stage: 'none' }) }
    )
    await button(wrapper, 'Cancel').trigger('click')
    await settled()
    expect(hub.asked('family.cancelImport')).toEqual([{ importId }])
    expect(button(wrapper, 'Choose a file').exists()).toBe(true)
  })

  it('is followed while it runs, and can be stopped until all families are stored', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let now: FamilyImportProgress = { stage: 'storing', stored: 900, total: 12_000 }
    const { hub, wrapper, labels } = await page(
      { stage: 'none' },
      {
        'family.importProgress': () => ok(now),
        'family.cancelImport': () => ok(unfinished)
      }
    )
    expect(wrapper.text()).toContain('Stored 900 of 12,000 families.')
    expect(labels()).toEqual(['Stop'])
    now = { stage: 'matching', looked: 5, total: 48_000 }
    await vi.advanceTimersByTimeAsync(300)
    await settled()
    expect(wrapper.text()).toContain('Looked up 5 of 48,000 people')
    expect(labels()).toEqual([])
    now = { stage: 'storing', stored: 1_200, total: 12_000 }
    await vi.advanceTimersByTimeAsync(300)
    await settled()
    await button(wrapper, 'Stop').trigger('click')
    await settled()
    expect(hub.asked('family.cancelImport')).toHaveLength(1)
    expect(wrapper.text()).toContain('1,200 of the families are in the record, each of them whole.')
  })

  it('that did not end says how far it came, and goes on or is left at that', async () => {
    const { hub, wrapper, labels } = await page(unfinished, {
      'family.cancelImport': () => ok({ stage: 'none' })
    })
    expect(wrapper.text()).toContain('“families.csv”, begun on 23 November 2026')
    expect(labels()).toEqual(['Choose the same file again', 'Leave it at that'])
    await button(wrapper, 'Leave it at that').trigger('click')
    await settled()
    expect(hub.asked('family.cancelImport')).toEqual([{ importId }])
  })

  it('whose families are all stored goes on without the file', async () => {
    const { hub, wrapper } = await page(
      { ...unfinished, stored: 12_000, isStored: true },
      { 'family.confirmImport': () => ok({ stage: 'done', families: 12_000, people: 48_000, doubles: 0 }) }
    )
    await button(wrapper, 'Go on looking for doubles').trigger('click')
    await settled()
    expect(hub.asked('family.confirmImport')).toEqual([{ importId }])
    expect(wrapper.text()).toContain('Nobody in them seems to be in the record twice.')
  })

  it('says what is wrong with a file that is no list, and where no file is chosen shows what was there', async () => {
    const failed: FamilyImportProgress = { stage: 'failed', reason: 'The file has no column “upn”.' }
    let now: FamilyImportProgress = unfinished
    let answer: ReturnType<Bridge['family.chooseImport']> = ok({ stage: 'none' })
    const { wrapper } = await page(unfinished, {
      'family.importProgress': () => ok(now),
      'family.chooseImport': () => answer
    })
    await button(wrapper, 'Choose the same file again').trigger('click')
    await settled()
    expect(wrapper.text()).toContain('An import is not finished')

    now = failed
    answer = no({ code: 'refused', reason: 'not-a-family-list' })
    await button(wrapper, 'Choose the same file again').trigger('click')
    await settled()
    expect(wrapper.get('[role=alert]').text()).toBe(
      'This file cannot be read as a list of families. The file has no column “upn”.'
    )
    expect(wrapper.get('details').attributes('open')).toBeDefined()
  })
})
