import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Role } from '../../shared/access/roles.ts'
import type { Session } from '../../shared/account/account.ts'
import { readDeskCode } from '../../shared/account/deskCode.ts'
import { passphraseErrors } from '../../shared/account/passphraseErrors.ts'
import { groupsOf, sameGroup, twoGroups } from '../../shared/account/recoveryKey.ts'
import { invalid, refuse, Refusal } from '../../shared/errors.ts'
import { newId } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import { changeDeskCode } from './deskFile.ts'
import { changeKeyFile, createKeyFile, wipe, writeKeyFile } from './keyFile.ts'
import { enter, nobodyYet, openRecord, view, written, type Desk } from './session.ts'
import { syncFolder } from './writeSafely.ts'

/** Makes the keys in memory and shows the recovery key. Nothing counts until it is confirmed. */
export async function setUp(desk: Desk, input: Parsed<'account.setUp'>): Promise<Session> {
  const { state } = desk
  const isAgain = state.stage === 'recovery-key' && state.then.kind === 'set-up'
  if (state.stage !== 'set-up' && !isAgain) refuse('already-set-up')
  const deskCode = readDeskCode(input.deskCode)
  const problems = passphraseErrors(input)
  if (input.role === 'adviser' && input.profession === 'other') {
    problems.push({ path: 'profession', message: 'Choose the profession that you advise as' })
  }
  if (input.role === 'coordinator' && input.hubIds.length === 0) {
    problems.push({ path: 'hubIds', message: 'Choose at least one local hub' })
  }
  if (deskCode === undefined) {
    problems.push({ path: 'deskCode', message: 'Enter four letters or digits, without I, L, O or U' })
  }
  if (problems.length > 0) invalid(...problems)

  const accountId = newId()
  const made = await createKeyFile(desk.surroundings.stretching, {
    accountId,
    name: input.name,
    passphrase: input.passphrase
  })
  if (isAgain) wipe(state.dataKey)
  desk.state = {
    stage: 'recovery-key',
    ...made,
    ask: twoGroups(),
    then: {
      kind: 'set-up',
      accountId,
      input: { ...input, deskCode: deskCode ?? '', passphrase: '', passphraseAgain: '' }
    }
  }
  return view(desk)
}

/** Two groups typed back: now it counts. @throws Refusal invalid, by group */
export async function confirmRecoveryKey(
  desk: Desk,
  { groups }: Parsed<'account.confirmRecoveryKey'>
): Promise<Session> {
  const { state } = desk
  if (state.stage !== 'recovery-key') throw new Refusal({ code: 'not-allowed' })
  const shown = groupsOf(state.recoveryKey)
  const wrong = state.ask.filter((number) => {
    const typed = groups.find((group) => group.number === number)?.typed ?? ''
    return !sameGroup(typed, shown[number - 1] ?? '')
  })
  if (wrong.length > 0) {
    invalid(
      ...wrong.map((number) => ({
        path: `groups.${String(groups.findIndex((group) => group.number === number))}.typed`,
        message: `Group ${String(number)} is not what is shown above`
      }))
    )
  }
  if (state.then.kind === 'set-up') await makeStore(desk, state, state.then)
  else
    await changeKeyFile(
      desk.folders.store,
      () => Promise.resolve({ file: state.file }),
      desk.surroundings.stretching.costs
    )
  return enter(desk, state.dataKey, state.then.accountId)
}

async function makeStore(
  desk: Desk,
  { file, dataKey }: Pick<Desk['state'] & { stage: 'recovery-key' }, 'file' | 'dataKey'>,
  { input, accountId }: { input: Parsed<'account.setUp'>; accountId: string }
): Promise<void> {
  const { store, being } = desk.folders
  await rm(being, { recursive: true, force: true })
  await mkdir(being, { recursive: true, mode: 0o700 })
  desk.deskCode = (await changeDeskCode(desk.surroundings.userData, input.deskCode)).deskCode
  const database = await openRecord(desk, dataKey, being)
  try {
    const roles: Role[] = [...new Set<Role>(['administrator', input.role])]
    await written(
      database.record(
        'account.setUp',
        {
          accountId,
          name: input.name,
          roles,
          profession: input.profession,
          hubIds: input.role === 'coordinator' ? input.hubIds : []
        },
        nobodyYet(desk, accountId)
      )
    )
  } finally {
    // the key stays: the recovery key is still on the screen, and may be confirmed again
    await database.close()
  }
  await writeKeyFile(being, file)
  await rename(being, store)
  await syncFolder(dirname(store))
}
