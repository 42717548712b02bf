import { computed, inject, provide, watch, type ComputedRef, type InjectionKey } from 'vue'
import type { CallDraft } from '../../shared/call/call.ts'
import { useRules } from '../desk/useRules.ts'
import { useOpenCalls, type OpenCall } from './openCalls.ts'
import { standingOf, type Standing } from './standing.ts'

export interface TheCall {
  call: OpenCall
  draft: CallDraft
  standing: ComputedRef<Standing>
  /** A caller the hub is not for, filed as turned away: the rest of the form is not needed. */
  isTurnAway: ComputedRef<boolean>
  errorFor: (path: string) => string | undefined
}

const key: InjectionKey<TheCall> = Symbol('the call')

/** Makes one open call known to every part of its form. */
export function provideCall(call: OpenCall): TheCall {
  const rules = useRules()
  const openCalls = useOpenCalls()
  const standing = computed(() => standingOf(call.draft, rules))
  const theCall: TheCall = {
    call,
    draft: call.draft,
    standing,
    isTurnAway: computed(
      () => standing.value.gate.answer === 'turned-away' && call.draft.outcome === 'turned-away'
    ),
    errorFor: (path) => call.errors.find((error) => error.path === path)?.message
  }

  // an error goes once its field is right; a new one comes only with "File call"
  watch(
    () => call.draft,
    () => {
      if (call.errors.length === 0) return
      const problems = openCalls.problems(call)
      call.errors = call.errors.filter(({ path }) => problems.some((problem) => problem.path === path))
    },
    { deep: true }
  )

  provide(key, theCall)
  return theCall
}

export function useCall(): TheCall {
  const theCall = inject(key)
  if (!theCall) throw new Error('This is part of a call form')
  return theCall
}
