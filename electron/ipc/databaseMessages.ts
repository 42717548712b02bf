import type { OpeningStep } from '../../shared/account/account.ts'
import type { OpenProblem } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { Result } from '../../shared/errors.ts'
import type { LogFields } from '../shell/redact.ts'
import type { records } from './records.ts'

export type RecordName = keyof typeof records

/** Main to the database thread. The key's buffer is transferred: main keeps its own. */
export type ToDatabase =
  | {
      kind: 'open'
      key: Uint8Array
      file: string
      migrationsFolder: string
      nativeBinding: string | undefined
    }
  | { kind: 'run'; call: number; name: string; input: unknown; actor: Actor }
  | { kind: 'record'; call: number; name: RecordName; input: unknown; actor: Actor }
  | { kind: 'close' }

export type FromDatabase =
  | { kind: 'step'; step: OpeningStep }
  | { kind: 'opened' }
  | { kind: 'not-opened'; problem: OpenProblem | 'fault'; fault: LogFields }
  | { kind: 'answer'; call: number; result: Result<unknown> }
  | { kind: 'fault'; operation: string; reference: string; fault: LogFields }
