import { computed, ref, shallowRef } from 'vue'
import type { AppError, Result } from '../../shared/errors.ts'
import { newId, type Id } from '../../shared/ids.ts'
import type { ItemCounts, ItemFilter, ItemsPage, ShownItem } from '../../shared/subjectAccess/goingThrough.ts'
import type { Decided } from '../../shared/subjectAccess/subjectAccess.ts'
import { hub } from '../hub.ts'
import { nothingDecided } from './itemWords.ts'

/** An item and what is to be decided of it. */
export interface ToDecide {
  item: Pick<ShownItem, 'itemId' | 'sha256'>
  before: Decided | null
  after: Decided
}

/** In one act: more are sent one after the other. */
const AT_ONCE = 100

const decidedIn = ({ fate, reason, note, spans, withoutFiles }: Decided): Decided => ({
  ...{ fate, reason, note, spans, withoutFiles }
})

/** The items of an answer, a page of them at a time, and what is decided of each. Every decision is stored at once. */
export function useItems(requestId: () => Id) {
  const filter = ref<ItemFilter>('to-decide')
  const page = shallowRef<ItemsPage>()
  const problem = ref<AppError>()
  const loading = ref(false)
  const at = ref(0)
  /** Where each page before this one began. */
  const before = ref<string[]>([])
  let begins = ''

  const item = computed(() => page.value?.rows[at.value])
  const counts = computed<ItemCounts | undefined>(() => page.value?.counts)

  async function read(after: string): Promise<boolean> {
    loading.value = true
    const asked = { requestId: requestId(), filter: filter.value, after }
    const answer = await hub['subjectAccess.items'](asked)
    // an answer that comes late is of what is no longer looked at
    if (asked.requestId !== requestId() || asked.filter !== filter.value) return false
    loading.value = false
    problem.value = answer.ok ? undefined : answer.error
    if (!answer.ok) return false
    begins = after
    page.value = answer.value
    at.value = 0
    return true
  }

  async function show(wanted: ItemFilter = filter.value): Promise<boolean> {
    filter.value = wanted
    before.value = []
    return read('')
  }

  async function nextPage(): Promise<boolean> {
    const next = page.value?.next
    if (!next) return false
    const from = begins
    const isThere = await read(next)
    if (isThere) before.value.push(from)
    return isThere
  }

  async function pageBefore(): Promise<void> {
    const from = before.value.at(-1)
    if (from !== undefined && (await read(from))) before.value.pop()
  }

  /** The same page again, on the same item where it is still there. */
  async function readAgain(): Promise<void> {
    const here = item.value?.itemId
    if (!(await read(begins))) return
    at.value = Math.max(0, page.value?.rows.findIndex(({ itemId }) => itemId === here) ?? 0)
  }

  /** Each decision waits for the one before it: what was pressed last counts. */
  let last: Promise<unknown> = Promise.resolve()
  const undoable = ref<ToDecide[][]>([])

  async function send(batch: readonly ToDecide[]): Promise<AppError | undefined> {
    for (let from = 0; from < batch.length; from += AT_ONCE) {
      const some = batch.slice(from, from + AT_ONCE)
      const answer: Result<ItemCounts> = await hub['subjectAccess.decide']({
        requestId: requestId(),
        decisions: some.map(({ item: { itemId, sha256 }, after }) => ({
          ...after,
          ...{ id: newId(), itemId, itemSha256: sha256 }
        }))
      })
      if (!answer.ok) return answer.error
      keep(some, answer.value)
    }
    return undefined
  }

  function keep(some: readonly ToDecide[], newCounts: ItemCounts): void {
    if (!page.value) return
    const decided = new Map(some.map(({ item: { itemId }, after }) => [itemId, after]))
    page.value = {
      ...page.value,
      counts: newCounts,
      rows: page.value.rows.map((row) => {
        const after = decided.get(row.itemId)
        if (!after) return row
        return {
          ...row,
          decided: { ...after, byName: row.decided?.byName ?? '', at: row.decided?.at ?? '' },
          state: after.fate === 'open' ? 'to-decide' : after.fate,
          hasChanged: false
        }
      })
    }
  }

  function decide(batch: readonly ToDecide[]): Promise<AppError | undefined> {
    const mine = last.then(async () => {
      const error = await send(batch)
      if (!error) undoable.value.push([...batch])
      return error
    })
    last = mine
    return mine
  }

  /** Takes the last act back: a decision like any other. */
  function undo(): Promise<AppError | undefined> {
    const mine = last.then(async () => {
      const batch = undoable.value.at(-1)
      if (!batch) return undefined
      const back = batch.map(({ item: of, before: was, after }) => ({
        ...{ item: of, before: after, after: was ? decidedIn(was) : nothingDecided() }
      }))
      const error = await send(back)
      if (!error) undoable.value.pop()
      return error
    })
    last = mine
    return mine
  }

  return {
    ...{ filter, page, problem, loading, at, before, item, counts, undoable },
    ...{ show, nextPage, pageBefore, readAgain, decide, undo }
  }
}
export type Items = ReturnType<typeof useItems>
