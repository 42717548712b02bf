import { flushPromises, mount, type DOMWrapper, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import CallPage from '../../renderer/call/CallPage.vue'
import CallTabsPage from '../../renderer/call/CallTabsPage.vue'
import { useOpenCalls } from '../../renderer/call/openCalls.ts'
import DeskPage from '../../renderer/desk/DeskPage.vue'
import { runCommand } from '../../renderer/session/commands.ts'
import { dangerReader } from '../../renderer/session/danger.ts'
import { fakeHub, freshPage, leavePage, MONDAY, oakfield, SUNDAY } from './callHub.ts'

let page: VueWrapper

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(MONDAY) })
})
afterEach(() => {
  page.unmount()
  leavePage()
  vi.useRealTimers()
})

/** Lets what was typed be saved, and every answer arrive. */
async function settle(ms = 1_000) {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}

async function theDesk(now = MONDAY) {
  const desk = fakeHub(now)
  vi.setSystemTime(new Date(now))
  const pinia = await freshPage(desk.hub)
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: DeskPage },
      { path: '/calls/new/:id', component: CallTabsPage, props: true },
      { path: '/calls/:id', component: CallPage, props: true }
    ]
  })
  await router.push('/')
  page = mount(RouterView, { attachTo: document.body, global: { plugins: [pinia, router] } })
  await settle()
  return { desk, router }
}

/** A call on screen, and the fields of it by what they are called. */
async function aCall(now = MONDAY) {
  const { desk, router } = await theDesk(now)
  await button('Log a call').trigger('click')
  await settle()
  return { desk, router }
}

const all = (selector: string): DOMWrapper<Element>[] => page.findAll(selector)
const said = (element: DOMWrapper<Element>) => element.text().replace(/\s+/g, ' ').trim()

function button(name: string): DOMWrapper<Element> {
  const found = all('button').find((each) => said(each).startsWith(name))
  if (!found) throw new Error(`No button "${name}" among ${all('button').map(said).join(', ')}`)
  return found
}

function labelled(name: string) {
  return all('label')
    .filter((label) => said(label) === name)
    .map((label) => page.get<HTMLInputElement>(`[id="${label.attributes('for') ?? ''}"]`))
}

function field(name: string, index = 0) {
  const found = labelled(name)[index]
  if (!found) throw new Error(`No field "${name}"`)
  return found
}

const errors = () => all('.error-summary li').map(said)
const theCall = () => {
  const { current } = useOpenCalls()
  if (!current) throw new Error('No call is open')
  return current
}

/** A school's call with everything that is needed. */
async function fillIn() {
  await field('A school').setValue(true)
  theCall().draft.schoolText = oakfield.name
  theCall().draft.schoolId = oakfield.id
  await field('Caller’s name').setValue('Alice Green')
  await field('What is the concern?').setValue('Tired and hungry on most mornings.')
  await field('Advice given').setValue('Talk to the parents first.')
  await field('Outcome').setValue('advice-only')
}

