import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, describe, expect, it } from 'vitest'
import HandOverPage from '../../renderer/keyworker/HandOverPage.vue'
import type { Session } from '../../shared/account/account.ts'
import type { CaseNotesProgress } from '../../shared/export/caseNotes.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { emptyHandOver, type HandOverDraft, type HandOverPreview } from '../../shared/keyworker/handOver.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { settled, show } from './frame.ts'
import { aKeyworker, PRIYA } from './keyworkers.ts'
import { no, ok, standInHub } from './standInHub.ts'

const FORM = newId()
const [VALES, OKOROS] = [newId(), newId()]
const manager: Session =
  session.stage === 'open'
    ? { ...session, account: { ...session.account, roles: ['triage-manager'] } }
    : session

afterEach(() => {
  document.body.innerHTML = ''
})

type Family = HandOverPreview['families'][number]
const aFamily = (familyId: string, reference: string, changes: Partial<Family> = {}): Family => ({
  ...{ familyId, episodeId: newId(), reference, childNames: `Child of ${reference}` },
  ...{ notes: 3, heldBack: 0, needsReason: false },
  ...changes
})
const inside: HandOverPreview = {
  families: [aFamily(VALES, 'FFA-1', { heldBack: 1 }), aFamily(OKOROS, 'FFA-2')],
  isOutside: false
}
const outside: HandOverPreview = {
  families: inside.families.map((family) => ({ ...family, needsReason: true })),
  isOutside: true
}
/** As it was left: all but why it goes ahead is said. */
const begun: HandOverDraft = {
  ...emptyHandOver({ id: FORM, practitionerId: PRIYA }),
  ...{ receiver: 'team', teamName: 'Hertford team', purpose: 'Priya leaves', how: 'letter' }
}
const leftAs = (body: HandOverDraft) => () =>
  ok({ form: { kind: 'hand-over' as const, body }, savedAt: MONDAY, saves: 3 })
const saved: CaseNotesProgress = {
  ...{ stage: 'done', reference: 'EXP-7KQ3-000001', included: 5, excluded: 1 },
  ...{ fileName: 'hand-over.zip', sha256: 'ab12', passphrase: 'one two three four five six' }
}

async function open(answers: Partial<Bridge> = {}) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'keyworker.read': () => ok(aKeyworker({ hidden: 1 })),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    'export.progress': () => ok({ stage: 'none' }),
    'keyworker.previewHandOver': () => ok(inside),
    'keyworker.saveHandOver': () => ok(saved),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/keyworkers/:practitionerId/hand-over/:id', component: HandOverPage, props: true },
      { path: '/:rest(.*)*', component: { render: () => null } }
    ]
  })
  await router.push(`/keyworkers/${PRIYA}/hand-over/${FORM}`)
  const { wrapper } = await show(RouterView, manager, [router])
  await settled()
  const send = async () => {
    await wrapper.get('form').trigger('submit')
    await settled()
  }
  const errorOf = (path: string) => document.getElementById(`field-${path}-error`)?.textContent ?? ''
  return { asked, errorOf, router, send, wrapper }
}

