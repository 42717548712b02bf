import { previewCover } from '../cover/previewCover.ts'
import { arrangeCover } from '../cover/arrangeCover.ts'
import { returnCover } from '../cover/returnCover.ts'
import { listCovers } from '../cover/listCovers.ts'
import { previewReassignment } from '../reassignment/previewReassignment.ts'
import { makeReassignment } from '../reassignment/makeReassignment.ts'
import { listAdvice } from '../advice/listAdvice.ts'
import { recordAdvice } from '../advice/recordAdvice.ts'
import { fillLetter } from '../letter/fillLetter.ts'
import { listAbout } from '../letter/listAbout.ts'
import { listLetters } from '../letter/listLetters.ts'
import { makeLetter } from '../letter/makeLetter.ts'
import { accountNames } from '../account/accountNames.ts'
import { changeRoles } from '../account/changeRoles.ts'
import { closeAccount } from '../account/closeAccount.ts'
import { listAccounts } from '../account/listAccounts.ts'
import { openWork } from '../account/openWork.ts'
import { takeOver } from '../account/takeOver.ts'
import { agencyNames } from '../agency/agencyNames.ts'
import { listAgencies } from '../agency/listAgencies.ts'
import { saveAgency } from '../agency/saveAgency.ts'
import { recordAgreement } from '../agreement/recordAgreement.ts'
import { withdrawAgreement } from '../agreement/withdrawAgreement.ts'
import { recordSharing } from '../sharing/recordSharing.ts'
import { readAssessment } from '../assessment/readAssessment.ts'
import { readVersion } from '../assessment/readVersion.ts'
import { saveAssessment } from '../assessment/saveAssessment.ts'
import { endOutcome } from '../plan/endOutcome.ts'
import { readPlan } from '../plan/readPlan.ts'
import { recordProgress } from '../plan/recordProgress.ts'
import { saveAction } from '../plan/saveAction.ts'
import { saveOutcome } from '../plan/saveOutcome.ts'
import { scoreOutcome } from '../plan/scoreOutcome.ts'
import { addNote } from '../note/addNote.ts'
import { listNotes } from '../note/listNotes.ts'
import { searchNotes } from '../note/searchNotes.ts'
import { closeEpisode } from '../episode/closeEpisode.ts'
import { changeLevel } from '../episode/changeLevel.ts'
import { countOverrides } from '../episode/countOverrides.ts'
import { calendar } from '../episode/calendar.ts'
import { endDate } from '../episode/endDate.ts'
import { findElsewhere } from '../episode/findElsewhere.ts'
import { nameKeyworker } from '../episode/nameKeyworker.ts'
import { overrideDue } from '../episode/overrideDue.ts'
import { planDate } from '../episode/planDate.ts'
import { readEpisode } from '../episode/readEpisode.ts'
import { registerEpisode } from '../episode/registerEpisode.ts'
import { takeStep } from '../episode/takeStep.ts'
import { reopenEpisode } from '../episode/reopenEpisode.ts'
import { previewExport } from '../export/prepareExport.ts'
import { cancelExport, exportProgress } from '../export/underWay.ts'
import { familyDue } from '../family/familyDue.ts'
import { listFiles } from '../attachment/listFiles.ts'
import { cancelFile, fileProgress } from '../attachment/underWay.ts'
import { checkChain } from '../audit/checkChain.ts'
import { listAudit } from '../audit/listAudit.ts'
import { addAddendum } from '../call/addAddendum.ts'
import { countCalls } from '../call/countCalls.ts'
import { fileCall } from '../call/fileCall.ts'
import { listCalls } from '../call/listCalls.ts'
import { listDrafts } from '../call/listDrafts.ts'
import { openDraft } from '../call/openDraft.ts'
import { previousCallers } from '../call/previousCallers.ts'
import { readCall } from '../call/readCall.ts'
import { saveDraft } from '../call/saveDraft.ts'
import { setAside } from '../call/setAside.ts'
import { addSchool } from '../school/addSchool.ts'
import { changeSchool } from '../school/changeSchool.ts'
import { cancelImport, confirmImport, importProgress } from '../school/importSchools.ts'
import { listSchools } from '../school/listSchools.ts'
import { readSchool } from '../school/readSchool.ts'
import { searchSchools } from '../school/searchSchools.ts'
import { changeSetting } from '../setting/changeSetting.ts'
import { endSetting } from '../setting/endSetting.ts'
import { listSettings } from '../setting/listSettings.ts'
import { spokenBefore } from '../call/spokenBefore.ts'
import { colleaguesDrafts } from '../call/colleaguesDrafts.ts'
import { handDraft } from '../call/handDraft.ts'
import { listFilters } from '../call/listFilters.ts'
import { saveFilter } from '../call/saveFilter.ts'
import { removeFilter } from '../call/removeFilter.ts'
import { markInError } from '../call/markInError.ts'
import { listDue } from '../call/listDue.ts'
import { closeOfDay } from '../call/closeOfDay.ts'
import { recordAttempt } from '../call/recordAttempt.ts'
import { answerReferral } from '../call/answerReferral.ts'
import { finishAction } from '../call/finishAction.ts'
import { answerFlag } from '../call/answerFlag.ts'
import { handOver } from '../call/handOver.ts'
import { listForms } from '../draft/listForms.ts'
import { openForm } from '../draft/openForm.ts'
import { saveForm } from '../draft/saveForm.ts'
import { setFormAside } from '../draft/setFormAside.ts'
import { listPractitioners } from '../practitioner/listPractitioners.ts'
import { savePractitioner } from '../practitioner/savePractitioner.ts'
import { reportCalls } from '../report/reportCalls.ts'
import { reportTriage } from '../report/reportTriage.ts'
import { triageRows } from '../report/triageRows.ts'
import { acknowledgeAccess } from '../family/acknowledgeAccess.ts'
import { addMember } from '../family/addMember.ts'
import { changeMember } from '../family/changeMember.ts'
import { giveReason } from '../family/giveReason.ts'
import {
  cancelImport as cancelFamilyImport,
  confirmImport as confirmFamilyImport,
  importProgress as familyImportProgress
} from '../family/importFamilies.ts'
import { moveMember } from '../family/moveMember.ts'
import { showWithheld } from '../family/showWithheld.ts'
import { listFamilies } from '../family/listFamilies.ts'
import { listChronology } from '../family/listChronology.ts'
import { readFamily } from '../family/readFamily.ts'
import { recordFact } from '../family/recordFact.ts'
import { registerFamily } from '../family/registerFamily.ts'
import { answerCheck } from '../check/answerCheck.ts'
import { beginCheck } from '../check/beginCheck.ts'
import { searchAhead } from '../check/searchAhead.ts'
import { tryIdentity } from '../check/tryIdentity.ts'
import { disclose } from '../check/disclose.ts'
import { endCheck } from '../check/endCheck.ts'
import { listChecks } from '../check/listChecks.ts'
import { listTakers } from '../check/listTakers.ts'
import { readCheck } from '../check/readCheck.ts'
import { findOpen } from '../episode/findOpen.ts'
import { listOpen } from '../episode/listOpen.ts'
import { bookAbsence } from '../keyworker/bookAbsence.ts'
import { cancelAbsence } from '../keyworker/cancelAbsence.ts'
import { closeKeyworker } from '../keyworker/closeKeyworker.ts'
import { compareLoads } from '../keyworker/compareLoads.ts'
import { listKeyworkers } from '../keyworker/listKeyworkers.ts'
import { previewHandOver } from '../keyworker/prepareHandOver.ts'
import { readKeyworker } from '../keyworker/readKeyworker.ts'
import { savePattern } from '../keyworker/savePattern.ts'
import { arrangeMeeting } from '../meeting/arrangeMeeting.ts'
import { giveCopy } from '../meeting/giveCopy.ts'
import { readTeam } from '../meeting/readTeam.ts'
import { recordMeeting } from '../meeting/recordMeeting.ts'
import { saveMember } from '../meeting/saveMember.ts'
import { comparePeople } from '../person/comparePeople.ts'
import { listPairs } from '../person/listPairs.ts'
import { matchAgain, matchProgress } from '../person/matchAgain.ts'
import { mergePeople, undoMerge } from '../person/mergePeople.ts'
import { choosePerson } from '../person/choosePerson.ts'
import { findLike, findPeople } from '../person/findPeople.ts'
import { decideStepDown } from '../stepDown/decideStepDown.ts'
import { fillTriageLetter } from '../stepDown/fillTriageLetter.ts'
import {
  cancelImport as cancelStepDownImport,
  confirmImport as confirmStepDownImport,
  importProgress as stepDownImportProgress
} from '../stepDown/importStepDowns.ts'
import { makeTriageLetter } from '../stepDown/makeTriageLetter.ts'
import { matchStepDown } from '../stepDown/matchStepDown.ts'
import { receiveStepDown } from '../stepDown/receiveStepDown.ts'
import { registerStepDown } from '../stepDown/registerStepDown.ts'
import { returnStepDown } from '../stepDown/returnStepDown.ts'
import { similarStepDowns } from '../stepDown/similarStepDowns.ts'
import { actOnRequest } from '../subjectAccess/actOnRequest.ts'
import { readAnswerStanding } from '../subjectAccess/answerStanding.ts'
import { decideItems } from '../subjectAccess/decideItems.ts'
import { gatheringProgress } from '../subjectAccess/gatheredItems.ts'
import { listItems } from '../subjectAccess/listItems.ts'
import { listRequests, requestsDue } from '../subjectAccess/listRequests.ts'
import { familiesOfRequest, readRequest } from '../subjectAccess/readRequest.ts'
import { recordRequest } from '../subjectAccess/recordRequest.ts'
import { reviewAnswer } from '../subjectAccess/reviewAnswer.ts'
import { searchItems } from '../subjectAccess/searchItems.ts'
import { listChairs, listMeetings, readMeeting } from '../stepUp/listMeetings.ts'
import { listOpenStepUps, listStepUps } from '../stepUp/listStepUps.ts'
import { cancelMeeting, planMeeting } from '../stepUp/planMeeting.ts'
import { readEvidence } from '../stepUp/readEvidence.ts'
import { recordOutcomes } from '../stepUp/recordOutcomes.ts'
import { requestStepUp } from '../stepUp/requestStepUp.ts'
import { takeStepUpStep } from '../stepUp/takeStepUpStep.ts'
import { giveNotes } from '../transfer/giveNotes.ts'
import { listTransfers } from '../transfer/listTransfers.ts'
import { requestTransfer } from '../transfer/requestTransfer.ts'
import { takeTransferStep } from '../transfer/takeTransferStep.ts'
import { act as actOnStepDown } from '../stepDown/act.ts'
import { answerProposal } from '../stepDown/answerProposal.ts'
import { listCandidates } from '../stepDown/candidates.ts'
import { countQueue } from '../stepDown/countQueue.ts'
import { familyOfStepDown } from '../stepDown/familyOfStepDown.ts'
import { lastOfStepDown } from '../stepDown/lastOfStepDown.ts'
import { listQueue } from '../stepDown/listQueue.ts'
import { readStepDown } from '../stepDown/readStepDown.ts'
import { proposeKeyworker } from '../stepDown/proposeKeyworker.ts'
import { readTriageHome } from '../stepDown/readTriageHome.ts'
import {
  cancelImport as cancelCaseNotes,
  confirmImport as confirmCaseNotes,
  importProgress as caseNotesProgress,
  openImport as openCaseNotes
} from '../caseImport/importCaseNotes.ts'
import { readBroughtIn } from '../caseImport/readBroughtIn.ts'
import type { Handlers } from './operation.ts'

