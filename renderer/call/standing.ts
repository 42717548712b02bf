import type { CallDraft } from '../../shared/call/call.ts'
import { callBackDue } from '../../shared/call/due.ts'
import { gate, type Gate } from '../../shared/call/gate.ts'
import { countsAsInHours, tookPlaceAt } from '../../shared/call/tookPlace.ts'
import type { Instant } from '../../shared/ids.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import type { Setting } from '../../shared/setting/setting.ts'

export interface Standing {
  at: Instant
  /** The rules of the day the call took place. */
  rules: Rules
  gate: Gate
  inHours: boolean
  /** When a call-back is due, for a call that is out of hours. */
  opening: Instant | undefined
}

interface RulesInTime {
  settings: readonly Setting[]
  loaded: boolean
  rulesAt: (instant: Instant) => Rules
}

/** How a call stands by the rules of the moment it took place; in hours where no rules could be read. */
export function standingOf(draft: CallDraft, { settings, loaded, rulesAt }: RulesInTime): Standing {
  const at = tookPlaceAt(draft)
  const rules = rulesAt(at)
  const inHours = !loaded || countsAsInHours(settings, draft)
  return {
    at,
    rules,
    gate: gate(draft, rules),
    inHours,
    opening: inHours ? undefined : callBackDue(settings, { tookPlaceAt: at, inHours })
  }
}
