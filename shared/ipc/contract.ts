import { z } from 'zod'
import { roles, type Role } from '../access/roles.ts'
import {
  changedRoles,
  changePassphraseInput,
  newAccount,
  newPassphraseInput,
  recoverInput,
  setUpInput,
  typedGroups,
  unlockInput,
  type Account,
  type AccountName,
  type OpenWork,
  type Session
} from '../account/account.ts'
import { adviceDraft, adviceQuery, type Advice } from '../advice/advice.ts'
import { agency, type Agency, type AgencyName } from '../agency/agency.ts'
import { recordedAgreement, withdrawalDraft, type Withdrawn } from '../agreement/agreement.ts'
import { assessmentDraft, type AssessmentRecord, type EntryChange } from '../assessment/assessment.ts'
import { attachedFile, attachedTo, type AttachmentRow, type FileProgress } from '../attachment/attachment.ts'
import { auditQuery, type AuditRow, type ChainCheck } from '../audit/audit.ts'
import {
  addendum,
  callDraft,
  type CallDraft,
  type ColleaguesDraft,
  type DraftRow,
  type FiledCall,
  type FoundCall
} from '../call/call.ts'
import { spokenBefore, type SpokenBefore } from '../call/earlier.ts'
import { callFilter, callSorts, savedFilter, type CallSort, type SavedFilter } from '../call/filter.ts'
import {
  confirmedCaseImport,
  ofFamily,
  openedCaseNotes,
  type BroughtIn,
  type CaseImportProgress
} from '../caseImport/caseImport.ts'
import {
  answeredFlag,
  attempt,
  finishedAction,
  handOver,
  openItemKinds,
  referral,
  whose,
  type CloseOfDay,
  type Due,
  type OpenList
} from '../call/loop.ts'
import {
  checkDraft,
  checkStates,
  identityTry,
  type CheckRecord,
  type CheckRow,
  type CheckTaker
} from '../check/check.ts'
import { coverDraft, coverQuery, returnedCover, type CoverPreview, type CoverRow } from '../cover/cover.ts'
import { savedDraft, type DraftForm, type FormDraftRow } from '../draft/draft.ts'
import {
  calendarQuery,
  changedLevel,
  closingDraft,
  endedDate,
  namedKeyworker,
  openLists,
  overriddenDue,
  plannedDate,
  registeredEpisode,
  reopened,
  takenStep,
  type Calendar,
  type EpisodeLine,
  type EpisodeRecord,
  type OpenAssessment,
  type OpenElsewhere
} from '../episode/episode.ts'
import type { Result } from '../errors.ts'
import { caseNotesExport, exportSubjects, type CaseNotesProgress } from '../export/caseNotes.ts'
import type { ExportProgress } from '../export/export.ts'
import type { ExportTally } from '../export/tally.ts'
import { chronologyQuery, type ChronologyRow } from '../family/chronology.ts'
import { recordedFact, type FactRow } from '../family/fact.ts'
import {
  accessReason,
  changedMember,
  movedMember,
  newMember,
  registrationDraft,
  withheldReason,
  type FamilyDue,
  type FamilyRecord,
  type FamilyRow
} from '../family/family.ts'
import type { FamilyImportProgress } from '../family/import.ts'
import { civilDate, id } from '../ids.ts'
import {
  bookedAbsence,
  cancelledAbsence,
  closedKeyworker,
  keyworkerQuery,
  workingPattern,
  type GroupLoad,
  type KeyworkerRecord,
  type KeyworkerRow
} from '../keyworker/keyworker.ts'
import { handOverDraft, type HandOverPreview } from '../keyworker/handOver.ts'
import {
  letterDraft,
  letterQuery,
  type FilledLetter,
  type Letter,
  type LetterAbout
} from '../letter/letter.ts'
import { listExport, listExporters } from '../list/list.ts'
import {
  arrangedMeeting,
  givenCopy,
  meetingDraft,
  teamMemberVersion,
  type TeamRecord
} from '../meeting/meeting.ts'
import { noteDraft, noteQuery, noteSearchQuery, type FoundNote, type NoteRow } from '../note/note.ts'
import { choice, findLike, findText, merge, type FoundPerson, type PersonPair } from '../person/find.ts'
import {
  endedOutcome,
  recordedProgress,
  savedAction,
  savedOutcome,
  scoredOutcome,
  type PlanRecord
} from '../plan/plan.ts'
import { practitioner, type Practitioner } from '../practitioner/practitioner.ts'
import { reportRange, type CallReport } from '../report/report.ts'
import {
  savedTriage,
  triageQuery,
  triageRowsQuery,
  type TriageReport,
  type TriageRow
} from '../report/triage.ts'
import {
  reassignmentDraft,
  reassignmentQuery,
  type ReassignmentPreview
} from '../reassignment/reassignment.ts'
import { overriders, type RuleCode } from '../rule/rule.ts'
import { schoolDetails, type ImportProgress, type School } from '../school/school.ts'
import { settingKinds, type Setting } from '../setting/setting.ts'
import { sharingDraft } from '../sharing/sharing.ts'
import type { TriageHome } from '../stepDown/home.ts'
import { triageLetterDraft, triageLetterQuery, type FilledTriageLetter } from '../stepDown/letter.ts'
import {
  queueFilter,
  type LastOfStepDown,
  type QueueCount,
  type QueueRow,
  type StepDownRecord
} from '../stepDown/record.ts'
import type { StepDownImportProgress } from '../stepDown/import.ts'
import { registeredStepDown } from '../stepDown/registering.ts'
import { similarTo, type Similar } from '../stepDown/similar.ts'
import {
  answeredProposal,
  decisionDraft,
  matchedStepDown,
  proposedKeyworker,
  returnDraft,
  stepDownAct,
  stepDownDraft,
  type Needed
} from '../stepDown/stepDown.ts'
import type { Candidates } from '../stepDown/ranking.ts'
import type { ImpactMeeting, ImpactMeetingRow, StepUp, StepUpEvidence } from '../stepUp/record.ts'
import {
  decisions,
  itemSearch,
  itemsQuery,
  review,
  type AnswerStanding,
  type FoundItems,
  type Gathering,
  type ItemCounts,
  type ItemsPage
} from '../subjectAccess/goingThrough.ts'
import {
  cancelledImpactMeeting,
  impactMeetingQuery,
  outcomesDraft,
  plannedImpactMeeting,
  stepUpDraft,
  takenStepUp
} from '../stepUp/stepUp.ts'
import { subjectAccessDraft, type RequestRow } from '../subjectAccess/subjectAccess.ts'
import {
  requestAct,
  requestStanding,
  savedAnswer,
  type RequestFamily,
  type RequestRecord
} from '../subjectAccess/request.ts'
import { givenNotes, takenTransferStep, transferDraft, type Transfer } from '../transfer/transfer.ts'
import type { Operation } from './operations.ts'

