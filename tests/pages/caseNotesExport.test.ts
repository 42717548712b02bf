import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, describe, expect, it } from 'vitest'
import { formPath } from '../../renderer/draft/words.ts'
import ExportPage from '../../renderer/export/ExportPage.vue'
import type { FormDraftRow } from '../../shared/draft/draft.ts'
import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import { emptyExport } from '../../shared/export/emptyExport.ts'
import { nothingCounted, type ExportTally } from '../../shared/export/tally.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { MONDAY, session } from './callHub.ts'
import { aFamily, FAMILY, ROBIN } from './familyHub.ts'
import { settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

const saved: CaseNotesProgress = {
  ...{ stage: 'done', reference: 'EXP-7KQ3-000001', included: 20_000, excluded: 3 },
  ...{ fileName: 'notes.zip', sha256: 'ab12', passphrase: 'one two three four five six' }
}
const sections: ExportTally = {
  notes: { included: 2, excluded: { dates: 1_200, restricted: 1 } },
  ...{
    records: null,
    passages: null,
    chronology: null,
    assessment: null,
    plan: null,
    files: nothingCounted()
  }
}

const row: FormDraftRow = {
  ...{ id: '', kind: 'export', savedAt: MONDAY, title: '', familyId: FAMILY },
  ...{ episodeId: '', practitionerId: '', stepDownId: '', meetingId: '', callId: '' }
}

async function openPage(answers: Partial<Bridge> = {}, path = `/exports/${FAMILY}`) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'family.read': () => ok(aFamily()),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    'export.progress': () => ok({ stage: 'none' }),
    'export.preview': () => ok({ of: 'Family FAM-7KQ3-000001', sections, parts: 3 }),
    'export.save': () => ok(saved),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/exports/:familyId?/:episodeId?', component: ExportPage, props: true },
      { path: '/:rest(.*)', component: { render: () => null } }
    ]
  })
  await router.push(path)
  const { wrapper } = await show(RouterView, session, [router])
  await settled()
  const press = async (label: string) => {
    const found = wrapper.findAll('button').find((each) => each.text() === label)
    if (!found) throw new Error(`No button “${label}”`)
    await found.trigger('click')
    await settled()
  }
  return { asked, router, wrapper, press }
}
type Page = Awaited<ReturnType<typeof openPage>>['wrapper']

async function fill(wrapper: Page): Promise<void> {
  await wrapper.get('input[value=person]').setValue(true)
  await wrapper.get('[id="field-receiverId"]').setValue(ROBIN)
  await wrapper.get('[id="field-purpose"]').setValue('He asked for them')
}

