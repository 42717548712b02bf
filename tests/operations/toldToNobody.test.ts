import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasRole, type Actor } from '../../shared/access/roles.ts'
import { everyCall } from '../../shared/call/filter.ts'
import { openLists } from '../../shared/episode/episode.ts'
import { begunExport, emptyExport } from '../../shared/export/emptyExport.ts'
import { factOn, factsOn } from '../../shared/family/fact.ts'
import { newId, type Id } from '../../shared/ids.ts'
import { contract, type Input } from '../../shared/ipc/contract.ts'
import { operations, type Operation } from '../../shared/ipc/operations.ts'
import { mayExportList } from '../../shared/list/list.ts'
import { triageMeasures } from '../../shared/report/triage.ts'
import { everyStepDown } from '../../shared/stepDown/record.ts'
import type { StepDownDraft } from '../../shared/stepDown/stepDown.ts'
import { anAssessment, anEntry } from '../fixtures/assessments.ts'
import { aDecided, aTriageLetter } from '../fixtures/decisions.ts'
import { aLetter, aQuestion } from '../fixtures/letters.ts'
import { aKeyworkersCall } from '../fixtures/calls.ts'
import { aCover, anotherPractitioner } from '../fixtures/covers.ts'
import { OPEN, openTestDesk, type TestDesk } from '../fixtures/desk.ts'
import { aColleague, aFact, anAddress, aName, restrict, wholeChronology } from '../fixtures/facts.ts'
import { aFamily, aPerson } from '../fixtures/families.ts'
import { aHandOver } from '../fixtures/handOvers.ts'
import { aListExport, everyList, rowsBehind, savedList } from '../fixtures/lists.ts'
import { aMeeting, aMember, aRecord } from '../fixtures/meetings.ts'
import { aNote, anAddendum } from '../fixtures/notes.ts'
import { anAction, anOutcome } from '../fixtures/plans.ts'
import { aFileChild, aFileStepDown, writeStepDowns } from '../fixtures/stepDownFiles.ts'
import { aMatch, aReceivedStepDown, aStepDownPerson } from '../fixtures/stepDowns.ts'
import { anImpactMeeting, anOutcomeOf, aRequest, aStepUpStep, someOutcomes } from '../fixtures/stepUps.ts'
import { aSubjectRequest } from '../fixtures/subjectAccess.ts'
import { aTransfer, aTransferStep } from '../fixtures/transfers.ts'

/** A step-down as it was received, and what was decided on it. */
type SteppedDown = StepDownDraft & { decisionId: Id }

/** A family of which an address and a number are withheld, and one that is restricted, each with what is told of it. */
interface Scene {
  desk: TestDesk
  openFamily: Id
  child: Id
  mother: Id
  withheldPhone: Id
  restrictedFamily: Id
  hiddenChild: Id
  callId: Id
  hiddenCallId: Id
  checkId: Id
  hiddenCheckId: Id
  hubId: Id
  /** Of the open family and of the restricted one, each with a version and a plan that name the child. */
  episodeIds: Id[]
  /** The keyworker of both. */
  practitionerId: Id
  versions: Id[]
  /** The same two families'. */
  stepDowns: SteppedDown[]
  /** With a step-up of both on its agenda. */
  impactMeetingId: Id
  /** Subject access requests for the child of each. */
  requestIds: Id[]
  boss: Actor
  named: Actor
  askers: Actor[]
}

const SECRET_ADDRESS = '17 Secret Wharf, Ware SG12 9ZZ'
const SECRET_PHONE = '07700 900777'
const HIDDEN_CHILD = 'Zephyrine Quillfeather'
const HIDDEN_MOTHER = 'Ottoline Quillfeather'
const HIDDEN_PHONE = '07700 900888'

const ofEpisodes = ({ episodeIds }: Scene) => episodeIds.map((episodeId) => ({ episodeId }))

/** As they would stand in JSON, however they are spaced. */
const withheldWords = ['secretwharf', 'sg129zz', '07700900777', '7700900777']
const restrictedWords = ['zephyrine', 'quillfeather', 'ottoline', 'hiddenclose', '7700900888']
const wordsIn = (answer: unknown) => (JSON.stringify(answer) ?? '').toLowerCase().replaceAll(' ', '')
/** Words that an answer tells, beyond those that were typed to get it. */
const toldBy = (words: readonly string[], { input, value }: { input: unknown; value: unknown }) =>
  words.filter((word) => wordsIn(value).includes(word) && !wordsIn(input).includes(word))

const childTyped = (name: string, address = '') => ({
  ...{ id: newId(), name, birth: '3/9/2015', upn: '', relation: '', address }
})
const everyNote = {
  ...{ episodeId: '' as const, noteId: '' as const, kinds: [], personId: '' as const, text: '', after: '' }
}
const everythingOf = (familyId: Id) => ({
  ...emptyExport(newId(), familyId, ''),
  ...{ chronology: true, assessment: true, restricted: true }
})
const theseDays = { range: { from: '2026-11-01', to: '2026-11-30' }, hubId: '' as const }
const everything = (id: Id) => ({ id, kinds: [], personId: '', from: '', to: '', after: '' })

/** Whatever somebody may type to get at them: names, the number, the address, the references. */
const searches = [
  ...[HIDDEN_CHILD, HIDDEN_MOTHER, 'Quillfeather', 'Zefyrine Quilfeather', HIDDEN_PHONE, SECRET_PHONE],
  ...[
    'SG12 9ZZ',
    'Robin Vale',
    '3/9/2015',
    'Jo Vale',
    'FAM-7KQ3-000001',
    'FAM-7KQ3-000002',
    'FFA-7KQ3-000002'
  ],
  ...['Priya Shah']
]

