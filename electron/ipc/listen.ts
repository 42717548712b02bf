import { ipcMain, type BrowserWindow } from 'electron'
import { hasRole } from '../../shared/access/roles.ts'
import { Refusal, type AppError, type Result } from '../../shared/errors.ts'
import { contract, type Definition } from '../../shared/ipc/contract.ts'
import { fieldErrors } from '../../shared/ipc/fieldErrors.ts'
import { operations, type Operation } from '../../shared/ipc/operations.ts'
import { actorOf, cannotOpen, followOwnRoles, followSettings, inTurn, type Desk } from '../account/session.ts'
import { stopMaking } from '../export/chooseExport.ts'
import { newReference } from '../shell/faults.ts'
import type { OfKind } from './operation.ts'
import { isTrustedSender } from './sender.ts'
import { sessionHandlers, type SessionHandler } from './sessionHandlers.ts'

/**
 * The one door from the page: each operation is registered by name, the sender is checked, and who acts comes from
 * main's session, never from the page.
 */
export function listen(
  desk: Desk,
  window: () => BrowserWindow | undefined,
  devServer: string | undefined
): void {
  const { log } = desk.surroundings
  for (const name of operations) {
    ipcMain.handle(name, async (event, raw: unknown): Promise<Result<unknown>> => {
      const contents = window()?.webContents
      if (!contents || !isTrustedSender(event, contents.id, devServer)) {
        log.event('sender-refused', { operation: name })
        return failed({ code: 'not-allowed' })
      }
      try {
        return await answer(desk, name, raw)
      } catch (error) {
        const known = cannotOpen(error)
        if (known instanceof Refusal) return failed(known.error)
        const reference = newReference()
        log.fault('operation-fault', error, { operation: name, reference })
        return failed({ code: 'fault', reference })
      }
    })
  }
}

async function answer(desk: Desk, name: Operation, raw: unknown): Promise<Result<unknown>> {
  const definition: Definition = contract[name]
  if (definition.kind === 'session' && mayAsk(desk, definition)) {
    const parsed = definition.input.safeParse(raw)
    if (!parsed.success) return failed({ code: 'invalid', fields: fieldErrors(parsed.error) })
    const handler = sessionHandlers[name as OfKind<'session'>] as SessionHandler<unknown, unknown>
    const act = () => handler(desk, parsed.data)
    return { ok: true, value: await (changesTheSession.has(name) ? inTurn(desk, act) : act()) }
  }
  const actor = actorOf(desk)
  if (desk.state.stage !== 'open' || !actor) return failed({ code: 'locked' })
  // also what main answers, when this person may not ask for it: the thread refuses it and audits the attempt
  const result = await desk.state.database.run(name, raw, actor)
  if (result.ok && name.startsWith('setting.') && definition.kind === 'write') await followSettings(desk)
  if (result.ok && name === 'account.changeRoles') await followOwnRoles(desk)
  if (result.ok && name === 'export.cancel') stopMaking(desk)
  return result
}

/** The rest must not wait, or takes a person's time: looking, locking, closing, choosing a file. */
const changesTheSession: ReadonlySet<Operation> = new Set<Operation>([
  'account.setUp',
  'account.confirmRecoveryKey',
  'account.unlock',
  'account.chooseNewPassphrase',
  'account.recover',
  'account.changePassphrase',
  'account.changeDeskCode',
  'account.add',
  'account.giveOneTimePassphrase',
  'account.stop'
])

function mayAsk(desk: Desk, { may }: Definition): boolean {
  return may === 'anyone' || hasRole(actorOf(desk) ?? { roles: [] }, ...may)
}

const failed = (error: AppError): Result<never> => ({ ok: false, error })
