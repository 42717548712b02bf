import { ref } from 'vue'
import { everyStepDown } from '../../shared/stepDown/record.ts'

/** What the queue was narrowed to and how it was shown, and which step-down was opened from which place, for whoever comes back. */
export const queueView = ref({
  filter: { ...everyStepDown },
  isBoard: false,
  openedId: '',
  openedPlace: 0
})
