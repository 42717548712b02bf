import { formsOf } from '../../../electron/school/words.ts'
import type { Instant } from '../../../shared/ids.ts'
import { fold } from '../../../shared/person/fold.ts'
import { COUNTY_HUB_ID } from '../../../shared/setting/seeds.ts'
import type { Act } from '../acts.ts'
import type { Chance } from '../chance.ts'
import { untouched, type Ledger, type Rows } from '../filing.ts'
import { personName } from '../names.ts'
import { somewhere } from '../places.ts'
import { workingActs } from './working.ts'

const AGENCIES = 60
/** A county has so many people who work with families; smaller records have one for every ten families. */
const PRACTITIONERS = 2_000
const FAMILIES_EACH = 10

const firsts = ['Lantern', 'Bridge', 'Harbour', 'Kite', 'Acorn', 'Compass', 'Beacon', 'Stepping Stones']
const seconds = ['Trust', 'Family Centre', 'Project', 'Community Health', 'Partnership', 'Housing Support']
const kinds = ['Charity', 'Health trust', 'Council team', 'Housing association']
const jobs = ['Family support worker', 'Health visitor', 'Youth worker', 'School nurse', 'Pastoral lead']

/** Agencies and practitioners, all entered in the directory at one moment by the desk's first person. */
export function* directoryActs(
  ledger: Ledger,
  chance: Chance,
  families: number,
  at: Instant
): Generator<Act> {
  const by = ledger.people[0]!
  const moment = Date.parse(at)
  const written = { hubId: COUNTY_HUB_ID, createdAt: at, createdBy: by.id, deviceId: ledger.deviceId }
  const agencies = Array.from({ length: AGENCIES }, (_, index) => newAgency(chance, moment, index))
  for (const { id, rowVersion, ...details } of agencies) {
    const { name, kind, address, phone } = details
    const words = fold([name, kind, address, ...formsOf(phone)].join(' '))
    const row = { ...written, ...untouched(written), ...details, id, sortKey: fold(name), words }
    yield act('agency.save', { id, rowVersion, ...details }, { agency: [row] })
  }
  const schools = ledger.schools.filter(({ status, toCheck }) => status === 'open' && !toCheck)
  const count = Math.min(PRACTITIONERS, Math.ceil(families / FAMILIES_EACH))
  for (let index = 0; index < count; index += 1) {
    const isAtSchool = chance.yes(0.4)
    const employerId = isAtSchool ? chance.pick(schools).schoolId : chance.pick(agencies).id
    const id = chance.id(moment)
    const details = newPractitioner(chance, isAtSchool ? 'school' : 'agency', employerId)
    const words = fold([details.name, details.role, ...formsOf(details.phone)].join(' '))
    const row = { ...written, ...untouched(written), ...details, id, sortKey: fold(details.name), words }
    const stays = { leftOn: '', leftWhy: '' }
    yield act(
      'practitioner.save',
      { id, rowVersion: 0, ...details },
      { practitioner: [{ ...row, ...stays }] }
    )
    yield* workingActs(ledger, chance, row, at)
  }

  function act(operation: string, input: { id: string; rowVersion: number }, rows: Rows): Act {
    return { at, by, operation, subjectIds: [input.id], rows, input }
  }
}

function newAgency(chance: Chance, moment: number, index: number) {
  const name = `${firsts[index % firsts.length]!} ${seconds[Math.floor(index / firsts.length) % seconds.length]!}`
  const { street, town, postcode } = somewhere(chance, '')
  return {
    id: chance.id(moment),
    name: index < firsts.length * seconds.length ? name : `${town} ${name}`,
    kind: chance.pick(kinds),
    phone: `01632 960${String(index).padStart(3, '0')}`,
    address: `${street}, ${town}, ${postcode}`,
    rowVersion: 0
  }
}

/** Trained and registered, before the county begins: each may be given a family (R23). */
function newPractitioner(chance: Chance, employer: 'agency' | 'school', employerId: string) {
  const name = personName(chance)
  return {
    name,
    role: chance.pick(jobs),
    employer,
    employerId,
    phone: `07700 900${String(chance.below(1_000)).padStart(3, '0')}`,
    email: '',
    trainedOn: '2022-01-12',
    standardsOn: '2022-02-02',
    registeredOn: '2022-02-09'
  }
}
