import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CannotOpen } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Account, OpeningStep, Session, SetUpInput } from '../../shared/account/account.ts'
import { formatRecoveryKey } from '../../shared/account/recoveryKey.ts'
import { Refusal, type Result } from '../../shared/errors.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { RecordName } from '../ipc/databaseMessages.ts'
import { openDatabase, type Database } from '../ipc/database.ts'
import type { SaveQuestion } from '../shell/file.ts'
import type { Log } from '../shell/log.ts'
import type { MakeWord } from '../export/makeWord.ts'
import type { PrintedPage } from '../shell/print.ts'
import { forgetPending, readAttempts } from './attempts.ts'
import type { DeskFile } from './deskFile.ts'
import { wipe } from './keyFile.ts'
import type { KeyFile } from './keyFileFormat.ts'
import type { Stretching } from './stretch.ts'

export type Person = Pick<Account, 'id' | 'name' | 'roles' | 'profession' | 'hubIds'>

/** A recovery key on the screen, and what happens once two of its groups are typed back. */
interface ToConfirm {
  file: KeyFile
  dataKey: Uint8Array
  recoveryKey: string
  ask: [number, number]
  then: { kind: 'set-up'; input: SetUpInput; accountId: string } | { kind: 'recovered'; accountId: string }
}

export type State =
  | { stage: 'set-up' }
  | { stage: 'locked' }
  | ({ stage: 'recovery-key' } & ToConfirm)
  | { stage: 'new-passphrase'; dataKey: Uint8Array; slotId: string; accountId: string; name: string }
  | { stage: 'open'; dataKey: Uint8Array; person: Person; database: Database }

/** What the session is made of. No Electron: main hands in what only it can do. */
export interface Surroundings {
  userData: string
  migrationsFolder: string
  databaseThread: URL
  nativeBinding: string | undefined
  stretching: Stretching
  trial: boolean
  desk: DeskFile
  now: () => string
  log: Log
  /** Asks the page to save what is typed; resolves when it has, or after a second. */
  flush: () => Promise<void>
  /** Puts a fresh document in the place of the page's: nothing typed or shown stays in its memory. */
  replacePage: () => void
  closeWindow: () => void
  hideFromRecordings: (hidden: boolean) => void
  /** Asks the person for a file. Undefined: cancelled. */
  chooseFile: (question: { title: string; name: string; extensions: string[] }) => Promise<string | undefined>
  /** Asks the person where to save a file. Undefined: cancelled. */
  chooseSavePath: (question: SaveQuestion) => Promise<string | undefined>
  makeWord: MakeWord
  /** @throws Refusal not-printed */
  printPdf: (page: PrintedPage) => Promise<Uint8Array>
  /** Ends what is being printed, and takes its window away. */
  stopPrinting: (page?: PrintedPage) => void
}

/** Who sits at the desk, and the key while somebody does. Held by main alone. */
export interface Desk {
  readonly surroundings: Surroundings
  readonly folders: { store: string; being: string }
  state: State
  deskCode: string
  /** The last of the acts that change who sits here: each waits for the one before. */
  turn: Promise<unknown>
  /** What the record is going through on its way to being open. */
  step: OpeningStep | ''
}

/** The set-up folder becomes the store by one rename: killed before, set-up starts again. */
export function startSession(surroundings: Surroundings): Desk {
  const folders = {
    store: join(surroundings.userData, 'store'),
    being: join(surroundings.userData, 'store.new')
  }
  return {
    surroundings,
    folders,
    state: { stage: existsSync(folders.store) ? 'locked' : 'set-up' },
    deskCode: surroundings.desk.deskCode,
    turn: Promise.resolve(),
    step: ''
  }
}

/** One act at a time: a screen that is locked while a passphrase is being tried leaves the desk locked. */
export function inTurn<T>(desk: Desk, act: () => T | Promise<T>): Promise<T> {
  const mine = desk.turn.then(act)
  desk.turn = mine.catch(() => undefined)
  return mine
}

/** What the page may know. */
export function view({ state, step, deskCode, surroundings: { trial, now } }: Desk): Session {
  switch (state.stage) {
    case 'set-up':
      return { stage: 'set-up', trial, deskCode }
    case 'locked':
      return { stage: 'locked', trial, waitMs: 0, step }
    case 'new-passphrase':
      return { stage: 'new-passphrase', trial }
    case 'recovery-key':
      return {
        stage: 'recovery-key',
        trial,
        recoveryKey: formatRecoveryKey(state.recoveryKey),
        ask: [...state.ask]
      }
    case 'open':
      return { stage: 'open', trial, deskCode, account: state.person, now: now() }
  }
}

/** Who acts. Nobody while the desk is not open. */
export function actorOf(desk: Desk): Actor | undefined {
  return desk.state.stage === 'open' ? actorFor(desk, desk.state.person) : undefined
}

export function actorFor({ surroundings, deskCode }: Desk, person: Omit<Person, 'name'>): Actor {
  return {
    id: person.id,
    roles: person.roles,
    profession: person.profession,
    hubIds: person.hubIds,
    deviceId: surroundings.desk.deviceId,
    deskCode,
    now: surroundings.now()
  }
}

/** Before the record is open nobody's roles are known; what main then writes needs none. */
export const nobodyYet = (desk: Desk, accountId: string): Actor =>
  actorFor(desk, { id: accountId, roles: [], profession: 'other', hubIds: [] })

