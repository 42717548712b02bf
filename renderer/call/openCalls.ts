import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import {
  callDraft,
  emptyCall,
  type CallDraft,
  type DraftRow,
  type FiledCall
} from '../../shared/call/call.ts'
import type { EarlierCall } from '../../shared/call/earlier.ts'
import { problemsWith } from '../../shared/call/problems.ts'
import type { FieldError } from '../../shared/errors.ts'
import { newId, type Id, type Instant } from '../../shared/ids.ts'
import { useRules } from '../desk/useRules.ts'
import {
  keepDraft,
  savedInTime,
  troubleOf,
  type DraftStore,
  type Keeper,
  type Kept
} from '../draft/keepDraft.ts'
import { hub } from '../hub.ts'
import { onFlush } from '../session/flush.ts'
import { useSession } from '../session/useSession.ts'
import { carriedOver } from './carriedOver.ts'
import { proposeCallBack } from './outOfHours.ts'
import { saidOf } from './saidOf.ts'
import { standingOf } from './standing.ts'

/** Drafts saved since then are opened again after unlocking: the calls of this shift. */
const REOPEN_MS = 12 * 3_600_000
/** A call last saved longer ago than this is no longer on the line: its timer stopped when it was last saved. */
const HUNG_UP_MS = 30 * 60_000
const LONGEST_CALL_S = 86_400

const store: DraftStore<CallDraft> = {
  schema: callDraft,
  save: (draft, savedBefore) => hub['call.saveDraft']({ draft, savedBefore }),
  open: (id) => hub['call.openDraft']({ id })
}

export interface OpenCall extends Kept<CallDraft> {
  filing: boolean
  /** The last "File call" was answered by something other than what to put right. */
  filingFailed: boolean
  /** What "File call" found; empty before it is pressed. */
  errors: FieldError[]
  /** Earlier calls that were found for it last, and those that were marked before (C5). */
  earlier: EarlierCall[]
  /** The filed call that it goes on from, as far as the page knows it (L20). */
  furtherTo: Earlier | undefined
}

/** A filed call by what it is known by. */
interface Earlier {
  id: Id
  reference: string
  tookPlaceAt: Instant
}

export interface Filed {
  id: string
  reference: string
}