/**
 * What each operation may tell of a family's people, decided one by one; a new operation does not compile before it
 * stands here. `nothing`: ids, counts, settings, the directory and accounts. `as typed`: what people typed into a form, a
 * call or a check, which is not the family's record; a check tells no more than `check.read`. `main`: answered outside the database thread. A function: it could
 * tell something, and is asked for it.
 */
const decided: {
  [N in Operation]: 'main' | 'nothing' | 'as typed' | 'behind a reason' | ((scene: Scene) => Input<N>[])
} = {
  'account.session': 'main',
  'account.setUp': 'main',
  'account.confirmRecoveryKey': 'main',
  'account.unlock': 'main',
  'account.chooseNewPassphrase': 'main',
  'account.recover': 'main',
  'account.lock': 'main',
  'account.closeDesk': 'main',
  'account.changePassphrase': 'main',
  'account.changeDeskCode': 'main',
  'account.add': 'main',
  'account.giveOneTimePassphrase': 'main',
  'account.stop': 'main',
  'account.close': 'nothing',
  'stepDown.chooseImport': 'main',
  'stepDown.confirmImport': 'nothing',
  'stepDown.cancelImport': 'nothing',
  'stepDown.importProgress': () => [{}],
  'stepDown.receive': 'nothing',
  'stepDown.read': ({ stepDowns }) => stepDowns.map(({ stepDownId: id }) => ({ id })),
  'stepDown.familyOf': ({ stepDowns }) => stepDowns.map(({ stepDownId: id }) => ({ id })),
  'stepDown.last': 'nothing',
  'stepDown.queue': () => [{ filter: everyStepDown, after: '' }],
  'stepDown.count': 'nothing',
  'stepDown.home': () => [{}],
  'stepDown.return': 'nothing',
  'stepDown.act': 'nothing',
  'stepDown.similar': () =>
    [
      { name: HIDDEN_CHILD, address: '' },
      { name: 'Zefyrine Quilfeather', address: 'SG14 1AB' },
      { name: 'Robin Vale', address: SECRET_ADDRESS }
    ].map(({ name, address }) => ({
      ...{ stepDownId: newId(), address, previousReference: 'FFA-7KQ3-000002' },
      people: [aStepDownPerson({ name, birth: '3/9/2015' })]
    })),
  'stepDown.match': 'nothing',
  'stepDown.registerFamily': 'nothing',
  'stepDown.decide': 'nothing',
  'stepDown.fillLetter': ({ stepDowns, mother }) =>
    stepDowns.flatMap(({ stepDownId, id: versionId, decisionId: aboutId }) => [
      { kind: 'return', stepDownId, versionId, missing: [], words: 'No plan is with it' },
      { kind: 'decision-sender', stepDownId, aboutId },
      { kind: 'decision-family', stepDownId, aboutId, toPersonId: mother, toName: '' }
    ]),
  'stepDown.makeLetter': 'nothing',
  'stepDown.saveLetterPdf': 'main',
  'stepDown.candidates': ({ stepDowns }) =>
    stepDowns.flatMap(({ stepDownId }) =>
      [false, true].map((otherHubs) => ({ stepDownId, otherHubs, after: '' as const }))
    ),
  'stepDown.propose': 'nothing',
  'stepDown.answer': 'nothing',
  'subjectAccess.record': 'nothing',
  'subjectAccess.list': () => (['open', 'done'] as const).map((standing) => ({ standing, after: '' })),
  'subjectAccess.due': () => [{ whose: 'everyone' }, { whose: 'mine' }],
  'subjectAccess.read': ({ requestIds }) => requestIds.map((id) => ({ id })),
  'subjectAccess.families': ({ requestIds }) => requestIds.map((id) => ({ id })),
  'subjectAccess.act': 'nothing',
  'subjectAccess.items': ({ requestIds }) =>
    requestIds.map((requestId) => ({ requestId, filter: 'all' as const, after: '' })),
  'subjectAccess.gathering': 'nothing',
  'subjectAccess.search': ({ requestIds }) =>
    requestIds.flatMap((requestId) =>
      ['lantern', ...searches].map((text) => ({ requestId, text, after: '' }))
    ),
  'subjectAccess.standing': ({ requestIds }) => requestIds.map((requestId) => ({ requestId })),
  'subjectAccess.decide': 'nothing',
  'subjectAccess.review': 'nothing',
  'subjectAccess.save': 'main',
  'stepUp.request': 'nothing',
  'stepUp.takeStep': 'nothing',
  'stepUp.planMeeting': 'nothing',
  'stepUp.cancelMeeting': 'nothing',
  'stepUp.recordOutcomes': 'nothing',
  'stepUp.list': ofEpisodes,
  'stepUp.open': () => [{ hubId: '' }],
  'stepUp.evidence': ofEpisodes,
  'stepUp.meetings': () => (['coming', 'past'] as const).map((when) => ({ hubId: '', when, after: '' })),
  'stepUp.meeting': ({ impactMeetingId }) => [{ id: impactMeetingId }],
  'stepUp.chairs': 'nothing',

  'account.changeRoles': 'nothing',
  'account.list': 'nothing',
  'account.openWork': ({ boss, named }) => [{ id: boss.id }, { id: named.id }],
  'account.takeOver': 'nothing',
  'account.names': 'nothing',
  'call.saveDraft': 'nothing',
  'call.drafts': 'as typed',
  'call.openDraft': 'as typed',
  'call.setAside': 'nothing',
  'call.file': 'nothing',
  'call.addAddendum': 'nothing',
  'call.list': () =>
    ['', ...searches].map((search) => ({
      filter: { ...everyCall, search },
      sort: 'newest' as const,
      after: ''
    })),
  'call.count': 'nothing',
  'call.read': ({ callId, hiddenCallId }) => [{ id: callId }, { id: hiddenCallId }],
  'call.previousCallers': 'as typed',
  'call.spokenBefore': () =>
    [
      ...[HIDDEN_CHILD, 'Robin Vale'].map((name) => childTyped(name)),
      childTyped('Robin Vale', SECRET_ADDRESS)
    ].map((child) => ({ callId: newId(), startedAt: OPEN, schoolId: '' as const, children: [child] })),
  'call.colleaguesDrafts': 'as typed',
  'call.handDraft': 'nothing',
  'call.filters': 'as typed',
  'call.saveFilter': 'as typed',
  'call.removeFilter': 'nothing',
  'call.markInError': 'nothing',
  'call.saveReceipt': 'main',
  'call.due': () => [{ whose: 'everyone' }],
  'call.closeOfDay': () => [{ whose: 'everyone' }],
  'call.recordAttempt': 'nothing',
  'call.answerReferral': 'nothing',
  'call.finishAction': 'nothing',
  'call.answerFlag': 'nothing',
  'call.handOver': 'nothing',
  'draft.save': 'nothing',
  'draft.list': () => [{}],
  'draft.open': 'as typed',
  'draft.setAside': 'nothing',
  'family.register': 'nothing',
  'family.read': ({ openFamily, restrictedFamily }) => [{ id: openFamily }, { id: restrictedFamily }],
  'family.chronology': ({ openFamily, restrictedFamily, child, hiddenChild }) => [
    everything(openFamily),
    { ...everything(openFamily), personId: child },
    everything(restrictedFamily),
    { ...everything(openFamily), personId: hiddenChild }
  ],
  'family.list': ({ hubId }) => [
    { hubId: '', after: '' },
    { hubId, after: '' }
  ],
  'family.recordFact': ({ openFamily, child, withheldPhone, restrictedFamily, hiddenChild, mother }) => [
    {
      ...aFact(openFamily, child, {
        kind: 'phone',
        value: {
          ...{ number: SECRET_PHONE, note: '', mayLeaveMessage: false, maySayWho: false },
          withheldFrom: [mother]
        }
      }),
      ...{ ofId: withheldPhone, basedOn: withheldPhone, reason: 'Not to be rung at night' }
    },
    aFact(restrictedFamily, hiddenChild, aName('Somebody'))
  ],
  'family.addMember': 'nothing',
  'family.changeMember': 'nothing',
  'family.moveMember': 'nothing',
  'family.giveReason': 'nothing',
  'family.showWithheld': 'behind a reason',
  'family.acknowledgeAccess': 'nothing',
  'family.chooseImport': 'main',
  'family.confirmImport': 'nothing',
  'family.cancelImport': 'nothing',
  'family.importProgress': 'as typed',
  'family.due': () => [{ whose: 'mine' }, { whose: 'everyone' }],
  'person.find': () => searches.map((text) => ({ text })),
  'person.findLike': () =>
    [
      childTyped(HIDDEN_CHILD),
      childTyped('Robin Vale', SECRET_ADDRESS),
      childTyped('Zefyrine Quilfeather')
    ].map((person) => ({ person, schoolId: '' as const })),
  'person.choose': 'nothing',
  'person.compare': ({ child, mother, hiddenChild }) => [
    { keptId: child, mergedId: mother },
    { keptId: child, mergedId: hiddenChild }
  ],
  'person.merge': 'nothing',
  'person.undoMerge': 'nothing',
  'person.pairs': () => [{ after: '' }],
  'person.matchAgain': 'nothing',
  'person.matchProgress': 'nothing',
  'agreement.record': 'nothing',
  'agreement.withdraw': 'nothing',
  'sharing.record': 'nothing',
  'episode.planDate': 'nothing',
  'episode.endDate': 'nothing',
  'episode.findOpen': () => searches.map((text) => ({ text })),
  'episode.register': 'nothing',
  'episode.read': ({ episodeIds }) => episodeIds.map((id) => ({ id })),
  'episode.elsewhere': ({ hiddenChild }) => [{ familyId: '' as const, personIds: [hiddenChild] }],
  'episode.takeStep': 'nothing',
  'episode.nameKeyworker': 'nothing',
  'episode.changeLevel': 'nothing',
  'episode.overrideDue': 'nothing',
  'episode.overrides': 'nothing',
  'episode.close': 'nothing',
  'episode.reopen': 'nothing',
  'episode.open': () => openLists.map((list) => ({ list, hubId: '' as const, after: '' })),
  'episode.calendar': ({ practitionerId, hubId }) =>
    [
      { hubId: '' as const, practitionerId: '' as const },
      { hubId, practitionerId: '' as const },
      { hubId: '' as const, practitionerId }
    ].map((of) => ({ from: '2026-11-20', to: '2027-01-20', ...of })),
  'assessment.read': ofEpisodes,
  'assessment.version': ({ versions }) => versions.map((id) => ({ id })),
  'assessment.save': 'nothing',
  'plan.read': ofEpisodes,
  'plan.saveOutcome': 'nothing',
  'plan.endOutcome': 'nothing',
  'plan.saveAction': 'nothing',
  'plan.recordProgress': 'nothing',
  'plan.score': 'nothing',
  'meeting.team': ofEpisodes,
  'meeting.saveMember': 'nothing',
  'meeting.arrange': 'nothing',
  'meeting.record': 'nothing',
  'meeting.giveCopy': 'nothing',
  'note.add': 'nothing',
  'note.list': ({ openFamily, restrictedFamily, hiddenChild }) => [
    { ...everyNote, familyId: openFamily },
    { ...everyNote, familyId: restrictedFamily },
    { ...everyNote, familyId: restrictedFamily, text: 'lantern' },
    { ...everyNote, familyId: openFamily, personId: hiddenChild }
  ],
  'note.search': () => ['lantern', ...searches].map((text) => ({ text, after: '' })),
  'attachment.attach': 'main',
  'attachment.saveCopy': 'main',
  'attachment.list': ({ openFamily, restrictedFamily }) =>
    [openFamily, restrictedFamily].map((familyId) => ({ familyId, attachedTo: 'agreement' as const })),
  'attachment.progress': 'nothing',
  'attachment.cancel': 'nothing',
  'export.preview': ({
    openFamily,
    restrictedFamily,
    child,
    hiddenChild,
    episodeIds,
    callId,
    hiddenCallId
  }) => [
    ...[callId, hiddenCallId].map((id) => begunExport(newId(), '', '', 'call', id)),
    ...[
      { familyId: openFamily, personId: child, episodeId: episodeIds[0] ?? '' },
      { familyId: restrictedFamily, personId: hiddenChild, episodeId: episodeIds[1] ?? '' }
    ].flatMap(({ familyId, personId, episodeId }) => [
      everythingOf(familyId),
      { ...everythingOf(familyId), scope: 'child' as const, personId },
      { ...everythingOf(familyId), scope: 'assessment' as const, episodeId }
    ])
  ],
  'export.save': 'main',
  'export.progress': 'nothing',
  'export.cancel': 'nothing',
  'caseImport.choose': 'main',
  'caseImport.open': 'nothing',
  'caseImport.confirm': 'nothing',
  'caseImport.cancel': 'nothing',
  'caseImport.progress': ({ openFamily, restrictedFamily }) =>
    [openFamily, restrictedFamily].map((familyId) => ({ familyId })),
  'caseImport.read': ({ openFamily, restrictedFamily }) =>
    [openFamily, restrictedFamily].map((familyId) => ({ familyId })),
  'list.save': 'main',
  'practitioner.list': 'nothing',
  'practitioner.save': 'nothing',
  'keyworker.list': () =>
    ['', ...searches].map((text) => ({
      ...{ text, hubId: '' as const, employerId: '' as const, hasLeft: false },
      ...{ sort: 'load' as const, after: '' as const }
    })),
  'keyworker.compare': 'nothing',
  'keyworker.read': ({ practitionerId }) => [{ id: practitionerId }],
  'keyworker.savePattern': 'nothing',
  'keyworker.bookAbsence': 'nothing',
  'keyworker.cancelAbsence': 'nothing',
  'keyworker.previewHandOver': ({ practitionerId }) => [aHandOver(practitionerId)],
  'keyworker.saveHandOver': 'main',
  'keyworker.close': 'nothing',
  'transfer.request': 'nothing',
  'transfer.takeStep': 'nothing',
  'transfer.giveNotes': 'nothing',
  'transfer.list': ofEpisodes,
  'cover.preview': ({ practitionerId }) => [{ practitionerId, fromDay: '2026-11-23', toDay: '2026-12-23' }],
  'cover.arrange': 'nothing',
  'cover.return': 'nothing',
  'cover.list': () => [{ after: '' }],
  'reassignment.preview': ({ practitionerId }) => [{ practitionerId, fromDay: '2026-11-23' }],
  'reassignment.make': 'nothing',
  'advice.record': 'nothing',
  'advice.list': ({ openFamily, restrictedFamily }) => [
    { familyId: openFamily },
    { familyId: restrictedFamily }
  ],
  'letter.about': ({ openFamily, restrictedFamily }) => [
    { familyId: openFamily },
    { familyId: restrictedFamily }
  ],
  'letter.fill': ({ openFamily, mother, child, restrictedFamily, hiddenChild }) =>
    [
      [openFamily, mother],
      [openFamily, child],
      [restrictedFamily, hiddenChild]
    ].map(([familyId = '', toPersonId = '']) => ({
      ...{ familyId, toPersonId, episodeId: '' as const, aboutId: '' as const, toName: '' },
      template: 'appointment'
    })),
  'letter.make': 'nothing',
  'letter.list': ({ openFamily, restrictedFamily }) => [
    { familyId: openFamily },
    { familyId: restrictedFamily }
  ],
  'letter.savePdf': 'main',
  'check.begin': 'nothing',
  'check.search': ({ checkId, hiddenCheckId }) => [{ id: checkId }, { id: hiddenCheckId }],
  'check.tryIdentity': 'as typed',
  'check.answer': ({ checkId, hiddenCheckId }) => [
    { id: newId(), checkId, children: [childTyped('Robin Vale')] },
    { id: newId(), checkId: hiddenCheckId, children: [childTyped(HIDDEN_CHILD)] }
  ],
  'check.disclose': 'as typed',
  'check.takers': 'nothing',
  'check.end': 'as typed',
  'check.list': 'as typed',
  'check.read': ({ checkId }) => [{ id: checkId }],
  'report.calls': 'nothing',
  'report.triage': () => [{ ...theseDays, step: 'month' }],
  'report.triageRows': () => triageMeasures.map((measure) => ({ ...theseDays, measure, key: '', after: '' })),
  'report.saveTriage': 'main',
  'school.search': 'nothing',
  'school.list': 'nothing',
  'school.read': 'nothing',
  'school.add': 'nothing',
  'school.change': 'nothing',
  'school.chooseImport': 'main',
  'school.confirmImport': 'nothing',
  'school.cancelImport': 'nothing',
  'school.importProgress': 'nothing',
  'agency.list': 'nothing',
  'agency.save': 'nothing',
  'agency.names': 'nothing',
  'setting.list': 'nothing',
  'setting.change': 'nothing',
  'setting.end': 'nothing',
  'audit.list': 'nothing',
  'audit.checkChain': 'nothing'
}

