import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settleDesk } from '../../electron/account/deskFile.ts'
import { addPerson, changeDeskCode, giveOneTimePassphrase, stopAccess } from '../../electron/account/letIn.ts'
import { actorOf, lock, record, startSession, view, type Desk } from '../../electron/account/session.ts'
import { confirmRecoveryKey, setUp } from '../../electron/account/setUp.ts'
import type { Stretching } from '../../electron/account/stretch.ts'
import { changePassphrase, chooseNewPassphrase, recover, unlock } from '../../electron/account/unlock.ts'
import { saveReceipt } from '../../electron/call/saveReceipt.ts'
import type { Session } from '../../shared/account/account.ts'
import { Refusal, type AppError } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { bundled } from '../bundle.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { migrationsFolder, OPEN } from '../fixtures/desk.ts'

const MORGAN = { name: 'Morgan Ellis', passphrase: 'quiet river lantern moss' }
const ROBIN = { name: 'Robin Vale', passphrase: 'seven green bottles walking' }

const least = { memoryKiB: 64, passes: 1 }
/** keyFile.test.ts tries the real one; here it would only cost time. */
const quick: Stretching = {
  stretch: (secret, { salt }) =>
    Promise.resolve(Uint8Array.from(createHash('sha256').update(`${salt} ${secret}`).digest())),
  costs: { passphrase: least, name: least }
}

let userData: string
let replaced: number
let flushed: string[]
let clock: string

async function start(): Promise<Desk> {
  return startSession({
    userData,
    migrationsFolder,
    databaseThread: pathToFileURL(bundled('databaseThread')),
    stretching: quick,
    nativeBinding: undefined,
    trial: false,
    desk: await settleDesk(userData),
    now: () => clock,
    log: { event: () => undefined, fault: () => undefined },
    flush: () => {
      flushed.push('flush')
      return Promise.resolve()
    },
    replacePage: () => void (replaced += 1),
    closeWindow: () => undefined,
    hideFromRecordings: () => undefined,
    chooseFile: () => Promise.resolve(undefined),
    chooseSavePath: () => Promise.resolve(undefined),
    makeWord: () => Promise.resolve(new Uint8Array()),
    printPdf: () => Promise.resolve(new Uint8Array()),
    stopPrinting: () => undefined
  })
}

let desk: Desk
beforeEach(async () => {
  userData = mkdtempSync(join(tmpdir(), 'session-'))
  replaced = 0
  flushed = []
  clock = OPEN
  desk = await start()
})
afterEach(async () => {
  await lock(desk)
  rmSync(userData, { recursive: true })
})

const answers = (session: Session, wrong = false) => {
  if (session.stage !== 'recovery-key') throw new Error(session.stage)
  const groups = session.recoveryKey.split('-')
  return {
    groups: session.ask.map((number) => ({ number, typed: wrong ? 'AAAA' : (groups[number - 1] ?? '') }))
  }
}
const settings = (role: 'adviser' | 'administrator' = 'adviser') => ({
  name: MORGAN.name,
  role,
  profession: 'social-worker' as const,
  hubIds: [],
  passphrase: MORGAN.passphrase,
  passphraseAgain: MORGAN.passphrase,
  deskCode: '7kq3'
})
async function setUpMorgan(): Promise<string> {
  const shown = await setUp(desk, settings())
  await confirmRecoveryKey(desk, answers(shown))
  return shown.stage === 'recovery-key' ? shown.recoveryKey : ''
}
async function errorOf(work: Promise<unknown>): Promise<AppError | undefined> {
  try {
    await work
  } catch (error) {
    if (error instanceof Refusal) return error.error
    throw error
  }
  return undefined
}
const run = (name: string, input: unknown) => {
  if (desk.state.stage !== 'open') throw new Error('locked')
  const { person, database } = desk.state
  const actor = { ...person, deviceId: desk.surroundings.desk.deviceId, deskCode: desk.deskCode, now: clock }
  return database.run(name, input, actor)
}
const audited = async () => {
  const { person } = desk.state as { person: { id: string } } & Desk['state']
  const actor = { id: person.id, roles: ['auditor'] as const, profession: 'other' as const, hubIds: [] }
  const query = { actorId: '', subjectId: '', operation: '', from: '', to: '', after: '' }
  if (desk.state.stage !== 'open') throw new Error('locked')
  const result = await desk.state.database.run('audit.list', query, {
    ...actor,
    deviceId: newId(),
    deskCode: '',
    now: clock
  })
  return (result as { value: { rows: { operation: string; result: string; reason: string }[] } }).value.rows
}

