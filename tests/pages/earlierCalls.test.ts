import { flushPromises, mount, type DOMWrapper, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import CallTabsPage from '../../renderer/call/CallTabsPage.vue'
import ColleaguesDrafts from '../../renderer/call/ColleaguesDrafts.vue'
import { useOpenCalls } from '../../renderer/call/openCalls.ts'
import { say } from '../../renderer/call/saidOf.ts'
import { useLogCall } from '../../renderer/call/useLogCall.ts'
import { runCommand } from '../../renderer/session/commands.ts'
import { emptyCall, type ColleaguesDraft, type FiledCall } from '../../shared/call/call.ts'
import type { EarlierCall } from '../../shared/call/earlier.ts'
import { LINK_LIMIT } from '../../shared/call/link.ts'
import { newId } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { readBirth } from '../../shared/person/birth.ts'
import { inBody } from './body.ts'
import { fakeHub, freshPage, leavePage, MONDAY, oakfield, session } from './callHub.ts'
import { show } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

let page: VueWrapper | undefined

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(MONDAY) })
  widthOfWindow(1280)
})
afterEach(() => {
  page?.unmount()
  page = undefined
  leavePage()
  vi.useRealTimers()
  document.body.innerHTML = ''
})

/** In pixels: the strip stands beside the form, or above it, as the window is wide. */
function widthOfWindow(width: number) {
  Reflect.set(window, 'innerWidth', width)
}

const settle = async (ms = 1_000) => {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}

const aFoundCall = (last: number, changes: Partial<EarlierCall> = {}): EarlierCall => ({
  callId: `0197a000-0000-7000-8000-00000000010${String(last)}`,
  reference: `HUB-7KQ3-00000${String(last)}`,
  tookPlaceAt: '2026-11-03T14:03:00.000Z',
  schoolName: 'Elmsworthy Junior School',
  adviserName: 'Robin Achebe',
  childNames: 'Imogen Farrow',
  outcome: 'advice-only',
  kind: 'child',
  strength: 'strong',
  why: ['Same date of birth', 'Name sounds the same: Imogen for Imogene'],
  ...changes
})
const imogen = aFoundCall(1)
const fromSchool = aFoundCall(2, { kind: 'school', childNames: 'Ned Sparrow', why: ['Same school'] })

/** A new call on screen, with some earlier ones to be found. */
async function aCall(...earlier: EarlierCall[]) {
  const desk = fakeHub()
  desk.earlier.push(...earlier)
  const pinia = await freshPage(desk.hub)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: { render: () => null } },
      { path: '/calls/new/:id', component: CallTabsPage, props: true },
      { path: '/calls/:id', component: { render: () => null } }
    ]
  })
  const openCalls = useOpenCalls()
  const id = await openCalls.start()
  await router.push(`/calls/new/${id}`)
  page = mount(RouterView, { attachTo: document.body, global: { plugins: [pinia, router] } })
  await settle()
  const call = openCalls.find(id)
  if (!call) throw new Error('No call is open')
  return { desk, router, openCalls, call, ...asked(desk) }
}

const asked = (desk: ReturnType<typeof fakeHub>) => ({
  searches: () =>
    desk.asked
      .filter(({ name }) => name === 'call.spokenBefore')
      .map(({ input }) => input as Input<'call.spokenBefore'>),
  reads: () => desk.asked.filter(({ name }) => name === 'call.read').map(({ input }) => input)
})

function strip() {
  if (!page) throw new Error('No page')
  return page.get('section[aria-labelledby="spoken-before"]')
}
const said = (element: Pick<DOMWrapper<Element>, 'text'>) => element.text().replace(/\s+/g, ' ').trim()
const summary = () => said(strip().get('[role=status]'))
const cards = () => strip().findAll('[role=group]')
const card = (reference: string) => {
  const found = cards().find((each) => each.attributes('aria-label') === `Call ${reference}`)
  if (!found) throw new Error(`No earlier call ${reference}`)
  return found
}
const aboutTheSame = (reference: string) => card(reference).get<HTMLInputElement>('input[type=checkbox]')
const press = async (name: string) => {
  const found = strip()
    .findAll('button')
    .find((each) => said(each) === name)
  if (!found) throw new Error(`No button "${name}"`)
  await found.trigger('click')
  await settle()
}
const type = async (label: string, text: string) => {
  await inBody.field(label).setValue(text)
}
const byId = (a: { callId: string }, b: { callId: string }) => (a.callId < b.callId ? -1 : 1)

