// From a key to a Desk that can be used, without the stretching of the passphrase: the thread, the file, the unlock's
// row in the audit, and everything that the Desk asks for before it shows itself; at county size against a thousand
// calls, taken in turn.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { actorOf, enter, lock, startSession } from '../electron/account/session.ts'
import { stretchingIn } from '../electron/account/stretch.ts'
import { keyOf, migrationsFolder } from '../scripts/county/county.ts'
import { everyCall } from '../shared/call/filter.ts'
import { copyOf, COUNTY, inTurn, NOW, openDesk, VILLAGE } from './desk.ts'
import { atMostTimes, say } from './figures.ts'

const ROUNDS = 30

/** As the build made it: the thread of the application does not compile itself first. */
const built = (file: string) => new URL(`../out/main/${file}`, import.meta.url)
const notHere = () => Promise.reject(new Error('Nobody is there to be asked'))

/** Unlocks and locks one desk over and over. */
async function unlocking(calls: number): Promise<() => Promise<number>> {
  const userData = await copyOf(calls)
  const key = await keyOf(userData)
  const { store, actor } = await openDesk(userData, calls)
  store.close()
  const desk = startSession({
    userData,
    migrationsFolder,
    databaseThread: built('database.js'),
    stretching: stretchingIn(built('key.js')),
    nativeBinding: undefined,
    trial: false,
    desk: JSON.parse(readFileSync(join(userData, 'desk.json'), 'utf8')) as {
      deviceId: string
      deskCode: string
    },
    now: () => NOW,
    log: { event: () => undefined, fault: () => undefined },
    flush: () => Promise.resolve(),
    replacePage: () => undefined,
    closeWindow: () => undefined,
    hideFromRecordings: () => undefined,
    chooseFile: notHere,
    chooseSavePath: notHere,
    makeWord: notHere,
    printPdf: notHere,
    stopPrinting: () => undefined
  })
  return async () => {
    const from = performance.now()
    await enter(desk, Uint8Array.from(key), actor.id)
    await home()
    const ms = performance.now() - from
    await lock(desk)
    return ms
  }

  async function home(): Promise<void> {
    if (desk.state.stage !== 'open') throw new Error('The desk is locked')
    const { database } = desk.state
    const by = actorOf(desk)!
    const today = NOW.slice(0, 10)
    const answers = await Promise.all([
      database.run('setting.list', {}, by),
      database.run('account.names', {}, by),
      database.run('call.drafts', {}, by),
      database.run('call.colleaguesDrafts', {}, by),
      database.run('call.due', { whose: 'mine' }, by),
      database.run(
        'call.list',
        { filter: { ...everyCall, mine: true, from: today, to: today }, sort: 'newest', after: '' },
        by
      )
    ])
    for (const answer of answers) if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  }
}

const county = await unlocking(COUNTY)
const village = await unlocking(VILLAGE)
say('unlocking')
const taken = await inTurn(ROUNDS, { county, village })
atMostTimes(
  { name: `Unlock to a usable Desk, ${COUNTY.toLocaleString('en-GB')} calls`, unit: 'ms' },
  1.5,
  taken.county,
  `${VILLAGE.toLocaleString('en-GB')} calls`,
  taken.village
)
