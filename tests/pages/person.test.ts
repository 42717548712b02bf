import { afterEach, expect, it, describe } from 'vitest'
import type { VueWrapper } from '@vue/test-utils'
import { defineComponent, h, ref } from 'vue'
import DoublesPage from '../../renderer/person/DoublesPage.vue'
import FindPerson from '../../renderer/person/FindPerson.vue'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { FoundPerson, PersonPair } from '../../shared/person/find.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { button, field, settled, show } from './frame.ts'
import { MONDAY, session } from './callHub.ts'
import { no, ok, standInHub } from './standInHub.ts'

let wrapper: VueWrapper
afterEach(() => {
  wrapper.unmount()
})

const robin: FoundPerson = {
  personId: '0197a000-0000-7000-8000-0000000000a1',
  strength: 'strong',
  why: ['Same name', 'Same date of birth'],
  name: 'Robin Vale',
  birthDate: '2015-09-03',
  postcode: 'SG14 1AB',
  restricted: false,
  families: [{ id: 'f1', reference: 'FAM-7KQ3-000001', isCurrent: true }]
}
const hidden: FoundPerson = {
  ...robin,
  personId: '0197a000-0000-7000-8000-0000000000a2',
  strength: 'possible',
  why: ['Name sounds alike'],
  ...{ name: '', birthDate: '', postcode: '', restricted: true }
}
const as = (role: Role): Session =>
  session.stage === 'open' ? { ...session, account: { ...session.account, roles: [role] } } : session