describe('Have we spoken before?', () => {
  it('asks nothing while there is nothing to go by', async () => {
    const { searches } = await aCall(imogen)
    await type('What is the concern?', 'Tired and hungry')
    await type('Relation', 'Sister')
    await settle()
    expect(searches()).toEqual([])
    expect(said(strip())).toContain('Earlier calls about these children, or from this school, show here.')
  })

  it('asks once typing has paused, by the school and the children of whom something is known', async () => {
    const { searches, call } = await aCall(imogen)
    for (const typed of ['I', 'Im', 'Imo']) {
      await type('Child’s name', typed)
      await settle(100)
    }
    expect(searches()).toEqual([])
    await settle(400)
    expect(searches().map(({ children }) => children.map(({ name }) => name))).toEqual([['Imo']])
    await type('What is the concern?', 'Tired and hungry')
    await settle()
    expect(searches()).toHaveLength(1)

    call.draft.callerKind = 'school'
    call.draft.schoolId = oakfield.id
    await inBody.press('Add another child')
    await settle()
    expect(searches().at(-1)).toMatchObject({
      callId: call.id,
      startedAt: call.draft.startedAt,
      schoolId: oakfield.id,
      children: [{ name: 'Imo' }]
    })
  })

  it('says when, where, who, whom, how it ended, how sure and why', async () => {
    await aCall(imogen, fromSchool)
    await type('Child’s name', 'Imogene Farrow')
    await settle()
    expect(summary()).toBe('2 earlier calls in 90 days, 1 about this child')
    for (const words of [
      'About this child',
      'Strong match',
      'Imogen Farrow',
      'Same date of birth',
      'Name sounds the same: Imogen for Imogene',
      'Elmsworthy Junior School',
      '3 November 2026, 14:03, Robin Achebe',
      'Advice only'
    ]) {
      expect(said(card(imogen.reference)), words).toContain(words)
    }
    expect(said(card(fromSchool.reference))).toContain('From this school')
    expect(said(card(fromSchool.reference))).not.toContain('match')
  })

  it('takes no focus, and says the same thing once however often it is asked', async () => {
    const { searches } = await aCall(imogen)
    const name = inBody.field('Child’s name')
    name.element.focus()
    await type('Child’s name', 'Imogen')
    await settle()
    const told = strip().get('[role=status]').element.firstChild
    await type('Child’s name', 'Imogen F')
    await settle()
    expect(searches()).toHaveLength(2)
    expect(document.activeElement).toBe(name.element)
    expect(strip().get('[role=status]').element.firstChild).toBe(told)
    expect(summary()).toBe('1 earlier call in 90 days, 1 about this child')
  })

  it('says that nothing was found, and forgets what was found once there is nothing to go by', async () => {
    const { desk } = await aCall()
    await type('Child’s name', 'Ned')
    await settle()
    expect(summary()).toBe('No earlier calls in 90 days')
    desk.earlier.push(imogen)
    await type('Child’s name', 'Imogen')
    await settle()
    expect(cards()).toHaveLength(1)
    await type('Child’s name', '')
    await settle()
    expect(cards()).toHaveLength(0)
    expect(summary()).toBe('')
  })

  it('drops an answer that comes after something else was typed', async () => {
    const { desk } = await aCall()
    const waiting: (() => void)[] = []
    const { hub } = desk
    const slow = (reference: string) => (input: Input<'call.spokenBefore'>) =>
      new Promise((resolve) => {
        const calls = input.children[0]?.name === 'Ned' ? [{ ...imogen, reference }] : [fromSchool]
        waiting.push(() => {
          resolve({ ok: true, value: { families: [], calls, days: 90 } })
        })
      })
    window.hub = new Proxy(hub, {
      get: (target, name, receiver): unknown =>
        name === 'call.spokenBefore' ? slow('LATE') : Reflect.get(target, name, receiver)
    })
    await type('Child’s name', 'Ned')
    await settle(500)
    await type('Child’s name', 'Imogen')
    await settle(500)
    expect(waiting).toHaveLength(2)
    waiting[1]?.()
    await settle()
    waiting[0]?.()
    await settle()
    expect(cards().map((each) => each.attributes('aria-label'))).toEqual([`Call ${fromSchool.reference}`])
  })

  it('says when it could not look, and looks again when asked to', async () => {
    const { desk } = await aCall(imogen)
    const { hub } = desk
    let fails = true
    window.hub = new Proxy(hub, {
      get: (target, name, receiver): unknown =>
        name === 'call.spokenBefore' && fails
          ? () => no({ code: 'fault', reference: '7F3A' })
          : Reflect.get(target, name, receiver)
    })
    await type('Child’s name', 'Imogen')
    await settle()
    expect(said(strip())).toContain('Earlier calls could not be looked up.')
    fails = false
    await press('Try again')
    expect(cards()).toHaveLength(1)
    expect(said(strip())).not.toContain('could not')
  })
})

