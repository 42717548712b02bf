import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import BringInPage from '../../renderer/caseImport/BringInPage.vue'
import type { CaseImportPreview, CaseImportProgress } from '../../shared/caseImport/caseImport.ts'
import type { EpisodeRow } from '../../shared/episode/episode.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { MONDAY, session } from './callHub.ts'
import { aFamily, FAMILY, JO, ROBIN } from './familyHub.ts'
import { button, field, settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

const GRAN = '0197a000-0000-7000-8000-0000000000b9'
const importId = '0197a000-0000-7000-8000-00000000000c'
const [closed, open] = ['0197a000-0000-7000-8000-0000000000e1', '0197a000-0000-7000-8000-0000000000e2']
const closure = { closedOn: '2026-03-01', closureReason: 'Needs met', withdrawalReason: '', at: MONDAY }
const anEpisode = (id: string, reference: string): EpisodeRow => ({
  ...{ id, reference, registeredOn: '2026-01-05', reason: '', keyworkers: [], planned: [] }
})

const preview: CaseImportPreview = {
  ...{ importId, fileName: 'there.zip', reference: 'EXP-9ABC-000001', familyReference: 'FAM-9ABC-000003' },
  ...{ isOtherFamily: true, exportedAt: MONDAY, byName: 'Ada Finch' },
  notes: { new: 1_200, addedTo: 0, known: 30, clashing: 2 },
  ...{ files: 7, filesLeftOut: 3, entries: { new: 40, known: 0 }, assessments: { new: 1, known: 0 } },
  ...{ plans: { new: 0, known: 0 }, records: 0, unread: 0, isBegun: false },
  people: [
    { id: JO, name: 'Jo Vale', role: 'parent-carer', hereId: JO, isSame: true },
    { id: GRAN, name: 'Edith Marlow', role: 'other', hereId: '', isSame: false }
  ],
  family: [
    { id: ROBIN, name: 'Robin Vale', role: 'child' },
    { id: JO, name: 'Jo Vale', role: 'parent-carer' }
  ],
  leftOut: [{ section: 'notes', why: 'restricted', count: 5 }]
}

async function page(now: CaseImportProgress, more: Partial<Bridge> = {}) {
  const record = aFamily([], {
    episodes: [anEpisode(open, 'FFA-7KQ3-000002'), { ...anEpisode(closed, 'FFA-7KQ3-000001'), closure }]
  })
  const hub = standInHub({
    'family.read': () => ok(record),
    'caseImport.progress': () => ok(now),
    ...more
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: BringInPage, props: () => ({ familyId: FAMILY }) }]
  })
  await router.push('/')
  const { wrapper } = await show({ template: '<RouterView />' }, session, [router])
  await settled()
  return { hub, wrapper }
}

describe('bringing in case notes', () => {
  it('asks again where six words do not open the zip, and keeps what was typed', async () => {
    const waits = { stage: 'protected', fileName: 'there.zip' } as const
    const { hub, wrapper } = await page(
      { ...waits, wasWrong: false },
      { 'caseImport.open': () => ok({ ...waits, wasWrong: true }) }
    )
    await field(wrapper, 'Its six words').setValue('amber brook')
    await submit(wrapper)
    expect(hub.asked('caseImport.open')).toEqual([{ familyId: FAMILY, passphrase: 'amber brook' }])
    expect(wrapper.text()).toContain('These six words do not open it')
    expect((field(wrapper, 'Its six words').element as HTMLInputElement).value).toBe('amber brook')
  })

  it('says what comes and what does not, asks who is who, and stores what was chosen', async () => {
    const { hub, wrapper } = await page(
      { stage: 'previewed', preview },
      {
        'caseImport.confirm': () =>
          ok({ stage: 'done', reference: 'EXP-9ABC-000001', notes: 1_200, files: 7, skipped: 1 })
      }
    )
    const shown = wrapper.text()
    for (const text of [
      '1,200',
      '30',
      'FAM-9ABC-000003',
      'The same record here and there: Jo Vale.',
      'Case notes: 5.'
    ])
      expect(shown).toContain(text)
    expect(shown).toContain('Files that are not in the zip: 3.')
    expect((field(wrapper, 'Into which assessment?').element as HTMLSelectElement).value).toBe(open)
    await field(wrapper, 'Into which assessment?').setValue(closed)
    await field(wrapper, 'Edith Marlow, someone else in the home').setValue(ROBIN)
    await button(wrapper, 'Bring in 1,200 case notes').trigger('click')
    await settled()
    expect(hub.asked('caseImport.confirm')).toEqual([
      {
        ...{ familyId: FAMILY, importId, episodeId: closed },
        people: [
          { id: JO, hereId: JO },
          { id: GRAN, hereId: ROBIN }
        ]
      }
    ])
    expect(wrapper.text()).toContain('1,200 case notes with 7 files came in.')
    expect(wrapper.text()).toContain('1 case note could not be stored')
  })

  it('offers nothing to store where all of it is here, and says how far one came that did not end', async () => {
    const none = { new: 0, known: 0 }
    const all = { ...preview, notes: { new: 0, addedTo: 0, known: 20_000, clashing: 0 }, entries: none }
    const known = await page({ stage: 'previewed', preview: { ...all, assessments: none } })
    expect(known.wrapper.text()).toContain('All 20,000 case notes are here already.')
    expect(known.wrapper.findAll('button').map((each) => each.text())).toEqual([
      'Choose another file',
      'Close'
    ])
    document.body.innerHTML = ''
    const half = { stage: 'unfinished', reference: 'EXP-9ABC-000001', begunAt: MONDAY } as const
    const left = await page({ ...half, stored: 1_200, total: 5_000 })
    expect(left.wrapper.text()).toContain('1,200 of 5,000 case notes are in the record')
  })

  it('says what is wrong in a file, and where', async () => {
    const problems = [{ line: 1, pointer: '/items/notes/3/words', message: 'The note is empty' }]
    const { wrapper } = await page({
      ...{ stage: 'failed', reason: 'This file is not as a desk writes it.', problems, problemCount: 12 }
    })
    expect(wrapper.get('[role="alert"]').text()).toContain('This file is not as a desk writes it.')
    expect(wrapper.get('table').text()).toContain('/items/notes/3/words')
    expect(wrapper.text()).toContain('And 11 more.')
  })

  it('says that another import runs, with the file still to choose', async () => {
    const { wrapper } = await page(
      { stage: 'none' },
      { 'caseImport.choose': () => no({ code: 'refused', reason: 'import-running' }) }
    )
    await button(wrapper, 'Choose a file').trigger('click')
    await settled()
    expect(wrapper.get('[role="alert"]').text()).toContain('Another import is running')
  })
})
