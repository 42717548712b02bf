import { z } from 'zod'
import { roles } from '../../shared/access/roles.ts'
import { personName } from '../../shared/account/account.ts'
import { id, instant } from '../../shared/ids.ts'
import { contract, type Definition } from '../../shared/ipc/contract.ts'
import type { Operation } from '../../shared/ipc/operations.ts'
import { addAccount } from '../account/addAccount.ts'
import { administratorToRecover } from '../account/administratorToRecover.ts'
import { mayChangeDeskCode } from '../account/mayChangeDeskCode.ts'
import { personToLetIn } from '../account/personToLetIn.ts'
import { recordUnlock } from '../account/recordUnlock.ts'
import { setUpRecord } from '../account/setUpRecord.ts'
import { stopAccount } from '../account/stopAccount.ts'
import { attachFile } from '../attachment/attachFile.ts'
import { nameOfFile, saveCopy } from '../attachment/saveCopy.ts'
import { readReceipt } from '../call/readReceipt.ts'
import { previewImport as previewCaseNotes } from '../caseImport/importCaseNotes.ts'
import { prepareAnswer } from '../subjectAccess/answerReady.ts'
import { writeAnswer } from '../subjectAccess/saveAnswer.ts'
import { endPaper } from '../export/endPaper.ts'
import { endUnfinished } from '../export/journal.ts'
import { prepareExport } from '../export/prepareExport.ts'
import { goOn } from '../export/leaving.ts'
import { writeExport } from '../export/writeExport.ts'
import { previewImport as previewFamilies } from '../family/importFamilies.ts'
import { prepareHandOver } from '../keyworker/prepareHandOver.ts'
import { writeHandOver } from '../keyworker/writeHandOver.ts'
import { readLetter } from '../letter/readLetter.ts'
import { prepareList } from '../list/prepareList.ts'
import { writeList } from '../list/writeList.ts'
import { writeTriage } from '../report/writeTriage.ts'
import { previewImport } from '../school/importSchools.ts'
import { previewImport as previewStepDowns } from '../stepDown/importStepDowns.ts'
import { readTriageLetter } from '../stepDown/readTriageLetter.ts'
import type { Write } from './operation.ts'

function record<I extends z.ZodType>(
  input: I,
  subjects: (input: z.output<I>) => string[] = () => [],
  may: Definition['may'] = 'anyone'
): Definition<I, unknown, 'write'> {
  return { kind: 'write', input, may, subjects, audited: true }
}

const nothing = z.strictObject({})
const noteOnly: Write<unknown, null> = () => Promise.resolve(null)

/**
 * What main writes into the record for the operations that it answers itself. Main has checked the sender
 * and the input; no page can ask for one of these. The role is asked for again here, of whoever acts by now.
 */