/** Whose family it is in the scene: reviews that are due, an assessment, a call and a check about the child. */
async function family(desk: TestDesk, people: ReturnType<typeof aPerson>[]) {
  const { id, form } = await aFamily(desk, { people })
  const [child = '', mother = ''] = form.people.map((person) => person.id)
  const review: Parameters<typeof aFact>[2] = {
    kind: 'warning',
    value: { text: 'Ring before you come', reviewOn: '2026-11-24' }
  }
  await desk.does('family.recordFact', aFact(id, id, review))
  const [drawn = '', receiver = ''] = people.map(({ name }) => name)
  const note = await desk.does(
    'note.add',
    aNote(form, { words: `${drawn} drew a lantern`, present: receiver })
  )
  await desk.does('note.add', anAddendum(form, note.id, `It was for ${receiver}`))
  const letter = {
    ...aLetter({ id, episodeId: form.episodeId }, mother),
    toName: receiver,
    withAddress: true
  }
  await desk.does('letter.make', letter)
  const question = `Who may tell ${drawn}?`
  await desk.does('advice.record', { ...aQuestion({ id, episodeId: form.episodeId }), question })
  return { id, child, mother, episodeId: form.episodeId }
}

/** A version and an outcome that name somebody, as whoever writes them does. */
async function assessed(
  desk: TestDesk,
  { id, child, mother, episodeId }: Awaited<ReturnType<typeof family>>
) {
  const { facts } = await desk.does('family.read', { id })
  const name = factOn(facts, child, 'name', '2026-11-23')?.value.name ?? ''
  const of = { familyId: id, episodeId }
  const entries = [anEntry(child, 'health', { needs: `${name} has asthma` })]
  const version = await desk.does('assessment.save', anAssessment({ ...of, entries }))
  const outcome = anOutcome(of, { words: `${name} sleeps through` })
  await desk.does('plan.saveOutcome', outcome)
  const owner = { owner: 'person', ownerId: mother, ownerName: `The mother of ${name}` } as const
  await desk.does('plan.saveAction', anAction(outcome, owner))
  return version.id
}

