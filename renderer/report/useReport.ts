import { computed, ref, shallowRef } from 'vue'
import { rangeOf, type Period } from '../../shared/report/period.ts'
import { typedRange, type ReportRange } from '../../shared/report/report.ts'
import type { Result } from '../../shared/errors.ts'
import { writeDate } from '../../shared/time/civilDate.ts'
import { useRules } from '../desk/useRules.ts'
import { useForm } from '../ui/useForm.ts'
import { londonDate, showDate } from '../words/dates.ts'
import { useShownDays } from './shownDays.ts'

/** How long somebody waits before they are told that the counting goes on. */
const PATIENCE_MS = 500

/**
 * A report of the days that are typed or chosen. `counting` tells that it is being counted, where that takes long. Other days
 * that are asked for meanwhile are counted next.
 */
export function useReport<R>(ask: (range: ReportRange) => Promise<Result<R>>, counting: string) {
  const rules = useRules()
  const shownDays = useShownDays()
  const form = useForm(typedRange, { from: '', to: '' })
  const report = shallowRef<R>()
  const range = ref<ReportRange>()
  const status = ref('')
  let asksAgain = false

  async function load() {
    asksAgain = form.busy.value
    if (asksAgain) return
    const telling = setTimeout(() => {
      status.value = counting
    }, PATIENCE_MS)
    let asked: ReportRange | undefined
    const result = await form.submit((typed) => {
      asked = typed
      return ask(typed)
    })
    clearTimeout(telling)
    status.value = ''
    if (result?.ok && asked) {
      report.value = result.value
      range.value = asked
      shownDays.days = asked
    }
    if (asksAgain) await load()
  }

  async function show({ from, to }: ReportRange) {
    if (form.busy.value) return
    form.values.from = writeDate(from)
    form.values.to = writeDate(to)
    await load()
  }

  const today = () => londonDate(rules.now())
  /** The days that were shown last, or the last twelve months. */
  const begin = () => show(shownDays.days ?? rangeOf('last-12-months', today()))
  const showPeriod = (period: Period) => show(rangeOf(period, today()))
  const isShown = (period: Period): boolean => {
    const { from, to } = rangeOf(period, today())
    return range.value?.from === from && range.value.to === to
  }
  /** "from 2 November 2026 to 8 November 2026" */
  const days = computed(() => {
    if (!range.value) return ''
    const { from, to } = range.value
    return from === to ? `on ${showDate(from)}` : `from ${showDate(from)} to ${showDate(to)}`
  })

  return { form, report, range, status, days, load, begin, showPeriod, isShown }
}
