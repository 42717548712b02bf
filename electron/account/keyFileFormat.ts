import { z } from 'zod'
import { id } from '../../shared/ids.ts'
import type { PassphraseProblem } from '../../shared/account/passphrase.ts'

type KeyFileProblem =
  | 'damaged'
  | 'newer'
  | 'too-weak'
  | 'name-empty'
  | 'name-taken'
  | 'account-has-slot'
  | 'no-such-slot'
  | 'last-slot'
  | 'passphrase-refused'
  | 'passphrase-unchanged'
  | 'wrong-data-key'

/** Everything that the key file refuses. The message never holds a name, a passphrase or a key. */
export class KeyFileError extends Error {
  readonly problem: KeyFileProblem
  /** With 'passphrase-refused': why. */
  readonly passphraseProblem: PassphraseProblem | undefined
  constructor(
    problem: KeyFileProblem,
    options: ErrorOptions & { passphraseProblem?: PassphraseProblem } = {}
  ) {
    super(`Key file: ${problem}`, options)
    this.name = 'KeyFileError'
    this.problem = problem
    this.passphraseProblem = options.passphraseProblem
  }
}

/** What one derivation costs. */
export interface Cost {
  memoryKiB: number
  passes: number
}

export interface Costs {
  passphrase: Cost
  name: Cost
}

/** For new slots, and the least that is accepted in a file: raise the one before the other. */
export const deskCosts: Costs = {
  passphrase: { memoryKiB: 65_536, passes: 3 },
  name: { memoryKiB: 19_456, passes: 2 }
}

const bytes = (length: number) =>
  z.base64().refine((text) => Buffer.from(text, 'base64').length === length, `${length} bytes expected`)

// the upper limits keep a hostile file from freezing the computer
const argon2id = z.strictObject({
  name: z.literal('argon2id'),
  salt: bytes(16),
  memoryKiB: z.int().min(8).max(262_144),
  passes: z.int().min(1).max(10),
  lanes: z.literal(1)
})
const hkdf = z.strictObject({ name: z.literal('hkdf-sha256'), salt: bytes(16) })

const wrapped = z.strictObject({ iv: bytes(12), ciphertext: bytes(32), tag: bytes(16) })

const personSlot = z.strictObject({
  id,
  kind: z.literal('person'),
  accountId: id,
  nameHash: bytes(32),
  mustChange: z.boolean(),
  kdf: argon2id,
  wrapped
})
const recoverySlot = z.strictObject({ id, kind: z.literal('recovery'), kdf: hkdf, wrapped })

const unique = (values: string[]): boolean => new Set(values).size === values.length

const keyFile = z.strictObject({
  version: z.literal(1),
  fileId: id,
  /** Proves that a data key is this file's before anything is wrapped with it. */
  dataKeyCheck: bytes(32),
  nameKdf: argon2id,
  people: z
    .array(personSlot)
    .min(1)
    .max(1000)
    .refine((slots) => unique(slots.map((slot) => slot.id)), 'id twice')
    .refine((slots) => unique(slots.map((slot) => slot.accountId)), 'account twice')
    .refine((slots) => unique(slots.map((slot) => slot.nameHash)), 'name twice'),
  recovery: recoverySlot
})

export type Argon2idKdf = Readonly<z.output<typeof argon2id>>
export type PersonSlot = Readonly<z.output<typeof personSlot>>
export type RecoverySlot = Readonly<z.output<typeof recoverySlot>>
export type Wrapped = Readonly<z.output<typeof wrapped>>
export type KeyFile = Readonly<Omit<z.output<typeof keyFile>, 'people'>> & {
  readonly people: readonly PersonSlot[]
}

const isWeaker = (kdf: Cost, floor: Cost): boolean =>
  kdf.memoryKiB < floor.memoryKiB || kdf.passes < floor.passes

export function parseKeyFile(text: string, floor: Costs = deskCosts): KeyFile {
  const json = parseJson(text)
  const newer = z.object({ version: z.int().min(2) }).safeParse(json).success
  if (newer) throw new KeyFileError('newer')
  const parsed = keyFile.safeParse(json)
  if (!parsed.success) throw new KeyFileError('damaged')
  const file = parsed.data
  const weak =
    isWeaker(file.nameKdf, floor.name) || file.people.some((slot) => isWeaker(slot.kdf, floor.passphrase))
  if (weak) throw new KeyFileError('too-weak')
  return file
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // the parser's own message quotes the text
    throw new KeyFileError('damaged')
  }
}
