import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { mount } from '@vue/test-utils'
import { runShortcut } from '../../renderer/session/commands.ts'
import { useSession } from '../../renderer/session/useSession.ts'
import ItemsPage from '../../renderer/subjectAccess/ItemsPage.vue'
import type { Session } from '../../shared/account/account.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { AnswerStanding, ItemCounts, ShownItem } from '../../shared/subjectAccess/goingThrough.ts'
import type { Decision } from '../../shared/subjectAccess/subjectAccess.ts'
import { inBody } from './body.ts'
import { session } from './callHub.ts'
import { settled } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

const REQUEST = newId()
const adviser: Session =
  session.stage === 'open' ? { ...session, account: { ...session.account, roles: ['adviser'] } } : session
const TEXT = 'Jo Vale said that Robin sleeps'

const anItem = (number: number, changes: Partial<ShownItem> = {}): ShownItem => ({
  ...{ id: `n${String(number)}`, itemId: `note n${String(number)}`, kind: 'note', reference: '' },
  ...{ title: 'Visit', on: '2026-11-03', recordedAt: '2026-11-03T10:00:00.000Z', byName: '', number },
  texts: [{ path: 'words', label: 'Note', text: TEXT }],
  ...{ files: [], sha256: 'a'.repeat(64), state: 'to-decide', decided: null, hasChanged: false },
  suggestions: [{ path: 'words', from: 0, to: 7, tells: 'name', who: ['Jo Vale'] }],
  ...changes
})
const counts: ItemCounts = { all: 2, 'to-decide': 2, changed: 0, include: 0, redact: 0, exclude: 0 }
const standing = (changes: Partial<AnswerStanding> = {}): AnswerStanding => ({
  ...{ counts, decisionsSha256: '', redactors: [], reviews: [], isAgreed: false, mayReview: 'to-decide' },
  ...changes
})

let unmount: () => void = () => undefined
afterEach(() => {
  unmount()
})
beforeEach(() => {
  setActivePinia(createPinia())
  useSession().session = adviser
})

async function opened(answers: Partial<Bridge> = {}) {
  const hub = standInHub({
    'subjectAccess.read': () => ok({ reference: 'SAR-7KQ3-000001', state: 'open' } as never),
    'subjectAccess.standing': () => ok(standing()),
    'subjectAccess.items': () => ok({ rows: [anItem(1), anItem(2)], next: '', counts }),
    'subjectAccess.decide': () => ok(counts),
    'subjectAccess.search': () => ok({ rows: [], looked: 2, of: 2, next: '' }),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/subject-access/:id/items', component: ItemsPage, props: true },
      { path: '/:rest(.*)*', component: { render: () => null } }
    ]
  })
  await router.push(`/subject-access/${REQUEST}/items`)
  const page = mount(RouterView, { attachTo: document.body, global: { plugins: [router] } })
  unmount = () => {
    page.unmount()
  }
  await settled()
  return { page, hub }
}
const press = async (key: string, target: Element = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  target.dispatchEvent(event)
  if (target === document.body) runShortcut(event)
  await settled()
}
const decisionsOf = (hub: ReturnType<typeof standInHub>) =>
  (hub.asked('subjectAccess.decide') as { decisions: Decision[] }[]).map(({ decisions }) => decisions[0])
const choose = (from: number, to: number) => {
  const text = document.querySelector('textarea')
  text?.focus()
  text?.setSelectionRange(from, to)
  return text ?? document.body
}

describe('an item', () => {
  it('is marked by keys: what is chosen, then why it goes in part', async () => {
    const { hub, page } = await opened()
    await press('m', choose(0, 8))
    expect(decisionsOf(hub)[0]).toMatchObject({
      fate: 'open',
      spans: [{ path: 'words', from: 0, to: 7, reason: 'third-party' }]
    })
    expect(page.text()).toContain('Blacked out: 1')
    await press('v')
    expect(page.find('.out').text()).toContain('█████ [third party] said that Robin sleeps')
    expect(page.find('.out').text()).not.toContain('Jo Vale')
    await press('v')
    await press('i')
    expect(decisionsOf(hub).at(-1)).toMatchObject({ fate: 'redact', itemId: 'note n1' })
    expect(page.find('h2[id="item-title"]').text()).toContain('2. Visit')
  })

  it('has suggestions that only a person takes, one by one or all, or passes', async () => {
    const { hub, page } = await opened()
    expect(page.text()).toContain('Name of Jo Vale')
    expect(decisionsOf(hub)).toEqual([])
    await page.find('.take').trigger('keydown', { key: 'l' })
    await settled()
    expect(page.text()).toContain('Suggested: none')
    expect(decisionsOf(hub)).toEqual([])
    await press('n')
    await press('a')
    expect(decisionsOf(hub)).toMatchObject([{ itemId: 'note n2', fate: 'open', spans: [{ from: 0, to: 7 }] }])
  })

  it('is taken back to what it was before', async () => {
    const { hub } = await opened()
    await press('m', choose(0, 7))
    await press('u')
    expect(decisionsOf(hub).map((decision) => [decision?.fate, decision?.spans.length])).toEqual([
      ['open', 1],
      ['open', 0]
    ])
  })

  it('keeps its text whatever is typed into it', async () => {
    await opened()
    const text = document.querySelector('textarea')
    const typed = new InputEvent('beforeinput', { cancelable: true, bubbles: true, data: 'x' })
    text?.dispatchEvent(typed)
    expect(typed.defaultPrevented).toBe(true)
    if (text) text.value = 'composed'
    text?.dispatchEvent(new Event('input', { bubbles: true }))
    expect(text?.value).toBe(TEXT)
  })

  it('is not marked for serious harm without saying who was asked', async () => {
    const { hub, page } = await opened()
    await page.find('#field-mark-reason').setValue('serious-harm')
    await press('m', choose(0, 7))
    expect(decisionsOf(hub)).toEqual([])
    expect(page.text()).toContain('Say whose opinion it is')
    await page.find('#field-mark-note').setValue('Dr Osei, 4 November')
    await press('m', choose(0, 7))
    expect(decisionsOf(hub)[0]?.spans).toMatchObject([
      { reason: 'serious-harm', note: 'Dr Osei, 4 November' }
    ])
  })

  it('that cannot be stored says so and stays as it was', async () => {
    const { page } = await opened({ 'subjectAccess.decide': () => no({ code: 'changed-since' }) })
    await press('m', choose(0, 7))
    expect(page.find('[role="alert"]').text()).not.toBe('')
    expect(page.text()).not.toContain('Blacked out: 1')
  })

  it('is left out with a reason', async () => {
    const { hub } = await opened()
    await press('e')
    await inBody.press('Leave out')
    expect(inBody.errors()).toEqual(['Choose why this is left out'])
    expect(decisionsOf(hub)).toEqual([])
    await inBody.field('Why is it left out?').setValue('legal-privilege')
    await inBody.press('Leave out')
    expect(decisionsOf(hub)[0]).toMatchObject({ fate: 'exclude', reason: 'legal-privilege' })
  })
})

