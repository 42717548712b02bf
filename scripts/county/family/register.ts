import { saidInAgreement, saidInWithdrawal } from '../../../electron/agreement/insertAgreement.ts'
import { deskReference } from '../../../shared/account/deskCode.ts'
import type { WithdrawalDraft } from '../../../shared/agreement/agreement.ts'
import type { Fact, recordedFact } from '../../../shared/family/fact.ts'
import type { DraftPerson, MemberRole, RegistrationDraft } from '../../../shared/family/family.ts'
import { startsAssessment } from '../../../shared/family/problems.ts'
import { factsOf } from '../../../shared/family/registering.ts'
import { naturalId, type CivilDate, type Id } from '../../../shared/ids.ts'
import type { z } from 'zod'
import { findPostcode } from '../../../shared/person/postcode.ts'
import type { FactRow, Rows } from '../filing.ts'

/** Who writes a row of a family, when, and the hub it belongs to. */
export interface Written {
  hubId: Id
  createdAt: string
  createdBy: Id
  deviceId: Id
}

/** The numbers that a desk gives to families and their assessments, one after the other. */
export interface Numbers {
  deskCode: string
  families: number
  episodes: number
}

/**
 * The rows that `family.register` writes for a form of people who are all new (electron/family/registerFamily.ts), and
 * the numbers that it takes. `tests/operations/countyFamilies.test.ts` holds the two against each other.
 */
export function registered(
  draft: RegistrationDraft,
  written: Written,
  today: CivilDate,
  district: string,
  numbers: Numbers
): Rows {
  numbers.families += 1
  const reference = deskReference('FAM', numbers.deskCode, numbers.families)
  const hub: Fact = { kind: 'hub', value: { hubId: written.hubId, district } }
  const said = saidInAgreement({ ...draft.agreement, familyId: draft.id }, today)
  return {
    family: [{ ...written, id: draft.id, reference }],
    person: draft.people.map(({ id }) => ({ ...written, id })),
    fact: [
      ...draft.people.flatMap((person) =>
        factRows([...factsOf(person, today, district), ...relationOf(person, draft)], {
          ...{ subject: 'person', subjectId: person.id, actId: draft.id, validFrom: '' },
          written
        })
      ),
      ...factRows([hub], {
        ...{ subject: 'family', subjectId: draft.id, actId: draft.id, validFrom: today },
        written
      })
    ],
    familyMember: draft.people.map(({ id: personId, role }) => {
      const id = naturalId('member', draft.id, personId)
      return {
        ...written,
        ...{ id, ofId: id, familyId: draft.id, personId, role: role as MemberRole },
        ...asFirstTold('')
      }
    }),
    agreement: [{ ...written, ...said }],
    ...(startsAssessment(draft) && begun(draft, written, today, numbers))
  }
}

/** "Mother of" the first child of the form. */
function relationOf({ id, relation }: DraftPerson, { people }: RegistrationDraft): Fact[] {
  const first = people.find(({ role }) => role === 'child' || role === 'unborn')
  return !first || first.id === id || relation === ''
    ? []
    : [{ kind: 'relation', value: { personId: first.id, relation } }]
}

const asFirstTold = (validFrom: CivilDate) => ({ validFrom, validTo: '', inError: false, reason: '' })

interface Telling {
  subject: 'person' | 'family'
  subjectId: Id
  actId: Id
  validFrom: CivilDate
  written: Written
}

const factRows = (
  facts: readonly Fact[],
  { subject, subjectId, actId, validFrom, written }: Telling
): FactRow[] =>
  facts.map(({ kind, value }, position) => {
    const id = naturalId('fact', actId, subjectId, kind, String(position))
    return {
      ...written,
      ...{ id, ofId: id, subject, subjectId, kind, value: JSON.stringify(value) },
      ...asFirstTold(validFrom),
      mergeId: ''
    }
  })

function begun(
  { id: familyId, episodeId, reason, practitionerId }: RegistrationDraft,
  written: Written,
  today: CivilDate,
  numbers: Numbers
): Rows {
  numbers.episodes += 1
  const reference = deskReference('FFA', numbers.deskCode, numbers.episodes)
  return {
    episode: [
      {
        ...written,
        id: episodeId,
        familyId,
        reference,
        registeredOn: today,
        reason,
        previousId: '',
        goesOnBecause: ''
      }
    ],
    episodeKeyworker: [
      {
        ...written,
        ...{ id: naturalId('keyworker', episodeId, practitionerId), familyId, episodeId, practitionerId },
        ...{ validFrom: today, validTo: '', kind: 'named' as const, overId: '', sourceId: '' }
      }
    ]
  }
}

export type Recording = z.input<typeof recordedFact>

/** The row of a fact that is told later. */
export const recordedRow = (input: Recording, written: Written): FactRow => ({
  ...written,
  id: input.id,
  ofId: input.ofId,
  subject: input.subjectId === input.familyId ? 'family' : 'person',
  subjectId: input.subjectId,
  kind: input.fact.kind,
  value: JSON.stringify(input.fact.value),
  validFrom: input.validFrom,
  validTo: input.validTo,
  inError: false,
  reason: input.reason ?? '',
  mergeId: ''
})

/** The version by which an address ends that somebody moved away from. */
export const endedRow = (
  before: FactRow,
  input: Recording,
  validTo: CivilDate,
  written: Written
): FactRow => ({
  ...before,
  ...written,
  id: naturalId('fact-ended', input.id, before.ofId),
  validTo,
  reason: input.reason ?? ''
})

/** A family goes to another hub with the address of its first child. */
export const hubFollows = (
  input: Recording,
  to: { hubId: Id; district: string },
  written: Written
): FactRow[] =>
  factRows([{ kind: 'hub', value: to }], {
    ...{ subject: 'family', subjectId: input.familyId, actId: input.id, validFrom: input.validFrom },
    written: { ...written, hubId: to.hubId }
  })

export const addressOf = (address: string, district: string, withheldFrom: Id[] = []): Fact => ({
  kind: 'address',
  value: { address, postcode: findPostcode(address) ?? '', district, withheldFrom }
})

/** The rows of a withdrawal after which no agreement remains: it closes the assessment. */
export const withdrawn = (
  draft: WithdrawalDraft,
  episodeId: Id,
  written: Written,
  today: CivilDate
): Rows => {
  const said = saidInWithdrawal(draft, '', today)
  const { familyId, closureReason, withdrawalReason, adviceSought, signposted, note } = draft
  return {
    agreement: [{ ...written, ...said }],
    episodeClosure: [
      {
        ...written,
        ...{ id: naturalId('closure', episodeId, draft.id), familyId, episodeId },
        ...{ closedOn: said.decidedOn, closureReason, withdrawalReason, agreementId: draft.id },
        ...{ adviceSought, signposted, note },
        ...{ kind: 'closed', couldTransfer: '', transferNote: '', stepOutAdvice: '' }
      }
    ]
  }
}
