import { watch } from 'vue'
import type { z } from 'zod'
import type { AppError, Result } from '../../shared/errors.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import { draftSaver, type DraftSaver, type SaveAnswer, type SaveState } from './draftSaver.ts'
import { fitted } from './fitted.ts'

/** Shorter than main's patience, so that the question is there when the window stays open. */
const FLUSH_MS = 900

/** Why a draft cannot be saved, other than for a reason that goes away by itself. */
export type Trouble = '' | 'too-long' | 'changed-since' | 'already-filed' | 'not-yours'

/** What is typed in one form, and how far it is saved. */
export interface Kept<Draft extends object = object> {
  readonly id: Id
  draft: Draft
  state: SaveState
  /** When the last acknowledged save was made; '' before the first. */
  savedAt: Instant
  /** Saves acknowledged so far, so that another window's later save is noticed. */
  saves: number
  trouble: Trouble
}

interface Saved {
  savedAt: Instant
  saves: number
}

/** Where drafts of one kind are stored, and what one may hold. */
export interface DraftStore<Draft extends object> {
  schema: z.ZodType<Draft>
  save(draft: Draft, savedBefore: number): Promise<Result<Saved>>
  open(id: Id): Promise<Result<Saved & { draft: Draft }>>
}

export interface Keeper {
  /** Something is to be saved although nobody typed it. */
  typed(): void
  /** Saves now what is not saved yet; false when that could not be done. */
  flush(): Promise<boolean>
  /** Nothing is saved until `goOn`; settles when the save under way has answered. */
  pause(): Promise<void>
  goOn(): void
}

/** Saves one draft from now on whenever something is typed (L1). `kept` is reactive. */
export function keepDraft<Draft extends object>(kept: Kept<Draft>, store: DraftStore<Draft>): Keeper {
  let saver: DraftSaver
  let unwatch: () => void
  /** What was sent and never answered for. */
  let unanswered: Draft | undefined

  async function save(): Promise<SaveAnswer> {
    const { copy, whole } = fitted(store.schema, kept.draft)
    if (unanswered && !(await settle(unanswered))) return 'try-again'
    const answer = await store.save(copy, kept.saves)
    if (answer.ok) {
      kept.saves = answer.value.saves
      kept.savedAt = answer.value.savedAt
      kept.trouble = whole ? '' : 'too-long'
      return whole ? 'saved' : 'stop'
    }
    if (answer.error.code === 'fault') unanswered = copy
    kept.trouble = troubleOf(answer.error)
    return kept.trouble ? 'stop' : 'try-again'
  }

  /** After a fault nobody knows whether the save was made. Asked before the next one, so that it counts as ours. */
  async function settle(sent: Draft): Promise<boolean> {
    const stored = await store.open(kept.id)
    if (!stored.ok && stored.error.code !== 'not-found') return false
    if (stored.ok && isSame(stored.value.draft, sent)) kept.saves = stored.value.saves
    unanswered = undefined
    return true
  }

  function goOn() {
    saver = draftSaver(save, (state) => {
      kept.state = state
    })
    unwatch = watch(
      () => kept.draft,
      () => {
        saver.typed()
      },
      // at once, so that a lock in the same moment finds the keystroke
      { deep: true, flush: 'sync' }
    )
  }

  goOn()
  return {
    typed: () => {
      saver.typed()
    },
    flush: () => saver.flush(),
    async pause() {
      unwatch()
      await saver.stop()
    },
    goOn
  }
}

/** Whether everything was saved before the window stops waiting. */
export const savedInTime = (saving: Promise<boolean>): Promise<boolean> =>
  Promise.race([
    saving,
    new Promise<false>((resolve) => {
      setTimeout(() => {
        resolve(false)
      }, FLUSH_MS)
    })
  ])

export function troubleOf(error: AppError): Trouble {
  switch (error.code) {
    case 'invalid':
      return 'too-long'
    case 'changed-since':
      return 'changed-since'
    case 'not-allowed':
    case 'not-found':
      return 'not-yours'
    case 'refused':
      return error.reason === 'not-your-draft' ? 'not-yours' : 'already-filed'
    case 'fault':
    case 'locked':
    case 'wait':
    case 'wrong-passphrase':
      return ''
  }
}

const isSame = (a: object, b: object) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (draft: object) => Object.entries(draft).sort(([a], [b]) => (a < b ? -1 : 1))
