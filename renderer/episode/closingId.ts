import { closureKinds, type ClosureKind, type EpisodeRecord } from '../../shared/episode/episode.ts'
import { naturalId, type Id } from '../../shared/ids.ts'

type Closed = Pick<EpisodeRecord, 'id' | 'closures'>

/** One unfinished form of each kind for each person, so that whoever comes back goes on with theirs; another after a reopening. */
export const closingId = ({ id, closures }: Closed, kind: ClosureKind, accountId: Id): Id =>
  naturalId('closing', id, kind, accountId, String(closures.filter(({ reopened }) => reopened).length))

/** Which form an address is of; one that was begun before the assessment was closed and reopened is known by its draft alone. */
export const kindOfClosing = (closed: Closed, formId: Id, accountId: Id): ClosureKind =>
  closureKinds.find((kind) => closingId(closed, kind, accountId) === formId) ?? 'closed'
