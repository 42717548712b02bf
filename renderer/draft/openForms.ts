import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { draftBodies, type DraftForm, type DraftKind, type FormDraftRow } from '../../shared/draft/draft.ts'
import type { Result } from '../../shared/errors.ts'
import type { Id, Instant } from '../../shared/ids.ts'
import { useRules } from '../desk/useRules.ts'
import { hub } from '../hub.ts'
import { onFlush } from '../session/flush.ts'
import { useSession } from '../session/useSession.ts'
import { keepDraft, savedInTime, troubleOf, type DraftStore, type Keeper, type Kept } from './keepDraft.ts'

export type FormBody<K extends DraftKind = DraftKind> = Extract<DraftForm, { kind: K }>['body']

/** A form other than a call that is being typed, on the screen or not. */
export type OpenForm<K extends DraftKind = DraftKind> = K extends DraftKind
  ? Kept<FormBody<K>> & { readonly kind: K; filing: boolean }
  : never

/** Whoever typed in a form so lately is in the middle of it; one left longer ago waits on the desk. */
const JUST_NOW_MS = 30 * 60_000

/** What is typed in forms: it outlives the page that shows it, so that looking something up loses nothing. */
export const useOpenForms = defineStore('open-forms', () => {
  const session = useSession()
  const rules = useRules()
  const forms = ref<OpenForm[]>([])
  /** Set when the window was to close, or a form to be left, with something unsaved: asks what to do with it. */
  const leaving = ref<'' | 'window' | { id: Id }>('')
  const keepers = new Map<Id, Keeper>()
  let wasAsked = false

  const unsaved = computed(() =>
    forms.value.filter(({ state }) => state === 'not-saved' || state === 'saving')
  )
  const find = (id: Id) => forms.value.find((form) => form.id === id)

  /**
   * Opens the form of this id where it was left, or begins it. Nothing of a new one is stored before the first
   * keystroke (L4). Undefined where it could not be asked for.
   */
  async function open<K extends DraftKind>(
    kind: K,
    id: Id,
    begin: () => FormBody<K> | Promise<FormBody<K>>
  ): Promise<OpenForm<K> | undefined> {
    if (!find(id)) {
      const stored = await hub['draft.open']({ id })
      if (!stored.ok && stored.error.code !== 'not-found') return undefined
      const saved = stored.ok && stored.value.form.kind === kind ? stored.value : undefined
      const body = saved?.form.body ?? (await begin())
      // asked for twice at the same time
      if (!find(id)) show(kind, body, saved ?? { saves: 0, savedAt: '' })
    }
    const form = find(id)
    return form?.kind === kind ? (form as OpenForm<K>) : undefined
  }

  function show(kind: DraftKind, draft: FormBody, { saves, savedAt }: { saves: number; savedAt: Instant }) {
    forms.value.push({
      id: draft.id,
      kind,
      draft,
      state: savedAt ? 'saved' : 'untouched',
      saves,
      savedAt,
      trouble: '',
      filing: false
    } as OpenForm)
    const form = find(draft.id)
    if (form) keepers.set(draft.id, keepDraft(form, storeOf(kind)))
  }

  /**
   * After unlocking or starting again: the form that was being typed just now; undefined for none. Once for each page,
   * which is made anew whenever the desk locks.
   */
  async function interrupted(): Promise<FormDraftRow | undefined> {
    if (wasAsked) return undefined
    wasAsked = true
    await rules.loadOnce()
    const answer = await hub['draft.list']({})
    const since = Date.parse(rules.now()) - JUST_NOW_MS
    return answer.ok ? answer.value.find(({ savedAt }) => Date.parse(savedAt) >= since) : undefined
  }

  async function flush(id: Id): Promise<boolean> {
    return (await keepers.get(id)?.flush()) ?? true
  }

  async function flushAll(): Promise<boolean> {
    const saved = await Promise.all([...keepers.keys()].map(flush))
    return saved.every(Boolean)
  }

  /**
   * Files a form by `send`. No save may come after it: it would bring the draft back. Tried twice, because a fault may
   * have lost the answer and not the filing (L6). Undefined where it is being filed already.
   */
  async function file<T>(id: Id, send: () => Promise<Result<T>>): Promise<Result<T> | undefined> {
    const form = find(id)
    if (!form || form.filing) return undefined
    form.filing = true
    const keeper = keepers.get(id)
    await keeper?.pause()
    const first = await send()
    const answer = first.ok || first.error.code !== 'fault' ? first : await send()
    form.filing = false
    if (answer.ok) {
      forget(id)
      return answer
    }
    if (answer.error.code !== 'invalid') form.trouble = troubleOf(answer.error)
    keeper?.goOn()
    if (form.state === 'saving' || form.state === 'not-saved') keeper?.typed()
    return answer
  }

  /**
   * Files a form about a record that somebody may have changed meanwhile (L7): 'stale' where it is another one than was
   * looked at. Nobody changed the form itself, which goes on being saved.
   */
  async function fileUnlessStale<T>(
    id: Id,
    send: () => Promise<Result<T>>
  ): Promise<Result<T> | 'stale' | undefined> {
    let isStale = false
    const answer = await file(id, async () => {
      const sent = await send()
      isStale = !sent.ok && sent.error.code === 'changed-since'
      return isStale ? { ok: false, error: { code: 'invalid', fields: [] } } : sent
    })
    return isStale ? 'stale' : answer
  }

  /** Leaves a form for later once what is typed is saved; asks first where it could not be. */
  async function leave(id: Id): Promise<boolean> {
    if (!(await flush(id))) {
      leaving.value = { id }
      return false
    }
    forget(id)
    return true
  }

  /** Drops a form from this page's memory, saved or not; what was saved stays under "My unfinished". */
  function forget(id: Id) {
    void keepers.get(id)?.pause()
    keepers.delete(id)
    forms.value = forms.value.filter((form) => form.id !== id)
  }

  // what one person typed is never in the page when another unlocks the desk (L2)
  watch(
    () => session.account?.id,
    () => {
      for (const { id } of forms.value) forget(id)
      leaving.value = ''
    }
  )
  onFlush(async () => {
    if (await savedInTime(flushAll())) return
    // the window stays open for this question; a lock goes on regardless
    leaving.value = 'window'
    throw new Error('What is typed could not be saved')
  })

  return {
    forms,
    leaving,
    unsaved,
    find,
    open,
    interrupted,
    flush,
    flushAll,
    file,
    fileUnlessStale,
    leave,
    forget
  }
})

/** A form as it is stored: a kind and the body of that kind. */
export const asDraftForm = ({ kind, draft }: OpenForm): DraftForm => ({ kind, body: draft }) as DraftForm

/** Where a form of this kind is stored. That the body is the kind's own, the other side checks again. */
function storeOf(kind: DraftKind): DraftStore<FormBody> {
  return {
    schema: draftBodies[kind],
    save: (body: FormBody, savedBefore: number) =>
      hub['draft.save']({ form: { kind, body } as DraftForm, savedBefore }),
    async open(id: Id) {
      const answer = await hub['draft.open']({ id })
      if (!answer.ok) return answer
      const { form, ...saved } = answer.value
      return { ok: true as const, value: { draft: form.body, ...saved } }
    }
  }
}
