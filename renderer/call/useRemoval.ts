import { shallowRef } from 'vue'

/** Taking a row away without a question first, and putting it back where it was. */
export function useRemoval<Row extends object>(rows: Row[]) {
  const removed = shallowRef<{ row: Row; at: number }>()

  function remove(at: number) {
    const [row] = rows.splice(at, 1)
    if (row) removed.value = { row, at }
  }

  function putBack() {
    if (removed.value) rows.splice(removed.value.at, 0, removed.value.row)
    removed.value = undefined
  }

  return { removed, remove, putBack }
}
