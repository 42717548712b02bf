import { lines, otherKinds, outcomes } from '../../shared/call/call.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { inForce } from '../../shared/setting/inForce.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import type { Setting, SettingKind } from '../../shared/setting/setting.ts'
import { addDays } from '../../shared/time/london.ts'

/** What the desk cannot do without on any day: these change, but never end. */
const needed: Partial<Record<SettingKind, readonly string[]>> = {
  'opening-hours': ['hub'],
  'hub-callers': ['hub'],
  line: lines,
  'contact-number': ['police', 'childrens-services'],
  signpost: otherKinds,
  outcome: outcomes,
  'local-hub': [COUNTY_HUB_ID],
  'follow-up': ['hub'],
  agreement: ['hub'],
  locking: ['desk'],
  screen: ['desk']
}

/** Whether something is missing on some day from `from` on: a value that is needed, every level, a district's hub. */
export function leavesGap(settings: readonly Setting[], from: CivilDate): boolean {
  return turningDays(settings, from).some((day) => hasGap(settings, day))
}

/** The days on which what is in force may change. */
function turningDays(settings: readonly Setting[], from: CivilDate): CivilDate[] {
  const days = settings.flatMap(({ validFrom, validTo }) => [validFrom, validTo && addDays(validTo, 1)])
  return [from, ...new Set(days.filter((day) => day > from))]
}

function hasGap(settings: readonly Setting[], on: CivilDate): boolean {
  const keysOf = (kind: SettingKind) => new Set(inForce(settings, kind, on).map(({ key }) => key))
  const isMissing = ([kind, keys]: [SettingKind, readonly string[]]) => {
    const there = keysOf(kind)
    return keys.some((key) => !there.has(key))
  }
  const hubs = keysOf('local-hub')
  return (
    (Object.entries(needed) as [SettingKind, readonly string[]][]).some(isMissing) ||
    inForce(settings, 'level-of-need', on).length === 0 ||
    inForce(settings, 'district', on).some(({ value }) => !hubs.has(value.hubId))
  )
}
