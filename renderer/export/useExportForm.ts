import { computed, nextTick, onMounted, ref, shallowRef, watch } from 'vue'
import type { CaseNotesExport } from '../../shared/export/caseNotes.ts'
import {
  isGroundAsked,
  problemsWithExport,
  problemsWithSelection,
  type ExportAbout
} from '../../shared/export/problems.ts'
import type { Id } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { useOpenForms } from '../draft/openForms.ts'
import { useFormDraft } from '../draft/useFormDraft.ts'
import { useProblems } from '../draft/useProblems.ts'
import { hub } from '../hub.ts'
import { fieldErrors } from '../words/errors.ts'
import { useCaseNotesExports } from './caseNotesExports.ts'

/**
 * "Export case notes" as it is typed, of a family or of a call: its preview, and its file.
 *
 * @param id the form's
 * @param about what the record knows of what is exported
 */
export function useExportForm(id: () => Id, begin: () => CaseNotesExport, about: () => ExportAbout) {
  const exports = useCaseNotesExports()
  const openForms = useOpenForms()
  const { form, failed, loadStored } = useFormDraft('export', id, begin)
  const draft = computed(() => form.value?.draft)
  const isUnagreed = computed(() => !!draft.value && isGroundAsked(draft.value, about()))
  const { errors, errorFor, show } = useProblems(
    () => draft.value,
    () => (draft.value ? problemsWithExport(draft.value, about()) : [])
  )

  onMounted(() => void exports.look())

  const preview = shallowRef<Output<'export.preview'>>()
  // what was counted is not what is asked for any more
  watch(draft, () => (preview.value = undefined), { deep: true })
  const previewing = ref(false)
  async function look() {
    const typed = draft.value
    if (!typed || previewing.value) return
    const problems = problemsWithSelection(typed, about())
    await show(problems)
    if (problems.length > 0) return
    previewing.value = true
    const answer = await hub['export.preview']({ ...typed })
    previewing.value = false
    if (!answer.ok) return show(fieldErrors(answer.error))
    preview.value = answer.value
    await nextTick()
    document.getElementById('export-preview')?.focus()
  }

  async function save() {
    const typed = draft.value
    if (!typed) return
    const problems = problemsWithExport(typed, about())
    await show(problems)
    if (problems.length > 0) return
    // what is sent is what is stored: nothing may be saved after it, or the draft would be there again
    await openForms.flush(id())
    const error = await exports.save({ ...typed, kinds: [...typed.kinds] })
    if (error) await show(fieldErrors(error))
  }

  return { form, failed, loadStored, draft, errors, errorFor, isUnagreed, preview, previewing, look, save }
}

export type TypedExport = ReturnType<typeof useExportForm>
