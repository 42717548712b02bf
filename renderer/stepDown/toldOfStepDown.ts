import { ref } from 'vue'
import type { Id } from '../../shared/ids.ts'

/** What a form did last, for the step-down's page that is shown after it. */
export const toldOfStepDown = ref<{ stepDownId: Id; words: string }>()