/**
 * What kind of work an operation is:
 * read: a read-only connection; write: one immediate transaction with its audit row; job: longer work in the
 * database thread that makes its own short transactions; session: answered in main (key file, dialog, window).
 */
export type Kind = 'read' | 'write' | 'job' | 'session'

export interface Definition<I extends z.ZodType = z.ZodType, O = unknown, K extends Kind = Kind> {
  kind: K
  input: I
  /** Who may run it: roles, any unlocked person, or anyone at all (set-up and the locked screen). */
  may: readonly Role[] | 'anyone'
  /** Ids of the people and records it is about, for the audit row; never names. */
  subjects(input: z.output<I>): string[]
  /** Whether it leaves an audit row: every act does but drafts (ADR 5); reads of records do. */
  audited: boolean
  /** Carries the output's type; never set. */
  output?: O
}

interface Options<I extends z.ZodType> {
  subjects?: (input: z.output<I>) => string[]
  audited?: boolean
}

function define<O>() {
  return <K extends Kind, I extends z.ZodType>(
    kind: K,
    input: I,
    may: readonly Role[] | 'anyone',
    { subjects = () => [], audited = kind !== 'read' }: Options<I> = {}
  ): Definition<I, O, K> => ({ kind, input, may, subjects, audited })
}

const nothing = z.strictObject({})
const everyone = roles
const callTakers = ['adviser', 'triage-manager', 'coordinator'] as const
const callReaders = [...callTakers, 'auditor'] as const
const directoryManagers = ['administrator', 'triage-manager'] as const
const directoryKeepers = ['administrator', 'adviser', 'triage-manager', 'coordinator', 'helpdesk'] as const
const administrator = ['administrator'] as const
const auditor = ['auditor'] as const
const triageManager = ['triage-manager'] as const
/** Work with families, and see them as far as `mayRead` lets them. */
const familyKeepers = callTakers
const familyReaders = callReaders
/** They know who holds how many families, and say when somebody works. */
const keyworkerManagers = ['triage-manager', 'coordinator'] as const
/** They see what came of triage; a coordinator of their hubs. */
const triageReaders = [...keyworkerManagers, 'auditor'] as const
/** A coordinator, who may read of some hubs, would prepare half an answer. */
const subjectAccessKeepers = ['adviser', 'triage-manager'] as const
const subjectAccessReaders = [...subjectAccessKeepers, 'auditor'] as const
/** R22: the helpdesk sets a family up, and sees nothing more of it. */
const registrars = [...familyKeepers, 'helpdesk'] as const
const checkers = ['helpdesk', 'coordinator', 'triage-manager'] as const
const pairJudges = ['triage-manager', 'coordinator'] as const
const page = z.string().max(120)

/**
 * Every operation there is: name → kind, input, output, who may run it. Without a `satisfies`: each file of the page that is
 * linted would check it anew; `listen` holds each to be a Definition.
 */