export const records = {
  'account.setUp': {
    definition: record(
      z.strictObject({
        accountId: id,
        name: personName,
        roles: z.array(z.enum(roles)).min(1),
        profession: contract['account.setUp'].input.shape.profession,
        hubIds: z.array(id)
      }),
      (input) => [input.accountId]
    ),
    handler: setUpRecord
  },
  'account.unlock': {
    definition: record(
      z.strictObject({
        accountId: id,
        failures: z.array(
          z.strictObject({
            id,
            at: instant,
            accountId: z.union([z.literal(''), id]),
            tried: z.enum(['passphrase', 'recovery-key'])
          })
        )
      }),
      (input) => [input.accountId]
    ),
    handler: recordUnlock
  },
  'account.lock': { definition: record(nothing), handler: noteOnly },
  'account.changePassphrase': { definition: record(nothing), handler: noteOnly },
  'account.recover': {
    definition: record(z.strictObject({ name: z.string() })),
    handler: administratorToRecover
  },
  'account.giveOneTimePassphrase': {
    definition: record(
      z.strictObject({ id }),
      (input) => [input.id],
      contract['account.giveOneTimePassphrase'].may
    ),
    handler: personToLetIn
  },
  'account.changeDeskCode': {
    definition: record(nothing, undefined, contract['account.changeDeskCode'].may),
    handler: mayChangeDeskCode
  },
  'account.add': {
    definition: record(contract['account.add'].input, (input) => [input.id], contract['account.add'].may),
    handler: addAccount
  },
  'account.stop': {
    definition: record(z.strictObject({ id }), (input) => [input.id], contract['account.stop'].may),
    handler: stopAccount
  },
  'attachment.attach': {
    definition: {
      ...record(
        contract['attachment.attach'].input.extend({ path: z.string() }),
        (input) => contract['attachment.attach'].subjects(input),
        contract['attachment.attach'].may
      ),
      // told in the transaction of its row
      ...{ kind: 'job', audited: false }
    },
    handler: attachFile
  },
  'attachment.nameOf': {
    definition: {
      ...record(
        contract['attachment.saveCopy'].input,
        (input) => contract['attachment.saveCopy'].subjects(input),
        contract['attachment.saveCopy'].may
      ),
      ...{ kind: 'read', audited: false }
    },
    handler: nameOfFile,
    // so that a refusal stands under what was asked for
    partOf: 'attachment.saveCopy'
  },
  'attachment.saveCopy': {
    definition: {
      ...record(
        contract['attachment.saveCopy'].input.extend({ path: z.string() }),
        (input) => contract['attachment.saveCopy'].subjects(input),
        contract['attachment.saveCopy'].may
      ),
      // told together with where it is written
      ...{ kind: 'job', audited: false }
    },
    handler: saveCopy
  },
  'report.saveTriage': {
    definition: {
      ...record(
        contract['report.saveTriage'].input.extend({ path: z.string() }),
        undefined,
        contract['report.saveTriage'].may
      ),
      kind: 'job'
    },
    handler: writeTriage
  },
  'call.saveReceipt': {
    definition: {
      ...record(
        contract['call.saveReceipt'].input.extend({ paperId: id }),
        (input) => [input.id],
        contract['call.saveReceipt'].may
      ),
      // told together with its row in the journal
      ...{ kind: 'job', audited: false }
    },
    handler: readReceipt
  },
  'export.prepare': {
    definition: {
      ...record(
        contract['export.save'].input,
        (input) => contract['export.save'].subjects(input),
        contract['export.save'].may
      ),
      audited: false
    },
    handler: prepareExport,
    // so that a refusal stands under what was asked for
    partOf: 'export.save'
  },
  'export.write': {
    definition: {
      ...record(
        contract['export.save'].input.extend({ reference: z.string(), path: z.string() }),
        (input) => contract['export.save'].subjects(input),
        contract['export.save'].may
      ),
      // told together with where it is written
      ...{ kind: 'job', audited: false }
    },
    handler: writeExport,
    partOf: 'export.save'
  },
  'export.goOn': {
    definition: {
      ...record(
        z.strictObject({ id, file: z.instanceof(Uint8Array) }),
        (input) => [input.id],
        contract['export.save'].may
      ),
      // its beginning and its end are told
      ...{ kind: 'job', audited: false }
    },
    handler: goOn,
    partOf: 'export.save'
  },
  'export.endUnfinished': {
    // each that is ended is told of by itself
    definition: { ...record(nothing), ...{ kind: 'job', audited: false } },
    handler: endUnfinished,
    partOf: 'export.save'
  },
  'paper.end': {
    definition: {
      ...record(
        z.strictObject({
          ...{ id, path: z.string(), file: z.instanceof(Uint8Array), why: z.string().max(80) }
        })
      ),
      // the trail tells its end under what was begun
      ...{ kind: 'job', audited: false }
    },
    handler: endPaper,
    partOf: 'export.save'
  },
  'caseImport.choose': {
    definition: {
      ...record(
        contract['caseImport.choose'].input.extend({ path: z.string() }),
        (input) => contract['caseImport.choose'].subjects(input),
        contract['caseImport.choose'].may
      ),
      kind: 'job'
    },
    handler: previewCaseNotes
  },
  'family.chooseImport': {
    definition: {
      ...record(z.strictObject({ path: z.string() }), undefined, contract['family.chooseImport'].may),
      kind: 'job'
    },
    handler: previewFamilies
  },
  'handOver.prepare': {
    definition: {
      ...record(
        contract['keyworker.saveHandOver'].input,
        (input) => contract['keyworker.saveHandOver'].subjects(input),
        contract['keyworker.saveHandOver'].may
      ),
      ...{ kind: 'job', audited: false }
    },
    handler: prepareHandOver,
    partOf: 'keyworker.saveHandOver'
  },
  'handOver.write': {
    definition: {
      ...record(
        contract['keyworker.saveHandOver'].input.extend({ reference: z.string(), path: z.string() }),
        (input) => contract['keyworker.saveHandOver'].subjects(input),
        contract['keyworker.saveHandOver'].may
      ),
      // told together with where it is written
      ...{ kind: 'job', audited: false }
    },
    handler: writeHandOver,
    partOf: 'keyworker.saveHandOver'
  },
  'letter.savePdf': {
    definition: {
      ...record(
        contract['letter.savePdf'].input.extend({ paperId: id }),
        (input) => contract['letter.savePdf'].subjects(input),
        contract['letter.savePdf'].may
      ),
      // told together with its row in the journal
      ...{ kind: 'job', audited: false }
    },
    handler: readLetter
  },
  'list.prepare': {
    definition: {
      ...record(
        contract['list.save'].input,
        (input) => contract['list.save'].subjects(input),
        contract['list.save'].may
      ),
      audited: false
    },
    handler: prepareList,
    partOf: 'list.save'
  },
  'list.write': {
    definition: {
      ...record(
        contract['list.save'].input.extend({ reference: z.string(), path: z.string() }),
        (input) => contract['list.save'].subjects(input),
        contract['list.save'].may
      ),
      // told together with where it is written
      ...{ kind: 'job', audited: false }
    },
    handler: writeList,
    partOf: 'list.save'
  },
  'stepDown.chooseImport': {
    definition: {
      ...record(z.strictObject({ path: z.string() }), undefined, contract['stepDown.chooseImport'].may),
      kind: 'job'
    },
    handler: previewStepDowns
  },
  'answer.prepare': {
    definition: {
      ...record(
        contract['subjectAccess.save'].input,
        (input) => contract['subjectAccess.save'].subjects(input),
        contract['subjectAccess.save'].may
      ),
      ...{ kind: 'job', audited: false }
    },
    handler: prepareAnswer,
    partOf: 'subjectAccess.save'
  },
  'answer.write': {
    definition: {
      ...record(
        contract['subjectAccess.save'].input.extend({ reference: z.string(), path: z.string() }),
        (input) => contract['subjectAccess.save'].subjects(input),
        contract['subjectAccess.save'].may
      ),
      // told together with where it is written
      ...{ kind: 'job', audited: false }
    },
    handler: writeAnswer,
    partOf: 'subjectAccess.save'
  },
  'stepDown.saveLetterPdf': {
    definition: {
      ...record(
        contract['stepDown.saveLetterPdf'].input.extend({ paperId: id }),
        (input) => contract['stepDown.saveLetterPdf'].subjects(input),
        contract['stepDown.saveLetterPdf'].may
      ),
      // told together with its row in the journal
      ...{ kind: 'job', audited: false }
    },
    handler: readTriageLetter
  },
  'school.chooseImport': {
    definition: {
      ...record(z.strictObject({ path: z.string() }), undefined, contract['school.chooseImport'].may),
      kind: 'job'
    },
    handler: previewImport
  }
} as const satisfies Record<string, { definition: Definition; handler: unknown; partOf?: Operation }>