/** A team of both, whose meeting today is recorded with somebody's name and was held where they live. */
async function teamed(
  desk: TestDesk,
  { id, child, mother, episodeId }: Awaited<ReturnType<typeof family>>
): Promise<Id> {
  const { facts } = await desk.does('family.read', { id })
  const [home] = factsOn(facts, child, 'address', '2026-11-23')
  const name = factOn(facts, child, 'name', '2026-11-23')?.value.name ?? ''
  const of = { familyId: id, episodeId }
  for (const personId of [child, mother]) await desk.does('meeting.saveMember', aMember(of, { personId }))
  const { members } = await desk.does('meeting.team', { episodeId })
  const [keyworker] = members
  const meeting = aMeeting(of, {
    on: '2026-11-23',
    place: home?.value.address ?? '',
    agenda: name,
    invited: members.map(({ ofId }) => ({ memberId: ofId, how: 'By letter' }))
  })
  await desk.does('meeting.arrange', meeting)
  const record = aRecord({ ...of, meetingId: meeting.id }, [keyworker?.ofId ?? ''], {
    record: `${name} spoke`
  })
  await desk.does('meeting.record', record)
  const copy = { id: newId(), ...of, meetingId: meeting.id, on: '2026-11-23', toWhom: name, how: 'By letter' }
  await desk.does('meeting.giveCopy', copy)
  const transfer = aTransfer({ id: of.familyId, episodeId }, { note: `${name} asks for it` })
  await desk.does('transfer.request', transfer)
  await desk.does('transfer.takeStep', aTransferStep(transfer, 'tell-family', { who: name }))
  return keyworker?.practitionerId ?? ''
}