/** The calls that are open as tabs. The only place in the page that holds what is typed in them. */
export const useOpenCalls = defineStore('open-calls', () => {
  const rules = useRules()
  const session = useSession()
  const calls = ref<OpenCall[]>([])
  const currentId = ref('')
  const lastFiled = ref<Filed | null>(null)
  /** Set when the window was to close with something unsaved: asks what to do with it. */
  const leaving = ref<'' | 'window' | { id: string }>('')
  const keepers = new Map<string, Keeper>()
  const reopened = ref(false)

  const current = computed(() => calls.value.find((call) => call.id === currentId.value))
  const unsaved = computed(() =>
    calls.value.filter(({ state }) => state === 'not-saved' || state === 'saving')
  )
  const timerRuns = computed(() => calls.value.some((call) => call.draft.seconds === 0))

  const find = (id: string) => calls.value.find((call) => call.id === id)

  /** A new call from this moment. Nothing of it is stored before the first keystroke (L4). */
  async function start(): Promise<string> {
    return begin({})
  }

  /** A call that goes on from a filed one. What it carries over counts as typed: it is stored at once (L20). */
  async function startFurther(to: FiledCall): Promise<string> {
    const begun = calls.value.find(({ draft }) => saidOf(draft, to.id) === 'further')
    if (begun) return begun.id
    const id = await begin(carriedOver(to))
    const call = find(id)
    if (call) call.furtherTo = { id: to.id, reference: to.reference, tookPlaceAt: to.tookPlaceAt }
    keepers.get(id)?.typed()
    void flush(id)
    return id
  }

  async function begin(carried: Partial<CallDraft>): Promise<string> {
    await rules.loadOnce()
    const draft = { ...emptyCall(newId(), newId(), rules.now()), ...carried }
    const { inHours, opening } = standingOf(draft, rules)
    if (!inHours) proposeCallBack(draft, opening, session.account?.name ?? '')
    open(draft, { saves: 0, savedAt: '' })
    lastFiled.value = null
    return draft.id
  }

  function open(draft: CallDraft, saved: { saves: number; savedAt: Instant }) {
    calls.value.push({
      id: draft.id,
      draft,
      state: saved.savedAt ? 'saved' : 'untouched',
      ...saved,
      trouble: '',
      filing: false,
      filingFailed: false,
      errors: [],
      earlier: [],
      furtherTo: undefined
    })
    currentId.value = draft.id
    const call = find(draft.id)
    if (call) keepers.set(draft.id, keepDraft(call, store))
  }

  /** Opens a draft that is stored, or goes to its tab. */
  async function resume(id: string): Promise<boolean> {
    if (!find(id)) {
      const answer = await hub['call.openDraft']({ id })
      if (!answer.ok) return false
      // asked for twice at the same time
      if (find(id)) return true
      const { draft, saves, savedAt } = answer.value
      if (draft.seconds === 0 && Date.parse(rules.now()) - Date.parse(savedAt) > HUNG_UP_MS) {
        draft.seconds = secondsBetween(draft.startedAt, savedAt)
      }
      open(draft, { saves, savedAt })
    }
    currentId.value = id
    return true
  }

  /** After unlocking or starting again: the calls of this shift are open as they were. Once for each page. */
  async function reopen(): Promise<void> {
    if (reopened.value) return
    reopened.value = true
    await rules.loadOnce()
    const answer = await hub['call.drafts']({})
    reopened.value = answer.ok
    if (!answer.ok) return
    const since = Date.parse(rules.now()) - REOPEN_MS
    const recent = answer.value.filter((row) => Date.parse(row.savedAt) >= since).sort(byStart)
    for (const row of recent) await resume(row.id)
  }

  async function flush(id: string): Promise<boolean> {
    return (await keepers.get(id)?.flush()) ?? true
  }

  /** Saves everything that is open; false where something could not be saved. */
  async function flushAll(): Promise<boolean> {
    const saved = await Promise.all([...keepers.keys()].map(flush))
    return saved.every(Boolean)
  }

  /** What stands between a call and its filing, one for each field. */
  function problems({ draft }: OpenCall): FieldError[] {
    return problemsWith(draft, standingOf(draft, rules).rules, { now: rules.now() })
  }

  /** Files the call, or says what is missing. Pressed twice, it files once (L6). */
  async function file(call: OpenCall): Promise<Filed | null> {
    if (call.filing) return null
    call.errors = problems(call)
    if (call.errors.length > 0) return null
    call.filing = true
    call.filingFailed = false
    const keeper = keepers.get(call.id)
    // no save may come after the filing: it would bring the draft back
    await keeper?.pause()
    const timerRan = call.draft.seconds === 0
    // frozen with the first attempt: the same call sent twice must have the same content
    if (timerRan) call.draft.seconds = secondsBetween(call.draft.startedAt, rules.now())
    const answer = await send(call.draft)
    call.filing = false
    if (answer.ok) {
      lastFiled.value = { id: answer.value.id, reference: answer.value.reference }
      forget(call.id)
      return lastFiled.value
    }
    if (answer.error.code === 'invalid') {
      call.errors = answer.error.fields
      if (timerRan) call.draft.seconds = 0
    } else {
      call.filingFailed = true
      call.trouble = troubleOf(answer.error)
    }
    keeper?.goOn()
    if (call.state !== 'saved') keeper?.typed()
    return null
  }

  /** Tried twice, because a fault may have lost the answer and not the filing. */
  async function send(draft: CallDraft) {
    const first = await hub['call.file'](draft)
    return first.ok || first.error.code !== 'fault' ? first : hub['call.file'](draft)
  }

  /** Takes the tab away once what is typed is saved; asks first where it could not be. */
  async function close(id: string): Promise<boolean> {
    if (!(await flush(id))) {
      leaving.value = { id }
      return false
    }
    forget(id)
    return true
  }

  /** Drops a call from this page's memory, saved or not; what was saved stays under "My unfinished". */
  function forget(id: string) {
    void keepers.get(id)?.pause()
    keepers.delete(id)
    const at = calls.value.findIndex((call) => call.id === id)
    if (at < 0) return
    calls.value.splice(at, 1)
    if (currentId.value === id) currentId.value = (calls.value[at] ?? calls.value.at(-1))?.id ?? ''
  }

  /** Puts what another window saved last in the place of what is here. */
  async function loadStored(id: string): Promise<void> {
    forget(id)
    await resume(id)
  }

  /** The caller has rung off, or is still there after all. */
  function stopTimer(call: OpenCall, stopped: boolean) {
    call.draft.seconds = stopped ? secondsBetween(call.draft.startedAt, rules.now()) : 0
  }

  /** R8: the danger numbers were read out to this caller. */
  function recordDangerRead(call: OpenCall) {
    call.draft.dangerReadAt = rules.now()
  }

  // what one person typed is never in the page when another unlocks the desk (L2)
  watch(
    () => session.account?.id,
    () => {
      for (const { id } of [...calls.value]) forget(id)
      lastFiled.value = null
      leaving.value = ''
      reopened.value = false
    }
  )
  onFlush(async () => {
    if (await savedInTime(flushAll())) return
    // the window stays open for this question; a lock goes on regardless
    leaving.value = 'window'
    throw new Error('What is typed could not be saved')
  })

  return {
    calls,
    currentId,
    current,
    lastFiled,
    leaving,
    unsaved,
    timerRuns,
    reopened,
    find,
    start,
    startFurther,
    resume,
    reopen,
    flushAll,
    problems,
    file,
    close,
    forget,
    loadStored,
    stopTimer,
    recordDangerRead
  }
})

/** Whether somebody is on the line: the desk then waits longer before it locks by itself. */
export function callTimerRunning(): boolean {
  return useOpenCalls().timerRuns
}

function secondsBetween(from: Instant, to: Instant): number {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1_000)
  return Math.min(Math.max(seconds, 1), LONGEST_CALL_S)
}

const byStart = (a: DraftRow, b: DraftRow) => (a.startedAt < b.startedAt ? -1 : 1)