describe('“Export a hand-over”', () => {
  it('says which families go with how many notes, and which are not open to whoever asks', async () => {
    const { wrapper } = await open()
    const [, first, second] = wrapper.findAll('tr').map((row) => row.text())
    expect(first).toContain('3 (1 left out)')
    expect(second).toContain('Child of FFA-2')
    expect(inBody.text()).toContain('2 families that they hold today')
    expect(inBody.text()).toContain('1 family more is not open to you')
    expect(inBody.text()).not.toContain('Agreement')
  })

  it('is not sent before it is complete, and an error goes once its field is right', async () => {
    const { asked, errorOf, send, wrapper } = await open()
    await send()
    expect(errorOf('receiver')).toContain('Choose who takes the families')
    expect(errorOf('purpose')).toContain('Enter what it is for')
    await wrapper.get('input[value=team]').setValue(true)
    expect(errorOf('receiver')).toBe('')
    await wrapper.get('[id="field-isProtected"]').setValue(false)
    await send()
    expect(errorOf('teamName')).toContain('Enter the name of the team')
    expect(errorOf('openReason')).toContain('without a passphrase')
    expect(asked('keyworker.saveHandOver')).toEqual([])
  })

  it('asks anew what would go when it is for somebody else, or with notes that the family may not see', async () => {
    const { asked, wrapper } = await open()
    const before = asked('keyworker.previewHandOver').length
    await wrapper.get('input[value=team]').setValue(true)
    await settled()
    await wrapper.get('[id="field-restricted"]').setValue(true)
    await settled()
    expect(asked('keyworker.previewHandOver').slice(before)).toMatchObject([
      { receiver: 'team', restricted: false, reasons: [] },
      { receiver: 'team', restricted: true, reasons: [] }
    ])
    await wrapper.get('[id="field-purpose"]').setValue('Priya leaves')
    await settled()
    expect(asked('keyworker.previewHandOver')).toHaveLength(before + 2)
  })

  it('to another agency every family without agreement has a reason, said once for all of them', async () => {
    const { asked, send, wrapper } = await open({
      'draft.open': leftAs(begun),
      'keyworker.previewHandOver': () => ok(outside)
    })
    expect(inBody.text()).toContain('2 families have not agreed')
    await send()
    expect(inBody.errors()).toEqual([
      'Choose why FFA-1 goes ahead without agreement',
      'Say in your words why FFA-1 goes ahead',
      'Choose why FFA-2 goes ahead without agreement',
      'Say in your words why FFA-2 goes ahead'
    ])
    await wrapper.get(`[id="field-reasons.${VALES}.ground"]`).setValue('court')
    await wrapper.get(`[id="field-reasons.${VALES}.reason"]`).setValue('The court ordered it')
    await inBody.press('Say the same for the other families')
    expect(inBody.errors()).toEqual([])
    await send()
    const why = { ground: 'court', reason: 'The court ordered it' }
    expect(asked('keyworker.saveHandOver')).toMatchObject([
      {
        ...{ id: FORM, practitionerId: PRIYA, receiver: 'team', purpose: 'Priya leaves', how: 'letter' },
        reasons: [
          { familyId: VALES, ...why },
          { familyId: OKOROS, ...why }
        ]
      }
    ])
  })

  it('shows the words once, and goes back to the keyworker', async () => {
    const { router, send } = await open({ 'draft.open': leftAs(begun) })
    await send()
    expect(inBody.text()).toContain('one two three four five six')
    await inBody.press('I have noted the words')
    expect(inBody.text()).not.toContain('one two three')
    await inBody.press('Go to the keyworker')
    expect(router.currentRoute.value.path).toBe(`/keyworkers/${PRIYA}`)
  })

  it('keeps what was typed where it is refused, and says at the field why', async () => {
    let isByField = true
    const fields = [{ path: 'teamName', message: 'Enter a team of this county' }]
    const { asked, errorOf, send, wrapper } = await open({
      'draft.open': leftAs(begun),
      'keyworker.saveHandOver': () =>
        isByField ? no({ code: 'invalid', fields }) : no({ code: 'refused', reason: 'export-running' })
    })
    const before = asked('keyworker.previewHandOver').length
    await send()
    expect(errorOf('teamName')).toContain('Enter a team of this county')
    // a family may have come or gone
    expect(asked('keyworker.previewHandOver')).toHaveLength(before + 1)
    isByField = false
    await send()
    expect(inBody.errors()).toEqual([expect.stringContaining('Another export is running')])
    expect(wrapper.get<HTMLInputElement>('[id="field-teamName"]').element.value).toBe('Hertford team')
    expect(wrapper.get<HTMLTextAreaElement>('[id="field-purpose"]').element.value).toBe('Priya leaves')
  })

  it('cannot be saved while nobody knows which families go, and is tried again', async () => {
    let isThere = false
    const { asked, send } = await open({
      'draft.open': leftAs(begun),
      'keyworker.previewHandOver': () => (isThere ? ok(inside) : no({ code: 'fault', reference: '7F3A' }))
    })
    expect(inBody.text()).toContain('Reference 7F3A')
    expect(inBody.button('Save export').attributes('aria-disabled')).toBe('true')
    await send()
    expect(asked('keyworker.saveHandOver')).toEqual([])
    isThere = true
    await inBody.press('Try again')
    expect(inBody.text()).toContain('2 families that they hold today')
    expect(inBody.button('Save export').attributes('aria-disabled')).toBeUndefined()
  })

  it('of nobody’s families is not made', async () => {
    const { asked, send } = await open({
      'draft.open': leftAs(begun),
      'keyworker.previewHandOver': () => ok({ families: [], isOutside: false })
    })
    await send()
    expect(inBody.errors()).toEqual([expect.stringContaining('there is nothing to hand over')])
    expect(asked('keyworker.saveHandOver')).toEqual([])
  })
})
