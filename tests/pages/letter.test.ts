import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import LetterPage from '../../renderer/letter/LetterPage.vue'
import WriteLetterPage from '../../renderer/letter/WriteLetterPage.vue'
import { writeLetterPath } from '../../renderer/letter/words.ts'
import type { Result } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { emptyLetter } from '../../shared/letter/emptyLetter.ts'
import type { FilledLetter, Letter, LetterDraft } from '../../shared/letter/letter.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { MONDAY, session } from './callHub.ts'
import { aFamily, FAMILY, JO, openFamily } from './familyHub.ts'
import { button, field, settled, show, submit } from './frame.ts'
import { no, ok, standInHub } from './standInHub.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  document.body.innerHTML = ''
  vi.useRealTimers()
})

const LETTER = '0197a000-0000-7000-8000-0000000000c1'
const aFilled = (changes: Partial<FilledLetter> = {}): Promise<Result<FilledLetter>> =>
  ok({
    ...{ templateId: newId(), subject: 'A meeting', body: 'Dear Jo Vale\n\nCall {{keyworkerPhone}}' },
    ...{ address: '4 Mill Lane\nHertford', addressWithheld: false, missing: [] },
    ...changes
  })
const aMade = (changes: Partial<Letter> = {}): Letter => ({
  ...{ id: LETTER, familyId: FAMILY, episodeId: '', aboutId: '', templateName: 'A meeting of your team' },
  ...{ onDay: '2026-11-23', toName: 'Jo', address: '4 Mill Lane\nHertford', subject: 'Our next meeting' },
  ...{ body: 'Dear Jo\n\n<b>see you</b>', isWithheld: false, recordedAt: MONDAY, byName: 'Priya Patel' },
  ...changes
})

const routes = [
  { path: '/families/:familyId/letter/:id', component: WriteLetterPage, props: true },
  { path: '/families/:familyId/letters/:id', component: LetterPage, props: true },
  { path: '/families/:id', component: { render: () => null } }
]
async function open(path: string, answers: Partial<Bridge> = {}) {
  const { asked } = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'account.names': () => ok([]),
    'family.read': () => ok(aFamily()),
    'draft.open': () => no({ code: 'not-found' }),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 1 }),
    'letter.about': () => ok([]),
    'letter.fill': () => aFilled(),
    'letter.make': () => ok({ id: LETTER }),
    'letter.list': () => ok([aMade()]),
    ...answers
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  const { wrapper } = await show(RouterView, session, [router])
  await settled()
  return { asked, router, wrapper }
}
const write = (answers: Partial<Bridge> = {}, query = '') =>
  open(`/families/${FAMILY}/letter/${LETTER}${query}`, answers)
const gone = (typed: Partial<LetterDraft>): Partial<Bridge> => ({
  'draft.open': () =>
    ok({
      form: {
        kind: 'letter',
        body: {
          ...emptyLetter(LETTER, { familyId: FAMILY, episodeId: '', aboutId: '', template: 'appointment' }),
          ...typed
        }
      },
      ...{ savedAt: MONDAY, saves: 1 }
    })
})
type Opened = Awaited<ReturnType<typeof open>>['wrapper']
async function choose(wrapper: Opened, label: string, value: string) {
  await field(wrapper, label).setValue(value)
  await vi.runAllTimersAsync()
  await settled()
}
const textOf = (wrapper: Opened, label: string) => field(wrapper, label).element as HTMLTextAreaElement

