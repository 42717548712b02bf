import { watchDebounced } from '@vueuse/core'
import { computed, ref } from 'vue'
import type { CallDraft, DraftChild } from '../../shared/call/call.ts'
import type { EarlierCall, EarlierFamily } from '../../shared/call/earlier.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { hub } from '../hub.ts'
import { saidOf, say, takeBack } from './saidOf.ts'
import { useCall } from './theCall.ts'

const QUIET_MS = 400

/**
 * "Have we spoken before?" (C5): the earlier calls about the children, or from the school, of the call being typed,
 * and what the adviser says of them. Asked again a moment after either has changed.
 */
export function useEarlierCalls() {
  const { call, draft } = useCall()
  /** How many days back was looked; 0 until there is an answer to what stands there now. */
  const days = ref(0)
  const failed = ref(false)
  const families = ref<EarlierFamily[]>([])

  /** What is gone by, as text, so that nothing is asked again for what the search does not go by; '' for nothing. */
  const wanted = computed(() => {
    const input = goneBy(draft)
    return input ? JSON.stringify(input) : ''
  })

  async function ask() {
    const asked = wanted.value
    const answer = asked ? await hub['call.spokenBefore'](JSON.parse(asked) as Asked) : undefined
    // an answer that comes late belongs to children who are no longer there
    if (asked !== wanted.value) return
    failed.value = answer?.ok === false
    days.value = answer?.ok ? answer.value.days : 0
    families.value = answer?.ok ? answer.value.families : []
    show(answer?.ok ? answer.value.calls : [])
  }
  watchDebounced(wanted, ask, { debounce: QUIET_MS, immediate: true })

  /** What was marked stays in sight though it is no longer found, so that it can be taken back. */
  function show(found: EarlierCall[]) {
    const marked = call.earlier.filter(
      ({ callId }) =>
        saidOf(draft, callId) === 'related' && !found.some((earlier) => earlier.callId === callId)
    )
    call.earlier = [...found, ...marked]
  }

  const saidNothingOf = computed(() => call.earlier.filter(({ callId }) => !saidOf(draft, callId)))
  const saidNotOf = computed(() =>
    call.earlier.filter(({ callId }) => saidOf(draft, callId) === 'not-related')
  )

  /** "None of these" (L15): recorded for each that nothing was said of. */
  function noneOfThese() {
    for (const { callId } of saidNothingOf.value) say(draft, callId, 'not-related')
  }

  function undoNone() {
    for (const { callId } of saidNotOf.value) takeBack(draft, callId)
  }

  return { days, failed, families, ask, saidNothingOf, saidNotOf, noneOfThese, undoNone }
}

type Asked = Input<'call.spokenBefore'>

const saysWho = ({ name, birth, upn, address }: DraftChild) =>
  [name, birth, upn, address].some((text) => text.trim() !== '')

/** The school of a school's call and the children of whom anything is known; undefined where there is neither. */
function goneBy({ id, startedAt, callerKind, schoolId, children }: CallDraft): Asked | undefined {
  const school = callerKind === 'school' ? schoolId : ''
  const known = children.filter(saysWho)
  if (!school && known.length === 0) return undefined
  return { callId: id, startedAt, schoolId: school, children: known }
}
