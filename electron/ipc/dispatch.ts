import { randomBytes } from 'node:crypto'
import type { Store } from '../../db/store.ts'
import { hasRole, roles, type Actor } from '../../shared/access/roles.ts'
import { codeOf, Refusal, type AppError, type Result } from '../../shared/errors.ts'
import { contract, type Definition } from '../../shared/ipc/contract.ts'
import { fieldErrors } from '../../shared/ipc/fieldErrors.ts'
import { appendAudit, type Act } from '../audit/appendAudit.ts'
import { handlers } from './handlers.ts'
import { AlreadyDone, type Job, type Read, type Write } from './operation.ts'
import { records } from './records.ts'

/** What the log gets of a fault: a code and a reference, and the error for its stack; the sink redacts. */
export type Report = (fault: { operation: string; reference: string; error: unknown }) => void

/**
 * Runs one operation of the contract: strict zod, then role, then its work with its audit row. Never throws.
 *
 * `raw` is what the page sent; `actor` is who main says is unlocked. Operations that main answers itself are not
 * run here: a page's request for one is refused and audited.
 */
export async function dispatch(
  store: Store,
  name: string,
  raw: unknown,
  actor: Actor,
  report: Report
): Promise<Result<unknown>> {
  const definition = Object.hasOwn(contract, name) ? contract[name as keyof typeof contract] : undefined
  if (!definition) return failed({ code: 'not-allowed' })
  const handler = Object.hasOwn(handlers, name) ? handlers[name as keyof typeof handlers] : notAnsweredHere
  return run(store, name, definition, handler as AnyHandler, raw, actor, report)
}

const notAnsweredHere: Write<unknown, never> = () => {
  throw new Refusal({ code: 'not-allowed' })
}

/** Runs the part in the record of an operation that main answers: same checks, same transaction, same audit row. */
export async function dispatchRecord(
  store: Store,
  name: keyof typeof records,
  raw: unknown,
  actor: Actor,
  report: Report
): Promise<Result<unknown>> {
  const part = records[name]
  const operation = 'partOf' in part ? part.partOf : name
  return run(store, operation, part.definition, part.handler as AnyHandler, raw, actor, report)
}

type AnyHandler = Write<unknown, unknown> | Read<unknown, unknown> | Job<unknown, unknown>

async function run(
  store: Store,
  operation: string,
  definition: Definition,
  handler: AnyHandler,
  raw: unknown,
  actor: Actor,
  report: Report
): Promise<Result<unknown>> {
  let subjectIds: string[] = []
  try {
    const parsed = definition.input.safeParse(raw)
    if (!parsed.success) return failed({ code: 'invalid', fields: fieldErrors(parsed.error) })
    subjectIds = definition.subjects(parsed.data)
    if (definition.may !== 'anyone' && !hasRole(actor, ...definition.may)) {
      throw new Refusal({ code: 'not-allowed' })
    }
    const done: Act = { operation, subjectIds, result: 'done' }
    switch (definition.kind) {
      case 'write':
      case 'session':
        return succeeded(
          await write(store, handler as Write<unknown, unknown>, parsed.data, actor, definition, done)
        )
      case 'read': {
        const value = await store.read((db) => (handler as Read<unknown, unknown>)(db, parsed.data, actor))
        if (definition.audited || readsAsAuditor(definition, actor)) {
          await store.write((tx) => appendAudit(tx, done, actor))
        }
        return succeeded(value)
      }
      case 'job':
        if (definition.audited || readsAsAuditor(definition, actor)) {
          await store.write((tx) => appendAudit(tx, { ...done, result: 'begun' }, actor))
        }
        return succeeded(await (handler as Job<unknown, unknown>)(store, parsed.data, actor))
    }
  } catch (error) {
    return failed(await auditFailure(store, { operation, subjectIds }, error, actor, report))
  }
}

async function write(
  store: Store,
  handler: Write<unknown, unknown>,
  input: unknown,
  actor: Actor,
  definition: Definition,
  done: Act
): Promise<unknown> {
  return store.write(async (tx) => {
    const value = await handler(tx, input, actor)
    if (value instanceof AlreadyDone) return value.value
    if (definition.audited) await appendAudit(tx, done, actor)
    return value
  })
}

/**
 * An auditor's reading of records is audited; that of a person who works with them is not. What everyone may read
 * (settings, the directory) is no record of anybody.
 */
function readsAsAuditor({ may }: Definition, actor: Actor): boolean {
  if (may === 'anyone' || may.length === roles.length || !may.includes('auditor')) return false
  return !hasRole(actor, ...may.filter((role) => role !== 'auditor'))
}

/** After the rollback: the attempt stands in the audit trail in a transaction of its own. */
async function auditFailure(
  store: Store,
  attempt: Pick<Act, 'operation' | 'subjectIds'>,
  error: unknown,
  actor: Actor,
  report: Report
): Promise<AppError> {
  const refusal = error instanceof Refusal ? error.error : undefined
  const reference = randomBytes(3).toString('hex').toUpperCase()
  const reason = refusal ? codeOf(error) : reference
  if (!refusal) report({ operation: attempt.operation, reference, error })
  try {
    const act: Act = { ...attempt, reason, result: refusal ? 'refused' : 'fault' }
    await store.write((tx) => appendAudit(tx, act, actor))
  } catch (auditError) {
    report({ operation: 'audit', reference, error: auditError })
    return { code: 'fault', reference }
  }
  return refusal ?? { code: 'fault', reference }
}

const succeeded = (value: unknown): Result<unknown> => ({ ok: true, value })
const failed = (error: AppError): Result<never> => ({ ok: false, error })
