import { computed, ref, watch } from 'vue'
import type { DraftKind } from '../../shared/draft/draft.ts'
import type { Id } from '../../shared/ids.ts'
import { useOpenForms, type FormBody, type OpenForm } from './openForms.ts'

/**
 * The form that a page shows, opened where it was left, or begun. It is saved as it is typed; `openForms.file` files
 * it. `failed`: it could not be opened.
 */
export function useFormDraft<K extends DraftKind>(
  kind: K,
  id: () => Id,
  begin: () => FormBody<K> | Promise<FormBody<K>>
) {
  const openForms = useOpenForms()
  const failed = ref(false)
  const form = computed(() => openForms.find(id()) as OpenForm<K> | undefined)

  async function open() {
    failed.value = false
    failed.value = !(await openForms.open(kind, id(), begin))
  }
  watch(id, open, { immediate: true })

  /** Puts what another window saved last in the place of what is here. */
  async function loadStored() {
    openForms.forget(id())
    await open()
  }

  return { form, failed, loadStored }
}
