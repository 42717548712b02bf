import { z } from 'zod'
import type { Decision } from '../agreement/agreement.ts'
import type { AttachedTo } from '../attachment/attachment.ts'
import type { CallerKind, Outcome } from '../call/call.ts'
import type { checkAnswers } from '../check/check.ts'
import type { ClosureKind, PlannedKind, StepKind } from '../episode/episode.ts'
import type { ExportedEntry } from '../export/caseNotesFile.ts'
import { id, type CivilDate, type Id, type Instant } from '../ids.ts'
import type { NoteKind } from '../note/note.ts'
import type { PlanTold } from '../plan/plan.ts'
import type { RuleCode } from '../rule/rule.ts'
import type { SharingGround, SharingHow } from '../sharing/sharing.ts'
import type { Route, StepDownEvent } from '../stepDown/stepDown.ts'
import type { StepUpEvent } from '../stepUp/stepUp.ts'
import type { NotesGiven, TransferKind, TransferReason, TransferStep } from '../transfer/transfer.ts'
import { dayOrNone, type FactKind, type FactValue } from './fact.ts'
import type { MemberRole } from './family.ts'

/** What each kind of entry tells, as the record has it. Ids of people are of the record that counts. */
export interface ChronologyBodies {
  registered: { reference: string }
  member: {
    ofId: Id
    personId: Id
    role: MemberRole
    validFrom: CivilDate
    validTo: CivilDate
    inError: boolean
    reason: string
  }
  /** One version of a fact; `id` of the entry is its id. */
  fact: {
    ofId: Id
    kind: FactKind
    /** Without its words where it is withheld. */
    value: FactValue
    validFrom: CivilDate
    validTo: CivilDate
    inError: boolean
    reason: string
    withheld: boolean
    /** A later version ends it, corrects it or says that it was entered in error. */
    isSuperseded: boolean
  }
  agreement: {
    decision: Decision
    byPersonId: Id
    byName: string
    relation: string
    takePart: boolean
    share: boolean
    reason: string
    throughPersonId: Id
  }
  /** Information that went to somebody outside, and why, where the family had not agreed to it (domain 0.4). */
  sharing: {
    agencyName: string
    personThere: string
    personIds: Id[]
    what: string
    purpose: string
    how: SharingHow
    isAgreed: boolean
    ground: SharingGround | ''
    advisedBy: string
    reason: string
  }
  /** An assessment that began, or how one ended. */
  episode:
    | { began: true; reference: string; reason: string; goesOnBecause: string }
    | {
        began: false
        episodeId: Id
        closureKind: ClosureKind
        closureReason: string
        withdrawalReason: string
        adviceSought: boolean
        signposted: boolean
        /** R35; '' where it was not asked. */
        couldTransfer: '' | 'yes' | 'no'
        transferNote: string
        stepOutAdvice: string
        note: string
      }
  /** With the end of an assessment: who is told of it, or work that goes on. */
  closing: { part: 'told' | 'goes-on'; who: string; words: string }
  /** An assessment that had closed goes on after all. */
  reopening: { episodeId: Id; reason: string }
  /** What was done in an assessment, with a day of its own (R22, R31, R32). */
  step: {
    episodeId: Id
    step: StepKind
    note: string
    /** R2, R3: of the start; '' otherwise. */
    severalAgencies: '' | 'yes' | 'no'
    progressingWell: '' | 'yes' | 'no'
    alreadyIdentified: '' | 'yes' | 'no'
  }
  /** The level of need, and why (R10). */
  level: { episodeId: Id; levelName: string; rationale: string }
  /** A manager let something go on that a rule blocks (`dueOn` is ''), or gave another day than the rule's (C12). */
  override: { episodeId: Id; rule: RuleCode; dueOn: CivilDate; reason: string }
  keyworker: {
    episodeId: Id
    practitionerId: Id
    practitionerName: string
    validFrom: CivilDate
    validTo: CivilDate
    byTransfer: boolean
    /** Before the first day came: they never were the keyworker. */
    isTakenBack: boolean
  }
  /** A step-up that was requested, or what happened to it (R42 to R46, R59). */
  'step-up':
    | { of: 'request'; reference: string; unmetNeeds: string; oldNotesReason: string }
    | { of: 'event'; event: StepUpEvent; who: string; words: string }
  /** A step-down of this family that was received, what was decided on it, who was asked to be keyworker, what came of it. */
  'step-down':
    | { of: 'receipt'; stepDownId: Id; reference: string }
    | {
        of: 'decision'
        stepDownId: Id
        levelName: string
        rationale: string
        route: Route
        routeReason: string
      }
    | { of: 'proposal'; stepDownId: Id; practitionerName: string; note: string }
    | {
        of: 'event'
        stepDownId: Id
        event: StepDownEvent
        /** Of an answer whose it was. */
        practitionerName: string
        who: string
        /** Of `end` one of `endReasons`. */
        reason: string
        words: string
      }
  /** A transfer of keyworker that was asked for, what was done for it, or what of the notes goes with it (R36 to R39, L24). */
  transfer:
    | {
        of: 'request'
        kind: TransferKind
        reason: TransferReason
        belowThreshold: '' | 'yes' | 'no'
        authorityName: string
        note: string
      }
    | {
        of: 'step'
        step: TransferStep
        /** The day it happened; of a review that is planned, and of a proposal, the day it is to happen. */
        onDay: CivilDate
        practitionerName: string
        who: string
        how: string
        note: string
      }
    | { of: 'notes'; given: NotesGiven; note: string }
  /** Somebody stands in for whoever is away, or nobody was found ('' as name); or they were back sooner (R40). */
  cover:
    | {
        ended: false
        practitionerName: string
        /** Who is away. */
        awayName: string
        fromDay: CivilDate
        toDay: CivilDate
        toldOn: CivilDate
        notToldWhy: string
        note: string
      }
    | { ended: true; lastDay: CivilDate; reason: string }
  /** Something planned, or what became of it. */
  date: {
    kind: PlannedKind
    dueOn: CivilDate
    note: string
    ending: '' | 'done' | 'cancelled'
    endedWhy: string
  }
  /** A version of what was assessed; `id` of the entry is its id. */
  assessment: { episodeId: Id; isFirst: boolean; note: string }
  /** What became of the plan: an outcome or an action added, changed or ended, progress of an action, a score. */
  plan: PlanTold
  /** A case note, or what was added to one: `addsTo` is '' for a note of its own. */
  note: {
    noteKind: NoteKind
    addsTo: Id
    episodeId: Id
    familyMaySee: boolean
    /** Whom it is about (L20), by the records that count. */
    aboutIds: Id[]
    /** The assessment at the desk that it was brought in from; '' of a note that was written here. */
    cameFromId: Id
    /** How it begins; `isWhole` where that is all of it. */
    begins: string
    isWhole: boolean
  }
  /** Somebody joined the Team Around the Family, or a later version of it (R33). */
  team: {
    ofId: Id
    /** Of the directory, or somebody else; '' for a person of the family. */
    name: string
    role: string
    validFrom: CivilDate
    validTo: CivilDate
    inError: boolean
    reason: string
  }
  /** A record of a meeting of the team, or that the family was given one (R34). */
  meeting: { isCopy: false; heldOn: CivilDate } | { isCopy: true; toWhom: string; how: string }
  /** A letter to the family; `id` of the entry is its id. */
  letter: { familyId: Id; templateName: string; toName: string }
  /** R41: advice that was asked for, or the answer that came later (`answersId` is the question's id). */
  advice: { askedWhom: string; question: string; answer: string; answersId: Id }
  /** A call about this person that the reader may read. */
  call: { callId: Id; reference: string; callerKind: CallerKind; outcome: Outcome | ''; inError: boolean }
  check: { checkId: Id; answer: (typeof checkAnswers)[number] }
  /** Two records of one person, or that they are two after all. */
  merge: { isUndone: boolean; reason: string }
  /** Somebody not named opened the family (`factId` is ''), or saw what is withheld. */
  access: { factId: Id; reason: string }
  /** A file that was put on a case note or an agreement. */
  file: { attachedTo: AttachedTo; attachedId: Id; name: string }
  /** What was told of the family at another desk, as it was there; `reference` is of the export that it came with. */
  'brought-in': { reference: string; entry: ExportedEntry }
}