export const contract = {
  'account.session': define<Session>()('session', nothing, 'anyone'),
  'account.setUp': define<Session>()('session', setUpInput, 'anyone'),
  'account.confirmRecoveryKey': define<Session>()('session', typedGroups, 'anyone'),
  'account.unlock': define<Session>()('session', unlockInput, 'anyone'),
  'account.chooseNewPassphrase': define<Session>()('session', newPassphraseInput, 'anyone'),
  'account.recover': define<Session>()('session', recoverInput, 'anyone'),
  'account.lock': define<Session>()('session', nothing, 'anyone'),
  /** Closes the window although something could not be saved: the person said so. */
  'account.closeDesk': define<null>()('session', nothing, 'anyone'),
  'account.changePassphrase': define<null>()('session', changePassphraseInput, everyone),
  'account.changeDeskCode': define<{ deskCode: string }>()(
    'session',
    z.strictObject({ deskCode: z.string().max(10) }),
    administrator
  ),
  'account.add': define<{ passphrase: string }>()('session', newAccount, administrator, {
    subjects: (input) => [input.id]
  }),
  'account.giveOneTimePassphrase': define<{ passphrase: string }>()(
    'session',
    z.strictObject({ id }),
    administrator,
    { subjects: (input) => [input.id] }
  ),
  'account.stop': define<null>()('session', z.strictObject({ id }), administrator, {
    subjects: (input) => [input.id]
  }),
  'account.close': define<null>()('write', z.strictObject({ id }), administrator, {
    subjects: (input) => [input.id]
  }),
  'account.changeRoles': define<null>()('write', changedRoles, administrator, {
    subjects: (input) => [input.id]
  }),
  'account.list': define<Account[]>()('read', nothing, administrator),
  'account.openWork': define<OpenWork[]>()('read', z.strictObject({ id }), [
    ...administrator,
    ...triageManager
  ]),
  'account.takeOver': define<null>()(
    'write',
    z.strictObject({
      accountId: id,
      workId: id,
      kind: z.enum([
        'draft',
        'form',
        'plan-action',
        'impact-meeting',
        'step-down',
        'subject-request',
        ...openItemKinds
      ]),
      toId: id
    }),
    triageManager,
    { subjects: (input) => [input.accountId, input.workId, input.toId] }
  ),
  'account.names': define<AccountName[]>()('read', nothing, everyone),

  'call.saveDraft': define<{ savedAt: string; saves: number }>()(
    'write',
    z.strictObject({ draft: callDraft, savedBefore: z.int().min(0) }),
    callTakers,
    { subjects: (input) => [input.draft.id], audited: false }
  ),
  'call.drafts': define<DraftRow[]>()('read', nothing, callTakers),
  'call.openDraft': define<{ draft: CallDraft; savedAt: string; saves: number }>()(
    'read',
    z.strictObject({ id }),
    callTakers,
    { subjects: (input) => [input.id] }
  ),
  'call.setAside': define<null>()(
    'write',
    z.strictObject({ id, reason: z.string().trim().min(1, 'Enter why it is set aside').max(300) }),
    callTakers,
    { subjects: (input) => [input.id] }
  ),
  'call.file': define<{ id: string; reference: string; filedAt: string }>()('write', callDraft, callTakers, {
    subjects: (input) => [input.id, ...(input.schoolId ? [input.schoolId] : [])]
  }),
  'call.addAddendum': define<{ id: string; at: string }>()('write', addendum, callTakers, {
    subjects: (input) => [input.callId, input.id]
  }),
  'call.list': define<{ rows: FoundCall[]; next: string; sort: CallSort }>()(
    'read',
    z.strictObject({ filter: callFilter, sort: z.enum(callSorts), after: page }),
    callReaders
  ),
  'call.count': define<{ total: string }>()('read', z.strictObject({ filter: callFilter }), callReaders),
  'call.read': define<FiledCall>()('read', z.strictObject({ id }), callReaders, {
    subjects: (input) => [input.id],
    audited: true
  }),
  'call.previousCallers': define<{ name: string; role: string; phone: string; mayLeaveMessage: boolean }[]>()(
    'read',
    z.strictObject({ schoolId: id }),
    callTakers
  ),
  'call.spokenBefore': define<SpokenBefore>()('read', spokenBefore, callTakers),
  'call.colleaguesDrafts': define<ColleaguesDraft[]>()('read', nothing, triageManager),
  'call.handDraft': define<null>()('write', z.strictObject({ id, toId: id }), triageManager, {
    subjects: (input) => [input.id, input.toId]
  }),
  'call.filters': define<SavedFilter[]>()('read', nothing, callTakers),
  'call.saveFilter': define<SavedFilter>()('write', savedFilter, callTakers, { audited: false }),
  'call.removeFilter': define<null>()('write', z.strictObject({ id }), callTakers, { audited: false }),
  /** Takes a call out of every count, or puts it back (L23). It is never deleted. */
  'call.markInError': define<null>()(
    'write',
    z.strictObject({
      id,
      callId: id,
      inError: z.boolean(),
      reason: z.string().trim().min(1, 'Enter why').max(2_000, 'Use 2,000 characters or fewer')
    }),
    callTakers,
    { subjects: (input) => [input.callId] }
  ),
  /** Main asks where to; the name of the file, '' where the person thought better of it. */
  'call.saveReceipt': define<{ fileName: string }>()('session', z.strictObject({ id }), callTakers, {
    subjects: (input) => [input.id]
  }),
  'call.due': define<Due>()('read', z.strictObject({ whose: z.enum(whose) }), callTakers),
  'call.closeOfDay': define<CloseOfDay>()('read', z.strictObject({ whose: z.enum(whose) }), callTakers),
  'call.recordAttempt': define<null>()('write', attempt, callTakers, {
    subjects: (input) => [input.callId]
  }),
  'call.answerReferral': define<null>()('write', referral, callTakers, {
    subjects: (input) => [input.callId]
  }),
  'call.finishAction': define<null>()('write', finishedAction, callTakers, {
    subjects: (input) => [input.id]
  }),
  'call.answerFlag': define<null>()('write', answeredFlag, callTakers, { subjects: (input) => [input.id] }),
  'call.handOver': define<null>()('write', handOver, callTakers, {
    subjects: (input) => [input.itemId, input.toId]
  }),

  'draft.save': define<{ savedAt: string; saves: number }>()('write', savedDraft, registrars, {
    subjects: (input) => [input.form.body.id],
    audited: false
  }),
  'draft.list': define<FormDraftRow[]>()('read', nothing, registrars),
  'draft.open': define<{ form: DraftForm; savedAt: string; saves: number }>()(
    'read',
    z.strictObject({ id }),
    registrars,
    { subjects: (input) => [input.id] }
  ),
  'draft.setAside': define<null>()(
    'write',
    z.strictObject({ id, reason: z.string().trim().min(1, 'Enter why it is set aside').max(300) }),
    registrars,
    { subjects: (input) => [input.id] }
  ),

  /** `doubles`: how many of the people may be in the record already, for somebody to look at (L11). */
  'family.register': define<{ id: string; reference: string; doubles: number }>()(
    'write',
    registrationDraft,
    registrars,
    { subjects: (input) => [input.id, ...input.people.map((person) => person.personId || person.id)] }
  ),
  'family.read': define<FamilyRecord>()('read', z.strictObject({ id }), familyReaders, {
    subjects: (input) => [input.id],
    audited: true
  }),
  'family.chronology': define<{ rows: ChronologyRow[]; next: string }>()(
    'read',
    chronologyQuery,
    familyReaders,
    { subjects: (input) => [input.id] }
  ),
  'family.list': define<{ rows: FamilyRow[]; next: string }>()(
    'read',
    z.strictObject({ hubId: z.union([z.literal(''), id]), after: page }),
    familyReaders
  ),
  'family.recordFact': define<FactRow>()('write', recordedFact, familyKeepers, {
    subjects: (input) => [input.familyId, input.subjectId, input.id]
  }),
  'family.addMember': define<{ id: string; personId: string }>()('write', newMember, familyKeepers, {
    subjects: (input) => [input.familyId, input.person.personId || input.person.id]
  }),
  'family.changeMember': define<null>()('write', changedMember, familyKeepers, {
    subjects: (input) => [input.familyId, input.ofId]
  }),
  'family.moveMember': define<null>()('write', movedMember, familyKeepers, {
    subjects: (input) => [input.familyId, input.toFamilyId, input.ofId]
  }),
  /** Opens a restricted family to somebody who is not named, until the end of the London day. */
  'family.giveReason': define<null>()('write', accessReason, familyReaders, {
    subjects: (input) => [input.familyId]
  }),
  'family.showWithheld': define<FactRow>()('write', withheldReason, familyReaders, {
    subjects: (input) => [input.familyId, input.factId]
  }),
  'family.acknowledgeAccess': define<null>()(
    'write',
    z.strictObject({ id, rowVersion: z.int().min(1) }),
    familyKeepers,
    { subjects: (input) => [input.id] }
  ),
  /** Main asks for the file; the thread reads it. Nothing is stored before it is confirmed. */
  'family.chooseImport': define<FamilyImportProgress>()('session', nothing, triageManager),
  'family.confirmImport': define<FamilyImportProgress>()(
    'job',
    z.strictObject({ importId: id }),
    triageManager,
    {
      subjects: (input) => [input.importId]
    }
  ),
  'family.cancelImport': define<FamilyImportProgress>()(
    'job',
    z.strictObject({ importId: id }),
    triageManager,
    {
      subjects: (input) => [input.importId]
    }
  ),
  'family.importProgress': define<FamilyImportProgress>()('read', nothing, triageManager),
  'family.due': define<FamilyDue[]>()('read', z.strictObject({ whose: z.enum(whose) }), familyKeepers),

  'person.find': define<FoundPerson[]>()('read', findText, familyReaders),
  'person.findLike': define<FoundPerson[]>()('read', findLike, familyKeepers),
  'person.choose': define<null>()('write', choice, familyKeepers, {
    subjects: (input) => [input.aboutId, ...(input.personId ? [input.personId] : [])]
  }),
  /** Everything of two records that may be of one person, for them to be merged field by field. */
  'person.compare': define<{ kept: FactRow[]; merged: FactRow[] }>()(
    'read',
    z.strictObject({ keptId: id, mergedId: id }),
    pairJudges,
    { subjects: (input) => [input.keptId, input.mergedId], audited: true }
  ),
  'person.merge': define<null>()('write', merge, pairJudges, {
    subjects: (input) => [input.keptId, input.mergedId]
  }),
  'person.undoMerge': define<null>()(
    'write',
    z.strictObject({
      id,
      mergeId: id,
      reason: z.string().trim().min(1, 'Enter why they are two people').max(1_000)
    }),
    pairJudges,
    { subjects: (input) => [input.mergeId] }
  ),
  'person.pairs': define<{ rows: PersonPair[]; next: string }>()(
    'read',
    z.strictObject({ after: page }),
    pairJudges
  ),
  /** Looks everybody up who came since it was last done, by import or from another desk (L11). */
  'person.matchAgain': define<{ looked: number; found: number }>()('job', nothing, pairJudges),
  'person.matchProgress': define<{ running: boolean; looked: number; total: number }>()(
    'read',
    nothing,
    pairJudges
  ),

  'agreement.record': define<{ id: string }>()('write', recordedAgreement, registrars, {
    subjects: (input) => [input.familyId, input.id]
  }),
  'agreement.withdraw': define<Withdrawn>()('write', withdrawalDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.id]
  }),

  'sharing.record': define<{ id: string }>()('write', sharingDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.id]
  }),

  'episode.planDate': define<null>()('write', plannedDate, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'episode.endDate': define<null>()('write', endedDate, familyKeepers, {
    subjects: (input) => [input.familyId, input.id]
  }),
  /** For the gate of a call: open assessments by reference, child or keyworker (R13). */
  'episode.findOpen': define<OpenAssessment[]>()('read', findText, familyKeepers),

  'episode.register': define<{ id: string; reference: string }>()('write', registeredEpisode, familyKeepers, {
    subjects: (input) => [input.id, input.familyId]
  }),
  'episode.read': define<EpisodeRecord>()('read', z.strictObject({ id }), familyReaders, {
    subjects: (input) => [input.id],
    audited: true
  }),
  'episode.elsewhere': define<OpenElsewhere[]>()(
    'read',
    z.strictObject({ familyId: z.union([z.literal(''), id]), personIds: z.array(id).max(30) }),
    registrars
  ),
  'episode.takeStep': define<null>()('write', takenStep, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'episode.nameKeyworker': define<null>()('write', namedKeyworker, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'episode.changeLevel': define<null>()('write', changedLevel, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'episode.overrideDue': define<null>()('write', overriddenDue, overriders, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'episode.overrides': define<{ rule: RuleCode; count: number }[]>()('read', nothing, overriders),
  'episode.close': define<null>()('write', closingDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'episode.reopen': define<null>()('write', reopened, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.closureId]
  }),
  'episode.open': define<{ rows: EpisodeLine[]; next: string; total: number }>()(
    'read',
    z.strictObject({ list: z.enum(openLists), hubId: z.union([z.literal(''), id]), after: page }),
    familyKeepers
  ),
  'episode.calendar': define<Calendar>()('read', calendarQuery, familyKeepers),
  'assessment.read': define<AssessmentRecord>()('read', z.strictObject({ episodeId: id }), familyReaders, {
    subjects: (input) => [input.episodeId]
  }),
  'assessment.version': define<EntryChange[]>()('read', z.strictObject({ id }), familyReaders, {
    subjects: (input) => [input.id]
  }),
  'assessment.save': define<{ id: string; number: number }>()('write', assessmentDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'plan.read': define<PlanRecord>()('read', z.strictObject({ episodeId: id }), familyReaders, {
    subjects: (input) => [input.episodeId]
  }),
  'plan.saveOutcome': define<null>()('write', savedOutcome, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'plan.endOutcome': define<null>()('write', endedOutcome, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'plan.saveAction': define<null>()('write', savedAction, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'plan.recordProgress': define<null>()('write', recordedProgress, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.actionId]
  }),
  'plan.score': define<null>()('write', scoredOutcome, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.outcomeId]
  }),
  'meeting.team': define<TeamRecord>()('read', z.strictObject({ episodeId: id }), familyReaders, {
    subjects: (input) => [input.episodeId]
  }),
  'meeting.saveMember': define<null>()('write', teamMemberVersion, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'meeting.arrange': define<null>()('write', arrangedMeeting, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'meeting.record': define<null>()('write', meetingDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.meetingId]
  }),
  'meeting.giveCopy': define<null>()('write', givenCopy, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.meetingId]
  }),
  'note.add': define<{ id: string; recordedAt: string }>()('write', noteDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'note.list': define<{ rows: NoteRow[]; next: string }>()('read', noteQuery, familyReaders, {
    subjects: (input) => [input.familyId]
  }),
  'note.search': define<{ rows: FoundNote[]; next: string }>()('read', noteSearchQuery, familyReaders),
  'attachment.attach': define<{ added: AttachmentRow | null }>()('session', attachedFile, familyKeepers, {
    subjects: (input) => [input.familyId, input.attachedId, input.id]
  }),
  'attachment.saveCopy': define<{ fileName: string }>()(
    'session',
    z.strictObject({ id, familyId: id }),
    familyKeepers,
    { subjects: (input) => [input.familyId, input.id] }
  ),
  'attachment.list': define<{ attachedId: string; file: AttachmentRow }[]>()(
    'read',
    z.strictObject({ familyId: id, attachedTo: z.enum(attachedTo) }),
    familyReaders,
    { subjects: (input) => [input.familyId] }
  ),
  'attachment.progress': define<FileProgress>()('read', nothing, familyKeepers),
  'attachment.cancel': define<null>()('job', nothing, familyKeepers),

  /** What case notes would go and what would not, and why: counts, and in how many parts it would be printed. */
  'export.preview': define<{ of: string; sections: ExportTally; parts: number }>()(
    'job',
    caseNotesExport,
    familyKeepers,
    { subjects: exportSubjects, audited: false }
  ),
  /** Main asks where to; answers when the file is written, failed or cancelled. */
  'export.save': define<CaseNotesProgress>()('session', caseNotesExport, familyKeepers, {
    subjects: exportSubjects
  }),
  /** Of whatever leaves the building: there is one at a time. */
  'export.progress': define<CaseNotesProgress>()('read', nothing, listExporters),
  'export.cancel': define<null>()('job', nothing, listExporters),

  /** Main asks where to; answers when the file is written, failed or cancelled. Who may save which list: `mayExportList`. */
  'list.save': define<CaseNotesProgress>()('session', listExport, listExporters, {
    subjects: (input) => [input.id]
  }),

  'subjectAccess.record': define<{ id: string; reference: string }>()(
    'write',
    subjectAccessDraft,
    subjectAccessKeepers,
    { subjects: (input) => [input.id, input.personId] }
  ),
  'subjectAccess.list': define<{ rows: RequestRow[]; next: string }>()(
    'read',
    z.strictObject({ standing: z.enum(requestStanding), after: page }),
    subjectAccessReaders
  ),
  'subjectAccess.due': define<OpenList<RequestRow>>()(
    'read',
    z.strictObject({ whose: z.enum(whose) }),
    subjectAccessKeepers
  ),
  'subjectAccess.read': define<RequestRecord>()('read', z.strictObject({ id }), subjectAccessReaders, {
    subjects: (input) => [input.id]
  }),
  /** Which families of whom it is about are open, by their references. */
  'subjectAccess.families': define<RequestFamily[]>()('read', z.strictObject({ id }), subjectAccessReaders, {
    subjects: (input) => [input.id]
  }),
  'subjectAccess.act': define<null>()('write', requestAct, subjectAccessKeepers, {
    subjects: (input) => [input.requestId, ...(input.toId === '' ? [] : [input.toId])]
  }),
  /** Main asks where to; answers when the file is written, failed or cancelled. */
  'subjectAccess.save': define<CaseNotesProgress>()('session', savedAnswer, subjectAccessKeepers, {
    subjects: (input) => [input.requestId, input.id]
  }),
  /** A page of what the answer is made of, with what is decided of each item and what may be suggested in it. */
  'subjectAccess.items': define<ItemsPage>()('job', itemsQuery, subjectAccessReaders, {
    subjects: (input) => [input.requestId],
    audited: false
  }),
  /** How many items are gathered, of how many, while a page waits for its first. */
  'subjectAccess.gathering': define<Gathering>()('read', nothing, subjectAccessReaders),
  /** Where the same words stand in any item; a part of them at one asking. */
  'subjectAccess.search': define<FoundItems>()('job', itemSearch, subjectAccessReaders, {
    subjects: (input) => [input.requestId],
    audited: false
  }),
  'subjectAccess.standing': define<AnswerStanding>()(
    'job',
    z.strictObject({ requestId: id }),
    subjectAccessReaders,
    { subjects: (input) => [input.requestId], audited: false }
  ),
  /** Its row in the trail is written with what is decided: all of it or none. */
  'subjectAccess.decide': define<ItemCounts>()('job', decisions, subjectAccessKeepers, {
    subjects: (input) => [input.requestId],
    audited: false
  }),
  'subjectAccess.review': define<null>()('job', review, subjectAccessKeepers, {
    subjects: (input) => [input.requestId, input.id],
    audited: false
  }),

  /** Main asks which file; answers with what bringing it in would do, or that the zip asks for its words. */
  'caseImport.choose': define<CaseImportProgress>()('session', ofFamily, familyKeepers, {
    subjects: (input) => [input.familyId]
  }),
  'caseImport.open': define<CaseImportProgress>()('job', openedCaseNotes, familyKeepers, {
    subjects: (input) => [input.familyId]
  }),
  'caseImport.confirm': define<CaseImportProgress>()('job', confirmedCaseImport, familyKeepers, {
    subjects: (input) => [input.familyId, input.importId]
  }),
  'caseImport.cancel': define<CaseImportProgress>()('job', ofFamily, familyKeepers, {
    subjects: (input) => [input.familyId]
  }),
  'caseImport.progress': define<CaseImportProgress>()('read', ofFamily, familyKeepers, {
    subjects: (input) => [input.familyId]
  }),
  /** What was brought in and stands beside the record: assessments and plans of other desks. */
  'caseImport.read': define<BroughtIn>()('read', ofFamily, familyReaders, {
    subjects: (input) => [input.familyId]
  }),

  'practitioner.list': define<{ rows: Practitioner[]; next: string }>()(
    'read',
    z.strictObject({ text: z.string().max(200), after: page }),
    everyone
  ),
  'practitioner.save': define<Practitioner>()('write', practitioner, directoryKeepers, {
    subjects: (input) => [input.id]
  }),

  'keyworker.list': define<{ rows: KeyworkerRow[]; next: string; total: number }>()(
    'read',
    keyworkerQuery,
    familyReaders
  ),
  'keyworker.compare': define<{ hubs: GroupLoad[]; employers: GroupLoad[] }>()(
    'read',
    nothing,
    familyReaders
  ),
  'keyworker.read': define<KeyworkerRecord>()('read', z.strictObject({ id }), familyReaders, {
    subjects: (input) => [input.id],
    audited: true
  }),
  'keyworker.savePattern': define<null>()('write', workingPattern, keyworkerManagers, {
    subjects: (input) => [input.practitionerId, input.id]
  }),
  'keyworker.bookAbsence': define<null>()('write', bookedAbsence, keyworkerManagers, {
    subjects: (input) => [input.practitionerId, input.id]
  }),
  'keyworker.cancelAbsence': define<null>()('write', cancelledAbsence, keyworkerManagers, {
    subjects: (input) => [input.practitionerId, input.id]
  }),
  /** Refused while they hold a family (L18). */
  /** The families that a keyworker holds today, as far as they are open to whoever asks, and what agreement says of each. */
  'keyworker.previewHandOver': define<HandOverPreview>()('job', handOverDraft, keyworkerManagers, {
    subjects: (input) => [input.practitionerId],
    audited: false
  }),
  /** Main asks where to; answers when the file is written, failed or cancelled. */
  'keyworker.saveHandOver': define<CaseNotesProgress>()('session', handOverDraft, keyworkerManagers, {
    subjects: (input) => [input.practitionerId, input.id]
  }),
  'keyworker.close': define<null>()('write', closedKeyworker, keyworkerManagers, {
    subjects: (input) => [input.practitionerId]
  }),

  'transfer.request': define<{ id: string }>()('write', transferDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.id]
  }),
  'transfer.takeStep': define<null>()('write', takenTransferStep, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.transferId]
  }),
  /** L24. Refused until agreement was reviewed on or after the request (R30). */
  'transfer.giveNotes': define<null>()('write', givenNotes, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId, input.transferId]
  }),
  'transfer.list': define<Transfer[]>()('read', z.strictObject({ episodeId: id }), familyReaders, {
    subjects: (input) => [input.episodeId]
  }),

  'cover.preview': define<CoverPreview>()('read', coverQuery, keyworkerManagers, {
    subjects: (input) => [input.practitionerId]
  }),
  /** All families of the worker, or none. */
  'cover.arrange': define<{ id: string; families: number }>()('write', coverDraft, keyworkerManagers, {
    subjects: (input) => [input.practitionerId, input.id, ...input.parts.map(({ familyId }) => familyId)]
  }),
  'cover.return': define<null>()('write', returnedCover, keyworkerManagers, {
    subjects: (input) => [input.coverId]
  }),
  'cover.list': define<{ rows: CoverRow[]; next: string }>()(
    'read',
    z.strictObject({ after: page }),
    familyReaders
  ),

  'reassignment.preview': define<ReassignmentPreview>()('read', reassignmentQuery, keyworkerManagers, {
    subjects: (input) => [input.practitionerId]
  }),
  'reassignment.make': define<{ id: string; families: number }>()(
    'write',
    reassignmentDraft,
    keyworkerManagers,
    {
      subjects: (input) => [input.practitionerId, input.id, ...input.parts.map(({ familyId }) => familyId)]
    }
  ),

  'advice.record': define<{ id: string }>()('write', adviceDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.id]
  }),
  'advice.list': define<Advice[]>()('read', adviceQuery, familyReaders, {
    subjects: (input) => [input.familyId]
  }),

  /** What a letter to the family can tell of: transfers and cover. */
  'letter.about': define<LetterAbout[]>()('read', z.strictObject({ familyId: id }), familyKeepers, {
    subjects: (input) => [input.familyId]
  }),
  'letter.fill': define<FilledLetter>()('read', letterQuery, familyKeepers, {
    subjects: (input) => [input.familyId]
  }),
  'letter.make': define<{ id: string }>()('write', letterDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.id]
  }),
  'letter.list': define<Letter[]>()('read', z.strictObject({ familyId: id }), familyReaders, {
    subjects: (input) => [input.familyId]
  }),
  /** Main asks where to; the name of the file, '' where the person thought better of it. */
  'letter.savePdf': define<{ fileName: string }>()(
    'session',
    z.strictObject({ familyId: id, id }),
    familyKeepers,
    { subjects: (input) => [input.familyId, input.id] }
  ),

  /** R18: agreement to the check comes first. Nothing of the record is in the answer. */
  'check.begin': define<{ id: string; reference: string }>()('write', checkDraft, checkers, {
    subjects: (input) => [input.id]
  }),
  /** Runs while the caller is called back, and answers the same whatever it finds (ADR 22). */
  'check.search': define<null>()('job', z.strictObject({ id }), checkers, {
    subjects: (input) => [input.id]
  }),
  'check.tryIdentity': define<CheckRecord>()('write', identityTry, checkers, {
    subjects: (input) => [input.checkId, input.id]
  }),
  /** Only once it is sure who is calling (R19). Children may be told better; asking again is a new answer. */
  'check.answer': define<CheckRecord>()(
    'write',
    z.strictObject({ id, checkId: id, children: checkDraft.shape.children }),
    checkers,
    { subjects: (input) => [input.checkId, input.id] }
  ),
  /** `answerId`: the answer that was read out. */
  'check.disclose': define<CheckRecord>()(
    'write',
    z.strictObject({ id, checkId: id, answerId: id }),
    checkers,
    { subjects: (input) => [input.checkId, input.id] }
  ),
  'check.end': define<CheckRecord>()(
    'write',
    z.strictObject({
      id,
      checkId: id,
      kind: z.enum(['passed-on', 'ended']),
      reason: z.string().trim().min(1, 'Enter why').max(1_000),
      toId: z.union([z.literal(''), id])
    }),
    checkers,
    { subjects: (input) => [input.checkId, input.id] }
  ),
  'check.list': define<{ rows: CheckRow[]; next: string }>()(
    'read',
    z.strictObject({ state: z.enum(['', 'under-way', ...checkStates]), mine: z.boolean(), after: page }),
    checkers
  ),
  /** Whom a check may be passed on to. */
  'check.takers': define<CheckTaker[]>()('read', nothing, checkers),
  'check.read': define<CheckRecord>()('read', z.strictObject({ id }), checkers, {
    subjects: (input) => [input.id],
    audited: true
  }),

  /** In the database thread, a part at a time, so that nobody who types waits. */
  /** A new step-down, or more of one: the sender's answer after it was sent back (R47, C7). */
  'stepDown.receive': define<{ stepDownId: string; reference: string; missing: Needed[] }>()(
    'write',
    stepDownDraft,
    familyKeepers,
    { subjects: (input) => [input.stepDownId] }
  ),
  /** What may be of the same family, while somebody types: nothing is made twice. */
  'stepDown.similar': define<Similar>()('read', similarTo, familyKeepers),
  /** Main asks for the file; the thread reads it. Nothing is stored before it is confirmed. */
  'stepDown.chooseImport': define<StepDownImportProgress>()('session', nothing, triageManager),
  'stepDown.confirmImport': define<StepDownImportProgress>()(
    'job',
    z.strictObject({ importId: id }),
    triageManager,
    { subjects: (input) => [input.importId] }
  ),
  'stepDown.cancelImport': define<StepDownImportProgress>()(
    'job',
    z.strictObject({ importId: id }),
    triageManager,
    { subjects: (input) => [input.importId] }
  ),
  'stepDown.importProgress': define<StepDownImportProgress>()('read', nothing, triageManager),
  'stepDown.read': define<StepDownRecord>()('read', z.strictObject({ id }), familyReaders, {
    subjects: (input) => [input.id],
    audited: true
  }),
  /** Whose reason for opening it is asked for, where its family is restricted. */
  'stepDown.familyOf': define<{ familyId: string }>()('read', z.strictObject({ id }), familyReaders),
  /** Asked again and again while a step-down is open: is what the page shows still all there is (L7)? */
  'stepDown.last': define<LastOfStepDown>()('read', z.strictObject({ id }), familyReaders),
  /** A page of one list; what is done the last first. */
  'stepDown.queue': define<{ rows: QueueRow[]; next: string }>()(
    'read',
    z.strictObject({ filter: queueFilter, after: page }),
    familyReaders
  ),
  /** How many are in each state under the rest of a filter: they match the rows. */
  'stepDown.count': define<QueueCount[]>()('read', z.strictObject({ filter: queueFilter }), familyReaders),
  /** "Triage" on the desk. */
  'stepDown.home': define<TriageHome>()('read', nothing, keyworkerManagers),
  'stepDown.return': define<{ letterId: string }>()('write', returnDraft, triageManager, {
    subjects: (input) => [input.stepDownId]
  }),
  'stepDown.act': define<null>()('write', stepDownAct, triageManager, {
    subjects: (input) => [input.stepDownId]
  }),
  'stepDown.match': define<null>()('write', matchedStepDown, familyKeepers, {
    subjects: (input) => [input.stepDownId, input.familyId].filter(Boolean)
  }),
  /** A family that is new to the record, as the sender told of it; with no assessment. */
  'stepDown.registerFamily': define<{ id: string; reference: string; doubles: number }>()(
    'write',
    registeredStepDown,
    familyKeepers,
    {
      subjects: (input) => [
        input.stepDownId,
        input.id,
        ...input.people.map((person) => person.personId || person.id)
      ]
    }
  ),
  'stepDown.decide': define<null>()('write', decisionDraft, triageManager, {
    subjects: (input) => [input.stepDownId]
  }),
  /** A letter to the sender or the family, filled in from the record and to be read before it is kept. */
  'stepDown.fillLetter': define<FilledTriageLetter>()('read', triageLetterQuery, triageManager, {
    subjects: (input) => [input.stepDownId]
  }),
  'stepDown.makeLetter': define<{ id: string }>()('write', triageLetterDraft, triageManager, {
    subjects: (input) => [input.stepDownId, input.id]
  }),
  /** Main asks where to; the name of the file, '' where the person thought better of it. */
  'stepDown.saveLetterPdf': define<{ fileName: string }>()(
    'session',
    z.strictObject({ stepDownId: id, id }),
    familyKeepers,
    { subjects: (input) => [input.stepDownId, input.id] }
  ),
  /** Who may hold its family, with what speaks for and against each (C8): of its hub, or of the others too. Advice. */
  'stepDown.candidates': define<Candidates>()(
    'read',
    z.strictObject({ stepDownId: id, otherHubs: z.boolean(), after: page }),
    triageManager
  ),
  'stepDown.propose': define<null>()('write', proposedKeyworker, triageManager, {
    subjects: (input) => [input.stepDownId, input.practitionerId]
  }),
  'stepDown.answer': define<{ episodeId: string }>()('write', answeredProposal, keyworkerManagers, {
    subjects: (input) => [input.stepDownId]
  }),
  'stepUp.request': define<{ reference: string }>()('write', stepUpDraft, familyKeepers, {
    subjects: (input) => [input.familyId, input.episodeId]
  }),
  'stepUp.takeStep': define<null>()('write', takenStepUp, familyKeepers, {
    subjects: (input) => [input.familyId, input.stepUpId]
  }),
  'stepUp.planMeeting': define<{ rowVersion: number }>()('write', plannedImpactMeeting, triageManager, {
    subjects: (input) => [input.id, ...input.stepUpIds]
  }),
  'stepUp.cancelMeeting': define<null>()('write', cancelledImpactMeeting, triageManager, {
    subjects: (input) => [input.id]
  }),
  'stepUp.recordOutcomes': define<null>()('write', outcomesDraft, triageManager, {
    subjects: (input) => [input.meetingId]
  }),
  /** Of one assessment. */
  'stepUp.list': define<StepUp[]>()('read', z.strictObject({ episodeId: id }), familyReaders),
  /** Without feedback yet, of a hub or of all. */
  'stepUp.open': define<StepUp[]>()(
    'read',
    z.strictObject({ hubId: z.union([z.literal(''), id]) }),
    familyReaders
  ),
  'stepUp.evidence': define<StepUpEvidence>()('read', z.strictObject({ episodeId: id }), familyReaders, {
    subjects: (input) => [input.episodeId],
    audited: true
  }),
  'stepUp.meetings': define<{ rows: ImpactMeetingRow[]; next: string }>()(
    'read',
    impactMeetingQuery,
    familyReaders
  ),
  'stepUp.meeting': define<ImpactMeeting>()('read', z.strictObject({ id }), familyReaders, {
    subjects: (input) => [input.id],
    audited: true
  }),
  'stepUp.chairs': define<{ id: string; name: string }[]>()('read', nothing, triageManager),
  'report.calls': define<CallReport>()('job', reportRange, callReaders, { audited: false }),
  'report.triage': define<TriageReport>()('job', triageQuery, triageReaders, { audited: false }),
  /** The rows behind a number: the page, the place of the next ('' for none), and how many there are. */
  'report.triageRows': define<{ rows: TriageRow[]; next: string; total: number }>()(
    'job',
    triageRowsQuery,
    triageReaders,
    { audited: false }
  ),
  /** The numbers of one picture as CSV; main asks where to. */
  'report.saveTriage': define<ExportProgress>()('session', savedTriage, keyworkerManagers),

  'school.search': define<School[]>()(
    'read',
    z.strictObject({ text: z.string().max(200), includeClosed: z.boolean() }),
    everyone
  ),
  'school.list': define<{ rows: School[]; next: string; total: number }>()(
    'read',
    z.strictObject({ text: z.string().max(200), toCheck: z.boolean(), after: page }),
    everyone
  ),
  'school.read': define<School>()('read', z.strictObject({ id }), everyone),
  'school.add': define<School>()(
    'write',
    schoolDetails.extend({ id, toCheck: z.boolean() }),
    directoryKeepers,
    {
      subjects: (input) => [input.id]
    }
  ),
  'school.change': define<School>()(
    'write',
    schoolDetails.extend({
      id,
      versionId: id,
      basedOn: id,
      status: z.enum(['open', 'proposed-to-close', 'closed'])
    }),
    directoryManagers,
    { subjects: (input) => [input.id] }
  ),
  'school.chooseImport': define<ImportProgress>()('session', nothing, directoryManagers),
  'school.confirmImport': define<ImportProgress>()(
    'job',
    z.strictObject({ importId: id }),
    directoryManagers,
    {
      subjects: (input) => [input.importId]
    }
  ),
  'school.cancelImport': define<ImportProgress>()(
    'job',
    z.strictObject({ importId: id }),
    directoryManagers,
    {
      subjects: (input) => [input.importId]
    }
  ),
  'school.importProgress': define<ImportProgress>()('read', nothing, directoryManagers),

  'agency.list': define<{ rows: Agency[]; next: string }>()(
    'read',
    z.strictObject({ text: z.string().max(200), after: page }),
    everyone
  ),
  'agency.save': define<Agency>()('write', agency, directoryKeepers, { subjects: (input) => [input.id] }),
  /** How agencies and schools are called that stand in a record by their ids. */
  'agency.names': define<AgencyName[]>()('read', z.strictObject({ ids: z.array(id).max(500) }), everyone),

  'setting.list': define<{ settings: Setting[]; now: string }>()('read', nothing, everyone),
  'setting.change': define<Setting>()(
    'write',
    z.strictObject({
      id,
      kind: z.enum(settingKinds),
      key: z.string().trim().min(1).max(80),
      value: z.unknown(),
      validFrom: civilDate,
      /** The last day it is in force; '' while open-ended. */
      validTo: z.union([z.literal(''), civilDate])
    }),
    administrator,
    { subjects: (input) => [input.id] }
  ),
  /** Ends what is in force after `lastDay`, or takes back a change that is still to come. */
  'setting.end': define<null>()('write', z.strictObject({ id, lastDay: civilDate }), administrator, {
    subjects: (input) => [input.id]
  }),

  'audit.list': define<{ rows: AuditRow[]; next: string }>()('read', auditQuery, auditor, { audited: true }),
  'audit.checkChain': define<ChainCheck>()('job', nothing, auditor)
} as const

export type Contract = typeof contract
export type Input<N extends Operation> = z.input<Contract[N]['input']>
export type Parsed<N extends Operation> = z.output<Contract[N]['input']>
export type Output<N extends Operation> = Contract[N] extends Definition<z.ZodType, infer O> ? O : never

/** What the page sees as `window.hub`: one function an operation. */
export type Hub = { [N in Operation]: (input: Input<N>) => Promise<Result<Output<N>>> }
