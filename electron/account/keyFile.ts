import { randomBytes, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { foldName } from '../../shared/account/name.ts'
import { readOneTimePassphrase } from '../../shared/account/oneTimePassphrase.ts'
import { normalisePassphrase, passphraseProblem } from '../../shared/account/passphrase.ts'
import { readRecoveryKey } from '../../shared/account/recoveryKey.ts'
import { newId } from '../../shared/ids.ts'
import { deskCosts, KeyFileError, parseKeyFile } from './keyFileFormat.ts'
import type { Argon2idKdf, Cost, Costs, KeyFile, PersonSlot } from './keyFileFormat.ts'
import { readLimited } from './readLimited.ts'
import { newRecoveryKey, recoveryWrappingKey } from './recoveryKey.ts'
import type { Stretching } from './stretch.ts'
import { assertDataKey, checkOf, unwrap, wipe, wrap } from './wrap.ts'
import { inTurn, writeSafely } from './writeSafely.ts'

export { wipe } from './wrap.ts'

interface Person {
  accountId: string
  name: string
  passphrase: string
  /** True for a one-time passphrase: to be changed at the first unlock. */
  mustChange?: boolean
}

interface Opened {
  dataKey: Uint8Array
  accountId: string
  slotId: string
  mustChange: boolean
}

/** A new data key with its first person and its recovery key. Nothing is on disk until `writeKeyFile`. */
export async function createKeyFile(
  stretching: Stretching,
  person: Person
): Promise<{ file: KeyFile; dataKey: Uint8Array; recoveryKey: string }> {
  const dataKey = new Uint8Array(randomBytes(32))
  const fileId = newId()
  const empty = {
    version: 1,
    fileId,
    dataKeyCheck: checkOf(fileId, dataKey).toString('base64'),
    nameKdf: newKdf(stretching.costs.name),
    people: []
  } as const
  const { recovery, recoveryKey } = newRecovery(empty, dataKey)
  const file = await addSlot(stretching, { ...empty, recovery }, dataKey, person)
  return { file, dataKey, recoveryKey }
}

/** Whose slot a typed name opens. Takes one short derivation whether or not there is one. */
export async function findSlot(
  stretching: Stretching,
  file: KeyFile,
  name: string
): Promise<PersonSlot | undefined> {
  const hash = await nameHashOf(stretching, file, name)
  return file.people.find((slot) => timingSafeEqual(Buffer.from(slot.nameHash, 'base64'), hash))
}

/** Without a slot it takes the same time and opens nothing: an unknown name is not told apart from a wrong passphrase. */
export async function openSlot(
  { stretch }: Stretching,
  file: KeyFile,
  slot: PersonSlot | undefined,
  passphrase: string
): Promise<Opened | undefined> {
  const tried = slot ?? file.people[0]
  if (tried === undefined) return undefined
  const wrappingKey = await stretch(secretOf(passphrase, tried.mustChange), tried.kdf)
  const dataKey = unwrap(file, tried, wrappingKey)
  if (slot === undefined || dataKey === undefined) return undefined
  return { dataKey, accountId: slot.accountId, slotId: slot.id, mustChange: slot.mustChange }
}

export function openRecovery(file: KeyFile, typed: string): Uint8Array | undefined {
  const recoveryKey = readRecoveryKey(typed)
  if (recoveryKey === undefined) return undefined
  return unwrap(file, file.recovery, recoveryWrappingKey(recoveryKey, file.recovery.kdf))
}

export async function addSlot(
  stretching: Stretching,
  file: KeyFile,
  dataKey: Uint8Array,
  person: Person
): Promise<KeyFile> {
  if (file.people.some((slot) => slot.accountId === person.accountId))
    throw new KeyFileError('account-has-slot')
  const slot = {
    id: newId(),
    kind: 'person',
    accountId: person.accountId,
    nameHash: await freeNameHash(stretching, file, person.name),
    mustChange: person.mustChange ?? false
  } as const
  const sealed = await seal(stretching, file, dataKey, slot, person)
  return { ...file, people: [...file.people, sealed] }
}

/** A person's own new passphrase, or (`mustChange`) a one-time one from an administrator. */
export async function replacePassphrase(
  stretching: Stretching,
  file: KeyFile,
  dataKey: Uint8Array,
  slotId: string,
  { name, passphrase, mustChange = false }: Omit<Person, 'accountId'>
): Promise<KeyFile> {
  const slot = slotWith(file, slotId)
  const same = await openSlot(stretching, file, slot, passphrase)
  if (same) {
    wipe(same.dataKey)
    throw new KeyFileError('passphrase-unchanged')
  }
  const sealed = await seal(stretching, file, dataKey, { ...slot, mustChange }, { name, passphrase })
  return withSlot(file, sealed)
}

/** Stops someone's access. What it cannot undo is in docs/adr/0003-keys-and-passphrases.md. */
export function removeSlots(file: KeyFile, accountId: string): KeyFile {
  const people = file.people.filter((slot) => slot.accountId !== accountId)
  if (people.length === 0) throw new KeyFileError('last-slot')
  return { ...file, people }
}

export async function renameSlot(
  stretching: Stretching,
  file: KeyFile,
  slotId: string,
  name: string
): Promise<KeyFile> {
  return withSlot(file, {
    ...slotWith(file, slotId),
    nameHash: await freeNameHash(stretching, file, name, slotId)
  })
}

/** The old recovery key opens nothing afterwards. */
export function replaceRecovery(file: KeyFile, dataKey: Uint8Array): { file: KeyFile; recoveryKey: string } {
  assertDataKey(file, dataKey)
  const { recovery, recoveryKey } = newRecovery(file, dataKey)
  return { file: { ...file, recovery }, recoveryKey }
}

const current = (folder: string) => join(folder, 'keys.json')
const previous = (folder: string) => join(folder, 'keys.previous.json')

/**
 * Undefined before set-up. The previous file serves when the current one is missing or unreadable; not when it was
 * written by a newer version, nor when neither can be read.
 */
export async function readKeyFile(
  folder: string,
  floor: Costs = deskCosts
): Promise<{ file: KeyFile; from: 'current' | 'previous' } | undefined> {
  const file = await readSound(current(folder), floor)
  if (file !== undefined && !(file instanceof KeyFileError)) return { file, from: 'current' }
  if (file?.problem === 'newer') throw file
  const older = await readSound(previous(folder), floor)
  if (older !== undefined && !(older instanceof KeyFileError)) return { file: older, from: 'previous' }
  const problem = file ?? older
  if (problem) throw problem
  return undefined
}

export function writeKeyFile(folder: string, file: KeyFile): Promise<void> {
  return inTurn(current(folder), () => writeBoth(folder, file))
}

/** Reads, changes and writes in one go, so that of two changes at a time neither is lost. */
export function changeKeyFile<T extends { file: KeyFile }>(
  folder: string,
  change: (file: KeyFile) => Promise<T>,
  floor: Costs = deskCosts
): Promise<T> {
  return inTurn(current(folder), async () => {
    const read = await readKeyFile(folder, floor)
    if (read === undefined) throw new KeyFileError('damaged')
    const changed = await change(read.file)
    await writeBoth(folder, changed.file)
    return changed
  })
}

async function writeBoth(folder: string, file: KeyFile): Promise<void> {
  const before = await readKeyFile(folder, { passphrase: anyCost, name: anyCost })
  if (before && takesAway(before.file, file)) {
    // first, so that at no moment a replaced passphrase or a stopped person comes back by deleting keys.json
    await writeSafely(previous(folder), textOf(file))
  } else if (before?.from === 'current') {
    await writeSafely(previous(folder), textOf(before.file))
  }
  await writeSafely(current(folder), textOf(file))
}

const textOf = (file: KeyFile): string => `${JSON.stringify(file, null, 2)}\n`

const anyCost: Cost = { memoryKiB: 0, passes: 0 }

const takesAway = (before: KeyFile, after: KeyFile): boolean => {
  const tags = (file: KeyFile) => [file.recovery, ...file.people].map((slot) => slot.wrapped.tag)
  const kept = new Set(tags(after))
  return tags(before).some((tag) => !kept.has(tag))
}

async function readSound(path: string, floor: Costs): Promise<KeyFile | KeyFileError | undefined> {
  try {
    const text = await readLimited(path)
    return text === undefined ? undefined : parseKeyFile(text, floor)
  } catch (error) {
    return error instanceof KeyFileError ? error : new KeyFileError('damaged', { cause: error })
  }
}

function slotWith(file: KeyFile, slotId: string): PersonSlot {
  const slot = file.people.find(({ id }) => id === slotId)
  if (slot === undefined) throw new KeyFileError('no-such-slot')
  return slot
}

const withSlot = (file: KeyFile, changed: PersonSlot): KeyFile => ({
  ...file,
  people: file.people.map((slot) => (slot.id === changed.id ? changed : slot))
})

async function seal(
  { stretch, costs }: Stretching,
  file: KeyFile,
  dataKey: Uint8Array,
  slot: Omit<PersonSlot, 'kdf' | 'wrapped'>,
  { name, passphrase }: Pick<Person, 'name' | 'passphrase'>
): Promise<PersonSlot> {
  const problem = passphraseProblem(passphrase, name)
  if (problem) throw new KeyFileError('passphrase-refused', { passphraseProblem: problem })
  const kdf = newKdf(costs.passphrase)
  const wrappingKey = await stretch(secretOf(passphrase, slot.mustChange), kdf)
  assertDataKey(file, dataKey)
  return { ...slot, kdf, wrapped: wrap(file, slot, wrappingKey, dataKey) }
}

/** A one-time passphrase is forgiven its case and its dashes. */
const secretOf = (passphrase: string, oneTime: boolean): string =>
  (oneTime ? readOneTimePassphrase(passphrase) : undefined) ?? normalisePassphrase(passphrase)

const newKdf = (cost: Cost): Argon2idKdf => ({
  name: 'argon2id',
  salt: randomBytes(16).toString('base64'),
  memoryKiB: cost.memoryKiB,
  passes: cost.passes,
  lanes: 1
})

const nameHashOf = (
  { stretch }: Stretching,
  file: Pick<KeyFile, 'nameKdf'>,
  name: string
): Promise<Uint8Array> => stretch(foldName(name), file.nameKdf)

async function freeNameHash(
  stretching: Stretching,
  file: KeyFile,
  name: string,
  ownSlot = ''
): Promise<string> {
  if (foldName(name) === '') throw new KeyFileError('name-empty')
  const nameHash = Buffer.from(await nameHashOf(stretching, file, name)).toString('base64')
  if (file.people.some((slot) => slot.nameHash === nameHash && slot.id !== ownSlot))
    throw new KeyFileError('name-taken')
  return nameHash
}

function newRecovery(file: Pick<KeyFile, 'version' | 'fileId'>, dataKey: Uint8Array) {
  const recoveryKey = newRecoveryKey()
  const slot = { id: newId(), kind: 'recovery' } as const
  const kdf = { name: 'hkdf-sha256', salt: randomBytes(16).toString('base64') } as const
  const wrapped = wrap(file, slot, recoveryWrappingKey(recoveryKey, kdf), dataKey)
  return { recovery: { ...slot, kdf, wrapped }, recoveryKey }
}
