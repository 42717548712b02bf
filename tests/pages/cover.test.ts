import { DOMWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import CoverPage from '../../renderer/cover/CoverPage.vue'
import CoversList from '../../renderer/cover/CoversList.vue'
import { heldWords, proposalWords } from '../../renderer/cover/words.ts'
import ReassignmentPage from '../../renderer/reassignment/ReassignmentPage.vue'
import type { Session } from '../../shared/account/account.ts'
import { emptyCover } from '../../shared/cover/arranging.ts'
import type { CoverPreview, CoverRow, FamilyToCover, HeldDays, Taker } from '../../shared/cover/cover.ts'
import { newId } from '../../shared/ids.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { loadOf } from '../../shared/keyworker/load.ts'
import { LAST_DAY } from '../../shared/keyworker/spans.ts'
import { emptyReassignment } from '../../shared/reassignment/making.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { inBody } from './body.ts'
import { MONDAY, session } from './callHub.ts'
import { settled, show } from './frame.ts'
import { aKeyworker, PRIYA } from './keyworkers.ts'
import { no, ok, standInHub } from './standInHub.ts'

const SAM = newId()
const FORM = newId()
const manager: Session =
  session.stage === 'open'
    ? { ...session, account: { ...session.account, roles: ['triage-manager'] } }
    : session

afterEach(() => {
  document.body.innerHTML = ''
})

const load = (held: number, capacity = 12) => loadOf({ held, covering: 0 }, capacity)
const keyworker = aKeyworker({
  absences: [
    {
      ...{ id: newId(), kind: 'leave', fromDay: '2026-12-01', toDay: '2026-12-10', note: '' },
      ...{ cancelledWhy: '', rowVersion: 1 }
    }
  ]
})
const days = (changes: Partial<HeldDays> = {}): HeldDays => ({
  ...{ from: '2026-12-01', to: '2026-12-10', rowId: newId(), keyworkerId: PRIYA, coverId: '' },
  isForGood: false,
  ...changes
})
const aFamily = (reference: string, changes: Partial<FamilyToCover> = {}): FamilyToCover => ({
  ...{ episodeId: newId(), familyId: newId(), reference, childNames: `Child ${reference}` },
  ...{ hubId: newId(), hubName: 'Hertford', days: [days()], standIns: [], teamIds: [] },
  ...changes
})
const sam = (changes: Partial<Taker> = {}): Taker => ({
  ...{ practitionerId: SAM, name: 'Sam Reed', role: '', employerName: 'Lantern Trust', hubIds: [] },
  ...{ load: load(3), changes: [], away: [], givableFrom: '2026-02-09' },
  ...changes
})
const aPreview = (changes: Partial<CoverPreview> = {}): CoverPreview => ({
  ...{ families: [aFamily('1'), aFamily('2')], hidden: 0, takers: [sam()] },
  ...changes
})

const body = () => new DOMWrapper(document.body)
const send = async () => {
  await body().get('form').trigger('submit')
  await settled()
}
const shown = (words: string) => vi.waitFor(() => expect(inBody.text()).toContain(words))

async function open(path: string, answers: Partial<Bridge>) {
  const hub = standInHub({
    'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
    'keyworker.read': () => ok(keyworker),
    'draft.save': () => ok({ savedAt: MONDAY, saves: 2 }),
    ...answers
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/keyworkers/:practitionerId/cover/:id', component: CoverPage, props: true },
      { path: '/keyworkers/:practitionerId/reassignment/:id', component: ReassignmentPage, props: true }
    ]
  })
  await router.push(path)
  await show(RouterView, manager, [router])
  await settled()
  return hub
}

const covering = (preview: () => CoverPreview, answers: Partial<Bridge> = {}) =>
  open(`/keyworkers/${PRIYA}/cover/${FORM}`, {
    'draft.open': () =>
      ok({
        form: {
          kind: 'cover',
          body: {
            ...emptyCover({ id: FORM, practitionerId: PRIYA }),
            ...{ fromDay: '1/12/2026', toDay: '10/12/2026', why: 'Leave' }
          }
        },
        ...{ savedAt: MONDAY, saves: 1 }
      }),
    'cover.preview': () => ok(structuredClone(preview())),
    ...answers
  })

async function fillIn() {
  await inBody.press('Choose whoever is proposed where nobody is chosen yet')
  await inBody.field('They were told on').setValue('23/11/2026')
  await inBody.press('Fill in')
}

