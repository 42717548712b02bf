import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import ImportNotice from '../../renderer/stepDown/ImportNotice.vue'
import ImportPage from '../../renderer/stepDown/ImportPage.vue'
import type { Session } from '../../shared/account/account.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { StepDownImportPreview, StepDownImportProgress } from '../../shared/stepDown/import.ts'
import { stepDownColumns } from '../../shared/stepDown/importRow.ts'
import { fieldWords } from '../../shared/stepDown/stepDownFile.ts'
import { MONDAY, session } from './callHub.ts'
import { button, settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const importId = '0197a000-0000-7000-8000-00000000000c'
const preview: StepDownImportPreview = {
  ...{ importId, fileName: 'step-downs.json', stepDowns: 5_000, new: 4_200, people: 12_345, incomplete: 321 },
  ...{ answers: 12, changed: 3, known: 754, leftOut: 31, withoutDistrict: 4, isBegun: false },
  unreadColumns: [],
  problems: [
    {
      ...{ line: 4711, pointer: '/step_downs/7/people/0/date_of_birth', field: 'date_of_birth' },
      message: 'Enter a date like 2026-11-23'
    }
  ],
  problemCount: 150,
  ...{ likeFamily: 40, withOpenAssessment: 9, likeQueued: 2, knownCount: 41 },
  knownAlready: [
    {
      ...{ key: 'LCS-1', children: 'Robin Vale' },
      families: [
        {
          ...{ familyId: importId, reference: 'FAM-7KQ3-000001', restricted: false },
          ...{ assessmentReference: 'FFA-7KQ3-000001', keyworkerName: 'Priya Shah' }
        },
        {
          ...{ familyId: importId.replace('c', 'd'), reference: 'FAM-7KQ3-000002', restricted: true },
          ...{ assessmentReference: '', keyworkerName: '' }
        }
      ],
      queued: [{ stepDownId: importId, reference: 'STD-7KQ3-000009' }],
      inFile: ['LCS-2']
    }
  ],
  examples: [
    {
      ...{ key: 'LCS-1', what: 'answer', children: 'Robin Vale', people: 3, missing: 2 },
      hubName: 'Stevenage'
    }
  ]
}
const nothing: StepDownImportPreview = {
  ...{ ...preview, new: 0, answers: 0, changed: 0, people: 0, incomplete: 0, leftOut: 0 },
  ...{ withoutDistrict: 0, problems: [], problemCount: 0, likeFamily: 0, withOpenAssessment: 0 },
  ...{ likeQueued: 0, knownCount: 0, knownAlready: [], examples: [] }
}
const unfinished: StepDownImportProgress & { stage: 'unfinished' } = {
  ...{ stage: 'unfinished', importId, fileName: 'step-downs.json', begunAt: MONDAY },
  ...{ stored: 1_200, total: 4_215 }
}
const manager: Session =
  session.stage === 'open'
    ? { ...session, account: { ...session.account, roles: ['triage-manager'] } }
    : session

async function page(now: StepDownImportProgress, more: Partial<Bridge> = {}) {
  const hub = standInHub({
    'stepDown.importProgress': () => ok(now),
    'setting.list': () => ok({ settings: [], now: MONDAY }),
    ...more
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:all(.*)', component: { template: '<p></p>' } }]
  })
  const { wrapper } = await show(ImportPage, manager, [router])
  const buttons = () =>
    wrapper
      .findAll('button')
      .map((each) => each.text())
      .filter((text) => text !== 'Rule')
  return { hub, wrapper, buttons }
}

describe('the import of step-downs', () => {
  it('says what the file must hold', async () => {
    const { wrapper } = await page({ stage: 'none' })
    for (const column of stepDownColumns) {
      expect(wrapper.get('table').text()).toContain(column)
      expect(wrapper.get('table').text()).toContain(fieldWords(column))
    }
  })

  it('is previewed with every count, what is to be put right and who may be here already, then stored', async () => {
    const { hub, wrapper, buttons } = await page(
      { stage: 'none' },
      {
        'stepDown.chooseImport': () => ok({ stage: 'previewed', preview }),
        'stepDown.confirmImport': () =>
          ok({ stage: 'done', new: 4_200, added: 15, incomplete: 321, leftOut: 1 })
      }
    )
    await button(wrapper, 'Choose a file').trigger('click')
    await settled()
    const shown = wrapper.text()
    for (const text of [
      ...['5,000', '4,200', '12,345', '754', '150 things to put right', '4711', 'And 149 more.'],
      ...['/step_downs/7/people/0/date_of_birth', '40 like a family in the record', 'And 40 more.'],
      ...['FFA-7KQ3-000001 open with Priya Shah', 'FAM-7KQ3-000002, restricted', 'STD-7KQ3-000009'],
      ...['LCS-2 in this file', 'The sender’s answer', 'nobody’s decision changes', '4 step-downs']
    ]) {
      expect(shown).toContain(text)
    }
    expect(hub.asked('stepDown.confirmImport')).toEqual([])
    expect(buttons()).toEqual(['Store 4,215 step-downs', 'Choose another file', 'Cancel'])
    await button(wrapper, 'Store 4,215 step-downs').trigger('click')
    await settled()
    expect(hub.asked('stepDown.confirmImport')).toEqual([{ importId }])
    const ended = wrapper.text().replace(/\s+/g, ' ')
    expect(ended).toContain('4,200 step-downs came in from this file, and 15 step-downs of the record had')
    expect(ended).toContain('321 of them lack something that is needed.')
    expect(ended).toContain('1 step-down could not be stored')
    expect(document.activeElement).toBe(wrapper.get('.card').element)
  })

  it('names the column where the file is a CSV', async () => {
    const problems = [{ line: 3, pointer: '', field: 'risk' as const, message: 'Enter one of high' }]
    const csv = { ...preview, problems, unreadColumns: ['worker', 'notes'] }
    const { wrapper } = await page({ stage: 'previewed', preview: csv })
    expect(wrapper.findAll('th').map((each) => each.text())).toContain('Column')
    expect(wrapper.text()).toContain('Columns that are not read: worker, notes.')
  })

  it('offers nothing to store where there is nothing to store', async () => {
    const { wrapper, buttons } = await page({ stage: 'previewed', preview: nothing })
    expect(wrapper.text()).toContain('Everything in this file is in the record already.')
    expect(buttons()).toEqual(['Choose another file', 'Close'])
    const empty = await page({ stage: 'previewed', preview: { ...nothing, stepDowns: 0, known: 0 } })
    expect(empty.wrapper.text()).toContain('The file has no step-downs.')
    const begun = await page({ stage: 'previewed', preview: { ...nothing, isBegun: true } })
    expect(begun.buttons()).toEqual(['Finish', 'Choose another file', 'Cancel'])
  })

  it('is given up before anything is stored', async () => {
    const { hub, wrapper } = await page(
      { stage: 'previewed', preview },
      { 'stepDown.cancelImport': () => ok({ stage: 'none' }) }
    )
    await button(wrapper, 'Cancel').trigger('click')
    await settled()
    expect(hub.asked('stepDown.cancelImport')).toEqual([{ importId }])
    expect(button(wrapper, 'Choose a file').exists()).toBe(true)
  })

  it('is followed while it runs, and can be stopped', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let now: StepDownImportProgress = { stage: 'reading', read: 900 }
    const { hub, wrapper, buttons } = await page(
      { stage: 'none' },
      {
        'stepDown.importProgress': () => ok(now),
        'stepDown.cancelImport': () => ok(unfinished)
      }
    )
    const goOn = async (next: StepDownImportProgress) => {
      now = next
      await vi.advanceTimersByTimeAsync(300)
      await settled()
    }
    expect(wrapper.text()).toContain('900 read so far')
    await goOn({ stage: 'comparing', looked: 5, total: 4_200 })
    expect(wrapper.text()).toContain('Looked up 5 of 4,200 step-downs')
    expect(buttons()).toEqual(['Cancel'])
    await goOn({ stage: 'storing', stored: 1_200, total: 4_215 })
    expect(wrapper.text()).toContain('Stored 1,200 of 4,215 step-downs.')
    await button(wrapper, 'Stop').trigger('click')
    await settled()
    expect(hub.asked('stepDown.cancelImport')).toHaveLength(1)
    expect(wrapper.text()).toContain('1,200 of them are in the record')
  })

  it('that did not end says how far it came, and goes on or is left at that', async () => {
    const { hub, wrapper, buttons } = await page(unfinished, {
      'stepDown.cancelImport': () => ok({ stage: 'none' })
    })
    expect(wrapper.text()).toContain('“step-downs.json”, begun on 23 November 2026')
    expect(buttons()).toEqual(['Choose the same file again', 'Leave it at that'])
    await button(wrapper, 'Leave it at that').trigger('click')
    await settled()
    expect(hub.asked('stepDown.cancelImport')).toEqual([{ importId }])
    const notice = await show(ImportNotice, manager, [
      createRouter({
        history: createMemoryHistory(),
        routes: [{ path: '/:all(.*)', component: { template: '<p></p>' } }]
      })
    ])
    expect(notice.wrapper.text()).toContain('An import of step-downs is not finished.')
  })

  it('says what is wrong with a file that cannot be read', async () => {
    const failed: StepDownImportProgress = { stage: 'failed', reason: 'The file has no column “upn”.' }
    let now: StepDownImportProgress = { stage: 'none' }
    const { wrapper } = await page(
      { stage: 'none' },
      {
        'stepDown.importProgress': () => ok(now),
        'stepDown.chooseImport': () => {
          now = failed
          return no({ code: 'refused', reason: 'not-a-step-down-list' })
        }
      }
    )
    await button(wrapper, 'Choose a file').trigger('click')
    await settled()
    expect(wrapper.get('[role=alert]').text()).toBe(
      'This file cannot be read as a list of step-downs. The file has no column “upn”.'
    )
    expect(wrapper.get('details').attributes('open')).toBeDefined()
  })
})
