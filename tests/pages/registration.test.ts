import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { VueWrapper } from '@vue/test-utils'
import RegisterPage from '../../renderer/family/RegisterPage.vue'
import { useOpenForms } from '../../renderer/draft/openForms.ts'
import type { FiledCall } from '../../shared/call/call.ts'
import type { Session } from '../../shared/account/account.ts'
import type { Role } from '../../shared/access/roles.ts'
import type { RegistrationDraft } from '../../shared/family/family.ts'
import { carriedPersonId } from '../../shared/family/registering.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { FoundPerson } from '../../shared/person/find.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { aRegistration } from '../fixtures/families.ts'
import { button, settled, show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const NOW = '2026-11-23T10:00:00.000Z'
const session = (role: Role): Session => ({
  stage: 'open',
  trial: false,
  account: { id: newId(), name: 'Morgan Ellis', roles: [role], profession: 'other', hubIds: [] },
  deskCode: '7KQ3',
  now: NOW
})
const robin: FoundPerson = {
  personId: newId(),
  strength: 'strong',
  why: ['Same name', 'Same date of birth'],
  name: 'Robin Marsh',
  birthDate: '2015-09-03',
  postcode: 'SG14 1AB',
  restricted: false,
  families: []
}

let page: VueWrapper
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW), toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

/** The page of this form, `stored` or new, at a desk that also answers this. */
async function open(
  answers: Partial<Bridge>,
  { stored, query = '', role = 'adviser' }: { stored?: RegistrationDraft; query?: string; role?: Role } = {}
) {
  const id = stored?.id ?? newId()
  const hub = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: NOW }),
    'draft.open': () =>
      stored
        ? ok({ form: { kind: 'registration', body: stored }, savedAt: NOW, saves: 3 })
        : no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: NOW, saves: 4 }),
    'person.findLike': () => ok([]),
    'practitioner.list': () => ok({ rows: [], next: '' }),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/families/register/:id?', component: RegisterPage, props: true }]
  })
  await router.push(`/families/register/${id}${query}`)
  const shown = await show({ template: '<RouterView />' }, session(role), [router])
  page = shown.wrapper
  await settled()
  return { id, hub }
}
const input = (path: string) => page.get<HTMLInputElement>(`[id="field-${path}"]`)
const passes = async (milliseconds: number) => {
  await vi.advanceTimersByTimeAsync(milliseconds)
  await settled()
}

describe('Register a family', () => {
  it('from a call has its children, by ids that the record knows them by, and who called as keyworker', async () => {
    const child = { name: 'Ada Holm', birthDate: '2015-09-03', upn: '', relation: '', address: 'SG1 1AA' }
    const call = {
      id: newId(),
      callerName: 'Ann Dean',
      schoolId: '',
      schoolName: '',
      children: [
        { ...child, id: newId() },
        { ...child, id: newId(), name: 'Otto Holm' }
      ]
    } as FiledCall
    const { id } = await open({ 'call.read': () => ok(call) }, { query: `?call=${call.id}` })
    const [form] = useOpenForms().forms
    const draft = form?.draft as RegistrationDraft
    expect(draft.callId).toBe(call.id)
    expect(draft.practitionerText).toBe(call.callerName)
    expect(draft.people.map((person) => person.id)).toEqual(
      call.children.map((child) => carriedPersonId(id, child.id))
    )
    expect(input('people.0.name').element.value).toBe('Ada Holm')
    expect(input('people.0.birth').element.value).toBe('3/9/2015')
    expect(input('people.0.district').element.value).toBe('E07000243')
  })

  it('a failed filing keeps what is typed and says so; sent again it is the same form (L6)', async () => {
    const stored = aRegistration({ agreement: { ...aRegistration().agreement, decision: 'not-asked' } })
    const { hub } = await open(
      { 'family.register': () => no({ code: 'fault', reference: '7F3A' }) },
      { stored }
    )
    await input('people.0.phone').setValue('07700 900123')
    await button(page, 'Register this family').trigger('click')
    await settled()
    const sent = hub.asked('family.register')
    expect(sent).toHaveLength(2)
    expect(sent[0]).toEqual(sent[1])
    expect(page.text()).toContain('Reference 7F3A')
    expect(page.text()).toContain('The form is kept.')
    await passes(1_000)
    expect(hub.asked('draft.save').at(-1)).toMatchObject({
      form: { body: { people: [{ phone: '07700 900123' }, {}] } },
      savedBefore: 3
    })
  })

  it('after it is filed nothing is saved any more (L3)', async () => {
    const stored = aRegistration({ agreement: { ...aRegistration().agreement, decision: 'not-asked' } })
    const { hub, id } = await open(
      { 'family.register': () => ok({ id: stored.id, reference: 'FAM-7KQ3-000001', doubles: 2 }) },
      { stored }
    )
    await input('people.0.phone').setValue('07700 900123')
    await button(page, 'Register this family').trigger('click')
    await settled()
    await passes(5_000)
    expect(hub.asked('draft.save')).toEqual([])
    expect(useOpenForms().find(id)).toBeUndefined()
    expect(page.text()).toContain('FAM-7KQ3-000001')
    expect(page.text()).toContain('2 people of this form may be in the record already')
  })

  it('offers who may be in the record; chosen, the record’s words stand in the form and can be taken back', async () => {
    await open({ 'person.findLike': () => ok([robin]) })
    await input('people.0.name').setValue('Rob Marsh')
    await passes(500)
    await page.get('button[aria-label^="This is them: Robin Marsh"]').trigger('click')
    await settled()
    expect(input('people.0.name').element.value).toBe('Robin Marsh')
    expect(input('people.0.birth').element.value).toBe('03/09/2015')
    const takeBack = page.findAll('button').find((each) => each.text().startsWith('This is somebody else'))
    await takeBack?.trigger('click')
    await settled()
    expect(input('people.0.name').element.value).toBe('Rob Marsh')
    await page.get('button[aria-label^="None of these"]').trigger('click')
    await passes(1_000)
    const [form] = useOpenForms().forms
    expect((form?.draft as RegistrationDraft).people[0]).toMatchObject({
      personId: '',
      noneOf: [robin.personId]
    })
  })

  it('asks nobody of the record for the helpdesk, who may see nobody', async () => {
    const { hub } = await open({ 'person.findLike': () => ok([robin]) }, { role: 'helpdesk' })
    await input('people.0.name').setValue('Robin Marsh')
    await passes(1_000)
    expect(hub.asked('person.findLike')).toEqual([])
    expect(page.text()).not.toContain('Already in the record?')
  })

  it('a postcode proposes the district, and another that was chosen stays', async () => {
    await open({})
    await input('people.0.address').setValue('4 Mill Lane SG14 1AB')
    await settled()
    expect(input('people.0.district').element.value).toBe('E07000242')
    await input('people.0.district').setValue('E07000095')
    await input('people.0.address').setValue('14 Mill Lane SG14 1AB')
    await settled()
    expect(input('people.0.district').element.value).toBe('E07000095')
  })
})
