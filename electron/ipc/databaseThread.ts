import { parentPort } from 'node:worker_threads'
import { CannotOpen } from '../../db/open.ts'
import { openStore, type Store } from '../../db/store.ts'
import { endFile } from '../attachment/underWay.ts'
import { endImporting } from '../caseImport/importCaseNotes.ts'
import { endExporting } from '../export/underWay.ts'
import { describeFault } from '../shell/redact.ts'
import type { FromDatabase, ToDatabase } from './databaseMessages.ts'
import { dispatch, dispatchRecord, type Report } from './dispatch.ts'

/** The thread in which all SQL runs. It ends when the desk locks, and the key with it. */
const say = (message: FromDatabase): void => parentPort?.postMessage(message)
const report: Report = ({ operation, reference, error }) =>
  say({ kind: 'fault', operation, reference, fault: { ...describeFault(error) } })

let store: Store | undefined

async function obey(message: ToDatabase): Promise<void> {
  switch (message.kind) {
    case 'open':
      return open(message)
    case 'run': {
      const { call, name, input, actor } = message
      return say({ kind: 'answer', call, result: await dispatch(opened(), name, input, actor, report) })
    }
    case 'record': {
      const { call, name, input, actor } = message
      return say({ kind: 'answer', call, result: await dispatchRecord(opened(), name, input, actor, report) })
    }
    case 'close':
      await Promise.all([endExporting(), endImporting(), endFile()])
      store?.close()
      parentPort?.close()
  }
}

function open({ key, file, migrationsFolder, nativeBinding }: ToDatabase & { kind: 'open' }): void {
  try {
    store = openStore({
      file,
      key,
      migrationsFolder,
      nativeBinding,
      progress: (step) => say({ kind: 'step', step })
    })
    say({ kind: 'opened' })
  } catch (error) {
    const problem = error instanceof CannotOpen ? error.problem : 'fault'
    say({ kind: 'not-opened', problem, fault: { ...describeFault(error) } })
  } finally {
    key.fill(0)
  }
}

function opened(): Store {
  if (!store) throw new Error('The record is not open')
  return store
}

parentPort?.on('message', (message: ToDatabase) => void obey(message))