describe('set-up', () => {
  it('counts only after the recovery key is confirmed; killed before, it starts again', async () => {
    expect(view(desk).stage).toBe('set-up')
    const shown = await setUp(desk, settings())
    expect(await errorOf(confirmRecoveryKey(desk, answers(shown, true)))).toMatchObject({ code: 'invalid' })
    expect(existsSync(join(userData, 'store'))).toBe(false)

    desk = await start()
    expect(view(desk).stage).toBe('set-up')
    await setUpMorgan()
    expect(view(desk)).toMatchObject({
      stage: 'open',
      deskCode: '7KQ3',
      account: { roles: ['administrator', 'adviser'] }
    })
    expect(existsSync(join(userData, 'store.new'))).toBe(false)
    expect(await errorOf(setUp(desk, settings()))).toEqual({ code: 'refused', reason: 'already-set-up' })
  })

  it('can be confirmed again after the record could not be made, and opens with the same passphrase', async () => {
    const shown = await setUp(desk, { ...settings(), role: 'coordinator', hubIds: [COUNTY_HUB_ID] })
    clock = '2010-01-04T10:00:00.000Z'
    expect(await errorOf(confirmRecoveryKey(desk, answers(shown)))).toMatchObject({ code: 'invalid' })
    clock = OPEN
    expect(await confirmRecoveryKey(desk, answers(shown))).toMatchObject({ stage: 'open' })
    await lock(desk)
    expect(await unlock(desk, MORGAN)).toMatchObject({ stage: 'open' })
  })

  it('says by field what is wrong with what was typed', async () => {
    const bad = { ...settings(), profession: 'other' as const, passphrase: 'short', deskCode: 'UUUU' }
    const error = await errorOf(setUp(desk, bad))
    expect(error?.code === 'invalid' && error.fields.map(({ path }) => path)).toEqual([
      'passphrase',
      'profession',
      'deskCode'
    ])
  })

  it('keeps every file to its owner, and no name in any of them', async () => {
    await setUpMorgan()
    const store = join(userData, 'store')
    for (const name of readdirSync(store)) {
      expect(statSync(join(store, name)).mode & 0o777, name).toBe(0o600)
      expect(readFileSync(join(store, name)).includes('Morgan'), name).toBe(false)
    }
    expect(statSync(store).mode & 0o777).toBe(0o700)
  })
})

describe('locking', () => {
  it('waits for the page, replaces its document, ends the thread and overwrites the key', async () => {
    await setUpMorgan()
    const { state } = desk
    if (state.stage !== 'open') throw new Error(state.stage)
    await lock(desk)
    expect(flushed).toHaveLength(1)
    expect(replaced).toBe(1)
    expect(view(desk).stage).toBe('locked')
    expect([...state.dataKey]).toEqual(Array.from({ length: 32 }, () => 0))
    const late = await state.database.run(
      'call.drafts',
      {},
      { ...state.person, deviceId: '', deskCode: '', now: clock }
    )
    expect(late).toEqual({ ok: false, error: { code: 'locked' } })
  })

  it('is locked by a database thread that ends by itself, and can be unlocked again', async () => {
    await setUpMorgan()
    if (desk.state.stage !== 'open') throw new Error('locked')
    // what it cannot read ends the thread, as running out of memory would
    await desk.state.database.record('no such act' as 'account.lock', {}, actorOf(desk)!)
    await vi.waitFor(() => expect(view(desk).stage).toBe('locked'))
    expect(replaced).toBe(1)
    expect(await unlock(desk, MORGAN)).toMatchObject({ stage: 'open' })
  })

  it('two locks at once are one', async () => {
    await setUpMorgan()
    await Promise.all([lock(desk), lock(desk)])
    expect(view(desk).stage).toBe('locked')
    await unlock(desk, MORGAN)
    expect((await audited()).filter(({ operation }) => operation === 'account.lock')).toHaveLength(1)
  })
})