/** Longer than the field waits after a keystroke. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 200))

async function finder(answers: Partial<Bridge>, props: Record<string, unknown> = {}, who = session) {
  const hub = standInHub(answers)
  const events: string[] = []
  const text = ref('')
  const page = defineComponent(
    () => () =>
      h(FindPerson, {
        label: 'Find anyone',
        text: text.value,
        'onUpdate:text': (now: string) => (text.value = now),
        onChoose: ({ personId }: FoundPerson, shown: string[]) =>
          events.push(`${personId} of ${String(shown.length)}`),
        onNone: (shown: string[]) => events.push(`none of ${String(shown.length)}`),
        ...props
      })
  )
  ;({ wrapper } = await show(page, who))
  const type = async (typed: string) => {
    await field(wrapper, 'Find anyone').setValue(typed)
    await quiet()
    await settled()
  }
  return { ...hub, events, type }
}
const options = () => wrapper.findAll('[role=option]')
const press = (key: string) => field(wrapper, 'Find anyone').trigger('keydown', { key })
const status = () => wrapper.get('[role=status]').text()

describe('find anyone', () => {
  it('shows who was found with why, and nothing that names who is restricted', async () => {
    const { type } = await finder({ 'person.find': () => ok([robin, hidden]) })
    await type('robin')
    expect(status()).toBe('2 people found, the likeliest first')
    expect(options()[0]?.text()).toContain('Same name · Same date of birth')
    expect(options()[0]?.text()).toContain('Born 3 September 2015 · SG14 1AB')
    expect(options()[1]?.text()).toMatch(/^Somebody of a restricted familyRestrictedPossible match/)
  })

  it('Enter takes the likeliest, arrows another, the last is “None of these”, which is recorded', async () => {
    const { type, events, asked } = await finder({
      'person.find': () => ok([robin, hidden]),
      'person.choose': () => ok(null)
    })
    await type('robin')
    await press('Enter')
    await press('ArrowDown')
    await press('Enter')
    await press('ArrowDown')
    await press('Enter')
    await settled()
    expect(events).toEqual([`${robin.personId} of 2`, `${hidden.personId} of 2`, 'none of 2'])
    expect(asked('person.choose')).toMatchObject([
      { about: 'search', personId: '', shown: [robin.personId, hidden.personId] }
    ])
    expect(status()).toBe('Recorded: none of these')
    expect(options()).toEqual([])
  })

  it('a refused “None of these” is said, and the people stay', async () => {
    const { type, events } = await finder({
      'person.find': () => ok([robin]),
      'person.choose': () => no({ code: 'not-found' })
    })
    await type('robin')
    await options().at(-1)?.trigger('click')
    await settled()
    expect(wrapper.get('[role=alert]').text()).toBe('This is not here any more.')
    expect(options()).toHaveLength(2)
    expect(events).toEqual([])
  })

  it('Enter chooses nobody from a list that answers something else', async () => {
    const { type, events } = await finder({ 'person.find': () => ok([robin]) })
    await type('robin')
    await field(wrapper, 'Find anyone').setValue('somebody else')
    await press('Enter')
    expect(events).toEqual([])
  })

  it('an answer that comes late belongs to what is no longer typed', async () => {
    let answerFirst: (value: FoundPerson[]) => void = () => undefined
    let count = 0
    const first = new Promise<FoundPerson[]>((resolve) => {
      answerFirst = resolve
    })
    const { type } = await finder({
      'person.find': async () => ({ ok: true, value: count++ === 0 ? await first : [] })
    })
    await type('robin')
    await type('nobody')
    answerFirst([robin])
    await settled()
    expect(options()).toEqual([])
    expect(status()).toBe('Nobody found')
  })

  it('who is like a form’s child is shown before anything is typed; an auditor records no choice', async () => {
    const like = {
      person: { id: robin.personId, name: 'Robin', birth: '', upn: '', relation: '', address: '' },
      schoolId: ''
    }
    const { asked } = await finder({ 'person.findLike': () => ok([robin]) }, { like }, as('auditor'))
    expect(asked('person.findLike')).toEqual([like])
    expect(options().map((option) => option.text())).toEqual([expect.stringContaining('Robin Vale')])
  })
})

describe('possible doubles', () => {
  const other = { ...robin, personId: '0197a000-0000-7000-8000-0000000000a3', name: 'Robyn Vale' }
  const pair = (changes: Partial<PersonPair> = {}): PersonPair => ({
    id: '0197a000-0000-7000-8000-0000000000b1',
    one: robin,
    other,
    strength: 'strong',
    why: ['Same date of birth'],
    foundAt: MONDAY,
    ...changes
  })
  async function doubles(rows: PersonPair[], answers: Partial<Bridge> = {}) {
    const hub = standInHub({
      'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
      'person.pairs': () => ok({ rows, next: '' }),
      ...answers
    })
    ;({ wrapper } = await show(DoublesPage, as('triage-manager')))
    return hub
  }
  const fact = (id: string, name: string, recordedAt: string) => ({
    ...{ id, ofId: id, subjectId: id, kind: 'name' as const, value: { name }, validFrom: '', validTo: '' },
    ...{ inError: false, reason: '', recordedAt }
  })

  it('says that nobody waits', async () => {
    await doubles([])
    expect(wrapper.text()).toContain('Nobody waits to be looked at.')
  })

  it('two people leave the list once that is recorded, and not before', async () => {
    let isThere = false
    await doubles([pair()], {
      'person.choose': () => (isThere ? ok(null) : no({ code: 'not-found' }))
    })
    await button(wrapper, 'Two people (Robin Vale)').trigger('click')
    await settled()
    expect(wrapper.findAll('li.pair')).toHaveLength(1)
    expect(wrapper.get('[role=alert]').text()).toBe('This is not here any more.')
    isThere = true
    await button(wrapper, 'Two people (Robin Vale)').trigger('click')
    await settled()
    expect(wrapper.findAll('li.pair')).toHaveLength(0)
    expect(wrapper.text()).toContain('Recorded: two people')
  })

  it('merges by the chosen side and what was read; what changed meanwhile is read again', async () => {
    const two = {
      kept: [fact('k1', 'Robin Vale', '2026-11-20T10:00:00.000Z')],
      merged: [fact('m1', 'Robyn Vale', '2026-11-21T10:00:00.000Z')]
    }
    const hub = await doubles([pair()], {
      'person.compare': () => ok(two),
      'person.merge': () => no({ code: 'changed-since' })
    })
    await button(wrapper, 'Same person: merge Robin Vale').trigger('click')
    await settled()
    await wrapper.findAll('input[type=radio]')[1]?.setValue()
    await wrapper.get('form').trigger('submit')
    await settled()
    expect(wrapper.text()).toContain('Enter why they are the same person')
    await field(wrapper, 'Why are they the same person?').setValue('The school confirmed it')
    await wrapper.get('form').trigger('submit')
    await settled()
    expect(hub.asked('person.merge')).toMatchObject([
      { keptId: robin.personId, mergedId: other.personId, fromMerged: ['name'], basedOn: 'm1' }
    ])
    expect(hub.asked('person.compare')).toHaveLength(2)
    expect(wrapper.text()).toContain('Someone changed this while you had it open')
  })

  it('of a pair in a restricted family nothing can be merged here', async () => {
    await doubles([pair({ other: hidden })])
    expect(wrapper.text()).toContain('Open that family first, and say why.')
    expect(wrapper.findAll('li.pair button')).toEqual([])
  })

  it('looking again says what came of it', async () => {
    await doubles([], { 'person.matchAgain': () => ok({ looked: 1200, found: 3 }) })
    await button(wrapper, 'Look for doubles again').trigger('click')
    await settled()
    expect(wrapper.text()).toContain('1,200 people looked up, 3 may be in the record already')
  })
})
