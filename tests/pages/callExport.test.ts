import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, describe, expect, it } from 'vitest'
import ExportCallPage from '../../renderer/export/ExportCallPage.vue'
import type { FiledCall } from '../../shared/call/call.ts'
import { begunExport } from '../../shared/export/emptyExport.ts'
import { nothingCounted, type ExportTally } from '../../shared/export/tally.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const CALL = newId()
afterEach(() => {
  document.body.innerHTML = ''
})

const aCall = (changes: Partial<FiledCall> = {}) =>
  ({ id: CALL, reference: 'CALL-7KQ3-000001', inError: false, ...changes }) as FiledCall
const sections: ExportTally = {
  ...{ notes: null, records: { included: 1, excluded: {} }, chronology: null, assessment: null, plan: null },
  ...{ passages: { included: 12, excluded: { withheld: 1 } }, files: nothingCounted() }
}

async function open(answers: Partial<Bridge> = {}, query = '') {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'call.read': () => ok(aCall()),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    'export.progress': () => ok({ stage: 'none' }),
    'export.preview': () => ok({ of: 'Call CALL-7KQ3-000001', sections, parts: 1 }),
    'export.save': () =>
      ok({
        ...{ stage: 'done', reference: 'EXP-7KQ3-000001', included: 1, excluded: 0 },
        ...{ fileName: 'call.pdf', sha256: 'ab12', passphrase: '' }
      }),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/calls/:id/export', component: ExportCallPage, props: true },
      { path: '/:rest(.*)*', component: { render: () => null } }
    ]
  })
  await router.push(`/calls/${CALL}/export${query}`)
  const { wrapper } = await show(RouterView, session, [router])
  await settled()
  const errorOf = (path: string) => document.getElementById(`field-${path}-error`)?.textContent ?? ''
  return { asked, errorOf, router, wrapper }
}
type Page = Awaited<ReturnType<typeof open>>['wrapper']
const purposeOf = (wrapper: Page) => wrapper.get<HTMLTextAreaElement>('[id="field-purpose"]').element.value

describe('“Export case notes” of a call', () => {
  it('is for an agency, a body or the caller, and of no family is said what it agreed to', async () => {
    const { wrapper } = await open()
    const receivers = wrapper.findAll<HTMLInputElement>('input[name$=receiver]')
    expect(receivers.map(({ element }) => element.value)).toEqual(['agency', 'body', 'caller'])
    expect(inBody.text()).toContain('Call CALL-7KQ3-000001 with its receipt')
    expect(inBody.text()).not.toContain('entered in error')
    await wrapper.get('input[value=body]').setValue(true)
    await wrapper.get('[id="field-bodyName"]').setValue('Family Court')
    expect(inBody.text()).toContain('No agreement to sharing with Family Court is known for this call')
  })

  it('says beside each field what is missing, and writes nothing', async () => {
    const { asked, errorOf, wrapper } = await open()
    await submit(wrapper)
    expect(errorOf('receiver')).not.toBe('')
    expect(errorOf('purpose')).not.toBe('')
    await wrapper.get('input[value=body]').setValue(true)
    await wrapper.get('[id="field-bodyName"]').setValue('Family Court')
    await wrapper.get('[id="field-purpose"]').setValue('For the hearing')
    await submit(wrapper)
    expect(errorOf('receiver')).toBe('')
    expect(errorOf('ground')).not.toBe('')
    expect(errorOf('how')).not.toBe('')
    expect(asked('export.save')).toEqual([])
  })

  it('to the caller it may go open without a reason, to anybody else not', async () => {
    const { asked, errorOf, router, wrapper } = await open()
    await wrapper.get('input[value=caller]').setValue(true)
    await wrapper.get('[id="field-purpose"]').setValue('They asked for it')
    await wrapper.get('[id="field-isProtected"]').setValue(false)
    expect(wrapper.find('[id="field-openReason"]').exists()).toBe(false)
    await wrapper.get('input[value=body]').setValue(true)
    expect(wrapper.find('[id="field-openReason"]').exists()).toBe(true)
    await submit(wrapper)
    expect(errorOf('openReason')).toContain('without a passphrase')
    await wrapper.get('input[value=caller]').setValue(true)
    await submit(wrapper)
    expect(asked('export.save')).toMatchObject([
      { scope: 'call', subjectId: CALL, familyId: '', receiver: 'caller', isProtected: false }
    ])
    await inBody.press('Export something else')
    expect(router.currentRoute.value.path).toBe(`/calls/${CALL}`)
  })

  it('says before anything is written what stays here', async () => {
    const { wrapper } = await open()
    await inBody.press('Preview')
    const text = wrapper.get('[aria-labelledby="export-preview"]').text()
    expect(text).toContain('12')
    expect(text).toContain('withheld')
  })

  it('keeps what was typed where it is refused, and when it is left for later', async () => {
    const fields = [{ path: 'receiver', message: 'Choose somebody else' }]
    const { asked, errorOf, router, wrapper } = await open({
      'export.save': () => no({ code: 'invalid', fields })
    })
    await wrapper.get('input[value=caller]').setValue(true)
    await wrapper.get('[id="field-purpose"]').setValue('They asked for it')
    await submit(wrapper)
    expect(errorOf('receiver')).toContain('Choose somebody else')
    expect(purposeOf(wrapper)).toBe('They asked for it')
    await inBody.press('Cancel')
    expect(router.currentRoute.value.path).toBe(`/calls/${CALL}`)
    expect(asked('draft.save').at(-1)).toMatchObject({
      form: { kind: 'export', body: { scope: 'call', subjectId: CALL, purpose: 'They asked for it' } }
    })
  })

  it('that was left for later opens as it was', async () => {
    const body = { ...begunExport(newId(), '', '', 'call', CALL), purpose: 'For the hearing' }
    const { asked, wrapper } = await open(
      { 'draft.open': () => ok({ form: { kind: 'export', body }, savedAt: MONDAY, saves: 4 }) },
      `?form=${body.id}`
    )
    expect(asked('draft.open')).toEqual([{ id: body.id }])
    expect(purposeOf(wrapper)).toBe('For the hearing')
  })

  it('of a call that was entered in error says that nothing goes, and of one that is not there nothing', async () => {
    await open({ 'call.read': () => ok(aCall({ inError: true })) })
    expect(inBody.text()).toContain('It was entered in error: nothing of it goes.')
    document.body.innerHTML = ''
    const { wrapper } = await open({ 'call.read': () => no({ code: 'not-found' }) })
    expect(wrapper.find('form').exists()).toBe(false)
    expect(inBody.text()).toContain('This is not here any more.')
    document.body.innerHTML = ''
    let isThere = false
    await open({
      'call.read': () => (isThere ? ok(aCall()) : no({ code: 'fault', reference: '7F3A' }))
    })
    isThere = true
    await inBody.press('Try again')
    expect(inBody.text()).toContain('Call CALL-7KQ3-000001 with its receipt')
  })
})