describe('unlocking', () => {
  it('takes the name in any case, backs off after a wrong passphrase, and audits it at the next unlock', async () => {
    await setUpMorgan()
    await lock(desk)
    const wrong = await errorOf(unlock(desk, { ...MORGAN, passphrase: 'not this one at all' }))
    expect(wrong).toMatchObject({ code: 'wrong-passphrase' })
    desk = await start()
    expect(await errorOf(unlock(desk, MORGAN))).toMatchObject({ code: 'wait' })
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    await unlock(desk, { ...MORGAN, name: ' morgan  ELLIS' })
    expect(view(desk).stage).toBe('open')
    expect(await audited()).toContainEqual(
      expect.objectContaining({ operation: 'account.unlock', result: 'refused', reason: 'wrong-passphrase' })
    )
  })

  it('does not say whether the name or the passphrase was wrong', async () => {
    await setUpMorgan()
    await lock(desk)
    const unknown = await errorOf(unlock(desk, { name: 'Nobody Here', passphrase: MORGAN.passphrase }))
    expect(unknown).toMatchObject({ code: 'wrong-passphrase' })
  })

  it('a changed passphrase is the only one that opens', async () => {
    await setUpMorgan()
    const next = { passphrase: 'another river lantern fern', passphraseAgain: 'another river lantern fern' }
    expect(
      await errorOf(changePassphrase(desk, { ...next, current: 'wrong wrong wrong wrong' }))
    ).toMatchObject({
      code: 'wrong-passphrase'
    })
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    await changePassphrase(desk, { ...next, current: MORGAN.passphrase })
    await lock(desk)
    expect(await errorOf(unlock(desk, MORGAN))).toMatchObject({ code: 'wrong-passphrase' })
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    await unlock(desk, { name: MORGAN.name, passphrase: next.passphrase })
    expect(view(desk).stage).toBe('open')
  })
})

it('a record that does not open leaves the desk locked, with no key', async () => {
  await setUpMorgan()
  const robin = {
    id: newId(),
    name: ROBIN.name,
    roles: ['adviser' as const],
    profession: 'cpslo' as const,
    hubIds: []
  }
  const { passphrase } = await addPerson(desk, robin)
  await lock(desk)
  await unlock(desk, { name: ROBIN.name, passphrase })
  const { state } = desk
  if (state.stage !== 'new-passphrase') throw new Error(state.stage)
  renameSync(join(userData, 'store', 'desk.db'), join(userData, 'desk.db'))
  writeFileSync(join(userData, 'store', 'desk.db'), 'not a record at all, and long enough to be read as one')
  const chosen = { passphrase: ROBIN.passphrase, passphraseAgain: ROBIN.passphrase }
  await expect(chooseNewPassphrase(desk, chosen)).rejects.toThrow('wrong-key')
  expect(view(desk).stage).toBe('locked')
  expect(state.dataKey.every((byte) => byte === 0)).toBe(true)
  renameSync(join(userData, 'desk.db'), join(userData, 'store', 'desk.db'))
  expect(await unlock(desk, ROBIN)).toMatchObject({ stage: 'open' })
})

describe('people', () => {
  const robin = () => ({
    id: newId(),
    name: ROBIN.name,
    roles: ['adviser' as const],
    profession: 'cpslo' as const,
    hubIds: []
  })

  it('a new person unlocks with a one-time passphrase, chooses their own, and sees nobody else’s half-typed call', async () => {
    await setUpMorgan()
    const draft = aKeyworkersCall({ concern: 'Half typed by Morgan' })
    await run('call.saveDraft', { draft, savedBefore: 0 })
    const { passphrase } = await addPerson(desk, robin())
    await lock(desk)

    await unlock(desk, { name: ROBIN.name, passphrase: passphrase.toLowerCase() })
    expect(view(desk).stage).toBe('new-passphrase')
    const short = { passphrase: 'short', passphraseAgain: 'short' }
    expect(await errorOf(chooseNewPassphrase(desk, short))).toMatchObject({ code: 'invalid' })
    await chooseNewPassphrase(desk, { passphrase: ROBIN.passphrase, passphraseAgain: ROBIN.passphrase })
    expect(await run('call.drafts', {})).toEqual({ ok: true, value: [] })
    expect(await run('call.openDraft', { id: draft.id })).toMatchObject({ error: { code: 'not-found' } })
    await lock(desk)

    await unlock(desk, MORGAN)
    expect(await run('call.openDraft', { id: draft.id })).toMatchObject({ ok: true, value: { draft } })
  })

  it('adding someone again gives no new passphrase: that is an act of its own, and audited', async () => {
    await setUpMorgan()
    const person = robin()
    const { passphrase } = await addPerson(desk, person)
    expect(await errorOf(addPerson(desk, person))).toMatchObject({ reason: 'clashing-id' })
    await lock(desk)
    expect(await unlock(desk, { name: ROBIN.name, passphrase })).toMatchObject({ stage: 'new-passphrase' })
  })

  it('stopping access is immediate: the slot is gone and the record refuses', async () => {
    await setUpMorgan()
    const person = robin()
    const { passphrase } = await addPerson(desk, person)
    await stopAccess(desk, { id: person.id })
    expect(await errorOf(giveOneTimePassphrase(desk, { id: person.id }))).toMatchObject({
      reason: 'person-stopped'
    })
    await lock(desk)
    expect(await errorOf(unlock(desk, { name: ROBIN.name, passphrase }))).toMatchObject({
      code: 'wrong-passphrase'
    })
  })

  it('the last administrator cannot be stopped, and still opens the desk', async () => {
    await setUpMorgan()
    const { state } = desk
    if (state.stage !== 'open') throw new Error(state.stage)
    expect(await errorOf(stopAccess(desk, { id: state.person.id }))).toMatchObject({
      reason: 'last-administrator'
    })
    await lock(desk)
    await unlock(desk, MORGAN)
    expect(view(desk).stage).toBe('open')
  })

  it('a forgetful person gets a one-time passphrase, and the old one opens nothing', async () => {
    await setUpMorgan()
    const person = robin()
    const first = await addPerson(desk, person)
    const second = await giveOneTimePassphrase(desk, { id: person.id })
    await lock(desk)
    expect(await errorOf(unlock(desk, { name: ROBIN.name, passphrase: first.passphrase }))).toBeDefined()
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    await unlock(desk, { name: ROBIN.name, passphrase: second.passphrase })
    expect(view(desk).stage).toBe('new-passphrase')
  })
})

