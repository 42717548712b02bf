import { ref } from 'vue'
import { everyStepDown } from '../../shared/stepDown/record.ts'

/** What the queue was narrowed to and how it was shown, and the step-down that was opened from it, for whoever comes back. */
export const queueView = ref({
  filter: { ...everyStepDown },
  isBoard: false,
  openedId: ''
})