/** Operation → function, for all that the database thread answers. Complete, or it does not compile. */
export const handlers: Handlers = {
  'account.close': closeAccount,
  'account.changeRoles': changeRoles,
  'account.list': listAccounts,
  'account.openWork': openWork,
  'account.takeOver': takeOver,
  'account.names': accountNames,
  'call.saveDraft': saveDraft,
  'call.drafts': listDrafts,
  'call.openDraft': openDraft,
  'call.setAside': setAside,
  'call.file': fileCall,
  'call.addAddendum': addAddendum,
  'call.list': listCalls,
  'call.count': countCalls,
  'call.read': readCall,
  'call.previousCallers': previousCallers,
  'call.spokenBefore': spokenBefore,
  'call.colleaguesDrafts': colleaguesDrafts,
  'call.handDraft': handDraft,
  'call.filters': listFilters,
  'call.saveFilter': saveFilter,
  'call.removeFilter': removeFilter,
  'call.markInError': markInError,
  'call.due': listDue,
  'call.closeOfDay': closeOfDay,
  'call.recordAttempt': recordAttempt,
  'call.answerReferral': answerReferral,
  'call.finishAction': finishAction,
  'call.answerFlag': answerFlag,
  'call.handOver': handOver,
  'school.search': searchSchools,
  'school.list': listSchools,
  'school.read': readSchool,
  'school.add': addSchool,
  'school.change': changeSchool,
  'school.confirmImport': confirmImport,
  'school.cancelImport': cancelImport,
  'school.importProgress': importProgress,
  'agency.list': listAgencies,
  'agency.save': saveAgency,
  'agency.names': agencyNames,
  'setting.list': listSettings,
  'setting.change': changeSetting,
  'setting.end': endSetting,
  'draft.save': saveForm,
  'draft.list': listForms,
  'draft.open': openForm,
  'draft.setAside': setFormAside,
  'family.register': registerFamily,
  'family.read': readFamily,
  'family.chronology': listChronology,
  'family.list': listFamilies,
  'family.recordFact': recordFact,
  'family.addMember': addMember,
  'family.changeMember': changeMember,
  'family.moveMember': moveMember,
  'family.giveReason': giveReason,
  'family.showWithheld': showWithheld,
  'family.acknowledgeAccess': acknowledgeAccess,
  'family.confirmImport': confirmFamilyImport,
  'family.cancelImport': cancelFamilyImport,
  'family.importProgress': familyImportProgress,
  'family.due': familyDue,
  'person.find': findPeople,
  'person.findLike': findLike,
  'person.choose': choosePerson,
  'person.compare': comparePeople,
  'person.merge': mergePeople,
  'person.undoMerge': undoMerge,
  'person.pairs': listPairs,
  'person.matchAgain': matchAgain,
  'person.matchProgress': matchProgress,
  'agreement.record': recordAgreement,
  'agreement.withdraw': withdrawAgreement,
  'sharing.record': recordSharing,
  'episode.planDate': planDate,
  'episode.endDate': endDate,
  'episode.findOpen': findOpen,
  'episode.register': registerEpisode,
  'episode.read': readEpisode,
  'episode.elsewhere': findElsewhere,
  'episode.takeStep': takeStep,
  'episode.nameKeyworker': nameKeyworker,
  'episode.changeLevel': changeLevel,
  'episode.overrideDue': overrideDue,
  'episode.overrides': countOverrides,
  'episode.close': closeEpisode,
  'episode.reopen': reopenEpisode,
  'episode.open': listOpen,
  'episode.calendar': calendar,
  'assessment.read': readAssessment,
  'assessment.version': readVersion,
  'assessment.save': saveAssessment,
  'plan.read': readPlan,
  'plan.saveOutcome': saveOutcome,
  'plan.endOutcome': endOutcome,
  'plan.saveAction': saveAction,
  'plan.recordProgress': recordProgress,
  'plan.score': scoreOutcome,
  'meeting.team': readTeam,
  'meeting.saveMember': saveMember,
  'meeting.arrange': arrangeMeeting,
  'meeting.record': recordMeeting,
  'meeting.giveCopy': giveCopy,
  'note.add': addNote,
  'note.list': listNotes,
  'note.search': searchNotes,
  'attachment.list': listFiles,
  'attachment.progress': fileProgress,
  'attachment.cancel': cancelFile,
  'export.preview': previewExport,
  'export.progress': exportProgress,
  'export.cancel': cancelExport,
  'caseImport.open': openCaseNotes,
  'caseImport.confirm': confirmCaseNotes,
  'caseImport.cancel': cancelCaseNotes,
  'caseImport.progress': caseNotesProgress,
  'caseImport.read': readBroughtIn,
  'practitioner.list': listPractitioners,
  'practitioner.save': savePractitioner,
  'keyworker.list': listKeyworkers,
  'keyworker.compare': compareLoads,
  'keyworker.read': readKeyworker,
  'keyworker.savePattern': savePattern,
  'keyworker.bookAbsence': bookAbsence,
  'keyworker.cancelAbsence': cancelAbsence,
  'keyworker.previewHandOver': previewHandOver,
  'keyworker.close': closeKeyworker,
  'transfer.request': requestTransfer,
  'transfer.takeStep': takeTransferStep,
  'transfer.giveNotes': giveNotes,
  'transfer.list': listTransfers,
  'cover.preview': previewCover,
  'cover.arrange': arrangeCover,
  'cover.return': returnCover,
  'cover.list': listCovers,
  'reassignment.preview': previewReassignment,
  'reassignment.make': makeReassignment,
  'advice.record': recordAdvice,
  'advice.list': listAdvice,
  'letter.about': listAbout,
  'letter.fill': fillLetter,
  'letter.make': makeLetter,
  'letter.list': listLetters,
  'check.begin': beginCheck,
  'check.search': searchAhead,
  'check.tryIdentity': tryIdentity,
  'check.answer': answerCheck,
  'check.disclose': disclose,
  'check.end': endCheck,
  'check.list': listChecks,
  'check.takers': listTakers,
  'check.read': readCheck,
  'stepDown.receive': receiveStepDown,
  'stepDown.confirmImport': confirmStepDownImport,
  'stepDown.cancelImport': cancelStepDownImport,
  'stepDown.importProgress': stepDownImportProgress,
  'stepDown.read': readStepDown,
  'stepDown.familyOf': familyOfStepDown,
  'stepDown.last': lastOfStepDown,
  'stepDown.queue': listQueue,
  'stepDown.count': countQueue,
  'stepDown.home': readTriageHome,
  'stepDown.return': returnStepDown,
  'stepDown.act': actOnStepDown,
  'stepDown.similar': similarStepDowns,
  'stepDown.match': matchStepDown,
  'stepDown.registerFamily': registerStepDown,
  'stepDown.decide': decideStepDown,
  'stepDown.fillLetter': fillTriageLetter,
  'stepDown.makeLetter': makeTriageLetter,
  'stepDown.candidates': listCandidates,
  'stepDown.propose': proposeKeyworker,
  'stepDown.answer': answerProposal,
  'subjectAccess.record': recordRequest,
  'subjectAccess.list': listRequests,
  'subjectAccess.due': requestsDue,
  'subjectAccess.read': readRequest,
  'subjectAccess.families': familiesOfRequest,
  'subjectAccess.act': actOnRequest,
  'subjectAccess.items': listItems,
  'subjectAccess.gathering': gatheringProgress,
  'subjectAccess.search': searchItems,
  'subjectAccess.standing': readAnswerStanding,
  'subjectAccess.decide': decideItems,
  'subjectAccess.review': reviewAnswer,
  'stepUp.request': requestStepUp,
  'stepUp.takeStep': takeStepUpStep,
  'stepUp.planMeeting': planMeeting,
  'stepUp.cancelMeeting': cancelMeeting,
  'stepUp.recordOutcomes': recordOutcomes,
  'stepUp.list': listStepUps,
  'stepUp.open': listOpenStepUps,
  'stepUp.evidence': readEvidence,
  'stepUp.meetings': listMeetings,
  'stepUp.meeting': readMeeting,
  'stepUp.chairs': listChairs,
  'report.calls': reportCalls,
  'report.triage': reportTriage,
  'report.triageRows': triageRows,
  'audit.list': listAudit,
  'audit.checkChain': checkChain
}