describe('the same words everywhere', () => {
  it('are shown and counted, whole words chosen, and blacked out with one yes', async () => {
    const place = { path: 'words', from: 0, to: 7, before: '', words: 'Jo Vale', behind: ' said' }
    const found = (number: number, isInside: boolean) => ({
      ...{
        itemId: `note n${String(number)}`,
        number,
        kind: 'note' as const,
        title: 'Visit',
        on: '2026-11-03'
      },
      ...{ sha256: 'a'.repeat(64), state: 'to-decide' as const, decided: null },
      places: [{ ...place, isInside }]
    })
    const { hub, page } = await opened({
      'subjectAccess.search': () =>
        ok({ rows: [found(1, false), found(2, true)], looked: 2, of: 2, next: '' })
    })
    await page
      .findAll('button')
      .find((button) => button.text().startsWith('Everywhere'))
      ?.trigger('click')
    await settled()
    expect(inBody.text()).toContain('2 places that are not blacked out yet')
    expect(inBody.text()).toContain('inside another word')
    expect(hub.asked('subjectAccess.search')).toEqual([{ requestId: REQUEST, text: 'Jo Vale', after: '' }])
    await inBody.press('Black out 1')
    const [sent] = hub.asked('subjectAccess.decide') as { decisions: Decision[] }[]
    expect(sent?.decisions.map(({ itemId, spans }) => [itemId, spans.length])).toEqual([['note n1', 1]])
  })
})

describe('a review', () => {
  const decided = anItem(1, {
    state: 'include',
    decided: { fate: 'include', reason: '', note: '', spans: [], withoutFiles: [], byName: 'Kim', at: '' }
  })
  const waiting = {
    'subjectAccess.items': () =>
      ok({ rows: [decided], next: '', counts: { ...counts, all: 1, 'to-decide': 0, include: 1 } }),
    'subjectAccess.standing': () =>
      ok(
        standing({ mayReview: 'yes', decisionsSha256: 'b'.repeat(64), counts: { ...counts, 'to-decide': 0 } })
      )
  }

  it('shows items as they go out, where no key makes a decision', async () => {
    const { hub, page } = await opened(waiting)
    expect(page.find('.out').exists()).toBe(true)
    await press('i')
    await press('e')
    expect(decisionsOf(hub)).toEqual([])
    expect(inBody.heading('Leave this item out')).toBeUndefined()
  })

  it('decides nothing by a key once it is agreed to either', async () => {
    const agreed = { mayReview: 'agreed', isAgreed: true, decisionsSha256: 'b'.repeat(64) } as const
    const { hub } = await opened({
      'subjectAccess.standing': () => ok(standing({ ...agreed, counts: { ...counts, 'to-decide': 0 } }))
    })
    await press('i')
    expect(decisionsOf(hub)).toEqual([])
  })

  it('agrees to exactly what was read, or sends it back with words', async () => {
    const { hub, page } = await opened({ ...waiting, 'subjectAccess.review': () => ok(null) })
    const back = page.findAll('button').find((button) => button.text() === 'Send it back')
    await back?.trigger('click')
    expect(page.text()).toContain('Say what is to be looked at again')
    expect(hub.asked('subjectAccess.review')).toEqual([])
    await page.find('#field-review-words').setValue('Item 1 names a neighbour')
    await back?.trigger('click')
    await settled()
    expect(hub.asked('subjectAccess.review')).toMatchObject([
      {
        requestId: REQUEST,
        verdict: 'back',
        words: 'Item 1 names a neighbour',
        decisionsSha256: 'b'.repeat(64)
      }
    ])
  })
})
