import type { FamilyToCover } from '../../shared/cover/cover.ts'
import { Refusal } from '../../shared/errors.ts'
import type { Id } from '../../shared/ids.ts'

/**
 * Lets no family be forgotten, and none be given away that is theirs no more: what was looked at is what stands.
 *
 * @throws Refusal changed-since
 */
export function mustNameAll(
  parts: readonly { familyId: Id; episodeId: Id }[],
  families: readonly FamilyToCover[]
): void {
  const named = new Map(parts.map(({ episodeId, familyId }) => [episodeId, familyId]))
  const isSame =
    parts.length === families.length &&
    families.every(({ episodeId, familyId }) => named.get(episodeId) === familyId)
  if (!isSame) throw new Refusal({ code: 'changed-since' })
}
