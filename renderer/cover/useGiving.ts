import { computed, watch } from 'vue'
import type { FamilyToCover } from '../../shared/cover/cover.ts'
import { loadDuring } from '../../shared/cover/loads.ts'
import { proposals, type Proposal } from '../../shared/cover/proposal.ts'
import type { Id } from '../../shared/ids.ts'
import type { Looked } from './usePreview.ts'

/** A row of either form: which family goes to whom. */
interface Part {
  familyId: Id
  episodeId: Id
  practitionerId: Id
  /** Of cover: nobody was found. */
  nobodyFound?: boolean
}

const FULL = 100

/**
 * The rows of a form in which families go to others: one for each family that is shown, in its order. A row of a family that
 * is shown no more stays in the form, for it may come back with other days, and is not sent.
 *
 * @param typed the rows of the form; undefined until it is open
 */
export function useGiving<P extends Part>(
  { preview, days, takers }: Looked,
  typed: () => P[] | undefined,
  empty: (family: FamilyToCover) => P
) {
  const families = computed(() => preview.value?.families ?? [])
  watch(
    [families, typed],
    () => {
      const rows = typed()
      const isMissing = ({ episodeId }: FamilyToCover) => !rows?.some((row) => row.episodeId === episodeId)
      rows?.push(...families.value.filter(isMissing).map(empty))
    },
    { immediate: true }
  )
  const rows = computed(() =>
    families.value.flatMap((family) => {
      const part = typed()?.find(({ episodeId }) => episodeId === family.episodeId)
      return part ? [{ family, part }] : []
    })
  )
  const parts = computed(() => rows.value.map(({ part }) => part))

  const givenTo = (family: FamilyToCover): Id => {
    const part = rows.value.find((row) => row.family.episodeId === family.episodeId)?.part
    return part && !part.nobodyFound ? part.practitionerId : ''
  }
  const proposed = computed(() =>
    days.value
      ? proposals(families.value, [...takers.value.values()], days.value, givenTo)
      : new Map<Id, Proposal>()
  )
  /** Whoever is proposed for a row where nobody is chosen yet. */
  const isOpen = (part: Part) => part.practitionerId === '' && !part.nobodyFound
  const canPropose = computed(() =>
    parts.value.some((part) => isOpen(part) && proposed.value.has(part.episodeId))
  )
  function takeProposals() {
    const all = proposed.value
    for (const part of parts.value.filter(isOpen))
      part.practitionerId = all.get(part.episodeId)?.practitionerId ?? ''
  }

  /** Who would hold more than they could, by name. */
  const over = computed(() => {
    const asked = days.value
    if (!asked) return []
    const chosen = new Set(families.value.map(givenTo))
    return [...takers.value.values()]
      .filter((taker) => chosen.has(taker.practitionerId))
      .map((taker) => ({ name: taker.name, ...loadDuring(taker, asked, families.value, givenTo) }))
      .filter(({ during }) => during.percent > FULL)
  })

  /** Whom the families go to, and how many each. */
  const given = computed(() =>
    [...takers.value.values()]
      .map(({ practitionerId: id, name }) => ({
        ...{ id, name },
        families: families.value.filter((family) => givenTo(family) === id).length
      }))
      .filter((each) => each.families > 0)
  )

  return { families, rows, parts, given, givenTo, proposed, canPropose, takeProposals, over }
}

/** What each row of a form knows of the others. */
export type Giving = Pick<
  ReturnType<typeof useGiving>,
  'families' | 'givenTo' | 'proposed' | 'canPropose' | 'takeProposals'
>