describe('what the adviser says of an earlier call', () => {
  const found = async () => {
    const opened = await aCall(imogen, fromSchool)
    await type('Child’s name', 'Imogen Farrow')
    await settle()
    return opened
  }

  it('is kept with the call: about the same, or not', async () => {
    const { call, desk } = await found()
    await aboutTheSame(imogen.reference).setValue(true)
    await settle()
    expect(desk.drafts.get(call.id)?.draft.links).toEqual([{ callId: imogen.callId, kind: 'related' }])
    await aboutTheSame(imogen.reference).setValue(false)
    expect(call.draft.links).toEqual([])
  })

  it('"None of these" is recorded for each, shown, and can be undone', async () => {
    const { call } = await found()
    await press('None of these')
    expect(call.draft.links).toEqual([
      { callId: imogen.callId, kind: 'not-related' },
      { callId: fromSchool.callId, kind: 'not-related' }
    ])
    expect(said(strip())).toContain('Recorded: none of these')
    expect(said(card(imogen.reference))).toContain('Not about the same')
    expect(inBody.has('None of these')).toBe(false)
    expect(document.activeElement?.textContent.trim()).toBe('Undo')
    await press('Undo')
    expect(document.activeElement?.textContent.trim()).toBe('None of these')
    expect(call.draft.links).toEqual([])
    expect(inBody.has('None of these')).toBe(true)
  })

  it('leaves out of "none" what is about the same, before and after', async () => {
    const { call } = await found()
    await aboutTheSame(imogen.reference).setValue(true)
    await press('None of the others')
    expect(call.draft.links).toEqual([
      { callId: imogen.callId, kind: 'related' },
      { callId: fromSchool.callId, kind: 'not-related' }
    ])
    expect(said(strip())).toContain('Recorded: none of the others')
    await aboutTheSame(fromSchool.reference).setValue(true)
    expect([...call.draft.links].sort(byId)).toEqual([
      { callId: imogen.callId, kind: 'related' },
      { callId: fromSchool.callId, kind: 'related' }
    ])
  })

  it('stays in sight when it is no longer found, so that it can be taken back', async () => {
    const { call, desk } = await found()
    await aboutTheSame(imogen.reference).setValue(true)
    desk.earlier.splice(0, 2, fromSchool)
    await type('Child’s name', 'Ned Sparrow')
    await settle()
    expect(cards()).toHaveLength(2)
    await aboutTheSame(imogen.reference).setValue(false)
    await type('Child’s name', 'Ned')
    await settle()
    expect(cards()).toHaveLength(1)
    expect(call.draft.links).toEqual([])
  })

  it('never outgrows what can be stored, and loses no call that has to do with this one', () => {
    const draft = { links: [] as Parameters<typeof say>[0]['links'] }
    const related = newId()
    say(draft, related, 'related')
    const last = Array.from({ length: LINK_LIMIT + 5 }, () => newId())
    for (const callId of last) say(draft, callId, 'not-related')
    expect(draft.links).toHaveLength(LINK_LIMIT)
    expect(draft.links[0]).toEqual({ callId: related, kind: 'related' })
    expect(draft.links.at(-1)).toEqual({ callId: last.at(-1), kind: 'not-related' })
  })
})

