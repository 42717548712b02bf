import type { MemberRow, MemberRole } from '../../shared/family/family.ts'
import type { Id } from '../../shared/ids.ts'
import type { Input } from '../../shared/ipc/contract.ts'
import { readDate } from '../../shared/time/civilDate.ts'

/** What becomes of somebody's place in a family. */
export const placeWays = ['leaves', 'moves', 'role', 'in-error'] as const
export type PlaceWay = (typeof placeWays)[number]

export const placeWayLabels: Record<PlaceWay, string> = {
  leaves: 'Leaves the family',
  moves: 'Moves to another family',
  role: 'Is something else in the family',
  'in-error': 'Should not be in this family at all'
}

export interface Placing {
  way: PlaceWay
  role: MemberRole
  /** As typed: the last day here, or the first day there. */
  on: string
  toFamilyId: Id
  toFamilyText: string
  reason: string
}

const readDay = (typed: string): string => readDate(typed) || typed.trim()

/** A new version of the membership: it ends, has another role, or never was. */
export function changedFrom(
  { way, role, on, reason }: Placing,
  member: MemberRow,
  id: Id
): Record<keyof Input<'family.changeMember'>, unknown> {
  const { ofId, familyId, validFrom, validTo } = member
  return {
    id,
    ofId,
    basedOn: member.id,
    familyId,
    role: way === 'role' ? role : member.role,
    validFrom,
    validTo: way === 'leaves' ? readDay(on) : validTo,
    inError: way === 'in-error',
    reason
  }
}

/** The end of the membership here and the beginning of one there, in one act. */
export function movedFrom(
  { role, on, toFamilyId, reason }: Placing,
  { id: basedOn, ofId, familyId }: MemberRow,
  { id, joiningId }: { id: Id; joiningId: Id }
): Record<keyof Input<'family.moveMember'>, unknown> {
  return { id, ofId, basedOn, familyId, joiningId, toFamilyId, role, on: readDay(on), reason }
}
