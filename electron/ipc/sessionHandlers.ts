import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { addPerson, changeDeskCode, giveOneTimePassphrase, stopAccess } from '../account/letIn.ts'
import { lock, view, type Desk } from '../account/session.ts'
import { confirmRecoveryKey, setUp } from '../account/setUp.ts'
import { changePassphrase, chooseNewPassphrase, recover, unlock } from '../account/unlock.ts'
import { attach, saveCopy } from '../attachment/chooseFile.ts'
import { saveReceipt } from '../call/saveReceipt.ts'
import { saveCaseNotes, saveHandOver } from '../export/chooseExport.ts'
import { saveTriage } from '../report/saveTriage.ts'
import { chooseImport as chooseFamilyImport } from '../family/chooseImport.ts'
import { savePdf } from '../letter/savePdf.ts'
import { saveList } from '../list/chooseList.ts'
import { chooseImport as chooseStepDownImport } from '../stepDown/chooseImport.ts'
import { saveTriageLetterPdf } from '../stepDown/saveTriageLetterPdf.ts'
import { saveAnswer } from '../subjectAccess/chooseAnswer.ts'
import { chooseImport } from '../school/chooseImport.ts'
import { chooseCaseNotes } from '../caseImport/chooseCaseNotes.ts'
import type { OfKind } from './operation.ts'

export type SessionHandler<I, O> = (desk: Desk, input: I) => O | Promise<O>

type SessionHandlers = { [N in OfKind<'session'>]: SessionHandler<Parsed<N>, Output<N>> }

/** Operation → function, for what main answers itself. Complete, or it does not compile. */
export const sessionHandlers: SessionHandlers = {
  'account.session': view,
  'account.setUp': setUp,
  'account.confirmRecoveryKey': confirmRecoveryKey,
  'account.unlock': unlock,
  'account.chooseNewPassphrase': chooseNewPassphrase,
  'account.recover': recover,
  'account.lock': async (desk) => {
    await lock(desk)
    return view(desk)
  },
  'account.changePassphrase': changePassphrase,
  'account.changeDeskCode': changeDeskCode,
  'account.add': addPerson,
  'account.giveOneTimePassphrase': giveOneTimePassphrase,
  'account.stop': stopAccess,
  'account.closeDesk': (desk) => {
    desk.surroundings.closeWindow()
    return null
  },
  'report.saveTriage': saveTriage,
  'call.saveReceipt': saveReceipt,
  'attachment.attach': attach,
  'attachment.saveCopy': saveCopy,
  'export.save': saveCaseNotes,
  'caseImport.choose': chooseCaseNotes,
  'family.chooseImport': chooseFamilyImport,
  'keyworker.saveHandOver': saveHandOver,
  'letter.savePdf': savePdf,
  'list.save': saveList,
  'stepDown.chooseImport': chooseStepDownImport,
  'stepDown.saveLetterPdf': saveTriageLetterPdf,
  'subjectAccess.save': saveAnswer,
  'school.chooseImport': chooseImport
}