describe('reading an earlier call', () => {
  it('happens in place and only when asked for, because it is audited', async () => {
    const { desk, reads } = await aCall()
    const draft = {
      ...emptyCall(imogen.callId, newId(), '2026-11-03T14:03:00.000Z'),
      callerKind: 'keyworker' as const,
      assessmentConfirmedBy: 'Helpdesk',
      callerName: 'Sam Whitlock',
      concern: 'Bruising on one arm',
      advice: 'Ask how it happened',
      outcome: 'advice-only' as const
    }
    expect(await desk.hub['call.file'](draft)).toMatchObject({ ok: true })
    desk.earlier.push(imogen)
    await type('Child’s name', 'Imogen')
    await settle()
    expect(reads()).toEqual([])
    await press(`Read ${imogen.reference}`)
    expect(said(card(imogen.reference))).toContain('Bruising on one arm')
    expect(said(card(imogen.reference))).toContain('Ask how it happened')
    await press(`Close ${imogen.reference}`)
    expect(said(card(imogen.reference))).not.toContain('Bruising')
    await press(`Read ${imogen.reference}`)
    expect(reads()).toEqual([{ id: imogen.callId }])
  })
})

describe('by the keyboard', () => {
  it('F6 goes to the strip, and back to where one typed', async () => {
    await aCall(imogen)
    await type('Child’s name', 'Imogen')
    await settle()
    const name = inBody.field('Child’s name')
    name.element.focus()
    runCommand('earlier-calls')
    await settle()
    expect(document.activeElement).toBe(aboutTheSame(imogen.reference).element)
    runCommand('earlier-calls')
    await settle()
    expect(document.activeElement).toBe(name.element)
  })

  it('goes to its heading while nothing is found', async () => {
    await aCall()
    runCommand('earlier-calls')
    await settle()
    expect(document.activeElement?.textContent.trim()).toBe('Have we spoken before?')
  })
})

describe('where there is no room beside the form', () => {
  it('is one line with a count, opened by its button or by F6', async () => {
    widthOfWindow(640)
    await aCall(imogen)
    await type('Child’s name', 'Imogen')
    await settle()
    expect(summary()).toBe('1 earlier call in 90 days, 1 about this child')
    expect(cards()).toHaveLength(0)
    await press('Have we spoken before?')
    expect(cards()).toHaveLength(1)
    await press('Have we spoken before?')
    expect(cards()).toHaveLength(0)
    runCommand('earlier-calls')
    await settle()
    expect(document.activeElement).toBe(aboutTheSame(imogen.reference).element)
  })
})