describe('“Export case notes”', () => {
  it('is not sent before it is complete, and an error goes once its field is right', async () => {
    const { asked, wrapper } = await openPage()
    await submit(wrapper)
    expect(asked('export.save')).toEqual([])
    expect(wrapper.find('[id="field-receiver-error"]').exists()).toBe(true)
    expect(wrapper.find('[id="field-purpose-error"]').exists()).toBe(true)
    await wrapper.get('[id="field-purpose"]').setValue('He asked for them')
    expect(wrapper.find('[id="field-purpose-error"]').exists()).toBe(false)
    expect(wrapper.find('[id="field-receiver-error"]').exists()).toBe(true)
  })

  it('shows every field that an error is of, also where there is nothing to choose', async () => {
    const episodeId = newId()
    const episode = { id: episodeId, reference: 'FFA-7KQ3-000001', registeredOn: '2026-01-05' }
    const episodes = [{ ...episode, reason: '', keyworkers: [], planned: [] }]
    const { wrapper } = await openPage({
      'family.read': () => ok(aFamily([], { episodes })),
      'meeting.team': () => ok({ episodeId, members: [], meetings: [] })
    })
    await wrapper.get('[id="field-from"]').setValue('31/12/2026')
    await wrapper.get('[id="field-to"]').setValue('1/12/2026')
    await wrapper.get('[id="field-notes"]').setValue(false)
    await wrapper.get('input[value="meeting"]').setValue(true)
    await settled()
    expect(wrapper.get<HTMLSelectElement>('[id="field-episodeId"]').element.value).toBe(episodeId)
    expect(wrapper.text()).toContain('No meeting of this assessment is recorded yet.')
    await submit(wrapper)
    for (const path of ['to', 'subjectId'])
      expect(wrapper.find(`[id="field-${path}-error"]`).exists(), path).toBe(true)
  })

  it('says what is left out and why before anything is written', async () => {
    const { wrapper, press } = await openPage()
    await press('Preview')
    const text = wrapper.get('[aria-labelledby="export-preview"]').text()
    for (const words of ['1,201', 'Outside the dates that were asked for: 1,200', 'Not asked for', '3 parts'])
      expect(text).toContain(words)
    // what was counted is not what is asked for any more
    await wrapper.get('[id="field-from"]').setValue('1/11/2026')
    expect(wrapper.find('[aria-labelledby="export-preview"]').exists()).toBe(false)
  })

  it('tells the words once', async () => {
    const { asked, wrapper, press } = await openPage()
    await fill(wrapper)
    await submit(wrapper)
    await settled()
    expect(asked('export.save')).toMatchObject([
      { familyId: FAMILY, scope: 'family', receiver: 'person', receiverId: ROBIN, isProtected: true }
    ])
    expect(wrapper.get('h2').text()).toBe('Saved: 20,000 notes, 3 excluded')
    expect(wrapper.text()).toContain('one two three four five six')
    await press('I have noted the words')
    expect(wrapper.text()).not.toContain('one two three')
    await press('Export something else')
    expect(wrapper.get<HTMLTextAreaElement>('[id="field-purpose"]').element.value).toBe('')
  })

  it('is stored as it is typed, before it is sent, and gone on with where it was left', async () => {
    const { asked, router, wrapper } = await openPage({ 'export.save': () => ok({ stage: 'none' }) })
    const { form: id } = router.currentRoute.value.query
    await fill(wrapper)
    await submit(wrapper)
    await settled()
    const stored = { id, familyId: FAMILY, receiverId: ROBIN, purpose: 'He asked for them' }
    expect(asked('draft.save').at(-1)).toMatchObject({ form: { kind: 'export', body: stored } })
    expect(asked('export.save')).toMatchObject([stored])
    // cancelled in the dialog: what was typed is there, and when the page is come back to
    expect(wrapper.get<HTMLTextAreaElement>('[id="field-purpose"]').element.value).toBe('He asked for them')
    await router.push('/families')
    await router.push(`/exports/${FAMILY}`)
    await settled()
    expect(router.currentRoute.value.query).toEqual({ form: id })
    expect(wrapper.get<HTMLTextAreaElement>('[id="field-purpose"]').element.value).toBe('He asked for them')
  })

  it('left for later it waits among the unfinished forms, and opens from there', async () => {
    const body = { ...emptyExport(newId(), FAMILY, ''), purpose: 'For the hearing' }
    const { asked, press, router, wrapper } = await openPage(
      { 'draft.open': () => ok({ form: { kind: 'export', body }, savedAt: MONDAY, saves: 4 }) },
      formPath({ ...row, id: body.id })
    )
    await settled()
    expect(asked('draft.open')).toEqual([{ id: body.id }])
    expect(wrapper.get<HTMLTextAreaElement>('[id="field-purpose"]').element.value).toBe('For the hearing')
    await press('Cancel')
    expect(router.currentRoute.value.path).toBe(`/families/${FAMILY}`)
    expect(asked('export.save')).toEqual([])
  })

  it('what went wrong is said, and what was typed stays', async () => {
    const { wrapper } = await openPage({
      'export.save': () => ok({ stage: 'failed', reason: 'file-disk-full' })
    })
    await fill(wrapper)
    await submit(wrapper)
    await settled()
    expect(wrapper.get('[role=alert]').text()).toContain('full')
    expect(wrapper.get<HTMLTextAreaElement>('[id="field-purpose"]').element.value).toBe('He asked for them')
  })

  it('what main refuses by field stands at the field', async () => {
    const fields = [{ path: 'ground', message: 'Choose why it goes ahead without agreement' }]
    const { wrapper } = await openPage({ 'export.save': () => no({ code: 'invalid', fields }) })
    await fill(wrapper)
    await submit(wrapper)
    await settled()
    expect(wrapper.get('[role=alert]').text()).toContain('Choose why it goes ahead')
  })

  it('goes on while the page is left, and is found again with its Cancel', async () => {
    const { asked, wrapper, press } = await openPage({
      'export.progress': () => ok({ stage: 'running', done: 12_480, total: 20_000, part: 7, parts: 10 }),
      'export.cancel': () => ok(null)
    })
    expect(wrapper.get('label').text()).toBe('12,480 of 20,000 notes')
    expect(wrapper.text()).toContain('Setting part 7 of 10')
    await press('Cancel the export')
    expect(asked('export.cancel')).toHaveLength(1)
    expect(wrapper.text()).toContain('Cancelling. The file is being removed')
  })

  it('from an assessment it is of that one; a child asks which, and leaves it again', async () => {
    const { wrapper } = await openPage()
    await wrapper.get('input[value=child]').setValue(true)
    expect(wrapper.find('[id="field-personId"]').exists()).toBe(true)
    await wrapper.get('[id="field-personId"]').setValue(ROBIN)
    await submit(wrapper)
    expect(wrapper.find('[id="field-personId-error"]').exists()).toBe(false)
    await wrapper.get('input[value=family]').setValue(true)
    expect(wrapper.find('[id="field-personId"]').exists()).toBe(false)
  })

  it('without a family whose is asked, and a family that may not be read is not shown', async () => {
    const whose = await openPage({}, '/exports')
    expect(whose.wrapper.text()).toContain('Whose case notes?')
    const hidden = await openPage({ 'family.read': () => no({ code: 'not-found' }) })
    expect(hidden.wrapper.find('form').exists()).toBe(false)
  })
})
