import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  addSlot,
  createKeyFile,
  findSlot,
  openSlot,
  readKeyFile,
  writeKeyFile
} from '../../electron/account/keyFile.ts'
import { stretchingIn, type Stretching } from '../../electron/account/stretch.ts'
import { signedNew } from '../../electron/account/signed.ts'
import { prepare, readMigrations } from '../../db/migrate.ts'
import { connect, type Connection } from '../../db/open.ts'
import { account, accountRole, counter, school, setting } from '../../db/schema/index.ts'
import type { CivilDate, Instant } from '../../shared/ids.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { seedSettings } from '../../shared/setting/seeds.ts'
import { addDays, toInstant } from '../../shared/time/london.ts'
import { actsOf, type Act } from './acts.ts'
import { chanceFrom, type Chance } from './chance.ts'
import { daysOf } from './days.ts'
import type { Ledger } from './filing.ts'
import { asActor, colleagues, FIRST, PASSPHRASE, type Colleague } from './people.ts'
import { familyActsOf, type Registered } from './family/acts.ts'
import { auditing, inBulk, inserting, recording } from './record.ts'
import { someSchools } from './schools.ts'
import { stepDownsInto, type SteppedDown } from './stepDowns.ts'

/** A county to be made. The same numbers give the same rows, but for the keys, which are always new. */
export interface County {
  calls: number
  seed: number
  /** The last day on which somebody rang. */
  until: CivilDate
  /** Families that are in the record as well; it is the same without them but for that. */
  registered?: Registered
  /** Step-downs of ten years, of families that are in the record. */
  steppedDown?: SteppedDown
}

/** How far it has come; `share` from 0 to 1 where that is known. */
export type Progress = (step: string, share?: number) => void

const SCHOOLS = 600
const DESK_CODE = '7KQ3'
/** Fewer calls than this are the last three months of a quiet line, more are three years of the county's. */
const THREE_YEARS_FROM = 20_000
const QUIET_DAYS = 90
const COUNTY_DAYS = 1_096
const FAMILIES_OF_THREE_YEARS = 2_000
const ACTS_IN_ONE_TRANSACTION = 20_000

export const migrationsFolder = join(import.meta.dirname, '../../db/migrations')
/** Passphrases as dear to guess as at any desk. */
const atADesk: Stretching = stretchingIn(new URL('../../electron/account/keyThread.ts', import.meta.url))

/** Everything of a county that is there before the first call. */
export function ledgerOf(county: County): { ledger: Ledger; chance: Chance; begins: Instant } {
  const { calls, seed, until, registered } = county
  const isQuiet = calls < THREE_YEARS_FROM && (registered?.families ?? 0) < FAMILIES_OF_THREE_YEARS
  const chance = chanceFrom(seed)
  const settings = seedSettings()
  const from = addDays(until, 1 - (isQuiet ? QUIET_DAYS : COUNTY_DAYS))
  const begins = toInstant(addDays(from, -1), '09:00') ?? ''
  const at = Date.parse(begins)
  const rules = rulesOn(settings, from)
  const desk = { deviceId: chance.id(at), deskCode: DESK_CODE }
  const people = colleagues(chance, rules, at)
  const schools = someSchools(SCHOOLS, chance, rules.districts, asActor(people[0]!, desk, begins))
  return {
    ledger: { ...desk, settings, days: daysOf(settings, from, until), people, schools },
    chance,
    begins
  }
}

/** Makes a desk in `folder`, set up and full of calls: `desk.json`, the keys, and the encrypted record. */
export async function makeCounty(
  folder: string,
  county: County,
  say: Progress,
  stretching = atADesk
): Promise<void> {
  const { ledger, chance, begins } = ledgerOf(county)
  const store = join(folder, 'store')
  mkdirSync(store, { recursive: true, mode: 0o700 })
  const { deviceId, deskCode } = ledger
  writeFileSync(join(folder, 'desk.json'), `${JSON.stringify({ deviceId, deskCode }, null, 2)}\n`, {
    mode: 0o600
  })
  say('keys')
  const key = await makeKeys(store, ledger.people, stretching)
  const connection = connect({ file: join(store, 'desk.db'), key })
  try {
    prepare(connection, readMigrations(migrationsFolder))
    // apart from the other, so that what happens at the desk does not hang on how it is written down
    const ids = chanceFrom(~county.seed)
    setUp(connection, ledger, ids, begins)
    inBulk(
      connection,
      () => {
        doAll(connection, ledger, everythingDone(county, ledger, chance, begins), { ids, county, say })
        if (!county.steppedDown) return
        say('step-downs')
        const ofStepDowns = chanceFrom(county.seed ^ 0x57e9d0)
        connection.transaction(stepDownsInto)(connection, ledger, ofStepDowns, {
          ...county.steppedDown,
          until: county.until
        })
      },
      say
    )
  } finally {
    connection.close()
    key.fill(0)
  }
}

