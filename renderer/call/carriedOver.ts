import type { CallDraft, DraftChild, FiledCall } from '../../shared/call/call.ts'
import { newId } from '../../shared/ids.ts'

type FiledChild = FiledCall['children'][number]

/**
 * What a further call begins with: the children and the school of the call that it goes on from, and the link to it
 * (L20). Never what that caller said, or what was advised.
 */
export function carriedOver({ id, schoolId, schoolName, children }: FiledCall): Partial<CallDraft> {
  return {
    ...(schoolId ? { callerKind: 'school', schoolId, schoolText: schoolName } : {}),
    ...(children.length > 0 ? { children: children.map(asTyped) } : {}),
    links: [{ callId: id, kind: 'further' }]
  }
}

/** A child of a filed call as a form holds it, as somebody new. */
export const asTyped = (child: FiledChild): DraftChild => ({
  id: newId(),
  name: child.name,
  birth: birthAsTyped(child),
  upn: child.upn,
  relation: child.relation,
  address: child.address
})

/** As `readBirth` reads it: `3/9/2015`, `age 7`. */
function birthAsTyped({ birthDate, ageYears }: FiledChild): string {
  if (birthDate) return birthDate.split('-').map(Number).reverse().join('/')
  return ageYears === null ? '' : `age ${String(ageYears)}`
}