describe('the recovery key', () => {
  const fresh = {
    passphrase: 'a different lantern entirely',
    passphraseAgain: 'a different lantern entirely'
  }

  it('resets an administrator’s passphrase, is audited, and is replaced', async () => {
    const recoveryKey = await setUpMorgan()
    await lock(desk)
    const shown = await recover(desk, { name: MORGAN.name, recoveryKey, ...fresh })
    await confirmRecoveryKey(desk, answers(shown))
    expect(view(desk).stage).toBe('open')
    expect(await audited()).toContainEqual(
      expect.objectContaining({ operation: 'account.recover', result: 'done' })
    )
    await lock(desk)
    expect(await errorOf(recover(desk, { name: MORGAN.name, recoveryKey, ...fresh }))).toMatchObject({
      reason: 'recovery-key-wrong'
    })
    await unlock(desk, { name: MORGAN.name, passphrase: fresh.passphrase })
    expect(view(desk).stage).toBe('open')
  })

  it('lets nobody set the desk up anew while its successor is on the screen', async () => {
    const recoveryKey = await setUpMorgan()
    await lock(desk)
    await recover(desk, { name: MORGAN.name, recoveryKey, ...fresh })
    expect(await errorOf(setUp(desk, { ...settings(), deskCode: 'ZZZZ' }))).toMatchObject({
      reason: 'already-set-up'
    })
  })

  it('lets in an administrator who never had a passphrase: the desk was killed while they were added', async () => {
    const recoveryKey = await setUpMorgan()
    const robin = { id: newId(), name: ROBIN.name, roles: ['administrator'], profession: 'other', hubIds: [] }
    await record(desk, 'account.add', robin)
    await lock(desk)
    await confirmRecoveryKey(
      desk,
      answers(await recover(desk, { name: 'robin VALE', recoveryKey, ...fresh }))
    )
    expect(view(desk)).toMatchObject({ stage: 'open', account: { name: ROBIN.name } })
  })

  it('does nothing for someone who is no administrator', async () => {
    const recoveryKey = await setUpMorgan()
    await addPerson(desk, {
      id: newId(),
      name: ROBIN.name,
      roles: ['adviser'],
      profession: 'cpslo',
      hubIds: []
    })
    await lock(desk)
    expect(await errorOf(recover(desk, { name: ROBIN.name, recoveryKey, ...fresh }))).toMatchObject({
      code: 'refused'
    })
    expect(view(desk).stage).toBe('locked')
  })
})

it('nothing is asked and nothing saved of what was still being read when the desk was locked', async () => {
  await setUpMorgan()
  const call = aKeyworkersCall()
  expect(await run('call.file', call)).toMatchObject({ ok: true })
  const path = join(userData, 'late.pdf')
  const asked: string[] = []
  Object.assign(desk.surroundings, {
    chooseSavePath: ({ title }: { title: string }) => {
      asked.push(title)
      return Promise.resolve(path)
    },
    printPdf: () => Promise.resolve(Buffer.from('%PDF'))
  })
  const saving = errorOf(saveReceipt(desk, { id: call.id }))
  await lock(desk)
  expect(await saving).toEqual({ code: 'locked' })
  expect(asked).toEqual([])
  expect(existsSync(path)).toBe(false)
  await unlock(desk, MORGAN)
})

it('the desk code changes until the first filing and never after', async () => {
  await setUpMorgan()
  expect(await changeDeskCode(desk, { deskCode: '8abc' })).toEqual({ deskCode: '8ABC' })
  await run('call.file', aKeyworkersCall())
  expect(await errorOf(changeDeskCode(desk, { deskCode: '9abc' }))).toEqual({
    code: 'refused',
    reason: 'desk-code-fixed'
  })
  expect(view(desk)).toMatchObject({ deskCode: '8ABC' })
})