describe('a further call', () => {
  const children: FiledCall['children'] = [
    {
      id: newId(),
      name: 'Imogen Farrow',
      birthDate: '2015-09-03',
      ageYears: 11,
      upn: 'A123456789012',
      relation: 'Daughter',
      address: '4 High Street, SG13 8EQ'
    },
    { id: newId(), name: 'Ned', birthDate: '', ageYears: 7, upn: '', relation: '', address: '' },
    { id: newId(), name: 'Baby', birthDate: '', ageYears: null, upn: '', relation: '', address: '' }
  ]

  /** As it was filed, on the page of the desk. */
  async function filedCall(desk: ReturnType<typeof fakeHub>): Promise<FiledCall> {
    const draft = {
      ...emptyCall(newId(), newId(), '2026-11-03T14:03:00.000Z'),
      callerKind: 'school' as const,
      schoolId: oakfield.id,
      schoolText: oakfield.name,
      callerName: 'Sam Whitlock',
      callerPhone: '01632 960222',
      concern: 'Bruising on one arm',
      advice: 'Ask how it happened',
      outcome: 'advice-only' as const
    }
    await desk.hub['call.file'](draft)
    const answer = await desk.hub['call.read']({ id: draft.id })
    if (!answer.ok) throw new Error('Not filed')
    return { ...answer.value, children }
  }

  /** The filed call's page, as far as its button goes, and the call that the button begins. */
  async function further() {
    const opened = await aCall()
    const { openCalls, router, desk } = opened
    const to = await filedCall(desk)
    if (openCalls.current) openCalls.forget(openCalls.current.id)
    const filedPage = defineComponent(() => {
      const { further: logFurther } = useLogCall()
      return () => h('button', { onClick: () => logFurther(to) }, 'Log a further call')
    })
    router.addRoute({ path: '/filed', component: filedPage })
    await router.push('/filed')
    await inBody.press('Log a further call')
    await settle()
    const call = openCalls.current
    if (!call) throw new Error('No call is open')
    return { ...opened, to, call }
  }

  it('carries over the children and the school, and nothing that was said', async () => {
    const { call, to } = await further()
    const { draft } = call
    expect(draft.children).toHaveLength(3)
    expect(draft.children[0]).toMatchObject({
      name: 'Imogen Farrow',
      birth: '3/9/2015',
      upn: 'A123456789012',
      relation: 'Daughter',
      address: '4 High Street, SG13 8EQ'
    })
    expect(draft.children.map(({ birth }) => readBirth(birth, '2026-11-23'))).toEqual([
      { kind: 'date', date: '2015-09-03', ageYears: 11 },
      { kind: 'age', years: 7 },
      { kind: 'none' }
    ])
    expect(draft.children.map(({ id }) => id)).not.toContain(children[0]?.id)
    expect(draft.id).not.toBe(to.id)
    expect(draft).toMatchObject({
      callerKind: 'school',
      schoolId: oakfield.id,
      schoolText: oakfield.name,
      links: [{ callId: to.id, kind: 'further' }],
      callerName: '',
      callerPhone: '',
      concern: '',
      advice: '',
      outcome: ''
    })
  })

  it('is stored at once, and begun only once however often it is asked for', async () => {
    const { call, desk, to, router, openCalls } = await further()
    expect(desk.drafts.get(call.id)?.draft.links).toEqual([{ callId: to.id, kind: 'further' }])
    await router.push('/filed')
    await inBody.press('Log a further call')
    await settle()
    expect(router.currentRoute.value.path).toBe(`/calls/new/${call.id}`)
    expect(openCalls.calls).toHaveLength(1)
  })

  it('says what it goes on from, which can be taken off and put back', async () => {
    const { call, to, reads } = await further()
    const before = reads().length
    expect(inBody.text()).toContain(`Further to ${to.reference} of 3 November 2026`)
    await inBody.press(`Take this off: further to ${to.reference} of 3 November 2026`)
    expect(call.draft.links).toEqual([])
    expect(inBody.text()).toContain(`No longer further to ${to.reference} of 3 November 2026.`)
    expect(document.activeElement?.textContent.trim()).toBe('Undo')
    await inBody.press('Undo')
    expect(call.draft.links).toEqual([{ callId: to.id, kind: 'further' }])
    expect(document.activeElement?.textContent).toContain('Take this off')
    expect(reads()).toHaveLength(before)
  })

  it('knows what it goes on from after a restart too', async () => {
    const { call, desk, to } = await further()
    page?.unmount()
    const pinia = await freshPage(desk.hub)
    const openCalls = useOpenCalls()
    expect(await openCalls.resume(call.id)).toBe(true)
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [
        { path: '/calls/new/:id', component: CallTabsPage, props: true },
        { path: '/calls/:id', component: { render: () => null } }
      ]
    })
    await router.push(`/calls/new/${call.id}`)
    page = mount(RouterView, { attachTo: document.body, global: { plugins: [pinia, router] } })
    await settle()
    expect(inBody.text()).toContain(`Further to ${to.reference} of 3 November 2026`)
  })
})

describe('a call that was handed to a colleague meanwhile', () => {
  it('says so to the one who had it, and what is typed there stays to be copied', async () => {
    const { desk, call } = await aCall()
    const { hub } = desk
    window.hub = new Proxy(hub, {
      get: (target, name, receiver): unknown =>
        name === 'call.saveDraft'
          ? () => no({ code: 'refused', reason: 'not-your-draft' })
          : Reflect.get(target, name, receiver)
    })
    await type('What is the concern?', 'Typed too late')
    await settle()
    expect(inBody.text()).toContain('Not saved. This call now belongs to someone else.')
    expect(inBody.has('Copy what I typed')).toBe(true)
    expect(call.draft.concern).toBe('Typed too late')
  })
})

