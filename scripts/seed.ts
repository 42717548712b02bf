// Makes a desk to try: invented people, schools and calls, in a folder of its own.
//
//   npm run seed                              into ./demo-desk, 300 calls
//   npm run seed -- --folder=/somewhere --calls=20000
//   npm start -- --user-data-dir=./demo-desk
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fakerEN_GB as faker } from '@faker-js/faker'
import { settleDesk } from '../electron/account/deskFile.ts'
import { actorOf, lock, startSession } from '../electron/account/session.ts'
import { confirmRecoveryKey, setUp } from '../electron/account/setUp.ts'
import { stretchingIn } from '../electron/account/stretch.ts'
import { emptyCall, otherKinds, outcomes, type CallDraft } from '../shared/call/call.ts'
import { newId } from '../shared/ids.ts'
import type { Input, Output } from '../shared/ipc/contract.ts'
import type { Operation } from '../shared/ipc/operations.ts'

const NAME = 'Morgan Ellis'
const PASSPHRASE = 'quiet river lantern moss'
const SCHOOLS = 60
const DAY_MS = 86_400_000

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'demo-desk' },
    calls: { type: 'string', default: '300' },
    again: { type: 'string', default: '7' }
  }
})
const userData = resolve(values.folder)
const calls = Number(values.calls)
if (existsSync(join(userData, 'store'))) throw new Error(`There is a desk in ${userData} already.`)
faker.seed(Number(values.again))

let now = new Date(Date.now() - 90 * DAY_MS)
const source = (file: string) => new URL(`../electron/${file}`, import.meta.url)
const desk = startSession({
  userData,
  migrationsFolder: join(import.meta.dirname, '../db/migrations'),
  databaseThread: source('ipc/databaseThread.ts'),
  stretching: stretchingIn(source('account/keyThread.ts')),
  nativeBinding: undefined,
  trial: false,
  desk: await settleDesk(userData),
  now: () => now.toISOString(),
  log: { event: () => undefined, fault: () => undefined },
  flush: () => Promise.resolve(),
  replacePage: () => undefined,
  closeWindow: () => undefined,
  hideFromRecordings: () => undefined,
  chooseFile: () => Promise.resolve(undefined)
})

async function run<N extends Operation>(name: N, input: Input<N>): Promise<Output<N>> {
  const actor = actorOf(desk)
  if (desk.state.stage !== 'open' || !actor) throw new Error('The desk is locked')
  const result = await desk.state.database.run(name, input, actor)
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`)
  return result.value as Output<N>
}

const shown = await setUp(desk, {
  name: NAME,
  role: 'triage-manager',
  profession: 'social-worker',
  hubIds: [],
  passphrase: PASSPHRASE,
  passphraseAgain: PASSPHRASE,
  deskCode: '7KQ3'
})
if (shown.stage !== 'recovery-key') throw new Error(shown.stage)
const groups = shown.recoveryKey.split('-')
await confirmRecoveryKey(desk, {
  groups: shown.ask.map((number) => ({ number, typed: groups[number - 1] ?? '' }))
})

const { settings } = await run('setting.list', {})
const districts = settings.filter(({ kind }) => kind === 'district').map(({ key }) => key)
const schools: { id: string; name: string }[] = []
for (let n = 0; n < SCHOOLS; n += 1) {
  const { id, name } = await run('school.add', {
    id: newId(),
    name: `${faker.person.lastName()} ${faker.helpers.arrayElement(['Primary School', 'Academy', 'Infant School', 'School'])}`,
    typeGroup: faker.helpers.arrayElement([
      'Academies',
      'Local authority maintained schools',
      'Independent schools'
    ]),
    typeName: '',
    address: faker.location.streetAddress(),
    town: faker.helpers.arrayElement([
      'Hertford',
      'Watford',
      'Stevenage',
      'Hitchin',
      'Tring',
      'Ware',
      'Hatfield'
    ]),
    postcode: '',
    district: faker.helpers.arrayElement(districts),
    phone: `01632 960${faker.string.numeric(3)}`,
    leadName: faker.person.fullName(),
    toCheck: faker.datatype.boolean(0.1)
  })
  schools.push({ id, name })
}

const concerns = [
  'Arrived without lunch for the third time this week and was tearful when asked about home.',
  'A bruise on the upper arm. The account of how it happened changed during the day.',
  'Attendance has fallen to 62 per cent since September and calls home go unanswered.',
  'Told a teaching assistant that there had been shouting at night and that the police came.',
  'Mum has said that she is finding it hard to cope since the move and would welcome help.'
]

function aCall(): CallDraft {
  const school = faker.helpers.arrayElement(schools)
  const base = {
    ...emptyCall(newId(), newId(), now.toISOString()),
    seconds: faker.number.int({ min: 120, max: 1_800 })
  }
  if (faker.datatype.boolean(0.12)) {
    const otherKind = faker.helpers.arrayElement(otherKinds)
    return { ...base, callerKind: 'someone-else', otherKind, outcome: 'turned-away' }
  }
  return {
    ...base,
    callerKind: 'school',
    schoolId: school.id,
    schoolText: school.name,
    callerName: faker.person.fullName(),
    callerRole: faker.helpers.arrayElement(['Designated safeguarding lead', 'Head teacher', 'Pastoral lead']),
    callerPhone: `01632 960${faker.string.numeric(3)}`,
    mayLeaveMessage: faker.datatype.boolean(),
    consultedContinuum: faker.datatype.boolean(),
    spokeToLead: faker.datatype.boolean(),
    parentsKnow: faker.helpers.arrayElement(['yes', 'no', 'not-asked'] as const),
    children: Array.from({ length: faker.number.int({ min: 1, max: 3 }) }, () => ({
      id: newId(),
      name: faker.person.fullName(),
      birth: faker.date.birthdate({ mode: 'age', min: 4, max: 16 }).toISOString().slice(0, 10),
      upn: '',
      relation: '',
      address: ''
    })),
    concern: faker.helpers.arrayElement(concerns),
    level: faker.helpers.arrayElement(['', 'targeted', 'intensive']),
    levelWhy: 'More than one need, and help so far has not been enough.',
    advice:
      'Talk with the family, record what they say in their own words, and complete the contact form today if the child says more.',
    outcome: faker.helpers.arrayElement(outcomes.filter((each) => each !== 'turned-away')),
    actions: [{ id: newId(), what: 'Ring the school to hear what happened', who: NAME, byWhen: '' }]
  }
}

for (let n = 0; n < calls; n += 1) {
  now = new Date(now.getTime() + (90 * DAY_MS) / calls)
  const draft = aCall()
  const level = draft.level === '' ? { levelWhy: '' } : {}
  await run('call.file', { ...draft, ...level })
  if (n % 500 === 499) process.stdout.write(`  ${n + 1} of ${calls} calls\n`)
}
await lock(desk)
process.stdout.write(
  `A desk with ${SCHOOLS} schools and ${calls} calls is in ${userData}\n` +
    `Open it:  npm start -- --user-data-dir=${values.folder}\n` +
    `Name: ${NAME}   Passphrase: ${PASSPHRASE}   (invented people; never use it for real ones)\n`
)
