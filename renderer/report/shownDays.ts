import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { FlowStep } from '../../shared/report/period.ts'
import type { ReportRange } from '../../shared/report/report.ts'

/**
 * What the reports were last shown for: back from the rows behind a number, it is shown again. Of triage also a local hub,
 * '' for all, and by what its flow is counted; undefined while nobody has chosen.
 */
export const useShownDays = defineStore('shown-days', () => {
  const days = ref<ReportRange>()
  const hubId = ref('')
  const step = ref<FlowStep>()
  return { days, hubId, step }
})