describe('the call form', () => {
  it('has every field by the name that is on the screen', async () => {
    await aCall()
    await field('A school').setValue(true)
    await button('Add an action').trigger('click')
    const names = [
      'Line',
      'A keyworker with an open Families First Assessment',
      'Someone else',
      'School',
      'Caller’s name',
      'Caller’s role',
      'Phone number',
      'May we leave a message?',
      'Consulted the Continuum of Need',
      'Spoke to the designated safeguarding lead',
      'Do the parents know?',
      'Child’s name',
      'Date of birth',
      'UPN',
      'Relation',
      'Address or postcode',
      'What is the concern?',
      'Level of need discussed',
      'Why this level',
      'Advice given',
      'Where the caller disagrees',
      'Outcome',
      'Action',
      'Who',
      'By when',
      'This call was written on paper earlier',
      'Booked slot'
    ]
    for (const name of names) expect(labelled(name), name).toHaveLength(1)
    expect(all('legend').map(said)).toEqual(['Who is calling?', 'Children', 'Actions', 'Took place'])
    expect(field('Outcome').findAll('option').map(said)).toEqual([
      'Choose',
      'Advice only',
      'Complete the Child Protection Contact Form',
      'Urgent referral by telephone',
      'Start or continue a Families First Assessment',
      'Signposted',
      'Turned away',
      'Call back promised'
    ])
    expect(field('Line').findAll('option').map(said)).toEqual([
      'Consultation Hub',
      'Advice line',
      'Coordinator'
    ])
  })

  it('says nothing of problems before "File call", and files once all are put right', async () => {
    const { desk, router } = await aCall()
    expect(errors()).toEqual([])
    await field('Caller’s name').setValue('Alice Green')
    await settle()
    expect(errors()).toEqual([])
    await button('File call').trigger('click')
    await settle()
    expect(errors()).toEqual([
      'Choose who is calling',
      'Enter what the concern is',
      'Enter the advice that was given',
      'Choose the outcome of the call'
    ])
    expect(field('What is the concern?').attributes('aria-invalid')).toBe('true')
    await fillIn()
    await settle()
    expect(errors()).toEqual([])
    runCommand('file-call')
    runCommand('file-call')
    await settle()
    expect(desk.filed).toHaveLength(1)
    expect(desk.filed[0]?.draft.seconds).toBeGreaterThan(0)
    expect(desk.drafts.size).toBe(0)
    expect(router.currentRoute.value.path).toBe('/')
    expect(all('[role=status]').map(said)).toContain('Call HUB-7KQ3-000001 filed')
  })

  it('starts the next call empty (L3)', async () => {
    const { desk } = await aCall()
    await fillIn()
    await button('File call').trigger('click')
    await settle()
    await button('Log another call').trigger('click')
    await settle(5_000)
    expect(field('What is the concern?').element.value).toBe('')
    expect(field('Caller’s name').element.value).toBe('')
    expect(desk.drafts.size).toBe(0)
  })

  it('keeps everything when the filing fails, and files the same call when it is tried again', async () => {
    const { desk } = await aCall()
    await fillIn()
    desk.state.filing = 'failing'
    await button('File call').trigger('click')
    await settle()
    expect(page.text()).toContain('The call is not filed. What you typed is kept. Try again.')
    expect(field('Advice given').element.value).toBe('Talk to the parents first.')
    desk.state.filing = 'fine'
    await settle(60_000)
    await button('File call').trigger('click')
    await settle()
    expect(desk.filed).toHaveLength(1)
    expect(all('[role=status]').map(said)).toContain('Call HUB-7KQ3-000001 filed')
  })

  it('is filed where only the answer was lost', async () => {
    const { desk } = await aCall()
    await fillIn()
    desk.state.filing = 'lost'
    await button('File call').trigger('click')
    await settle()
    expect(desk.filed).toHaveLength(1)
    expect(all('[role=status]').map(said)).toContain('Call HUB-7KQ3-000001 filed')
  })

  it('reads a date of birth as it is spoken and says the age', async () => {
    await aCall()
    await field('Date of birth').setValue('3/9/15')
    expect(page.text()).toContain('11 years old, 3 September 2015')
    await field('Date of birth').setValue('age 7')
    expect(page.text()).toContain('7 years old')
  })

  it('takes several children, and gives back one that was removed', async () => {
    await aCall()
    await field('Child’s name').setValue('Sam')
    await button('Add another child').trigger('click')
    await settle()
    await field('Child’s name', 1).setValue('Ash')
    await button('Remove child 1').trigger('click')
    await settle()
    expect(labelled('Child’s name').map(({ element }) => element.value)).toEqual(['Ash'])
    await button('Undo').trigger('click')
    await settle()
    expect(labelled('Child’s name').map(({ element }) => element.value)).toEqual(['Sam', 'Ash'])
  })

  it('never files a half-typed date as if it were empty', async () => {
    const { desk } = await aCall()
    await fillIn()
    await button('Add an action').trigger('click')
    await field('Action').setValue('Ring back')
    await field('By when').setValue('30/2/2027')
    await button('File call').trigger('click')
    await settle()
    expect(errors()).toEqual(['Enter a date like 23/11/2026'])
    await field('By when').setValue('1/3/2027')
    await button('File call').trigger('click')
    await settle()
    expect(desk.filed[0]?.draft.actions[0]?.byWhen).toBe('1/3/2027')
  })

  it('is one tab of several, each with its own words', async () => {
    const { router } = await aCall()
    await field('What is the concern?').setValue('the first')
    await settle()
    await router.push(`/calls/new/${await useOpenCalls().start()}`)
    await settle()
    expect(all('[role=tab]')).toHaveLength(2)
    expect(field('What is the concern?').element.value).toBe('')
    await field('What is the concern?').setValue('the second')
    await all('[role=tab]')[0]?.trigger('mousedown', { button: 0 })
    await settle()
    expect(field('What is the concern?').element.value).toBe('the first')
  })
})