describe('“Write a letter”', () => {
  it('fills in the letter that is chosen, for whom it is, beside its paper', async () => {
    const { asked, wrapper } = await write()
    await choose(wrapper, 'Which letter?', 'appointment')
    await choose(wrapper, 'Who is it to?', JO)
    expect(textOf(wrapper, 'How the letter addresses them').value).toBe('Jo Vale')
    expect(asked('letter.fill').at(-1)).toMatchObject({ toPersonId: JO, toName: 'Jo Vale' })
    const paper = wrapper.get('.paper')
    expect(paper.text()).toContain('Families First, Broxbourne and East Herts')
    expect(paper.text()).toContain('Dear Jo Vale')
    expect(paper.text()).not.toContain('Mill Lane')
    expect(paper.findAll('mark').map((mark) => mark.text())).toEqual(['{{keyworkerPhone}}'])
    expect(wrapper.get('dl').text()).toContain('The keyworker’s number at work')
    await field(wrapper, 'With their address').setValue(true)
    expect(wrapper.get('.paper').text()).toContain('4 Mill Lane')
  })

  it('tells of a transfer or of cover that is chosen', async () => {
    const episodeId = newId()
    const [transfer, cover] = [newId(), newId()]
    const { asked, wrapper } = await write({
      'letter.about': () =>
        ok([
          { id: transfer, kind: 'transfer', episodeId, name: 'Al Reed', from: '2026-12-03', to: '' },
          { id: cover, kind: 'cover', episodeId, name: 'Al Reed', from: '2026-12-01', to: '2026-12-10' }
        ])
    })
    expect(
      field(wrapper, 'What does it tell of?')
        .findAll('option')
        .map((option) => option.text())
    ).toEqual([
      ...['Nothing of these', 'Transfer to Al Reed from 3 December 2026'],
      'Cover by Al Reed from 1 December 2026 to 10 December 2026'
    ])
    await choose(wrapper, 'Which letter?', 'new-keyworker')
    await choose(wrapper, 'What does it tell of?', transfer)
    expect(asked('letter.fill').at(-1)).toMatchObject({ aboutId: transfer, episodeId })
    await choose(wrapper, 'What does it tell of?', '')
    expect(asked('letter.fill').at(-1)).toMatchObject({ aboutId: '', episodeId: '' })
  })

  it('never replaces somebody’s own words but when asked', async () => {
    const { wrapper } = await write()
    await choose(wrapper, 'Which letter?', 'appointment')
    await field(wrapper, 'The letter').setValue('My own words')
    await choose(wrapper, 'Which letter?', 'closure')
    expect(textOf(wrapper, 'The letter').value).toBe('My own words')
    await button(wrapper, 'Fill in the letter again').trigger('click')
    const dialog = document.querySelector('[role=dialog]')
    const replace = [...(dialog?.querySelectorAll('button') ?? [])].find(
      ({ textContent }) => textContent === 'Replace my words'
    )
    replace?.click()
    await settled()
    expect(textOf(wrapper, 'The letter').value).toContain('Dear Jo Vale')
  })

  it('of one that was left, the words are somebody’s own', async () => {
    const { wrapper } = await write(gone({ subject: 'Mine', body: 'My own words' }))
    await settled()
    expect(textOf(wrapper, 'The letter').value).toBe('My own words')
    expect(wrapper.text()).not.toContain('stay as they are')
  })

  it('is not sent while a field is left', async () => {
    const { asked, router, wrapper } = await write(
      gone({ toPersonId: JO, toName: 'Jo', subject: 'A meeting', body: 'Call {{keyworkerPhone}}' })
    )
    await submit(wrapper)
    expect(wrapper.get('[id="field-body-error"]').text()).toContain('Fill in or take out {{keyworkerPhone}}')
    expect(asked('letter.make')).toEqual([])
    await field(wrapper, 'The letter').setValue('Call 07700 900123')
    expect(wrapper.find('[id="field-body-error"]').exists()).toBe(false)
    await submit(wrapper)
    expect(asked('letter.make')).toMatchObject([{ id: LETTER, body: 'Call 07700 900123' }])
    expect(router.currentRoute.value.path).toBe(`/families/${FAMILY}/letters/${LETTER}`)
    await settled()
    expect(wrapper.text()).toContain('Letter to Jo made')
  })

  it('offers no address that is withheld', async () => {
    const { wrapper } = await write({
      'letter.fill': () => aFilled({ address: '', addressWithheld: true })
    })
    await choose(wrapper, 'Which letter?', 'appointment')
    await choose(wrapper, 'Who is it to?', JO)
    expect(wrapper.text()).toContain('hand this one over')
    expect(wrapper.text()).not.toContain('With their address')
  })

  it('comes filled in from where it is asked for, and nothing is stored before the first keystroke (L4)', async () => {
    const episodeId = newId()
    const aboutId = newId()
    const path = writeLetterPath(FAMILY, { episodeId, aboutId, template: 'new-keyworker' })
    const { asked, wrapper } = await open(path)
    expect(asked('letter.fill')[0]).toMatchObject({ episodeId, aboutId, template: 'new-keyworker' })
    expect(textOf(wrapper, 'The letter').value).toContain('Dear Jo Vale')
    await vi.runAllTimersAsync()
    expect(asked('draft.save')).toEqual([])
  })

  it('says that it could not be filled in, and tries again', async () => {
    let isBroken = true
    const { wrapper } = await write({
      'letter.fill': () => (isBroken ? no({ code: 'fault', reference: '7F3A' }) : aFilled())
    })
    await choose(wrapper, 'Which letter?', 'appointment')
    expect(wrapper.text()).toContain('The letter could not be filled in.')
    isBroken = false
    await button(wrapper, 'Try again').trigger('click')
    await settled()
    expect(textOf(wrapper, 'The letter').value).toContain('Dear Jo Vale')
  })
})

