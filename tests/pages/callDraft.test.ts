import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useOpenCalls, type OpenCall } from '../../renderer/call/openCalls.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import { flushAll } from '../../renderer/session/flush.ts'
import { fakeHub, freshPage, MONDAY, type Weather } from './callHub.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(MONDAY) })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A page with one call open. */
async function aCall(desk = fakeHub()) {
  await freshPage(desk.hub)
  const openCalls = useOpenCalls()
  const id = await openCalls.start()
  return { desk, openCalls, call: found(openCalls.find(id)) }
}

function found(call: OpenCall | undefined): OpenCall {
  if (!call) throw new Error('The call is not open')
  return call
}

const saves = ({ asked }: ReturnType<typeof fakeHub>) => asked.filter(({ name }) => name === 'call.saveDraft')

/** The record takes saves and says nothing. */
const never = (hub: Bridge): Bridge =>
  new Proxy(hub, {
    get: (within, name: keyof Bridge) =>
      name === 'call.saveDraft' ? () => new Promise(() => undefined) : within[name]
  })

describe('a draft', () => {
  it('is not stored before the first keystroke (L4)', async () => {
    const { desk, openCalls } = await aCall()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await openCalls.flushAll()).toBe(true)
    expect(saves(desk)).toHaveLength(0)
  })

  it('is stored within a second of a keystroke, however long the typing goes on (L1)', async () => {
    const { desk, call } = await aCall()
    for (let typed = 0; typed < 20; typed++) {
      call.draft.concern += 'a'
      await vi.advanceTimersByTimeAsync(100)
    }
    const kept = desk.drafts.get(call.id)?.draft.concern ?? ''
    expect(kept.length).toBeGreaterThanOrEqual(10)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(desk.drafts.get(call.id)?.draft.concern).toBe('a'.repeat(20))
    expect(call.state).toBe('saved')
    expect(saves(desk).length).toBeLessThan(6)
  })

  it('says that it is not saved, and tries until it is (L5)', async () => {
    const { desk, call } = await aCall()
    desk.state.weather = 'failing'
    call.draft.concern = 'bruising on the arm'
    await vi.advanceTimersByTimeAsync(1_000)
    expect(call.state).toBe('not-saved')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(call.state).toBe('not-saved')
    desk.state.weather = 'fine'
    await vi.advanceTimersByTimeAsync(31_000)
    expect(call.state).toBe('saved')
    expect(desk.drafts.get(call.id)?.draft.concern).toBe('bruising on the arm')
  })

  it('is shown as not saved while a save does not answer', async () => {
    const { desk, call } = await aCall()
    window.hub = never(desk.hub)
    call.draft.concern = 'a'
    await vi.advanceTimersByTimeAsync(5_000)
    expect(call.state).toBe('not-saved')
  })

  it('is kept as far as it fits where a field holds too much, and says so', async () => {
    const { desk, call } = await aCall()
    call.draft.concern = 'a'.repeat(20_010)
    call.draft.callerName = 'Alice Green'
    await vi.advanceTimersByTimeAsync(1_000)
    expect(call.state).toBe('not-saved')
    expect(call.trouble).toBe('too-long')
    expect(call.draft.concern).toHaveLength(20_010)
    expect(desk.drafts.get(call.id)?.draft.concern).toHaveLength(20_000)
    expect(desk.drafts.get(call.id)?.draft.callerName).toBe('Alice Green')
    call.draft.concern = 'a'.repeat(20_000)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(call.state).toBe('saved')
  })

  it('does not write over what another window saved later', async () => {
    const { desk, call, openCalls } = await aCall()
    call.draft.concern = 'here'
    await vi.advanceTimersByTimeAsync(1_000)
    const kept = desk.drafts.get(call.id)
    desk.drafts.set(call.id, {
      draft: { ...JSON.parse(JSON.stringify(call.draft)), concern: 'there' },
      saves: (kept?.saves ?? 0) + 2,
      savedAt: MONDAY
    })
    call.draft.concern = 'here again'
    await vi.advanceTimersByTimeAsync(60_000)
    expect(call.trouble).toBe('changed-since')
    expect(desk.drafts.get(call.id)?.draft.concern).toBe('there')
    expect(call.draft.concern).toBe('here again')
    await openCalls.loadStored(call.id)
    expect(openCalls.find(call.id)?.draft.concern).toBe('there')
  })

  it('opens again after a restart when it is of this shift, and its timer has stopped', async () => {
    const { desk, call } = await aCall()
    call.draft.concern = 'half a word'
    await vi.advanceTimersByTimeAsync(2_000)
    desk.state.now = '2026-11-23T12:00:00.000Z'
    vi.setSystemTime(new Date(desk.state.now))
    await freshPage(desk.hub)
    const openCalls = useOpenCalls()
    await openCalls.reopen()
    expect(openCalls.calls.map(({ draft }) => draft.concern)).toEqual(['half a word'])
    expect(openCalls.timerRuns).toBe(false)
  })

  it('of yesterday waits under "My unfinished"', async () => {
    const { desk, call } = await aCall()
    call.draft.concern = 'yesterday'
    await vi.advanceTimersByTimeAsync(2_000)
    desk.state.now = '2026-11-24T10:00:00.000Z'
    vi.setSystemTime(new Date(desk.state.now))
    await freshPage(desk.hub)
    const openCalls = useOpenCalls()
    await openCalls.reopen()
    expect(openCalls.calls).toEqual([])
    expect(await openCalls.resume(call.id)).toBe(true)
  })
})