describe('the gate card (R13, R14)', () => {
  it('reads out the signpost and files the turn-away with it alone', async () => {
    const { desk } = await aCall()
    await field('Consulted the Continuum of Need').setValue(true)
    await field('Advice given').setValue('half a sentence')
    await field('Someone else').setValue(true)
    await field('What kind of caller?').setValue('health')
    await settle()
    expect(page.text()).toContain('call 0300 123 4043, or 999')
    expect(field('Outcome').element.value).toBe('turned-away')
    expect(labelled('Advice given')).toHaveLength(0)
    expect(labelled('Child’s name')).toHaveLength(0)
    expect(labelled('What is the concern?')).toHaveLength(1)
    expect(theCall().draft.advice).toBe('half a sentence')
    await button('File call').trigger('click')
    await settle()
    expect(desk.filed[0]?.draft.outcome).toBe('turned-away')
  })

  it('gives everything back when the caller is let through after all', async () => {
    await aCall()
    await field('Advice given').setValue('half a sentence')
    await field('Someone else').setValue(true)
    await field('What kind of caller?').setValue('public')
    await settle()
    await field('A school').setValue(true)
    await settle()
    expect(field('Outcome').element.value).toBe('')
    expect(field('Advice given').element.value).toBe('half a sentence')
  })

  it('lets a keyworker pass on somebody’s word, and says that it is only that', async () => {
    await aCall()
    await field('A keyworker with an open Families First Assessment').setValue(true)
    expect(page.text()).not.toContain('Not verified')
    await field('Open assessment confirmed by').setValue('Jo Bright')
    expect(page.text()).toContain('Not verified')
  })

  it('offers who rang before from the school', async () => {
    await aCall()
    await field('A school').setValue(true)
    theCall().draft.schoolText = oakfield.name
    theCall().draft.schoolId = oakfield.id
    await settle()
    await button('Alice Green, Head').trigger('click')
    expect(field('Caller’s name').element.value).toBe('Alice Green')
    expect(field('Phone number').element.value).toBe('01438 000001')
    expect(field('May we leave a message?').element.checked).toBe(true)
  })

  it('adds a school that is not in the directory, to be checked', async () => {
    const { desk } = await aCall()
    await field('A school').setValue(true)
    await field('School').setValue('Little Elm School')
    await settle()
    await button('Add “Little Elm School” now').trigger('click')
    await settle()
    await field('Town').setValue('Hitchin')
    await field('School’s phone').setValue('01462 000000')
    await button('Add this school').trigger('click')
    await settle()
    const added = desk.schools.at(-1)
    expect(added).toMatchObject({ name: 'Little Elm School', town: 'Hitchin', toCheck: true })
    expect(theCall().draft.schoolId).toBe(added?.id)
    expect(page.text()).toContain('To check')
  })
})

describe('immediate danger (R8)', () => {
  it('records in the call on screen that the numbers were read out', async () => {
    await aCall()
    expect(dangerReader.value?.readAt()).toBe('')
    dangerReader.value?.read()
    await settle()
    expect(theCall().draft.dangerReadAt).toMatch(/^2026-11-23T10:00/)
    expect(page.text()).toContain('Immediate danger numbers read out at 10:00')
    await button('Leave for later').trigger('click')
    await settle()
    expect(dangerReader.value).toBeUndefined()
  })
})