async function callAbout(desk: TestDesk, personId: Id): Promise<Id> {
  const call = aKeyworkersCall({ children: [childTyped('A child of mine')] })
  await desk.does('call.file', call)
  await desk.does('person.choose', {
    ...{ id: newId(), about: 'call-child', aboutId: call.children[0]?.id ?? '', personId, shown: [] }
  })
  return call.id
}

async function identifiedCheck(desk: TestDesk, name: string, employerId: Id, actor: Actor): Promise<Id> {
  const id = newId()
  await desk.does(
    'check.begin',
    {
      ...{ id, callerName: 'Sam Okoro', callerRole: 'Health visitor', employer: 'agency', employerId },
      ...{
        employerText: 'Lantern Trust',
        agreedBy: 'A parent',
        agreedRelation: 'mother',
        agreedOn: '23/11/2026'
      },
      ...{
        agreedHow: 'verbally',
        children: [childTyped(name)]
      }
    },
    actor
  )
  const tried = { method: 'call-back', personAskedFor: 'Sam Okoro', result: 'passed', reason: '' } as const
  await desk.does('check.tryIdentity', { id: newId(), checkId: id, ...tried }, actor)
  return id
}

/** A file on the family's agreement, which bears the name of whom it is about. */
async function fileAbout(desk: TestDesk, familyId: Id, name: string): Promise<void> {
  const { agreements } = await desk.does('family.read', { id: familyId })
  const path = join(desk.folder, `Letter about ${name}.txt`)
  writeFileSync(path, 'What the school wrote')
  const on = { familyId, attachedTo: 'agreement', attachedId: agreements[0]?.id ?? '' }
  const added = await desk.record('attachment.attach', { id: newId(), ...on, path })
  expect(added).toMatchObject({ ok: true })
}

