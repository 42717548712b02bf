import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { triageRowsQuery, type TriageRowsQuery } from '../../shared/report/triage.ts'

type Behind = Omit<TriageRowsQuery, 'after'>

/** Which rows, as an address has it: whoever comes back finds the same ones. */
export const toRowsQuery = ({ range, hubId, measure, key }: Behind): LocationQueryRaw => ({
  ...range,
  measure,
  ...(key === '' ? {} : { key }),
  ...(hubId === '' ? {} : { hubId })
})

/** Undefined where somebody has written nonsense there. */
export function fromRowsQuery({
  from,
  to,
  measure,
  key = '',
  hubId = ''
}: LocationQuery): Behind | undefined {
  const asked = triageRowsQuery.omit({ after: true }).safeParse({ range: { from, to }, measure, key, hubId })
  return asked.data
}