async function makeKeys(
  store: string,
  people: readonly Colleague[],
  stretching: Stretching
): Promise<Uint8Array> {
  const [first, ...others] = people.filter(({ opensTheDesk }) => opensTheDesk)
  const slot = ({ id, name }: Colleague) => ({ accountId: id, name, passphrase: PASSPHRASE })
  const made = await createKeyFile(stretching, slot(first!))
  let { file } = made
  for (const person of others) file = await addSlot(stretching, file, made.dataKey, slot(person))
  await writeKeyFile(store, file)
  return made.dataKey
}

/** The key of a county's record, by its first person's passphrase. The caller overwrites it. */
export async function keyOf(folder: string, stretching = atADesk): Promise<Uint8Array> {
  const keys = await readKeyFile(join(folder, 'store'), stretching.costs)
  const slot = keys && (await findSlot(stretching, keys.file, FIRST))
  const opened = keys && (await openSlot(stretching, keys.file, slot, PASSPHRASE))
  if (!opened) throw new Error(`${folder} is no desk that "npm run seed" has made`)
  return opened.dataKey
}

/** The desk as its first person sets it up: settings, colleagues and the directory. */
function setUp(connection: Connection, ledger: Ledger, chance: Chance, begins: string): void {
  const { settings, people, schools, deviceId } = ledger
  const first = people[0]!
  const signed = {
    ...signedNew(asActor(first, ledger, begins)),
    rowVersion: 1,
    deletedAt: null,
    deletedBy: null
  }
  const note = auditing(connection, chance, deviceId)
  const noteOf = (operation: string, id: string) =>
    note({ at: begins, by: first, operation, subjectIds: [id] })
  const insertSetting = inserting(connection, setting)
  const insertAccount = inserting(connection, account)
  const insertRole = inserting(connection, accountRole)
  const insertSchool = inserting(connection, school)
  connection.transaction(() => {
    for (const { recordedAt, value, ...row } of settings)
      insertSetting({ ...signed, ...row, value: JSON.stringify(value), createdAt: recordedAt })
    for (const { id, name, profession, status, roles, hubIds } of people) {
      insertAccount({ ...signed, id, name, profession, status })
      for (const role of roles)
        for (const localHubId of role === 'coordinator' ? hubIds : [''])
          insertRole({ ...signed, id: chance.id(Date.parse(begins)), accountId: id, role, localHubId })
      noteOf(id === first.id ? 'account.setUp' : 'account.add', id)
    }
    for (const row of schools) {
      insertSchool(row)
      noteOf('school.add', row.schoolId)
    }
  })()
}

/** Calls and what is done about families, in the order of time; each by its own chance, so that neither hangs on the other. */
export function everythingDone(
  { calls, seed, registered }: County,
  ledger: Ledger,
  chance: Chance,
  begins: Instant
): Iterable<Act> {
  const filed = actsOf(ledger, chance, calls)
  if (!registered) return filed
  return inOrder(familyActsOf(ledger, chanceFrom(seed ^ 0xfa3111e5), registered, begins), filed)
}

function* inOrder(one: Iterator<Act>, other: Iterator<Act>): Generator<Act> {
  let [a, b] = [one.next(), other.next()]
  while (!a.done || !b.done) {
    if (!a.done && (b.done || a.value.at <= b.value.at)) {
      yield a.value
      a = one.next()
    } else if (!b.done) {
      yield b.value
      b = other.next()
    }
  }
}

/** What a desk gives numbers to, by the name of their counter. */
const numbered = ['call', 'family', 'episode'] as const

function doAll(
  connection: Connection,
  ledger: Ledger,
  acts: Iterable<Act>,
  { ids, county, say }: { ids: Chance; county: County; say: Progress }
): void {
  const record = recording(connection, ids, ledger.deviceId)
  const counted = { call: 0, family: 0, episode: 0 }
  const total = county.calls + (county.registered?.families ?? 0)
  let done = 0
  connection.exec('BEGIN')
  for (const act of acts) {
    record(act)
    done += 1
    for (const name of numbered) counted[name] += act.rows[name]?.length ?? 0
    if (done % ACTS_IN_ONE_TRANSACTION !== 0) continue
    connection.exec('COMMIT; BEGIN')
    say(county.registered ? 'calls and families' : 'calls', (counted.call + counted.family) / total)
  }
  const count = inserting(connection, counter)
  for (const name of numbered) if (counted[name] > 0) count({ name, value: counted[name] })
  connection.exec('COMMIT')
}
