import type { TeamMember } from '../../shared/meeting/meeting.ts'
import { actionOwners, type ActionOwner } from '../../shared/plan/plan.ts'
import type { Id } from '../../shared/ids.ts'

/** Whose an action is, as one choice of a list: what they are and which one; `name` is somebody who is in no list. */
export interface Owner {
  owner: ActionOwner
  ownerId: Id
  ownerName: string
}

export const ownerKey = ({ owner, ownerId }: Pick<Owner, 'owner' | 'ownerId'>): string =>
  `${owner} ${ownerId}`

/** The choice that a key names, by the names of the list. */
export function ownerOf(key: string, options: readonly { value: string; name: string }[]): Owner {
  const [what = '', ownerId = ''] = key.split(' ')
  const owner = actionOwners.find((each) => each === what) ?? 'name'
  return { owner, ownerId, ownerName: options.find(({ value }) => value === key)?.name ?? '' }
}

/** `Priya Shah, family support worker, Lantern Trust` */
export const memberWords = ({
  name,
  role,
  agencyName
}: Pick<TeamMember, 'name' | 'role' | 'agencyName'>): string =>
  [name, role.toLowerCase(), agencyName].filter(Boolean).join(', ')
