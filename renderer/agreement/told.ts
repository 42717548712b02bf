import { ref } from 'vue'
import type { Id } from '../../shared/ids.ts'

/** What a form did last, for the family's page that is shown after it. */
export const toldOfFamily = ref<{ familyId: Id; words: string }>()
