import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Instant } from '../../shared/ids.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import type { Setting } from '../../shared/setting/setting.ts'
import { londonDate } from '../../shared/time/london.ts'
import { hub } from '../hub.ts'

/** The dated settings as the page knows them, and the clock that the desk goes by. */
export const useRules = defineStore('rules', () => {
  const settings = shallowRef<Setting[]>([])
  const loaded = computed(() => settings.value.length > 0)
  /** How far the desk's clock is ahead of the page's. */
  let aheadMs = 0
  const byDate = new Map<string, Rules>()

  async function load(): Promise<void> {
    const answer = await hub['setting.list']({})
    if (!answer.ok) return
    aheadMs = Date.parse(answer.value.now) - Date.now()
    byDate.clear()
    settings.value = answer.value.settings
  }

  async function loadOnce(): Promise<void> {
    if (!loaded.value) await load()
  }

  function now(): Instant {
    return new Date(Date.now() + aheadMs).toISOString()
  }

  /** The rules in force on the day of an instant. */
  function rulesAt(instant: Instant): Rules {
    const date = londonDate(instant)
    const rules = byDate.get(date) ?? rulesOn(settings.value, date)
    if (loaded.value) byDate.set(date, rules)
    return rules
  }

  return { settings, loaded, load, loadOnce, now, rulesAt }
})

/** The desk's time, told again every so often. */
export function useNow(everyMs: number) {
  const rules = useRules()
  const now = ref(rules.now())
  const tell = () => {
    now.value = rules.now()
  }
  const timer = setInterval(tell, everyMs)
  // with the settings comes the desk's own time
  watch(() => rules.settings, tell)
  onScopeDispose(() => {
    clearInterval(timer)
  })
  return now
}