describe('Arrange cover', () => {
  it('begins with the booked absence that is chosen', async () => {
    const asked = await open(`/keyworkers/${PRIYA}/cover/${FORM}`, {
      'draft.open': () => no({ code: 'not-found' }),
      'cover.preview': () => ok(aPreview())
    })
    expect(inBody.text()).toContain('Enter the first and the last day to see the families.')
    await inBody.field('Booked absence').setValue(keyworker.absences[0]?.id)
    expect(inBody.field('First day').element.value).toBe('01/12/2026')
    expect(inBody.field('Why they are away').element.value).toBe('Leave')
    await shown('Child 1')
    expect(asked.asked('cover.preview')).toEqual([
      { practitionerId: PRIYA, fromDay: '2026-12-01', toDay: '2026-12-10' }
    ])
  })

  it('begins with the absence that it was come to from', async () => {
    const absence = keyworker.absences[0]?.id ?? ''
    await open(`/keyworkers/${PRIYA}/cover/${FORM}?absence=${absence}`, {
      'draft.open': () => no({ code: 'not-found' }),
      'cover.preview': () => ok(aPreview())
    })
    expect(inBody.field('Booked absence').element.value).toBe(absence)
    expect(inBody.field('Last day').element.value).toBe('10/12/2026')
  })

  it('asks of every family who stands in and when it was told, and sends them all at once', async () => {
    const preview = aPreview()
    const { asked } = await covering(() => preview, {
      'cover.arrange': () => ok({ id: FORM, families: 2 })
    })
    await shown('Child 2')
    await send()
    expect(inBody.errors()).toEqual([
      'Choose who takes family 1',
      'Enter when family 1 was told, or why it was not',
      'Choose who takes family 2',
      'Enter when family 2 was told, or why it was not'
    ])
    await fillIn()
    expect(inBody.errors()).toEqual([])
    expect(inBody.text()).toContain('5 of 12 families')
    await send()
    expect(asked('cover.arrange')).toMatchObject([
      {
        parts: preview.families.map(({ familyId, episodeId }) => ({
          ...{ familyId, episodeId, practitionerId: SAM, toldOn: '23/11/2026' }
        }))
      }
    ])
    expect(inBody.text()).toContain('Cover is arranged')
    const words = 'from 1 December 2026 to 10 December 2026:Sam Reed: 2 families'
    expect(inBody.text()).toContain(words)
  })

  it('keeps a day that cannot be read where it is filled in for all', async () => {
    await covering(() => aPreview())
    await shown('Child 2')
    await inBody.field('They were told on').setValue('31/2/2026')
    await inBody.press('Fill in')
    await send()
    expect(inBody.errors()).toContain('Enter a date like 23/11/2026')
    expect(inBody.field('The family was told on').element.value).toBe('31/2/2026')
  })

  it('reads anew where a family came meanwhile, and keeps what was typed', async () => {
    const families = [aFamily('1')]
    let isSent = false
    const { asked } = await covering(() => aPreview({ families }), {
      'cover.arrange': () => {
        families.push(aFamily('2'))
        isSent = true
        return no({ code: 'changed-since' })
      }
    })
    await shown('Child 1')
    await inBody.press('Choose whoever is proposed where nobody is chosen yet')
    await inBody.field('Or why it was not told before').setValue('Taken ill')
    await send()
    expect(isSent).toBe(true)
    expect(inBody.errors()).toEqual([expect.stringContaining('Something changed since you looked')])
    expect(inBody.text()).toContain('Child 2')
    expect(inBody.field('Or why it was not told before').element.value).toBe('Taken ill')
    expect(asked('cover.preview')).toHaveLength(2)
  })

  it('sends nothing where some families are not open, and says so', async () => {
    const { asked } = await covering(() => aPreview({ hidden: 2 }))
    await shown('2 families of theirs are not open to you')
    expect(inBody.button('Arrange cover').attributes('aria-disabled')).toBe('true')
    await fillIn()
    await send()
    expect(asked('cover.arrange')).toEqual([])
  })

  it('asks once more where somebody would hold more than they could', async () => {
    const { asked } = await covering(() => aPreview({ takers: [sam({ load: load(12) })] }), {
      'cover.arrange': () => ok({ id: FORM, families: 2 })
    })
    await shown('Child 1')
    await fillIn()
    await send()
    expect(asked('cover.arrange')).toEqual([])
    expect(inBody.text()).toContain('Sam Reed: 14 of 12 families, 117%')
    await inBody.press('Arrange cover all the same')
    expect(asked('cover.arrange')).toHaveLength(1)
  })

  it('names whom to ask where nobody was found, and leads there once it is arranged', async () => {
    await covering(() => aPreview({ families: [aFamily('1')] }), {
      'cover.arrange': () => ok({ id: FORM, families: 1 })
    })
    await shown('Child 1')
    await inBody.field('Nobody was found').setValue(true)
    expect(inBody.text()).toContain('Ask the Senior Coordinator of')
    await inBody.field('Or why it was not told before').setValue('Taken ill')
    await send()
    expect(inBody.text()).toContain('Ask for advice about 1')
  })

  it('says that there is nothing to cover, and that it could not be read', async () => {
    let isRead = false
    await covering(() => aPreview({ families: [] }), {
      'cover.preview': () => (isRead ? ok(aPreview({ families: [] })) : no({ code: 'not-allowed' }))
    })
    await vi.waitFor(() => expect(inBody.has('Try again')).toBe(true))
    isRead = true
    await inBody.press('Try again')
    expect(inBody.text()).toContain('They hold no family on these days')
  })
})

