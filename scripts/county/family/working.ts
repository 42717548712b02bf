import type { Id, Instant } from '../../../shared/ids.ts'
import { rulesOn } from '../../../shared/setting/inForce.ts'
import { addDays, londonDate } from '../../../shared/time/london.ts'
import type { Act } from '../acts.ts'
import type { Chance } from '../chance.ts'
import { untouched, type Ledger } from '../filing.ts'

/** Of how many something is said, and how many are away at the end of the county's days. */
const SAID = 0.8
const AWAY = 0.2
const weeks = ['12345', '12345', '1234', '135', '234', '45'] as const
const caseloads = [8, 10, 12, 12, 15] as const

/** When a practitioner works and, of a few, that they are away, entered at the same moment as they are. */
export function* workingActs(
  ledger: Ledger,
  chance: Chance,
  practitioner: { id: Id; hubId: Id },
  at: Instant
): Generator<Act> {
  const by = ledger.people[0]!
  const moment = Date.parse(at)
  const practitionerId = practitioner.id
  const written = { createdAt: at, createdBy: by.id, deviceId: ledger.deviceId }
  if (chance.yes(SAID)) {
    const { districts } = rulesOn(ledger.settings, londonDate(at))
    const home = chance.pick(districts)
    const beside = districts.filter(({ hubId }) => hubId === home.hubId).map(({ key }) => key)
    const id = chance.id(moment)
    const said = {
      ...{ practitionerId, validFrom: londonDate(at), weekdays: chance.pick(weeks) },
      ...{ termTimeOnly: chance.yes(0.2), fullTimeFamilies: chance.pick(caseloads) }
    }
    yield {
      ...{ at, by, operation: 'keyworker.savePattern', subjectIds: [practitionerId, id] },
      rows: {
        workingPattern: [
          { ...written, hubId: home.hubId, id, ...said, districts: beside.toSorted().join(' ') }
        ]
      },
      input: { id, ...said, districts: beside }
    }
  }
  if (chance.yes(AWAY)) {
    const id = chance.id(moment)
    const last = ledger.days.at(-1)!.date
    const booked = {
      ...{ practitionerId, kind: chance.pick(['leave', 'sickness', 'training'] as const), note: '' },
      ...{ fromDay: addDays(last, -chance.below(10)), toDay: addDays(last, chance.between(3, 20)) }
    }
    const row = { ...written, hubId: practitioner.hubId }
    yield {
      ...{ at, by, operation: 'keyworker.bookAbsence', subjectIds: [practitionerId, id] },
      rows: { absence: [{ ...row, ...untouched(row), id, ...booked, cancelledWhy: '' }] },
      input: { id, ...booked }
    }
  }
}
