import type { DraftKind } from '../../shared/draft/draft.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { hub } from '../hub.ts'

/** The form of this kind about a keyworker that somebody has not finished, or a new one. */
export async function formToGoOnWith(kind: DraftKind, practitionerId: Id): Promise<Id> {
  const forms = await hub['draft.list']({})
  const begun = forms.ok
    ? forms.value.find((form) => form.kind === kind && form.practitionerId === practitionerId)
    : undefined
  return begun?.id ?? newId()
}