describe('Give all families to others', () => {
  it('sends every family with whoever has it, told or not', async () => {
    const families = [aFamily('1', { days: [days({ to: LAST_DAY, isForGood: true })] })]
    const { asked } = await open(`/keyworkers/${PRIYA}/reassignment/${FORM}`, {
      'draft.open': () =>
        ok({
          form: {
            kind: 'reassignment',
            body: {
              ...emptyReassignment({ id: FORM, practitionerId: PRIYA }),
              ...{ fromDay: '1/12/2026', why: 'A post elsewhere' }
            }
          },
          ...{ savedAt: MONDAY, saves: 1 }
        }),
      'reassignment.preview': () => ok(aPreview({ families })),
      'reassignment.make': () => ok({ id: FORM, families: 1 })
    })
    await shown('Child 1')
    await send()
    expect(inBody.errors()).toEqual(['Choose who takes family 1'])
    await inBody.press('Choose whoever is proposed where nobody is chosen yet')
    await send()
    expect(asked('reassignment.make')).toMatchObject([{ parts: [{ practitionerId: SAM, toldOn: '' }] }])
    expect(inBody.text()).toContain('They hold no family after 30 November 2026')
  })
})

describe('Who covers whom', () => {
  const cover: CoverRow = {
    ...{ id: newId(), practitionerId: PRIYA, practitionerName: 'Priya Shah', families: 3 },
    ...{ fromDay: '2026-11-20', toDay: '2026-12-10', recordedAt: MONDAY, byName: 'Morgan Ellis' },
    ...{ byWhom: [{ practitionerId: SAM, name: 'Sam Reed', families: 2 }], nobodyFound: 1 }
  }
  const list = async (answers: Partial<Bridge>) => {
    const hub = standInHub({
      'setting.list': () => ok({ settings: seedSettings(), now: MONDAY }),
      ...answers
    })
    await show(CoversList, manager)
    await settled()
    return hub
  }

  it('says who stands in, for whom nobody was found, and lets them be back sooner', async () => {
    const { asked } = await list({
      'cover.list': () => ok({ rows: [cover], next: '' }),
      'cover.return': () => ok(null)
    })
    expect(inBody.text()).toContain('is away from 20 November 2026 to 10 December 2026')
    expect(inBody.text()).toContain('Covered by Sam Reed (2 families). Nobody found for 1 family')
    await inBody.press('Back sooner (Priya Shah)')
    await inBody.field('Last day of cover').setValue('1/12/2026')
    await inBody.field('Why they are back sooner').setValue('Came home')
    await inBody.press('Record that they are back')
    expect(asked('cover.return')).toMatchObject([{ coverId: cover.id, lastDay: '2026-12-01' }])
    expect(inBody.text()).toContain('Priya Shah is back sooner.')
  })

  it('says that nobody stands in, or that it could not be read', async () => {
    await list({ 'cover.list': () => ok({ rows: [], next: '' }) })
    expect(inBody.text()).toContain('Nobody stands in for anybody now or soon.')
    document.body.innerHTML = ''
    await list({ 'cover.list': () => no({ code: 'not-allowed' }) })
    expect(inBody.has('Try again')).toBe(true)
  })
})

describe('words', () => {
  const asked = { from: '2026-12-01', to: '2026-12-10' }
  it('say on which days they have a family, where it is not on all of them', () => {
    expect(heldWords(aFamily('1'), asked)).toBe('')
    const part = days({ from: '2026-12-03', to: '2026-12-03' })
    expect(heldWords(aFamily('1', { days: [part] }), asked)).toBe('On 3 December 2026')
    const standsIn = days({ coverId: newId() })
    expect(heldWords(aFamily('1', { days: [standsIn] }), asked)).toBe('They stand in here')
  })
  it('say why somebody is proposed', () => {
    const proposal = {
      practitionerId: SAM,
      reason: 'team' as const,
      load: { before: load(3), during: load(4) }
    }
    expect(proposalWords('Sam Reed', proposal)).toBe('Sam Reed: of the team, 25% → 33%')
  })
})