/** @throws CannotOpen */
export async function openRecord(
  desk: Desk,
  dataKey: Uint8Array,
  folder = desk.folders.store
): Promise<Database> {
  const { databaseThread, migrationsFolder, nativeBinding, log } = desk.surroundings
  const opening = openDatabase({
    thread: databaseThread,
    file: join(folder, 'desk.db'),
    key: dataKey,
    migrationsFolder,
    nativeBinding,
    onStep: (step) => {
      desk.step = step
      if (step === 'copying') log.event('migration-started')
    },
    onRefused: (reason, fault) => log.event('database-refused', { ...fault, reason }),
    onFault: (operation, reference, fault) =>
      log.event('operation-fault', { ...fault, operation, reference }),
    onLost: () => void lock(desk)
  })
  return opening.finally(() => {
    desk.step = ''
  })
}

/** The value of something that main writes into the record. @throws Refusal */
export async function written<T = unknown>(answer: Promise<Result<unknown>>): Promise<T> {
  const result = await answer
  if (!result.ok) throw new Refusal(result.error)
  return result.value as T
}

export const record = <T = unknown>(desk: Desk, name: RecordName, input: unknown): Promise<T> => {
  const actor = actorOf(desk)
  if (desk.state.stage !== 'open' || !actor) throw new Refusal({ code: 'locked' })
  return written<T>(desk.state.database.record(name, input, actor))
}

/**
 * A person may walk away while a dialog is open, and the desk lock: whoever answers it then does nothing. A desk that was
 * locked meanwhile, while something was read, asks nobody anything.
 *
 * @throws Refusal locked
 */
export function sameSession(desk: Desk): () => void {
  const { state } = desk
  if (state.stage !== 'open') throw new Refusal({ code: 'locked' })
  return () => {
    if (desk.state !== state) throw new Refusal({ code: 'locked' })
  }
}

/** Opens the record for a person whose passphrase was right, and audits the attempts before it. @throws Refusal */
export async function enter(desk: Desk, dataKey: Uint8Array, accountId: string): Promise<Session> {
  const { store } = desk.folders
  let database: Database | undefined
  try {
    database = await openRecord(desk, dataKey)
    const { pending } = await readAttempts(store)
    const failures = pending.map(({ id, at, bucket, accountId: whose }) => ({
      ...{ id, at, accountId: whose ?? '' },
      tried: bucket === 'recovery' ? 'recovery-key' : 'passphrase'
    }))
    const person = await written<Person>(
      database.record('account.unlock', { accountId, failures }, nobodyYet(desk, accountId))
    )
    await forgetPending(
      store,
      pending.map(({ id }) => id)
    )
    desk.state = { stage: 'open', dataKey, person, database }
    // not waited for: a folder that answers slowly keeps nobody from their work
    void database.record('export.endUnfinished', {}, nobodyYet(desk, accountId))
    await followSettings(desk)
    desk.surroundings.log.event('desk-unlocked', { id: accountId })
    return view(desk)
  } catch (error) {
    // a stage that held the key is over with it: nothing may be done with noughts in its place
    if (desk.state.stage !== 'locked') desk.surroundings.replacePage()
    desk.state = { stage: 'locked' }
    await database?.close()
    wipe(dataKey)
    throw error
  }
}

/** What main itself goes by in the settings: from the unlock on, and from a change on. */
export async function followSettings(desk: Desk): Promise<void> {
  const actor = actorOf(desk)
  if (desk.state.stage !== 'open' || !actor) return
  const { settings } = await written<Output<'setting.list'>>(
    desk.state.database.run('setting.list', {}, actor)
  )
  const { hideFromRecordings } = rulesOn(settings, londonDate(actor.now)).screen
  desk.surroundings.hideFromRecordings(hideFromRecordings)
}

/** A person who has changed their own roles acts by the new ones at once. */
export async function followOwnRoles(desk: Desk): Promise<void> {
  const { state } = desk
  const actor = actorOf(desk)
  if (state.stage !== 'open' || !actor) return
  const accounts = await written<Account[]>(state.database.run('account.list', {}, actor))
  const { roles, profession, hubIds } = accounts.find(({ id }) => id === actor.id) ?? actor
  state.person = { ...state.person, roles: [...roles], profession, hubIds: [...hubIds] }
}

/**
 * Locks the desk: waits for the page's last save, replaces its document, ends the database thread and overwrites the
 * key. What is half typed stays in the record, for the same person only (L2).
 */
export const lock = (desk: Desk): Promise<void> => inTurn(desk, () => lockNow(desk))

/** For an act that has its turn. */
export async function lockNow(desk: Desk): Promise<void> {
  const before = desk.state
  if (before.stage === 'set-up' || before.stage === 'locked') return
  if (before.stage === 'open') await desk.surroundings.flush()
  desk.state = { stage: existsSync(desk.folders.store) ? 'locked' : 'set-up' }
  desk.surroundings.replacePage()
  if (before.stage === 'open') {
    // asked before the thread is told to end, and not waited for: one that is busy ends all the same
    void before.database.record('account.lock', {}, actorFor(desk, before.person))
    desk.surroundings.stopPrinting()
    await before.database.close()
  }
  wipe(before.dataKey)
  desk.surroundings.log.event('desk-locked')
}

/** What a person can be told when the record does not open. */
export function cannotOpen(error: unknown): unknown {
  return error instanceof CannotOpen ? new Refusal({ code: 'refused', reason: error.problem }) : error
}