describe('out of hours (R12)', () => {
  it('takes a message and proposes the call-back', async () => {
    await aCall(SUNDAY)
    expect(page.text()).toContain('The hub is closed: take a message.')
    expect(page.text()).toContain('The call-back is due Monday 23 November 9:00')
    expect(field('Outcome').element.value).toBe('call-back')
    expect(field('Action').element.value).toBe('Call back')
    expect(field('Who').element.value).toBe('Priya Patel')
    expect(field('By when').element.value).toBe('23/11/2026')
  })

  it('says that a call-back has no number, until there is one', async () => {
    await aCall(SUNDAY)
    expect(page.text()).toContain('There is no phone number to call back on.')
    await field('Phone number').setValue('01632 960222')
    await settle()
    expect(page.text()).not.toContain('There is no phone number')
  })

  it('stores nothing of the proposal before the first keystroke (L4)', async () => {
    const { desk } = await aCall(SUNDAY)
    await settle(30_000)
    expect(desk.drafts.size).toBe(0)
  })

  it('takes the proposal back for a booked slot', async () => {
    await aCall(SUNDAY)
    await field('Booked slot').setValue(true)
    await settle()
    expect(field('Outcome').element.value).toBe('')
    expect(labelled('Action')).toHaveLength(0)
    expect(page.text()).not.toContain('take a message')
  })
})

describe('what is not saved', () => {
  it('says so in red words, with a way out', async () => {
    const { desk } = await aCall()
    desk.state.weather = 'failing'
    await field('What is the concern?').setValue('a')
    await settle()
    expect(all('[role=alert]').map(said)).toContain('Not saved. It is tried again until it works.')
    expect(button('Copy what I typed').exists()).toBe(true)
    desk.state.weather = 'fine'
    await settle(31_000)
    expect(page.text()).toMatch(/Saved \d\d:\d\d/)
    expect(page.text()).not.toContain('Not saved')
  })
})

describe('the desk', () => {
  it('goes straight back to a call that was open', async () => {
    const { desk } = await aCall()
    await field('What is the concern?').setValue('half a word')
    await settle()
    page.unmount()
    const pinia = await freshPage(desk.hub)
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [
        { path: '/', component: DeskPage },
        { path: '/calls/new/:id', component: CallTabsPage, props: true }
      ]
    })
    await router.push('/')
    page = mount(RouterView, { attachTo: document.body, global: { plugins: [pinia, router] } })
    await settle()
    expect(field('What is the concern?').element.value).toBe('half a word')
  })

  it('lists what is unfinished, and sets it aside with a reason', async () => {
    const { desk, router } = await aCall()
    await field('Caller’s name').setValue('Alice Green')
    await button('Leave for later').trigger('click')
    await settle()
    expect(router.currentRoute.value.path).toBe('/')
    expect(page.text()).toContain('Alice Green')
    await button('Set aside').trigger('click')
    await settle()
    await field('Why it is set aside').setValue('A wrong number')
    await page.get('form').trigger('submit')
    await settle()
    expect(desk.drafts.size).toBe(0)
    expect(page.text()).toContain('Nothing unfinished')
  })
})

describe('a filed call', () => {
  it('shows everything and takes an addendum', async () => {
    const { desk, router } = await aCall()
    await fillIn()
    await field('Child’s name').setValue('Sam Invented')
    await button('File call').trigger('click')
    await settle()
    await router.push(`/calls/${desk.filed[0]?.draft.id ?? ''}`)
    await settle()
    for (const shown of [
      'Call HUB-7KQ3-000001',
      'Sam Invented',
      'Talk to the parents first.',
      'Advice only'
    ]) {
      expect(page.text()).toContain(shown)
    }
    await field('What it corrects or adds to').setValue('advice')
    await field('Addendum').setValue('The form was sent.')
    await page.get('form').trigger('submit')
    await settle()
    expect(desk.filed[0]?.addenda.map(({ field: about, text }) => [about, text])).toEqual([
      ['advice', 'The form was sent.']
    ])
    expect(all('.addenda li').map(said)[0]).toContain('The advice given')
  })
})