/** Requests that name the child, on the agenda of a meeting that is to come; the minutes of another name them too. */
async function steppedUp(
  desk: TestDesk,
  families: readonly Awaited<ReturnType<typeof family>>[],
  boss: Actor
): Promise<Id> {
  const records = await Promise.all(families.map(({ id }) => desk.does('family.read', { id })))
  const requests = families.map((each, index) => {
    const name = factOn(records[index]?.facts ?? [], each.child, 'name', '2026-11-23')?.value.name ?? ''
    return aRequest(each, { unmetNeeds: `${name} needs more`, oldNotesReason: `${name} was away` })
  })
  for (const request of requests) await desk.does('stepUp.request', request)
  const stepUpIds = requests.map(({ id }) => id)
  const hubId = records[0]?.hubId ?? ''
  const held = anImpactMeeting(boss.id, hubId, { onDay: '2026-11-23', startsAt: '09:00', stepUpIds })
  await desk.does('stepUp.planMeeting', held, boss)
  const items = requests.map(({ id, unmetNeeds }) =>
    anOutcomeOf(id, 'more-information', { words: unmetNeeds, minutes: unmetNeeds })
  )
  await desk.does('stepUp.recordOutcomes', someOutcomes(held.id, items), boss)
  for (const request of requests)
    await desk.does('stepUp.takeStep', aStepUpStep(request, 'inform', { words: request.unmetNeeds }))
  const coming = anImpactMeeting(boss.id, hubId, { stepUpIds })
  await desk.does('stepUp.planMeeting', coming, boss)
  return coming.id
}

/** A step-down that names its child, matched to the family. */
async function steppedDown(
  desk: TestDesk,
  { id, child }: Awaited<ReturnType<typeof family>>,
  boss: Actor
): Promise<SteppedDown> {
  const { facts } = await desk.does('family.read', { id })
  const name = factOn(facts, child, 'name', '2026-11-23')?.value.name ?? ''
  const { form } = await aReceivedStepDown(desk, {
    people: [aStepDownPerson({ name, birth: '3/9/2015', needs: `${name} sleeps badly` })],
    ...{ agreedById: '', agreedBy: 'A parent', risks: `${name} may be found` }
  })
  await desk.does('stepDown.match', aMatch(form.stepDownId, id), boss)
  const said = { rationale: `${name} needs somebody` }
  const decision = await aDecided(desk, form.stepDownId, said, boss)
  await desk.does('stepDown.makeLetter', aTriageLetter(decision, { body: `About ${name}` }), boss)
  return { ...form, decisionId: decision.id }
}

/** A file in which children much like those of both families stand is previewed by somebody who is not named. */
async function aFileOfStepDowns(desk: TestDesk, boss: Actor): Promise<void> {
  const address = '8 Mill Lane, Hertford SG14 1AB'
  const path = writeStepDowns(
    join(desk.folder, 'step-downs.json'),
    ['Zefyrine Quilfeather', 'Robin Vale'].map((name) =>
      aFileStepDown(name, { address, people: [aFileChild({ name, date_of_birth: '2015-09-03' })] })
    )
  )
  const shown = await desk.record('stepDown.chooseImport', { path }, boss)
  const restricted = expect.arrayContaining([expect.objectContaining({ restricted: true })])
  expect(shown).toMatchObject({
    value: { preview: { likeFamily: 2, knownAlready: [{ families: restricted }, {}] } }
  })
}

async function setTheScene(): Promise<Scene> {
  const desk = await openTestDesk()
  const jo = aPerson({ role: 'parent-carer', name: 'Jo Vale', birth: '1/2/1985', relation: 'mother' })
  const vales = await family(desk, [aPerson({ address: SECRET_ADDRESS }), { ...jo, address: SECRET_ADDRESS }])
  const hidden = { address: '8 Hidden Close, Hertford SG14 1AB', phone: HIDDEN_PHONE }
  const quillfeathers = await family(desk, [
    aPerson({ name: HIDDEN_CHILD, ...hidden }),
    { ...jo, id: newId(), name: HIDDEN_MOTHER, ...hidden }
  ])
  // of the mother only: the child's is the same place
  const { facts, hubId } = await desk.does('family.read', { id: vales.id })
  const [home] = factsOn(facts, vales.mother, 'address', '2026-11-23')
  await desk.does('family.recordFact', {
    ...aFact(vales.id, vales.mother, anAddress(SECRET_ADDRESS, { withheldFrom: [vales.child] })),
    ...{ ofId: home?.ofId ?? '', basedOn: home?.id ?? '', reason: 'She is in danger' }
  })
  const phone = { number: SECRET_PHONE, note: '', mayLeaveMessage: false, maySayWho: false }
  const { id: withheldPhone } = await desk.does(
    'family.recordFact',
    aFact(vales.id, vales.child, { kind: 'phone', value: { ...phone, withheldFrom: [vales.mother] } })
  )
  const callId = await callAbout(desk, vales.child)
  const hiddenCallId = await callAbout(desk, quillfeathers.child)
  await fileAbout(desk, vales.id, 'Robin Vale')
  await fileAbout(desk, quillfeathers.id, HIDDEN_CHILD)
  const agency = {
    name: 'Lantern Trust',
    kind: 'Charity',
    phone: '01992 555 100',
    address: '',
    rowVersion: 0
  }
  const { id: employerId } = await desk.does('agency.save', { id: newId(), ...agency })
  const helpdesk = await aColleague(desk, 'helpdesk')
  const checkId = await identifiedCheck(desk, 'Robin Vale', employerId, helpdesk)
  const hiddenCheckId = await identifiedCheck(desk, HIDDEN_CHILD, employerId, helpdesk)
  const versions = [await assessed(desk, vales), await assessed(desk, quillfeathers)]
  await teamed(desk, vales)
  const practitionerId = await teamed(desk, quillfeathers)
  const boss = await aColleague(desk, 'triage-manager')
  const named = await aColleague(desk, 'adviser')
  const standsIn = await anotherPractitioner(desk, { employerId }, 'Sam Reed')
  const both = [vales, quillfeathers].map(({ id: familyId, episodeId }) => ({ familyId, episodeId }))
  const why = `Taken ill after a visit to ${HIDDEN_CHILD}`
  await desk.does('cover.arrange', aCover(practitionerId, standsIn, both, { why }), boss)
  const impactMeetingId = await steppedUp(desk, [vales, quillfeathers], boss)
  const stepDowns = [await steppedDown(desk, vales, boss), await steppedDown(desk, quillfeathers, boss)]
  const requests = [vales, quillfeathers].map(({ child }) => aSubjectRequest(child))
  for (const request of requests) await desk.does('subjectAccess.record', request)
  await restrict(desk, quillfeathers.id, [named], boss)
  await aFileOfStepDowns(desk, boss)
  // someone new who is much like the hidden child, for the two to be a pair that somebody must look at
  const double = aPerson({ name: 'Zefyrine Quilfeather', address: '', district: '' })
  await aFamily(desk, {
    people: [double, { ...jo, id: newId(), name: 'Al Reed', address: '', district: '' }]
  })
  const askers = [
    ...[desk.first, boss, helpdesk, await aColleague(desk, 'adviser'), await aColleague(desk, 'auditor')],
    ...[await aColleague(desk, 'coordinator', [hubId]), await aColleague(desk, 'administrator')]
  ]
  return {
    ...{ desk, openFamily: vales.id, child: vales.child, mother: vales.mother, withheldPhone },
    ...{ restrictedFamily: quillfeathers.id, hiddenChild: quillfeathers.child, callId, hiddenCallId },
    ...{ checkId, hiddenCheckId, hubId, boss, named, askers, versions },
    ...{ episodeIds: [vales.episodeId, quillfeathers.episodeId], practitionerId, impactMeetingId, stepDowns },
    requestIds: requests.map(({ id }) => id)
  }
}