/** What a chronology tells of. */
export const chronologyKinds = [
  'registered',
  'member',
  'fact',
  'agreement',
  'sharing',
  'episode',
  'closing',
  'reopening',
  'step',
  'level',
  'override',
  'keyworker',
  'transfer',
  'cover',
  'step-up',
  'step-down',
  'date',
  'team',
  'meeting',
  'note',
  'assessment',
  'plan',
  'letter',
  'advice',
  'call',
  'check',
  'merge',
  'access',
  'file',
  'brought-in'
] as const satisfies (keyof ChronologyBodies)[]
export type ChronologyKind = (typeof chronologyKinds)[number]

/** One entry; a correction stands beside what it corrects. */
export type ChronologyRow = {
  [K in ChronologyKind]: {
    id: Id
    kind: K
    /** The day that it is about; what is recorded later stands where it happened. */
    on: CivilDate
    recordedAt: Instant
    byName: string
    /** The person that it is about; '' where it is about the family. */
    personId: Id
    /** The assessment that it is of; '' of everything else. */
    episodeId: Id
    body: ChronologyBodies[K]
  }
}[ChronologyKind]

export const chronologyQuery = z.strictObject({
  id,
  /** Empty: all. */
  kinds: z.array(z.enum(chronologyKinds)),
  personId: z.union([z.literal(''), id]),
  from: dayOrNone,
  to: dayOrNone,
  /** `next` of the page before; '' for the first. */
  after: z.string().max(120)
})
