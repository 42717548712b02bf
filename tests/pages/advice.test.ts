import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, describe, expect, it } from 'vitest'
import AskAdvicePage from '../../renderer/advice/AskAdvicePage.vue'
import { whoWords } from '../../renderer/advice/words.ts'
import { commands, runShortcut } from '../../renderer/session/commands.ts'
import type { Advice } from '../../shared/advice/advice.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { MONDAY, session } from './callHub.ts'
import { aFamily, FAMILY, openFamily } from './familyHub.ts'
import { field, settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

const ADVICE = '0197a000-0000-7000-8000-0000000000d1'
const asked = (changes: Partial<Advice> = {}): Advice => ({
  ...{ id: newId(), episodeId: '', askedOn: '2026-11-20', askedWhom: 'Alex Lee', answer: '', answersId: '' },
  ...{ question: 'Who could take over?', recordedAt: MONDAY, byName: 'Priya Patel' },
  ...changes
})
const HUB: Setting = {
  ...{ id: newId(), kind: 'local-hub', key: 'hub', validFrom: '2026-01-01', validTo: '' },
  value: { name: 'Hertford', seniorCoordinator: 'Alex Lee', coordinator: 'Sam Poe' },
  ...{ provisional: false, source: 'Changed in Settings', recordedAt: MONDAY }
}

async function open(query: string, answers: Partial<Bridge> = {}) {
  const { asked: wasAsked } = standInHub({
    'setting.list': () => ok({ settings: [...seedSettings(), HUB], now: MONDAY }),
    'account.names': () => ok([]),
    'family.read': () => ok(aFamily()),
    'advice.list': () => ok([]),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    'advice.record': () => ok({ id: ADVICE }),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/families/:familyId/advice/:id', component: AskAdvicePage, props: true },
      { path: '/families/:id', component: { render: () => null } }
    ]
  })
  await router.push(`/families/${FAMILY}/advice/${ADVICE}${query}`)
  const { wrapper } = await show(RouterView, session, [router])
  await settled()
  return { asked: wasAsked, router, wrapper }
}

describe('“Ask for advice” (R41)', () => {
  it('names the Senior Coordinator of the hub, and needs no answer yet', async () => {
    const episodeId = newId()
    const { asked: sent, router, wrapper } = await open(`?episode=${episodeId}`)
    expect(wrapper.text()).toContain('Ask Alex Lee, Senior Coordinator of Hertford.')
    await submit(wrapper)
    expect(wrapper.get('[id="field-question-error"]').text()).toContain('Enter what you ask')
    await field(wrapper, 'What do you ask?').setValue('Who could?')
    await submit(wrapper)
    expect(sent('advice.record')).toMatchObject([
      { id: ADVICE, episodeId, askedWhom: 'Alex Lee', question: 'Who could?', answer: '', answersId: '' }
    ])
    expect(router.currentRoute.value.path).toBe(`/families/${FAMILY}`)
  })

  it('the answer comes later, beside its question', async () => {
    const question = asked()
    const { asked: sent, wrapper } = await open(`?answers=${question.id}`, {
      'advice.list': () => ok([question])
    })
    expect(wrapper.text()).toContain('Alex Lee was asked on 20 November 2026:')
    expect(wrapper.text()).toContain('Who could take over?')
    await field(wrapper, 'When they answered').setValue('19/11/2026')
    await field(wrapper, 'What did they say?').setValue('The health visitor')
    await submit(wrapper)
    expect(wrapper.get('[id="field-askedOn-error"]').text()).toContain('20 November 2026')
    await field(wrapper, 'When they answered').setValue('20/11/2026')
    await submit(wrapper)
    expect(sent('advice.record')).toMatchObject([{ answersId: question.id, answer: 'The health visitor' }])
  })

  it('what is refused keeps what was typed', async () => {
    const { wrapper } = await open('', { 'advice.record': () => no({ code: 'fault', reference: '7F3A' }) })
    await field(wrapper, 'What do you ask?').setValue('Who could?')
    await submit(wrapper)
    expect(wrapper.get('[role=alert]').text()).toContain('7F3A')
    expect((field(wrapper, 'What do you ask?').element as HTMLTextAreaElement).value).toBe('Who could?')
  })
})

describe('whom to ask', () => {
  it.each([
    ['Senior Coordinator', 'Alex', 'Ask Alex, Senior Coordinator of Hertford.'],
    ['Coordinator', 'Sam', 'Ask Sam, Coordinator of Hertford. Its Senior Coordinator is not named yet'],
    ['Senior Coordinator', '', 'The Senior Coordinator of Hertford is not named yet: ask an administrator']
  ] as const)('%s “%s”', (post, name, words) => {
    expect(whoWords({ hubName: 'Hertford', name, post })).toContain(words)
  })
})

describe('advice on the family’s page', () => {
  it('shows questions with their answers, and what waits', async () => {
    const [first, second] = [asked(), asked({ question: 'And at Christmas?' })]
    const answer = asked({ answersId: first.id, question: '', answer: 'The health visitor' })
    const { wrapper } = await openFamily(() => aFamily(), {
      'advice.list': () => ok([answer, second, first]),
      'letter.list': () => ok([])
    })
    const cards = wrapper.get('[aria-labelledby=family-advice]').findAll('li')
    expect(cards).toHaveLength(2)
    expect(cards[0]?.text()).toContain('No answer yet')
    expect(cards[1]?.text()).toContain('The health visitor')
    expect(cards[1]?.text()).not.toContain('No answer yet')
  })

  it('is asked for by one key', async () => {
    const { router } = await openFamily(() => aFamily())
    expect(commands.value.find(({ id }) => id === 'ask-for-advice')?.shortcut).toBe('F10')
    router.addRoute({ path: '/families/:familyId/advice/:id', component: { render: () => null } })
    runShortcut(new KeyboardEvent('keydown', { key: 'F10' }))
    await settled()
    expect(router.currentRoute.value.path).toMatch(`/families/${FAMILY}/advice/`)
  })
})