let scene: Scene
beforeAll(async () => {
  scene = await setTheScene()
})
afterAll(() => {
  expect(scene.desk.faults).toEqual([])
  scene.desk.close()
})

const mayAsk = (name: Operation, actor: Actor): boolean => {
  const { may } = contract[name]
  return may === 'anyone' || hasRole(actor, ...may)
}

const asked = operations.flatMap((name) => {
  const way = decided[name]
  return typeof way === 'function' ? [{ name, inputs: way }] : []
})

/** What an operation answers to each of its questions by everybody who may ask it. */
async function answers(name: Operation, inputs: (of: Scene) => Input<Operation>[], askers: readonly Actor[]) {
  const told: { input: unknown; value: unknown }[] = []
  for (const actor of askers.filter((each) => mayAsk(name, each))) {
    for (const input of inputs(scene)) {
      const result = await scene.desk.run(name, input, actor)
      if (result.ok) told.push({ input, value: result.value })
      else expect(result.error.code).not.toBe('invalid')
    }
  }
  return told
}

describe('every operation has been decided', () => {
  it('names each operation of the contract once', () => {
    expect(Object.keys(decided).sort()).toEqual([...operations].sort())
  })
})

describe('what is withheld is in no answer, and who is restricted in none to who is not named', () => {
  it.each(asked)('$name', async ({ name, inputs }) => {
    const told = await answers(name, inputs, scene.askers)
    expect(told.length).toBeGreaterThan(0)
    for (const answer of told) {
      expect({ answer, words: toldBy([...withheldWords, ...restrictedWords], answer) }).toEqual({
        answer,
        words: []
      })
    }
  })

  it('what is withheld is in no answer to somebody named either', async () => {
    for (const { name, inputs } of asked) {
      const told = await answers(name, inputs, [scene.named])
      for (const answer of told) {
        expect({ name, words: toldBy(withheldWords, answer) }).toEqual({ name, words: [] })
      }
    }
  })

  it('nobody is found by what is withheld', async () => {
    for (const text of [SECRET_PHONE, 'SG12 9ZZ']) {
      const people = await scene.desk.does('person.find', { text })
      expect(people.map(({ personId }) => personId)).not.toContain(scene.child)
    }
  })

  it.each([...Object.values(everyList), ...triageMeasures.map(rowsBehind)])(
    'neither is in a list that leaves: $list $filter.measure',
    async (query) => {
      const { desk, askers } = scene
      for (const actor of askers.filter((each) => mayExportList(each, query.list))) {
        const path = join(desk.folder, `${newId()}.csv`)
        await savedList(desk, path, aListExport(query), actor)
        const value = readFileSync(path, 'utf8')
        const words = toldBy([...withheldWords, ...restrictedWords], { input: query, value })
        expect({ value, words }).toEqual({ value, words: [] })
      }
    }
  )

  it('who is restricted is found as such, without a name, a birth or a postcode', async () => {
    const people = await scene.desk.does('person.find', { text: HIDDEN_CHILD })
    expect(people.find(({ personId }) => personId === scene.hiddenChild)).toMatchObject({
      ...{ restricted: true, name: '', birthDate: '', postcode: '' }
    })
  })

  it('who was put into a restricted family in error is not everybody’s to know (L25)', async () => {
    const { desk, restrictedFamily, named, boss } = scene
    const stray = aPerson({ name: 'Peregrine Thistlewood', birth: '4/5/2014' })
    const member = { id: newId(), familyId: restrictedFamily, person: stray, from: '', reason: '' }
    await desk.does('family.addMember', member, named)
    await desk.does(
      'family.changeMember',
      {
        ...{ id: newId(), ofId: member.id, basedOn: member.id, familyId: restrictedFamily, role: 'child' },
        ...{ validFrom: '', validTo: '', inError: true, reason: 'The wrong family' }
      },
      named
    )
    const people = await desk.does('person.find', { text: stray.name }, boss)
    expect(people).toMatchObject([{ restricted: true, name: '', birthDate: '', postcode: '' }])
    const two = { keptId: scene.child, mergedId: stray.id }
    expect(await desk.run('person.compare', two, boss)).toMatchObject({
      error: { reason: 'family-restricted' }
    })
    const [seen] = await desk.does('person.find', { text: stray.name }, named)
    expect(seen).toMatchObject({ name: stray.name, families: [{ isCurrent: false }] })
  })

  it('a restricted family is in lists as such, by its reference', async () => {
    const { rows } = await scene.desk.does('family.list', { hubId: '', after: '' }, scene.boss)
    expect(rows.find(({ id }) => id === scene.restrictedFamily)).toMatchObject({
      ...{ reference: 'FAM-7KQ3-000002', restricted: true, childNames: '', keyworkerName: '', agreement: '' }
    })
  })
})

