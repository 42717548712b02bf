import type { AuditResult } from '../../shared/audit/audit.ts'
import type { Operation } from '../../shared/ipc/operations.ts'

/** Every operation that can leave a row, as an auditor reads it. */
export const operationLabels: Record<Operation, string> = {
  'account.session': 'Asked who is at the desk',
  'account.setUp': 'Set the computer up',
  'account.confirmRecoveryKey': 'Confirmed the recovery key',
  'account.unlock': 'Unlocked the desk',
  'account.chooseNewPassphrase': 'Chose a new passphrase',
  'account.recover': 'Used the recovery key',
  'account.lock': 'Locked the desk',
  'account.closeDesk': 'Closed the desk',
  'account.changePassphrase': 'Changed their passphrase',
  'account.changeDeskCode': 'Changed the desk code',
  'account.add': 'Added a person',
  'account.giveOneTimePassphrase': 'Gave a one-time passphrase',
  'account.stop': 'Stopped a person’s access',
  'account.close': 'Closed an account',
  'account.changeRoles': 'Changed a person’s roles',
  'account.list': 'Listed people',
  'account.openWork': 'Listed what nobody owns',
  'account.takeOver': 'Handed on what nobody owned',
  'account.names': 'Listed names',
  'call.saveDraft': 'Saved an unfinished call',
  'call.drafts': 'Listed unfinished calls',
  'call.openDraft': 'Opened an unfinished call',
  'call.setAside': 'Set an unfinished call aside',
  'call.file': 'Filed a call',
  'call.addAddendum': 'Added an addendum',
  'call.list': 'Listed calls',
  'call.read': 'Read a call',
  'call.previousCallers': 'Looked up earlier callers',
  'school.search': 'Searched schools',
  'school.list': 'Listed schools',
  'school.read': 'Read a school',
  'school.add': 'Added a school',
  'school.change': 'Changed a school',
  'school.chooseImport': 'Read a file of schools',
  'school.confirmImport': 'Imported schools',
  'school.cancelImport': 'Cancelled an import of schools',
  'school.importProgress': 'Looked at an import',
  'agency.list': 'Listed agencies',
  'agency.save': 'Saved an agency',
  'setting.list': 'Read the settings',
  'setting.change': 'Changed a setting',
  'setting.end': 'Ended a setting',
  'audit.list': 'Read the audit',
  'audit.checkChain': 'Checked the audit’s chain'
}

export const resultLabels: Record<AuditResult, string> = {
  done: 'Done',
  refused: 'Refused',
  fault: 'Fault',
  begun: 'Begun',
  failed: 'Failed'
}