describe('colleagues’ unfinished calls', () => {
  const jo = { id: '0197a000-0000-7000-8000-000000000002', name: 'Jo Marsh' }
  const lee = { id: '0197a000-0000-7000-8000-000000000003', name: 'Lee Frost' }
  const me = { id: '0197a000-0000-7000-8000-000000000001', name: 'Priya Patel' }
  const draft: ColleaguesDraft = {
    id: '0197a000-0000-7000-8000-000000000009',
    startedAt: MONDAY,
    savedAt: MONDAY,
    callerKind: 'school',
    schoolText: 'Oakfield Primary School',
    callerName: 'Alice Green',
    ownerId: jo.id,
    ownerName: jo.name
  }

  async function shown(drafts: ColleaguesDraft[], hand: () => ReturnType<typeof ok<null>> = () => ok(null)) {
    const left = [...drafts]
    const hub = standInHub({
      'call.colleaguesDrafts': () => ok([...left]),
      'account.names': () => ok([jo, lee, me].map((each) => ({ ...each, takesCalls: true }))),
      'call.handDraft': async ({ id }) => {
        const answer = await hand()
        if (answer.ok) left.splice(left.findIndex((each) => each.id === id) >>> 0, 1)
        return answer
      },
      'call.openDraft': () => ok({ draft: emptyCall(draft.id, newId(), MONDAY), savedAt: MONDAY, saves: 1 })
    })
    const { wrapper } = await show(ColleaguesDrafts, session)
    page = wrapper
    return hub
  }

  it('says whose they are, and that there are none', async () => {
    await shown([draft])
    expect(inBody.text()).toContain('Oakfield Primary School, Alice Green')
    expect(inBody.text()).toContain('Jo Marsh, started 23 November 2026, 10:00')
    page?.unmount()
    await shown([])
    expect(inBody.text()).toContain('None at this computer.')
  })

  it('hands one to somebody else, and says to whom', async () => {
    const hub = await shown([draft])
    await inBody.press('Hand over: Oakfield Primary School, Alice Green')
    const to = inBody.field('Hand to')
    expect(document.activeElement).toBe(to.element)
    expect(to.findAll('option').map((option) => option.text())).toEqual([
      'Choose',
      'Lee Frost',
      'Priya Patel (you)'
    ])
    await page?.get('form').trigger('submit')
    await settle(0)
    expect(inBody.text()).toContain('Choose who it is handed to')
    expect(hub.asked('call.handDraft')).toEqual([])
    await to.setValue(lee.id)
    await page?.get('form').trigger('submit')
    await settle(0)
    expect(hub.asked('call.handDraft')).toEqual([{ id: draft.id, toId: lee.id }])
    expect(inBody.text()).toContain('Handed to Lee Frost: Oakfield Primary School, Alice Green')
    expect(inBody.text()).toContain('None at this computer.')
    expect(useOpenCalls().calls).toEqual([])
  })

  it('opens what a manager takes over', async () => {
    await shown([draft])
    await inBody.press('Hand over: Oakfield Primary School, Alice Green')
    await inBody.field('Hand to').setValue(me.id)
    await page?.get('form').trigger('submit')
    await settle(0)
    expect(useOpenCalls().calls.map(({ id }) => id)).toEqual([draft.id])
  })

  it('says at the field that somebody takes no calls, and keeps the question open', async () => {
    await shown([draft], () =>
      no({ code: 'invalid', fields: [{ path: 'toId', message: 'Choose someone who takes calls' }] })
    )
    await inBody.press('Hand over: Oakfield Primary School, Alice Green')
    await inBody.field('Hand to').setValue(lee.id)
    await page?.get('form').trigger('submit')
    await settle(0)
    const to = inBody.field('Hand to')
    expect(to.attributes('aria-invalid')).toBe('true')
    expect(inBody.text()).toContain('Choose someone who takes calls')
    expect(to.element.value).toBe(lee.id)
  })
})