describe('who is named, and who says why', () => {
  it('somebody named sees the restricted family as any other', async () => {
    const { desk, named, restrictedFamily, hiddenChild } = scene
    const record = await desk.does('family.read', { id: restrictedFamily }, named)
    expect(factOn(record.facts, hiddenChild, 'name', '2026-11-23')?.value.name).toBe(HIDDEN_CHILD)
    expect(wordsIn(await desk.does('person.find', { text: HIDDEN_CHILD }, named))).toContain('quillfeather')
    expect(wordsIn(await desk.does('family.list', { hubId: '', after: '' }, named))).toContain('quillfeather')
    expect(wordsIn(await wholeChronology(desk, restrictedFamily, named))).toContain('hiddenclose')
  })

  it('what is withheld is told for a reason, which stands in the chronology and the audit trail', async () => {
    const { desk, openFamily, mother, restrictedFamily } = scene
    const asker = await aColleague(desk, 'adviser')
    const { facts } = await desk.does('family.read', { id: openFamily }, asker)
    const [home] = factsOn(facts, mother, 'address', '2026-11-23')
    expect(home).toMatchObject({ withheld: true, value: { address: '', postcode: '', district: '' } })
    const why = { id: newId(), familyId: openFamily, factId: home?.id ?? '', reason: 'To send a taxi' }
    const { value } = await desk.does('family.showWithheld', why, asker)
    expect(value).toMatchObject({ address: SECRET_ADDRESS, postcode: 'SG12 9ZZ' })
    expect(await desk.does('family.showWithheld', why, asker)).toMatchObject({ value })
    const told = (await wholeChronology(desk, openFamily)).filter(({ kind }) => kind === 'access')
    expect(told.map(({ body }) => body)).toEqual([{ factId: why.factId, reason: 'To send a taxi' }])
    expect(await desk.run('family.showWithheld', { ...why, reason: 'Another' }, asker)).toMatchObject({
      error: { reason: 'clashing-id' }
    })
    const open = factOn(facts, mother, 'name', '2026-11-23')
    const notWithheld = { ...why, id: newId(), factId: open?.id ?? '' }
    expect(await desk.run('family.showWithheld', notWithheld, asker)).toMatchObject({
      error: { code: 'not-found' }
    })
    const elsewhere = { ...why, id: newId(), familyId: restrictedFamily }
    expect(await desk.run('family.showWithheld', elsewhere, asker)).toMatchObject({
      error: { reason: 'family-restricted' }
    })
  })

  it('a reason opens the restricted family until the London day ends, and tells its manager (L21)', async () => {
    const { desk, restrictedFamily, boss } = scene
    const asker = { ...(await aColleague(desk, 'adviser')), now: '2026-11-23T23:58:00.000Z' }
    const tomorrow = { ...asker, now: '2026-11-24T00:00:00.000Z' }
    const why = { id: newId(), familyId: restrictedFamily, reason: 'The named adviser is ill' }
    await desk.does('family.giveReason', why, asker)
    await desk.does('family.giveReason', why, asker)
    expect((await desk.does('family.read', { id: restrictedFamily }, asker)).restricted).toBe(true)
    expect(wordsIn(await desk.does('family.list', { hubId: '', after: '' }, asker))).toContain('quillfeather')
    expect(await desk.run('family.read', { id: restrictedFamily }, tomorrow)).toMatchObject({
      error: { reason: 'family-restricted' }
    })
    const due = await desk.does('family.due', { whose: 'mine' }, boss)
    const waiting = due.filter(({ kind }) => kind === 'restricted-opened')
    expect(waiting).toMatchObject([{ id: why.id, familyId: restrictedFamily, familyName: '' }])
    const seen = { id: why.id, rowVersion: 1 }
    expect(await desk.run('family.acknowledgeAccess', seen, asker)).toMatchObject({
      error: { code: 'not-found' }
    })
    await desk.does('family.acknowledgeAccess', seen, boss)
    await desk.does('family.acknowledgeAccess', seen, boss)
    const left = await desk.does('family.due', { whose: 'mine' }, boss)
    expect(left.filter(({ kind }) => kind === 'restricted-opened')).toEqual([])
  })

  it('helpdesk people and administrators are told nothing, whatever reason they give', async () => {
    const { desk, openFamily, restrictedFamily } = scene
    for (const actor of [await aColleague(desk, 'helpdesk'), await aColleague(desk, 'administrator')]) {
      for (const id of [openFamily, restrictedFamily]) {
        const why = { id: newId(), familyId: id, reason: 'I should like to know' }
        expect(await desk.run('family.giveReason', why, actor)).toMatchObject({
          error: { code: 'not-allowed' }
        })
        expect(await desk.run('family.read', { id }, actor)).toMatchObject({ error: { code: 'not-allowed' } })
      }
    }
  })
})
