import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { AppError, Result } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'
import type { LetterDraft } from '../../shared/letter/letter.ts'
import type { OpenForm } from '../draft/openForms.ts'
import { hub } from '../hub.ts'

/** A name is typed in several strokes: the letter is filled in after the last. */
const TYPING_MS = 300

/** A letter's words, typed or filled in. */
interface Words {
  subject: string
  body: string
}

/** A form with a letter in it, as `openForms` keeps it. */
interface FormWithLetter<D> {
  draft: D
  state: string
}

/**
 * Fills in the letter that was chosen, and again when it is another one or to somebody else, for as long as nobody has
 * changed its words. What somebody typed is replaced by `replace` alone.
 *
 * @param sourceOf what of a form the words are filled in from
 * @param ask the letter for what a form says so far; undefined while none is chosen
 */
export function useFilled<D extends Words & { id: Id }, F extends Words>(
  form: () => FormWithLetter<D> | undefined,
  sourceOf: (typed: D) => string,
  ask: (typed: D) => Promise<Result<F>> | undefined
) {
  const filled = shallowRef<F>()
  const problem = ref<AppError>()
  /** The words that were put in last, and from what. */
  const put = shallowRef({ subject: '', body: '', source: '' })

  const draft = computed(() => form()?.draft)
  const source = computed(() => (draft.value ? sourceOf(draft.value) : ''))
  const isKept = computed(() => {
    const { subject = '', body = '' } = draft.value ?? {}
    return (subject + body).trim() !== '' && (subject !== put.value.subject || body !== put.value.body)
  })
  /** They are somebody's own words by now, for another letter or another person than what is chosen. */
  const isOther = computed(() => isKept.value && put.value.source !== source.value)

  async function fill(replaces: boolean) {
    const typed = draft.value
    const asked = source.value
    const answer = typed && (await ask(typed))
    // an answer that comes late is of a letter that is no longer wanted
    if (!answer || asked !== source.value) return
    problem.value = answer.ok ? undefined : answer.error
    if (!answer.ok) return
    filled.value = answer.value
    if (isKept.value && !replaces) return
    const { subject, body } = answer.value
    put.value = { subject, body, source: asked }
    Object.assign(typed, { subject, body })
  }

  // of one that was left and gone on with nobody knows any more what was filled in: its words are somebody's own
  watch(
    () => draft.value?.id,
    () => {
      const opened = form()
      if (!opened) return
      const { subject, body } = opened.draft
      const own = opened.state === 'untouched' ? { subject, body } : { subject: '', body: '' }
      put.value = { ...own, source: source.value }
    },
    { immediate: true }
  )
  let waiting: number | undefined
  let filling = Promise.resolve()
  function begin(): void {
    clearTimeout(waiting)
    waiting = undefined
    filling = fill(false)
  }
  watch(
    source,
    (_now, before) => {
      clearTimeout(waiting)
      if (before) waiting = window.setTimeout(begin, TYPING_MS)
      else begin()
    },
    { immediate: true }
  )
  onScopeDispose(() => {
    clearTimeout(waiting)
  })

  /** Before a letter is made: it has the last words that were typed, however fast the button was pressed. */
  async function settle(): Promise<void> {
    if (waiting !== undefined) begin()
    await filling
  }

  return { filled, problem, isOther, settle, retry: () => fill(false), replace: () => fill(true) }
}

/** The letter to a family that was chosen, filled in for what a form says so far. */
export const filledFor = ({ familyId, episodeId, aboutId, template, toPersonId, toName }: LetterDraft) =>
  hub['letter.fill']({ familyId, episodeId, aboutId, template, toPersonId, toName: toName.slice(0, 200) })

/** `useFilled` for a letter to a family. */
export const useFilledLetter = (form: () => OpenForm<'letter'> | undefined) =>
  useFilled(
    form,
    ({ template, aboutId, toPersonId, toName }) => JSON.stringify([template, aboutId, toPersonId, toName]),
    (typed) => (typed.template === '' ? undefined : filledFor(typed))
  )
