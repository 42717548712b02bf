import { eq } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { family, familyMember, formDraft, person } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { deskReference } from '../../shared/account/deskCode.ts'
import { refuse } from '../../shared/errors.ts'
import type { DraftPerson, MemberRole, RegistrationDraft } from '../../shared/family/family.ts'
import { factsOf } from '../../shared/family/registering.ts'
import { naturalId, type CivilDate } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import { COUNTY_HUB_ID } from '../../shared/setting/seeds.ts'
import { rulesOn, type Rules } from '../../shared/setting/inForce.ts'
import { londonDate } from '../../shared/time/london.ts'
import { insertAgreement } from '../agreement/insertAgreement.ts'
import { beginEpisode } from '../episode/beginEpisode.ts'
import { nextNumber } from '../ipc/nextNumber.ts'
import { alreadyDone, type AlreadyDone } from '../ipc/operation.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { insertFacts } from './insertFacts.ts'
import { writtenBy, type Written } from './written.ts'

type Registered = Output<'family.register'>

/**
 * Registers a family (R22): its people, what they agreed to and, where that is a yes, its assessment with a keyworker
 * come to be, and the form's draft goes, in one transaction (L3). The same form again answers with the first result (L6).
 *
 * @throws Refusal invalid (by field), clashing-id, not-your-draft
 */
export async function registerFamily(
  tx: Tx,
  draft: RegistrationDraft,
  actor: Actor
): Promise<Registered | AlreadyDone<Registered>> {
  const [before] = await tx.select().from(family).where(eq(family.id, draft.id))
  if (before) {
    if (before.createdBy !== actor.id) refuse('clashing-id')
    return alreadyDone({ id: before.id, reference: before.reference, doubles: 0 })
  }
  const today = londonDate(actor.now)
  const rules = rulesOn(await settingsInRecord(tx), today)
  const district = draft.people.map((each) => districtOf(each)).find((code) => code !== '') ?? ''
  const written = writtenBy(actor, hubOf(district, rules))

  const reference = deskReference('FAM', actor.deskCode, await nextNumber(tx, 'family'))
  for (const each of draft.people) await insertPerson(tx, draft, each, today, written)
  await tx.insert(family).values({ ...written, id: draft.id, reference })
  await insertFacts(
    tx,
    [{ kind: 'hub', value: { hubId: written.hubId, district } }],
    { subject: 'family', subjectId: draft.id, actId: draft.id, validFrom: today },
    written
  )
  await insertAgreement(tx, { ...draft.agreement, familyId: draft.id }, today, written)
  if (draft.agreement.decision === 'given') {
    const { id: familyId, episodeId: id, reason, practitionerId } = draft
    await beginEpisode(tx, { id, familyId, reason, practitionerId }, actor, written)
  }
  await tx.delete(formDraft).where(eq(formDraft.id, draft.id))
  return { id: draft.id, reference, doubles: 0 }
}

const districtOf = ({ district }: DraftPerson): string => district

const hubOf = (district: string, { districts }: Rules): string =>
  districts.find(({ key }) => key === district)?.hubId ?? COUNTY_HUB_ID

async function insertPerson(
  tx: Tx,
  draft: RegistrationDraft,
  each: DraftPerson,
  today: CivilDate,
  written: Written
): Promise<void> {
  const personId = each.personId || each.id
  if (each.personId === '') await tx.insert(person).values({ ...written, id: personId })
  await insertFacts(
    tx,
    each.personId === '' ? factsOf(each, today, districtOf(each)) : [],
    { subject: 'person', subjectId: personId, actId: draft.id, validFrom: '' },
    written
  )
  const memberId = naturalId('member', draft.id, personId)
  await tx.insert(familyMember).values({
    ...written,
    id: memberId,
    ofId: memberId,
    familyId: draft.id,
    personId,
    role: each.role as MemberRole,
    validFrom: '',
    validTo: '',
    inError: false,
    reason: ''
  })
}
