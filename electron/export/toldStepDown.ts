import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { ToldRecord } from '../../shared/export/told.ts'
import type { Id } from '../../shared/ids.ts'
import type { StepDownDecision, StepDownRecord, StepDownVersion } from '../../shared/stepDown/record.ts'
import { endReasons, type StepDownPerson } from '../../shared/stepDown/stepDown.ts'
import { londonDate, showDate, showDateTime } from '../../shared/time/london.ts'
import { memberRoleLabels } from '../../shared/words/labels.ts'
import {
  decidedLevelLabels,
  endReasonLabels,
  neededLabels,
  riskLabels,
  routeLabels,
  stepDownEventLabels,
  stepDownSourceLabels,
  stepDownStateLabels
} from '../../shared/words/stepDown.ts'
import { readStepDown } from '../stepDown/readStepDown.ts'
import { below, joined, toldTexts, unlessEmpty, type Said } from './toldTexts.ts'
import { LETTER_WITHHELD } from './toldLetter.ts'

/**
 * Step-downs with everything that is recorded of each: what the sender told, and where they told it anew what they changed;
 * what was sent back, decided, offered to keyworkers and written, and what happened.
 *
 * @throws Refusal not-found, family-restricted for one that this person may not open
 */
export async function toldStepDowns(db: ReadDb, ids: readonly Id[], actor: Actor): Promise<ToldRecord[]> {
  const told: ToldRecord[] = []
  for (const id of ids) told.push(toldStepDown(await readStepDown(db, { id }, actor)))
  return told
}

function toldStepDown(record: StepDownRecord): ToldRecord {
  const [first] = record.versions
  return {
    ...{ id: record.id, kind: 'step-down', reference: record.reference, title: 'Step-down' },
    ...{ on: londonDate(record.receivedAt), recordedAt: first?.recordedAt ?? record.receivedAt },
    byName: first?.byName ?? '',
    texts: toldTexts([
      ['receivedAt', 'Received', showDateTime(record.receivedAt)],
      ['hub', 'Local hub', record.hubName],
      ['state', 'Where it stands', stepDownStateLabels[record.state]],
      ['family', 'Of family', record.family?.reference ?? ''],
      ...versionsSaid(record.versions),
      ...triageSaid(record),
      ...happenedSaid(record)
    ]),
    files: []
  }
}

/** The first in full; of a later one by whom it was told, and what it says otherwise. A label names nobody. */
function versionsSaid(versions: readonly StepDownVersion[]): Said[] {
  const said: Said[] = []
  let before = new Map<string, string>()
  for (const [index, version] of versions.entries()) {
    const at = `versions.${String(index)}`
    if (index > 0)
      said.push([`${at}.by`, 'Told anew by', joined(version.byName, showDateTime(version.recordedAt))])
    const now = new Map(versionSaid(version).map(([path, , text]) => [path, text]))
    for (const [path, label, text] of versionSaid(version))
      if (before.get(path) !== text)
        said.push([`${at}.${path}`, index === 0 ? label : `${label} (told anew)`, text])
    before = now
  }
  return said
}

const versionSaid = (version: StepDownVersion): Said[] => [
  ['source', 'What it comes of', version.source && stepDownSourceLabels[version.source]],
  [
    'sender',
    'The sender',
    below(
      joined(version.workerName, version.sendingTeam),
      joined(version.workerPhone, version.workerEmail),
      version.workerAddress
    )
  ],
  [
    'workCompletedOn',
    'Statutory work was completed on',
    version.workCompletedOn && showDate(version.workCompletedOn)
  ],
  ...version.people.map((person): Said => [`people.${person.id}`, personLabel(person), personWords(person)]),
  ['address', 'Where the family lives', version.address],
  ['areas', 'Areas that still have to progress', version.areas],
  ['tried', 'What has been tried', version.tried],
  ['agreement', 'The family’s agreement', agreementWords(version)],
  [
    'previous',
    'Early help assessment before',
    joined(
      version.hadPrevious && { yes: 'Yes', no: 'No' }[version.hadPrevious],
      version.previousReference,
      version.previousKeyworker
    )
  ],
  ['lastPlan', 'The last plan', version.lastPlan],
  ['risks', 'Risks', below(version.risk && riskLabels[version.risk], version.risks)],
  [
    'requestedLevel',
    'Level of need that is asked for',
    version.requestedLevel && decidedLevelLabels[version.requestedLevel]
  ],
  ['missing', 'What is missing', below(...version.missing.map((each) => neededLabels[each]))],
  ['note', 'Note', version.note]
]

