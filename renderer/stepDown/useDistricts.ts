import { onMounted } from 'vue'
import { useRules } from '../desk/useRules.ts'

/** Districts by the names that they go by today. */
export function useDistricts() {
  const rules = useRules()
  onMounted(rules.loadOnce)
  const districtName = (code: string): string =>
    rules.rulesAt(rules.now()).districts.find(({ key }) => key === code)?.name ?? ''
  return { districtName }
}
