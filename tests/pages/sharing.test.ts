import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, describe, expect, it } from 'vitest'
import AgreementFormPage from '../../renderer/agreement/AgreementFormPage.vue'
import { sharingSaid } from '../../renderer/sharing/words.ts'
import type { AgreementRow } from '../../shared/agreement/agreement.ts'
import type { ChronologyBodies } from '../../shared/family/chronology.ts'
import { emptyAgreement } from '../../shared/family/emptyForms.ts'
import type { FamilyRecord } from '../../shared/family/family.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { emptySharing } from '../../shared/sharing/emptySharing.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { MONDAY, session } from './callHub.ts'
import { aFamily, FAMILY, ROBIN } from './familyHub.ts'
import { settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

const LANTERN = '0197a000-0000-7000-8000-0000000000b1'
const agreed: AgreementRow = {
  ...emptyAgreement(newId(), FAMILY),
  ...{ decision: 'given', takePart: true, share: true, decidedOn: '2026-11-10', throughPersonId: '' },
  ...{ recordedAt: '2026-11-10T09:00:00.000Z', recordedByName: 'Priya Patel' }
}
const filled = {
  ...{ agencyId: LANTERN, agencyText: 'Lantern Trust', personIds: [ROBIN], how: 'phone' as const },
  ...{ what: 'That he is often late', purpose: 'For the breakfast club' }
}
const ASKED = 'The family has not agreed to sharing with Lantern Trust. Say why it goes ahead.'

/** The form as it was left, over the family that `record` is by then. */
async function openForm(
  record: () => FamilyRecord,
  typed: Partial<ReturnType<typeof emptySharing>>,
  answers: Partial<Bridge> = {}
) {
  const id = newId()
  const body = { ...emptySharing(id, FAMILY), ...typed }
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'family.read': () => ok(record()),
    'draft.open': () => ok({ form: { kind: 'sharing', body }, savedAt: MONDAY, saves: 1 }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 2 }),
    'sharing.record': () => ok({ id }),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/families/:familyId/:kind/:id', component: AgreementFormPage, props: true },
      { path: '/families/:id', component: { render: () => null } }
    ]
  })
  await router.push(`/families/${FAMILY}/sharing/${id}`)
  const { wrapper } = await show(RouterView, session, [router])
  await settled()
  return { asked, router, wrapper }
}

describe('“Share information”', () => {
  it('asks for no reason where the family agreed', async () => {
    const { asked, router, wrapper } = await openForm(() => aFamily([], { agreements: [agreed] }), filled)
    expect(wrapper.text()).not.toContain('has not agreed')
    await submit(wrapper)
    expect(asked('sharing.record')).toMatchObject([filled])
    expect(router.currentRoute.value.path).toBe(`/families/${FAMILY}`)
  })

  it('says at once that there is no agreement, and is not sent without the reason', async () => {
    const { asked, wrapper } = await openForm(() => aFamily(), filled)
    expect(wrapper.get('[role=status].said, [role=status] .said').text()).toBe(ASKED)
    await submit(wrapper)
    expect(wrapper.text()).toContain('Choose why it goes ahead without agreement')
    expect(asked('sharing.record')).toEqual([])
    expect(wrapper.find('[id="field-ground-error"]').exists()).toBe(true)
    await wrapper.get('input[value=court]').setValue(true)
    // put right, it is no error any more
    expect(wrapper.find('[id="field-ground-error"]').exists()).toBe(false)
    expect(wrapper.find('[id="field-reason-error"]').exists()).toBe(true)
    await wrapper.get('[id="field-reason"]').setValue('Family court, 20 November')
    await submit(wrapper)
    expect(asked('sharing.record')).toMatchObject([{ ground: 'court', reason: 'Family court, 20 November' }])
  })

  it('goes by the day: before the family agreed a reason is asked for', async () => {
    const { wrapper } = await openForm(() => aFamily([], { agreements: [agreed] }), filled)
    await wrapper.get('[id="field-sharedOn"]').setValue('9/11/2026')
    expect(wrapper.text()).toContain(ASKED)
    await wrapper.get('[id="field-sharedOn"]').setValue('10/11/2026')
    expect(wrapper.text()).not.toContain(ASKED)
  })

  it('agreement that was withdrawn meanwhile: the reason is asked for, and what was typed stays', async () => {
    let agreements = [agreed]
    const refused = { code: 'invalid' as const, fields: [{ path: 'ground', message: 'Choose why' }] }
    const { wrapper } = await openForm(() => aFamily([], { agreements }), filled, {
      'sharing.record': () => {
        agreements = [
          { ...agreed, id: newId(), decision: 'withdrawn', decidedOn: '2026-11-23' },
          ...agreements
        ]
        return no(refused)
      }
    })
    await submit(wrapper)
    expect(wrapper.text()).toContain(ASKED)
    expect(wrapper.get('[id="field-ground-error"]').text()).toContain('Choose why')
    expect(wrapper.get<HTMLTextAreaElement>('[id="field-what"]').element.value).toBe('That he is often late')
  })

  it('of risk of harm says that nobody waits; of the public interest asks who advised it', async () => {
    const { wrapper } = await openForm(() => aFamily(), filled)
    await wrapper.get('input[value=significant-harm]').setValue(true)
    expect(wrapper.text()).toContain('Do not wait, and do not ask first.')
    expect(wrapper.text()).toContain('0300 123 4043')
    expect(wrapper.find('[id="field-advisedBy"]').exists()).toBe(false)
    await wrapper.get('input[value=public-interest]').setValue(true)
    expect(wrapper.find('[id="field-advisedBy"]').exists()).toBe(true)
  })

  it('lets go of somebody who was taken out of the family since', async () => {
    const { asked, wrapper } = await openForm(() => aFamily([], { agreements: [agreed] }), {
      ...filled,
      personIds: [ROBIN, newId()]
    })
    await submit(wrapper)
    expect(asked('sharing.record')).toMatchObject([{ personIds: [ROBIN] }])
  })
})

describe('words', () => {
  const names = { person: (id: string) => `Person ${id}`, hub: () => '', account: () => '' }
  const body: ChronologyBodies['sharing'] = {
    ...{ agencyName: 'Lantern Trust', personThere: '', personIds: ['1', '2', '3'], what: 'A', purpose: 'B' },
    ...{ how: 'letter', isAgreed: true, ground: '', advisedBy: '', reason: '' }
  }

  it('about whom, with whom and how', () => {
    expect(sharingSaid(body, names)).toEqual({
      what: 'Information about Person 1, Person 2 and Person 3 shared with Lantern Trust',
      details: ['By letter', 'What: A', 'What for: B', '']
    })
  })

  it('why without agreement, and who advised it', () => {
    const why = {
      isAgreed: false,
      ground: 'public-interest',
      advisedBy: 'Al Reed',
      reason: 'He was hit'
    } as const
    const said = sharingSaid({ ...body, personIds: ['1'], personThere: 'Ash Tran', ...why }, names)
    expect(said.what).toBe('Information about Person 1 shared with Lantern Trust, without agreement')
    expect(said.details).toEqual([
      'By letter, to Ash Tran',
      'What: A',
      'What for: B',
      'Why without agreement: It is in the public interest, and somebody advised it. Advised by Al Reed. He was hit'
    ])
  })
})