describe('the question before the window closes', () => {
  it('is not asked when everything could be saved', async () => {
    const { desk, call, openCalls } = await aCall()
    call.draft.concern = 'a'
    await flushAll()
    expect(openCalls.leaving).toBe('')
    expect(desk.drafts.get(call.id)?.draft.concern).toBe('a')
  })

  it('is asked when something could not, and main is told', async () => {
    const { desk, call, openCalls } = await aCall()
    desk.state.weather = 'failing'
    call.draft.concern = 'a'
    await expect(flushAll()).rejects.toThrow()
    expect(openCalls.leaving).toBe('window')
    expect(call.draft.concern).toBe('a')
  })

  it('is asked before main runs out of patience with a save that does not answer', async () => {
    const { desk, call, openCalls } = await aCall()
    window.hub = never(desk.hub)
    call.draft.concern = 'a'
    const flushed = expect(flushAll()).rejects.toThrow()
    await vi.advanceTimersByTimeAsync(950)
    await flushed
    expect(openCalls.leaving).toBe('window')
    expect(call.draft.concern).toBe('a')
  })
})

type Step =
  | { do: 'type'; field: 'concern' | 'callerName' | 'advice'; text: string }
  | { do: 'add-child'; name: string }
  | { do: 'wait'; ms: number }
  | { do: 'weather'; weather: Weather }
  | { do: 'lock' }
  | { do: 'kill' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('type' as const),
      field: fc.constantFrom('concern' as const, 'callerName' as const, 'advice' as const),
      text: fc.string({ maxLength: 30, unit: 'grapheme' })
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('add-child' as const), name: fc.string({ maxLength: 10 }) })
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(3_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('weather' as const),
      weather: fc.constantFrom<Weather>('fine', 'failing', 'lost')
    })
  },
  { weight: 1, arbitrary: fc.constant({ do: 'lock' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'kill' as const }) }
)

describe('any sequence of edits, failed saves, locks and kills (L1, L2, L3)', () => {
  const typedIn = ({ draft }: OpenCall) => JSON.stringify(draft)

  it('ends with what was typed', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        vi.setSystemTime(new Date(MONDAY))
        const desk = fakeHub()
        let { call, openCalls } = await aCall(desk)
        let pages = 1
        /** Typed this long ago, with nothing failing since: it must be stored. */
        let safeFor = 0
        let acknowledged: string | undefined

        const stored = () => {
          const kept = desk.drafts.get(call.id)
          return kept && JSON.stringify(kept.draft)
        }

        /** A new page, as after a lock or a kill: it has what was stored, and no more. */
        async function newPage() {
          const { id } = call
          const typed = typedIn(call)
          const wasTyped = call.state !== 'untouched'
          await freshPage(desk.hub)
          pages += 1
          openCalls = useOpenCalls()
          await openCalls.reopen()
          const again = openCalls.find(id)
          if (!wasTyped) expect(again).toBeUndefined()
          if (again) expect(typedIn(again)).toBe(stored())
          call = again ?? found(openCalls.find(await openCalls.start()))
          return { typed, wasTyped }
        }

        for (const each of steps) {
          switch (each.do) {
            case 'type':
              if (call.draft[each.field] !== each.text) safeFor = 0
              call.draft[each.field] = each.text
              break
            case 'add-child':
              call.draft.children.push({ ...call.draft.children[0]!, id: call.id, name: each.name })
              safeFor = 0
              break
            case 'wait':
              await vi.advanceTimersByTimeAsync(each.ms)
              safeFor += desk.state.weather === 'fine' ? each.ms : 0
              if (call.state === 'saved') acknowledged = typedIn(call)
              break
            case 'weather':
              desk.state.weather = each.weather
              if (each.weather !== 'fine') safeFor = 0
              break
            case 'lock': {
              const saved = flushAll().then(
                () => true,
                () => false
              )
              await vi.advanceTimersByTimeAsync(1_000)
              if (await saved) acknowledged = call.state === 'untouched' ? undefined : typedIn(call)
              const weather = desk.state.weather
              const { typed, wasTyped } = await newPage()
              if (weather !== 'failing' && wasTyped) expect(typedIn(call)).toBe(typed)
              safeFor = 0
              acknowledged = call.state === 'saved' ? typedIn(call) : undefined
              break
            }
            case 'kill': {
              const isSafe = safeFor >= 31_000 || (safeFor >= 1_000 && call.state === 'saved')
              if (call.state === 'saved') acknowledged = typedIn(call)
              const before = acknowledged
              const { typed, wasTyped } = await newPage()
              if (isSafe && wasTyped) expect(typedIn(call)).toBe(typed)
              if (before !== undefined) expect(stored()).toBeDefined()
              safeFor = 0
              acknowledged = call.state === 'saved' ? typedIn(call) : undefined
              break
            }
          }
        }

        desk.state.weather = 'fine'
        await vi.advanceTimersByTimeAsync(32_000)
        if (call.state === 'untouched') expect(stored()).toBeUndefined()
        else expect(stored()).toBe(typedIn(call))
        expect(pages).toBeGreaterThan(0)
      }),
      { numRuns: 150 }
    )
  })
})
