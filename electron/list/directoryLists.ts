import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Agency } from '../../shared/agency/agency.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { mayBeGivenFamily, type Practitioner } from '../../shared/practitioner/practitioner.ts'
import type { School } from '../../shared/school/school.ts'
import { londonDate } from '../../shared/time/london.ts'
import { schoolStatusLabels } from '../../shared/words/labels.ts'
import { listAgencies } from '../agency/listAgencies.ts'
import { listPractitioners } from '../practitioner/listPractitioners.ts'
import { listSchools } from '../school/listSchools.ts'
import { date, number, phone, text, yesNo, type Column } from './column.ts'
import { everyRow, listOf, type FoundList } from './foundList.ts'

const schools: Column<School>[] = [
  text('School', ({ name }) => name),
  text('URN', ({ urn }) => urn),
  text('Kind', ({ typeName }) => typeName),
  text('Address', ({ address }) => address),
  text('Town', ({ town }) => town),
  text('Postcode', ({ postcode }) => postcode),
  text('District', ({ districtName }) => districtName),
  phone('Phone number', (school) => school.phone),
  text('Status', ({ status }) => schoolStatusLabels[status]),
  yesNo('To be checked', ({ toCheck }) => toCheck)
]

/** The schools of the directory, without whoever leads on safeguarding there: this list names nobody. */
export async function schoolsList(
  store: Store,
  narrowed: { text: string; toCheck: boolean },
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<FoundList> {
  const page = (after: string) => store.read((db) => listSchools(db, { ...narrowed, after }, actor))
  return listOf(schools, await everyRow(page, giveWay))
}

const agencies: Column<Agency>[] = [
  text('Agency', ({ name }) => name),
  text('Kind', ({ kind }) => kind),
  phone('Phone number', (agency) => agency.phone),
  text('Address', ({ address }) => address)
]

export async function agenciesList(
  store: Store,
  words: string,
  giveWay: () => Promise<void>
): Promise<FoundList> {
  const page = (after: string) => store.read((db) => listAgencies(db, { text: words, after }))
  return listOf(agencies, await everyRow(page, giveWay))
}

const practitionersOn = (today: CivilDate): Column<Practitioner>[] => [
  text('Practitioner', ({ name }) => name),
  text('Role', ({ role }) => role),
  text('Agency or school', ({ employerName }) => employerName),
  phone('Main number', ({ mainNumber }) => mainNumber),
  date('Trained on', ({ trainedOn }) => trainedOn),
  date('Registered on', ({ registeredOn }) => registeredOn),
  yesNo('May be given a family', (practitioner) => mayBeGivenFamily(practitioner, today)),
  number('Families now', ({ load }) => load.held),
  date('Away until', ({ awayUntil }) => awayUntil),
  date('Last day', ({ leftOn }) => leftOn)
]

export async function practitionersList(
  store: Store,
  words: string,
  actor: Actor,
  giveWay: () => Promise<void>
): Promise<FoundList> {
  const page = (after: string) => store.read((db) => listPractitioners(db, { text: words, after }, actor))
  return listOf(practitionersOn(londonDate(actor.now)), await everyRow(page, giveWay))
}