describe('a letter that was made', () => {
  const read = (answers: Partial<Bridge> = {}) => open(`/families/${FAMILY}/letters/${LETTER}`, answers)

  it('is read again as its paper looks: what was typed is never markup', async () => {
    const { wrapper } = await read()
    expect(wrapper.get('.paper').text()).toContain('<b>see you</b>')
    expect(wrapper.find('b').exists()).toBe(false)
  })

  it('is saved as a PDF, and says what went wrong', async () => {
    let answer: Promise<Result<{ fileName: string }>> = no({ code: 'refused', reason: 'file-disk-full' })
    const { asked, wrapper } = await read({ 'letter.savePdf': () => answer })
    await button(wrapper, 'Save as PDF').trigger('click')
    await settled()
    expect(wrapper.get('[role=alert]').text()).toContain('disk')
    answer = ok({ fileName: 'letter-FAM-7KQ3-000001-2026-11-23.pdf' })
    await button(wrapper, 'Save as PDF').trigger('click')
    await settled()
    expect(wrapper.text()).toContain('Saved: letter-FAM-7KQ3-000001-2026-11-23.pdf')
    expect(wrapper.find('[role=alert]').exists()).toBe(false)
    expect(asked('letter.savePdf')).toEqual([
      { familyId: FAMILY, id: LETTER },
      { familyId: FAMILY, id: LETTER }
    ])
  })

  it('that tells what is withheld by now is not shown', async () => {
    const { wrapper } = await read({
      'letter.list': () => ok([aMade({ isWithheld: true, address: '', subject: '', body: '' })])
    })
    expect(wrapper.text()).toContain('It is not shown or printed again')
    expect(wrapper.find('.paper').exists()).toBe(false)
  })

  it('that is not there says so', async () => {
    const { wrapper } = await read({ 'letter.list': () => ok([]) })
    expect(wrapper.text()).toContain('Go to the family')
  })
})

describe('the letters of a family', () => {
  it('stand on its page, the newest in sight', async () => {
    const letters = Array.from({ length: 7 }, () => aMade({ id: newId() }))
    const { wrapper } = await openFamily(() => aFamily(), {
      'letter.list': () => ok(letters),
      'advice.list': () => ok([])
    })
    const section = wrapper.get('[aria-labelledby=family-letters]')
    expect(section.text()).toContain('To Jo, 23 November 2026')
    expect(section.get('summary').text()).toBe('Earlier letters (2)')
  })

  it('none, or not to be read', async () => {
    const { wrapper } = await openFamily(() => aFamily(), { 'letter.list': () => ok([]) })
    expect(wrapper.text()).toContain('No letter was written yet.')
    expect(wrapper.text()).toContain('What was asked could not be read.')
  })
})
