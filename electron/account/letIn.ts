import { readDeskCode } from '../../shared/account/deskCode.ts'
import { invalid, refuse, Refusal } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { clearFailures } from './attempts.ts'
import { changeDeskCode as writeDeskCode } from './deskFile.ts'
import { addSlot, changeKeyFile, removeSlots, replacePassphrase } from './keyFile.ts'
import { KeyFileError } from './keyFileFormat.ts'
import { newOneTimePassphrase } from './recoveryKey.ts'
import { lockNow, record, type Desk } from './session.ts'

/** A new person and their one-time passphrase. Killed between the two, "Give a one-time passphrase" mends it. */
export async function addPerson(desk: Desk, input: Parsed<'account.add'>): Promise<Output<'account.add'>> {
  await record(desk, 'account.add', input)
  return { passphrase: await giveSlot(desk, { accountId: input.id, name: input.name }, { isNew: true }) }
}

/** For a forgetful person: the old passphrase opens nothing afterwards. @throws Refusal person-stopped */
export async function giveOneTimePassphrase(
  desk: Desk,
  { id }: Parsed<'account.giveOneTimePassphrase'>
): Promise<Output<'account.giveOneTimePassphrase'>> {
  const { name } = await record<{ name: string }>(desk, 'account.giveOneTimePassphrase', { id })
  return { passphrase: await giveSlot(desk, { accountId: id, name }, { isNew: false }) }
}

/** The record first, because it knows who the last administrator is; it alone already keeps the person out. */
export async function stopAccess(desk: Desk, { id }: Parsed<'account.stop'>): Promise<null> {
  await record(desk, 'account.stop', { id })
  await changeKeyFile(
    desk.folders.store,
    (file) => Promise.resolve({ file: removeSlots(file, id) }),
    desk.surroundings.stretching.costs
  )
  if (desk.state.stage === 'open' && desk.state.person.id === id) await lockNow(desk)
  return null
}

/** @throws Refusal desk-code-fixed, invalid */
export async function changeDeskCode(
  desk: Desk,
  { deskCode }: Parsed<'account.changeDeskCode'>
): Promise<Output<'account.changeDeskCode'>> {
  const code = readDeskCode(deskCode)
  if (code === undefined) {
    return invalid({ path: 'deskCode', message: 'Enter four letters or digits, without I, L, O or U' })
  }
  await record(desk, 'account.changeDeskCode', {})
  desk.deskCode = (await writeDeskCode(desk.surroundings.userData, code)).deskCode
  return { deskCode: desk.deskCode }
}

async function giveSlot(
  desk: Desk,
  { accountId, name }: { accountId: string; name: string },
  { isNew }: { isNew: boolean }
): Promise<string> {
  const { state, surroundings, folders } = desk
  if (state.stage !== 'open') throw new Refusal({ code: 'locked' })
  const passphrase = newOneTimePassphrase()
  const person = { name, passphrase, mustChange: true }
  try {
    const { bucket } = await changeKeyFile(
      folders.store,
      async (file) => {
        const slot = file.people.find((each) => each.accountId === accountId)
        // adding someone again leaves no second audit row, so it must not change a passphrase that there is
        if (slot && isNew) refuse('clashing-id')
        const changed = slot
          ? await replacePassphrase(surroundings.stretching, file, state.dataKey, slot.id, person)
          : await addSlot(surroundings.stretching, file, state.dataKey, { accountId, ...person })
        return { file: changed, bucket: slot?.id }
      },
      surroundings.stretching.costs
    )
    if (bucket) await clearFailures(folders.store, bucket)
    return passphrase
  } catch (error) {
    if (error instanceof KeyFileError && error.problem === 'name-taken') return refuse('name-taken')
    throw error
  }
}