const personLabel = ({ role }: StepDownPerson): string => (role === '' ? 'Person' : memberRoleLabels[role])

const personWords = (person: StepDownPerson): string =>
  below(
    joined(
      person.name || 'Not named',
      person.birth && `born ${showDate(person.birth)}`,
      person.expected && `expected on ${showDate(person.expected)}`,
      person.relation,
      person.upn && `UPN ${person.upn}`,
      person.school,
      person.phone
    ),
    person.needs
  )

function agreementWords(version: StepDownVersion): string {
  const said = { given: 'Given', refused: 'Refused', 'not-asked': 'Not asked', '': '' }[version.agreement]
  const ofForm = version.people.find(({ id }) => id === version.agreedById)?.name ?? ''
  return below(
    joined(
      said,
      ofForm || version.agreedBy,
      version.agreedRelation,
      version.agreedOn && showDate(version.agreedOn)
    ),
    version.agreedScope
  )
}

const triageSaid = ({ returns, decisions, allocations, letters }: StepDownRecord): Said[] => [
  ...returns.map(({ id, sendingTeam, missing, words, byName, recordedAt }): Said => [
    `returns.${id}`,
    'Sent back to the sender',
    below(
      joined(sendingTeam, byName, showDateTime(recordedAt)),
      ...missing.map((each) => neededLabels[each]),
      words
    )
  ]),
  ...decisions.map((decision): Said => [`decisions.${decision.id}`, 'Decision', decisionWords(decision)]),
  ...allocations.map((each): Said => [
    `allocations.${each.id}`,
    'Keyworker who was asked',
    below(
      joined(each.practitionerName, each.employerName, each.byName, showDateTime(each.recordedAt)),
      unlessEmpty('Why above what they can hold: ', each.overReason),
      unlessEmpty('Why outside the hub: ', each.outsideReason),
      each.note
    )
  ]),
  ...letters.map((letter): Said => [
    `letters.${letter.id}`,
    'Letter',
    below(
      joined(showDate(letter.on), letter.toName),
      letter.address,
      letter.subject,
      letter.isWithheld ? LETTER_WITHHELD : letter.body
    )
  ])
]

const decisionWords = (decision: StepDownDecision): string =>
  below(
    joined(
      decision.levelName || decidedLevelLabels[decision.level],
      routeLabels[decision.route],
      decision.agencyName,
      decision.practitionerName,
      showDate(decision.decidedOn),
      decision.byName
    ),
    unlessEmpty('Why this level: ', decision.rationale),
    unlessEmpty('Why there: ', decision.routeReason),
    unlessEmpty('Evidence: ', decision.evidence),
    unlessEmpty('What else was considered: ', decision.considered),
    unlessEmpty('Services: ', decision.signposting),
    unlessEmpty('What happens to the family: ', decision.familyNext)
  )

const endedBecause = (reason: string): string => {
  const known = endReasons.find((each) => each === reason)
  return known ? endReasonLabels[known] : ''
}

const happenedSaid = ({ events }: StepDownRecord): Said[] =>
  events.map((event) => [
    `events.${event.id}`,
    'What happened',
    below(
      joined(
        `${showDate(event.on)}: ${stepDownEventLabels[event.event]}`,
        endedBecause(event.reason),
        event.who,
        event.byName
      ),
      event.words
    )
  ])
