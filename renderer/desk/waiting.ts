import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ActionDue, CallBackDue, Due, FlagRaised, ReferralDue, Whose } from '../../shared/call/loop.ts'
import type { AppError, Result } from '../../shared/errors.ts'
import { hub } from '../hub.ts'
import { useSession } from '../session/useSession.ts'
import { errorWords } from '../words/errors.ts'

/** Anything that waits on the desk for its one owner. */
export type Waiting = CallBackDue | ActionDue | ReferralDue | FlagRaised

/** Which of them. */
export type WaitingKey = Pick<Waiting, 'kind' | 'itemId'>

/** A call-back and a referral are both named by their call. */
export const keyOf = ({ kind, itemId }: WaitingKey): string => `${kind}-${itemId}`

/** Takes an act back, and the words for that. */
export interface Undo {
  words: string
  run: () => Promise<Result<unknown>>
}

/** What waits on the desk, the one act that is being typed, and what came of the last one. */
export const useWaiting = defineStore('waiting', () => {
  const session = useSession()
  const whose = ref<Whose>('mine')
  const due = shallowRef<Due>()
  const problem = ref<AppError>()
  /** The item whose form is open, and which form: one at a time. */
  const acting = ref<{ key: string; act: string }>()
  const told = shallowRef<{ words: string; key: string; undo?: Undo }>()
  /** Half-typed notes by item: a phone that rings in the middle of one takes nothing away. */
  const typed = new Map<string, Record<string, string>>()
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const answer = await hub['call.due']({ whose: whose.value })
    if (mine !== asked) return
    problem.value = answer.ok ? undefined : answer.error
    if (answer.ok) due.value = answer.value
  }

  async function show(wanted: Whose): Promise<void> {
    whose.value = wanted
    close()
    await load()
  }

  /** L8: what is new waits until nobody is typing in a row. */
  async function refresh(): Promise<void> {
    if (!acting.value) await load()
  }

  function open(item: Waiting, act: string) {
    acting.value = { key: keyOf(item), act }
  }

  function isActing(item: Waiting, act?: string): boolean {
    return acting.value?.key === keyOf(item) && (act === undefined || acting.value.act === act)
  }

  function close() {
    acting.value = undefined
  }

  const typedIn = (item: WaitingKey): Record<string, string> => typed.get(keyOf(item)) ?? {}

  function keepTyped(item: WaitingKey, texts: Record<string, string>) {
    typed.set(keyOf(item), { ...typedIn(item), ...texts })
  }

  /** What was typed for it is in the record. */
  function forgetTyped(item: WaitingKey) {
    typed.delete(keyOf(item))
  }

  const anythingLeft = computed(() => {
    if (!due.value) return false
    const { callBacks, actions, referrals, flags } = due.value
    return [callBacks, actions, referrals, flags].some(({ rows }) => rows.length > 0)
  })

  /** An act is in the record: its row goes or changes, and the words say what happened. */
  async function finish(item: Waiting, words: string, undo?: Undo): Promise<void> {
    const key = keyOf(item)
    forgetTyped(item)
    close()
    told.value = undo ? { words, key, undo } : { words, key }
    await load()
  }

  async function undo(): Promise<void> {
    const last = told.value
    if (!last?.undo) return
    const answer = await last.undo.run()
    if (!answer.ok) {
      told.value = { words: `Not undone. ${errorWords(answer.error)}`, key: last.key }
      return
    }
    told.value = { words: last.undo.words, key: last.key }
    await load()
  }

  // nothing of one person's work is in the page when another unlocks the desk (L2)
  watch(
    () => session.account?.id,
    () => {
      due.value = told.value = acting.value = problem.value = undefined
      typed.clear()
      whose.value = 'mine'
    }
  )

  return {
    whose,
    due,
    problem,
    told,
    anythingLeft,
    load,
    show,
    refresh,
    open,
    close,
    isActing,
    typedIn,
    keepTyped,
    forgetTyped,
    finish,
    undo
  }
})
