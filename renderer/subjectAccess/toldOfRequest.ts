import { ref } from 'vue'
import type { Id } from '../../shared/ids.ts'

/** What was recorded last, for the request's page that is shown after it. */
export const toldOfRequest = ref<{ requestId: Id; words: string }>()
