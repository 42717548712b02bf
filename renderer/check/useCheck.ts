import { ref, shallowRef, watch } from 'vue'
import type { DraftChild } from '../../shared/call/call.ts'
import type { CheckRecord } from '../../shared/check/check.ts'
import { courseOf, mayDo } from '../../shared/check/state.ts'
import type { AppError, Result } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { hub } from '../hub.ts'

/** Its children as they were told last, to ask the record about them or to tell them better. */
export const toldChildren = ({ children }: CheckRecord): DraftChild[] =>
  children.map(({ id, name, birth, upn, relation, address }) => ({ id, name, birth, upn, relation, address }))

/**
 * A check that has been begun, and how it goes on. `problem`: it could not be read. `refusal`: of the last act.
 * `isSearched`: the record has been looked through, and nobody told.
 */
export function useCheck(id: () => Id) {
  const record = shallowRef<CheckRecord>()
  const problem = ref<AppError>()
  const refusal = ref<AppError>()
  const isSearched = ref(false)
  let busy = false
  /** Ids of acts that nobody has answered for, by what was sent: the same again is not done twice (L6). */
  const unanswered = new Map<string, Id>()

  async function load() {
    const wanted = id()
    const answer = await hub['check.read']({ id: wanted })
    // an answer that comes late belongs to a check that is no longer looked at
    if (wanted !== id()) return
    problem.value = answer.ok ? undefined : answer.error
    if (answer.ok) record.value = answer.value
    if (answer.ok && mayDo(courseOf(answer.value)).includes('try-identity')) void searchAhead(wanted)
  }

  /** The record is looked through while the caller is called back. What was found, nobody is told before that (R19). */
  async function searchAhead(wanted: Id) {
    const answer = await hub['check.search']({ id: wanted })
    if (wanted === id()) isSearched.value = answer.ok
  }
  watch(
    id,
    () => {
      record.value = undefined
      isSearched.value = false
      refusal.value = undefined
      unanswered.clear()
      return load()
    },
    { immediate: true }
  )

  /** What somebody else has done meanwhile is shown before anything is done over it (L7). */
  async function act<Sent extends object>(
    sent: Sent,
    send: (input: Sent & { id: Id; checkId: Id }) => Promise<Result<CheckRecord>>
  ): Promise<boolean> {
    if (busy) return false
    busy = true
    refusal.value = undefined
    const key = JSON.stringify(sent)
    const actId = unanswered.get(key) ?? newId()
    unanswered.set(key, actId)
    const answer = await send({ ...sent, id: actId, checkId: id() })
    busy = false
    if (answer.ok || answer.error.code !== 'fault') unanswered.delete(key)
    if (answer.ok) record.value = answer.value
    else refusal.value = answer.error
    if (!answer.ok && answer.error.code === 'changed-since') await load()
    return answer.ok
  }

  const tryIdentity = (sent: Omit<Input<'check.tryIdentity'>, 'id' | 'checkId'>) =>
    act(sent, hub['check.tryIdentity'])
  const answer = (children: DraftChild[]) => act({ children }, hub['check.answer'])
  const disclose = (answerId: Id) => act({ answerId }, hub['check.disclose'])

  return { record, problem, refusal, isSearched, load, tryIdentity, answer, disclose }
}
