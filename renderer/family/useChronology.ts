import type { ChronologyKind, ChronologyRow } from '../../shared/family/chronology.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { hub } from '../hub.ts'
import { useNarrowed } from '../ui/useNarrowed.ts'

/** What the chronology is narrowed to; empty parts narrow nothing. */
export interface ChronologyFilter {
  kinds: ChronologyKind[]
  personId: Id
  from: CivilDate
  to: CivilDate
}

export const everything: ChronologyFilter = { kinds: [], personId: '', from: '', to: '' }

/** The chronology of a family. */
export const useChronology = (familyId: () => Id) =>
  useNarrowed<ChronologyFilter, ChronologyRow>(everything, (filter, after) =>
    hub['family.chronology']({ id: familyId(), ...filter, after })
  )
