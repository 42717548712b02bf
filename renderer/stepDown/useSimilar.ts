import { watchDebounced } from '@vueuse/core'
import { computed, shallowRef } from 'vue'
import type { AppError } from '../../shared/errors.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import type { Similar, SimilarTo } from '../../shared/stepDown/similar.ts'
import { isChild, isEmptyStepDownPerson } from '../../shared/stepDown/told.ts'
import { hub } from '../hub.ts'
import { useMay } from '../session/useMay.ts'

const QUIET_MS = 400

/**
 * What may be of the same family as a step-down, typed or received (C7): asked again a moment after its people, its address
 * or the reference before it have changed. `similar`: undefined until there is an answer.
 */
export function useSimilar(stepDown: () => SimilarTo | undefined) {
  const may = useMay()
  const similar = shallowRef<Similar>()
  const problem = shallowRef<AppError>()

  /** What is gone by, as text, so that nothing is asked again for what the search does not go by; '' for nothing. */
  const wanted = computed(() => {
    const input = stepDown()
    return input && may('stepDown.similar') ? goneBy(input) : ''
  })

  async function ask() {
    const asked = wanted.value
    const answer = asked
      ? await hub['stepDown.similar'](JSON.parse(asked) as Input<'stepDown.similar'>)
      : undefined
    // an answer that comes late belongs to people who are no longer there
    if (asked !== wanted.value) return
    problem.value = answer?.ok === false ? answer.error : undefined
    similar.value = answer?.ok ? answer.value : undefined
  }
  watchDebounced(wanted, ask, { debounce: QUIET_MS, immediate: true })

  return { similar, problem, ask }
}

function goneBy({ stepDownId, people, address, previousReference }: SimilarTo): string {
  const children = people.filter((person) => isChild(person) && !isEmptyStepDownPerson(person))
  const isNothing = children.length === 0 && previousReference.trim() === ''
  // what is long and not gone by is not sent with every keystroke
  const asked = children.map((child) => ({ ...child, needs: '' }))
  return isNothing ? '' : JSON.stringify({ stepDownId, people: asked, address, previousReference })
}
