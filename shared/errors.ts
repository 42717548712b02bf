/** Why an act was refused, in codes that `renderer/words` turns into plain English. Closed: a new reason is added here. */
export type RefusalReason =
  | 'already-set-up'
  | 'attachment-busy'
  | 'attachment-changed'
  | 'attachment-damaged'
  | 'attachment-disk-full'
  | 'attachment-empty'
  | 'attachment-macros'
  | 'attachment-missing'
  | 'attachment-name'
  | 'attachment-not-read'
  | 'attachment-not-stored'
  | 'attachment-too-large'
  | 'attachment-type'
  | 'agreement-not-reviewed'
  | 'assessment-closed'
  | 'another-assessment-open'
  | 'answer-not-agreed'
  | 'answer-tells-withheld'
  | 'call-already-filed'
  | 'call-in-error'
  | 'clashing-id'
  | 'desk-code-fixed'
  | 'export-running'
  | 'families-hidden'
  | 'family-restricted'
  | 'file-disk-full'
  | 'file-folder-gone'
  | 'file-in-use'
  | 'file-not-allowed'
  | 'file-not-written'
  | 'form-already-filed'
  | 'identity-not-proved'
  | 'import-gone'
  | 'import-running'
  | 'items-undecided'
  | 'keyworker-gone'
  | 'keyworker-not-registered'
  | 'keyworker-named'
  | 'last-administrator'
  | 'letter-withheld'
  | 'meeting-cancelled'
  | 'merge-too-old'
  | 'migration-failed'
  | 'name-taken'
  | 'network-folder'
  | 'newer-file'
  | 'no-agreement'
  | 'no-main-number'
  | 'no-space'
  | 'not-a-csv'
  | 'not-a-family-list'
  | 'not-a-step-down-list'
  | 'not-encrypted'
  | 'not-printed'
  | 'not-taking-part'
  | 'not-your-draft'
  | 'open-work'
  | 'person-stopped'
  | 'plan-without-action'
  | 'proposal-not-possible'
  | 'recovery-key-wrong'
  | 'reviewer-redacted'
  | 'setting-in-the-past'
  | 'setting-still-used'
  | 'step-down-without-family'
  | 'step-not-possible'
  | 'step-up-not-confirmed'
  | 'step-up-waits'
  | 'stepped-up'
  | 'transfer-not-ready'
  | 'transfer-waits'
  | 'wrong-key'

/** One field that the person can put right. `path` is the dotted path in the operation's input. */
export interface FieldError {
  path: string
  message: string
}

/** Everything an operation may answer other than its value. */
export type AppError =
  | { code: 'invalid'; fields: FieldError[] }
  | { code: 'not-allowed' }
  | { code: 'locked' }
  | { code: 'not-found' }
  | { code: 'changed-since' }
  | { code: 'wrong-passphrase'; waitMs: number }
  | { code: 'wait'; waitMs: number }
  | { code: 'refused'; reason: RefusalReason }
  | { code: 'fault'; reference: string }

export type ErrorCode = AppError['code']

export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError }

/** Thrown by an operation for what a person can act on. Anything else that is thrown is a fault. */
export class Refusal extends Error {
  readonly error: AppError
  constructor(error: AppError) {
    super(error.code)
    this.name = 'Refusal'
    this.error = error
  }
}

/** What the trail tells of something that was thrown: a code, and nothing of anybody. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError') return 'cancelled'
  if (!(error instanceof Refusal)) return 'fault'
  return error.error.code === 'refused' ? error.error.reason : error.error.code
}

export function refuse(reason: RefusalReason): never {
  throw new Refusal({ code: 'refused', reason })
}

export function notFound(): never {
  throw new Refusal({ code: 'not-found' })
}

/** Refuses with errors next to their fields. */
export function invalid(...fields: FieldError[]): never {
  throw new Refusal({ code: 'invalid', fields })
}
