import type { CallDraft } from '../../shared/call/call.ts'
import { LINK_LIMIT, type CallLink, type LinkKind } from '../../shared/call/link.ts'
import type { Id } from '../../shared/ids.ts'

type Linked = Pick<CallDraft, 'links'>

/** What the adviser said of an earlier call; undefined where nothing was said (L15). */
export const saidOf = ({ links }: Linked, callId: Id): LinkKind | undefined =>
  links.find((link) => link.callId === callId)?.kind

/** Says one thing of an earlier call, in the place of what was said before. */
export function say(draft: Linked, callId: Id, kind: LinkKind): void {
  draft.links = [...room(draft.links.filter((link) => link.callId !== callId)), { callId, kind }]
}

export function takeBack(draft: Linked, callId: Id): void {
  draft.links = draft.links.filter((link) => link.callId !== callId)
}

/** Where the list is full, the first "none of these" gives way: what has to do with the call is never lost. */
function room(links: CallLink[]): CallLink[] {
  if (links.length < LINK_LIMIT) return links
  const first = links.findIndex(({ kind }) => kind === 'not-related')
  return links.filter((_, at) => at !== first)
}
