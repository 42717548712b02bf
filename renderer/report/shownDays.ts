import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { ReportRange } from '../../shared/report/report.ts'

/** The days that the reports were last shown for: back from the calls behind a number, they are shown again. */
export const useShownDays = defineStore('shown-days', () => {
  const days = ref<ReportRange>()
  return { days }
})
