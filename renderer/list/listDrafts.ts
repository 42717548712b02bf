import { reactive } from 'vue'
import { emptyListExport, type ListExport, type ListName, type ListQuery } from '../../shared/list/list.ts'
import { newId } from '../../shared/ids.ts'

export type ListDraft = Omit<ListExport, 'query'>

/** What was typed for the export of a list and not saved yet: it is there when the dialog is opened again. */
const drafts = reactive(new Map<ListName, ListDraft>())

export function draftOf(query: ListQuery): ListDraft {
  const { query: _query, ...empty } = emptyListExport(newId(), query)
  if (!drafts.has(query.list)) drafts.set(query.list, empty)
  return drafts.get(query.list) ?? empty
}

export function forgetDraft(list: ListName): void {
  drafts.delete(list)
}
