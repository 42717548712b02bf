import type { Session } from '../../shared/account/account.ts'
import { passphraseErrors } from '../../shared/account/passphraseErrors.ts'
import { twoGroups } from '../../shared/account/recoveryKey.ts'
import { invalid, refuse, Refusal } from '../../shared/errors.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { attempt, type Attempting } from './attempts.ts'
import {
  addSlot,
  changeKeyFile,
  findSlot,
  openRecovery,
  openSlot,
  readKeyFile,
  replacePassphrase,
  replaceRecovery,
  wipe
} from './keyFile.ts'
import { KeyFileError, type KeyFile } from './keyFileFormat.ts'
import { enter, nobodyYet, openRecord, record, view, written, type Desk, type Person } from './session.ts'

/**
 * Opens the desk for a name and a passphrase. Which of the two was wrong is not said.
 *
 * @throws Refusal wrong-passphrase, wait, person-stopped
 */
export async function unlock(desk: Desk, { name, passphrase }: Parsed<'account.unlock'>): Promise<Session> {
  if (desk.state.stage !== 'locked') return view(desk)
  const { stretching } = desk.surroundings
  const file = await keysOf(desk)
  const slot = await findSlot(stretching, file, name)
  const who = { bucket: slot?.id ?? 'unknown', accountId: slot?.accountId ?? null } as const
  const { dataKey, accountId, slotId, mustChange } = await tried(desk, who, () =>
    openSlot(stretching, file, slot, passphrase)
  )
  if (!mustChange) return enter(desk, dataKey, accountId)
  desk.state = { stage: 'new-passphrase', dataKey, slotId, accountId, name }
  return view(desk)
}

/** A passphrase of one's own in the place of the one-time one. @throws Refusal invalid */
export async function chooseNewPassphrase(
  desk: Desk,
  { passphrase, passphraseAgain }: Parsed<'account.chooseNewPassphrase'>
): Promise<Session> {
  const { state } = desk
  if (state.stage !== 'new-passphrase') throw new Refusal({ code: 'not-allowed' })
  const problems = passphraseErrors({ name: state.name, passphrase, passphraseAgain })
  if (problems.length > 0) invalid(...problems)
  const { dataKey, slotId, accountId, name } = state
  await changed(desk, dataKey, slotId, name, passphrase)
  return enter(desk, dataKey, accountId)
}

/** @throws Refusal invalid, wrong-passphrase, wait */
export async function changePassphrase(
  desk: Desk,
  { current, passphrase, passphraseAgain }: Parsed<'account.changePassphrase'>
): Promise<null> {
  const { state } = desk
  if (state.stage !== 'open') throw new Refusal({ code: 'locked' })
  const { person, dataKey } = state
  const problems = passphraseErrors({ name: person.name, passphrase, passphraseAgain })
  if (problems.length > 0) invalid(...problems)
  const file = await keysOf(desk)
  const slot = file.people.find(({ accountId }) => accountId === person.id)
  const who = { bucket: slot?.id ?? 'unknown', accountId: person.id } as const
  const opened = await tried(desk, who, () => openSlot(desk.surroundings.stretching, file, slot, current))
  wipe(opened.dataKey)
  await changed(desk, dataKey, opened.slotId, person.name, passphrase)
  await record(desk, 'account.changePassphrase', {})
  return null
}

/**
 * The recovery key resets an administrator's passphrase and does nothing else. Its use is in the audit at once; a new
 * key takes its place when that is confirmed.
 *
 * @throws Refusal recovery-key-wrong, not-allowed, invalid, wait
 */
export async function recover(desk: Desk, input: Parsed<'account.recover'>): Promise<Session> {
  if (desk.state.stage !== 'locked') return view(desk)
  const problems = passphraseErrors(input)
  if (problems.length > 0) invalid(...problems)
  const { stretching } = desk.surroundings
  const file = await keysOf(desk)
  const dataKey = await tried(
    desk,
    { bucket: 'recovery', accountId: null },
    () => Promise.resolve(openRecovery(file, input.recoveryKey)),
    'recovery-key-wrong'
  )
  const { name, passphrase } = input
  try {
    const accountId = await administratorNamed(desk, dataKey, name)
    const slot = file.people.find((each) => each.accountId === accountId)
    const replaced = await named(() =>
      slot
        ? replacePassphrase(stretching, file, dataKey, slot.id, { name, passphrase })
        : addSlot(stretching, file, dataKey, { accountId, name, passphrase })
    )
    desk.state = {
      stage: 'recovery-key',
      dataKey,
      ...replaceRecovery(replaced, dataKey),
      ask: twoGroups(),
      then: { kind: 'recovered', accountId }
    }
    return view(desk)
  } catch (error) {
    wipe(dataKey)
    throw error
  }
}

/** Account id; the use of the key is in the audit before anything comes of it. @throws Refusal recovery-key-wrong */
async function administratorNamed(desk: Desk, dataKey: Uint8Array, name: string): Promise<string> {
  const database = await openRecord(desk, dataKey)
  try {
    const { id } = await written<Person>(database.record('account.recover', { name }, nobodyYet(desk, '')))
    return id
  } finally {
    await database.close()
  }
}

async function keysOf(desk: Desk): Promise<KeyFile> {
  const read = await readKeyFile(desk.folders.store, desk.surroundings.stretching.costs)
  if (!read) throw new KeyFileError('damaged')
  return read.file
}

async function tried<T>(
  desk: Desk,
  who: Attempting,
  open: () => Promise<T | undefined>,
  wrong: 'recovery-key-wrong' | undefined = undefined
): Promise<T> {
  const answer = await attempt(desk.folders.store, who, open)
  if (!('tried' in answer)) return answer.opened
  if (!answer.tried) throw new Refusal({ code: 'wait', waitMs: answer.waitMs })
  if (wrong) return refuse(wrong)
  throw new Refusal({ code: 'wrong-passphrase', waitMs: answer.waitMs })
}

async function changed(
  desk: Desk,
  dataKey: Uint8Array,
  slotId: string,
  name: string,
  passphrase: string
): Promise<void> {
  const { stretching } = desk.surroundings
  await named(() =>
    changeKeyFile(
      desk.folders.store,
      async (file) => ({
        file: await replacePassphrase(stretching, file, dataKey, slotId, { name, passphrase })
      }),
      stretching.costs
    )
  )
}

/** What the key file refuses of a passphrase, next to its field. */
async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof KeyFileError && error.problem === 'passphrase-unchanged') {
      return invalid({ path: 'passphrase', message: 'Choose a passphrase that you have not just used' })
    }
    throw error
  }
}
