import type { ReadDb, Tx } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Contract, Kind, Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Operation } from '../../shared/ipc/operations.ts'

/** Wraps the first answer of an act that was already done: nothing is written, and no second audit row (L6). */
export class AlreadyDone<T> {
  readonly value: T
  constructor(value: T) {
    this.value = value
  }
}
export const alreadyDone = <T>(value: T) => new AlreadyDone(value)

export type Write<I, O> = (tx: Tx, input: I, actor: Actor) => Promise<O | AlreadyDone<O>>
export type Read<I, O> = (db: ReadDb, input: I, actor: Actor) => Promise<O>
export type Job<I, O> = (store: Store, input: I, actor: Actor) => Promise<O>

export type OfKind<K extends Kind> = {
  [N in Operation]: Contract[N]['kind'] extends K ? N : never
}[Operation]

export type Handlers = {
  [N in OfKind<'write'>]: Write<Parsed<N>, Output<N>>
} & { [N in OfKind<'read'>]: Read<Parsed<N>, Output<N>> } & {
  [N in OfKind<'job'>]: Job<Parsed<N>, Output<N>>
}
