import { eq } from 'drizzle-orm'
import type { ReadDb } from '../../db/open.ts'
import { account } from '../../db/schema/index.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { notFound } from '../../shared/errors.ts'
import { factOn, type FactRow } from '../../shared/family/fact.ts'
import { childrenOn } from '../../shared/family/members.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import { fillIn } from '../../shared/letter/fields.ts'
import type { LetterField } from '../../shared/letter/letter.ts'
import { addressFor } from '../../shared/letter/withheld.ts'
import { inForce, rulesOn } from '../../shared/setting/inForce.ts'
import { londonDate, showDate } from '../../shared/time/london.ts'
import { professionLabels, roleLabels } from '../../shared/words/labels.ts'
import { knownFamily, tellsWithheldOf, type KnownFamily } from '../family/peopleOf.ts'
import { mustOpen } from '../family/readableFamily.ts'
import { settingsInRecord } from '../setting/listSettings.ts'
import { readTold } from './readTold.ts'

/**
 * The letter that is in force today, filled in from the record. What is not known stays as it was written and is named.
 * An address that is withheld from anybody is not filled in, wherever it stands, and no telephone number of the family ever is.
 *
 * @throws Refusal not-found, family-restricted
 */
export async function fillLetter(
  db: ReadDb,
  query: Parsed<'letter.fill'>,
  actor: Actor
): Promise<Output<'letter.fill'>> {
  const { hubId } = await mustOpen(db, query.familyId, actor)
  const today = londonDate(actor.now)
  const settings = await settingsInRecord(db)
  const template = inForce(settings, 'letter-template', today).find(({ key }) => key === query.template)
  if (!template) return notFound()

  const family = knownFamily(db, query.familyId)
  const { address, isWithheld } = addressOf(family, query.toPersonId, today)
  const told = await readTold(db, query, today)
  const tells = tellsWithheldOf(family)
  const unlessWithheld = (words: string) => (tells(words) ? '' : words)
  const day = (date: CivilDate) => (date === '' ? '' : showDate(date))
  const known: Record<LetterField, string> = {
    to: query.toName.trim() || nameOf(family, query.toPersonId, today),
    address: address.replaceAll('\n', ', '),
    children: childrenNames(family, today),
    date: showDate(today),
    reference: told.reference,
    keyworker: told.keyworker.name,
    keyworkerAgency: told.keyworker.agency,
    keyworkerPhone: told.keyworker.phone,
    newKeyworker: told.newKeyworker.name,
    newKeyworkerAgency: told.newKeyworker.agency,
    newKeyworkerPhone: told.newKeyworker.phone,
    changeoverDate: day(told.changeoverOn),
    coverFrom: day(told.coverFrom),
    coverTo: day(told.coverTo),
    meetingDate: day(told.meetingOn),
    meetingTime: told.meetingAt,
    meetingPlace: unlessWithheld(told.meetingPlace),
    closedDate: day(told.closedOn),
    closedWhy: unlessWithheld(told.closedWhy),
    hub: rulesOn(settings, today).hubs.find(({ key }) => key === hubId)?.name ?? '',
    sender: await senderOf(db, actor)
  }
  const subject = fillIn(template.value.subject, known)
  const body = fillIn(template.value.text, known)
  return {
    templateId: template.id,
    subject: subject.text,
    body: body.text,
    address,
    addressWithheld: isWithheld,
    missing: [...new Set([...subject.missing, ...body.missing])]
  }
}

/** Facts by the record that counts for whom they are of. */
const byKept = ({ facts }: KnownFamily): FactRow[] =>
  facts.map((fact) => ({ ...fact, subjectId: fact.keptId }))

/** The name of somebody of the family on a day; '' where none is known. */
export const nameOf = (family: KnownFamily, keptId: Id, on: CivilDate): string =>
  factOn(byKept(family), keptId, 'name', on)?.value.name ?? ''

/** Where somebody of the family lives on a day, a line each, unless it is withheld. */
export function addressOf(family: KnownFamily, keptId: Id, on: CivilDate) {
  const lives = factOn(byKept(family), keptId, 'address', on)
  return addressFor([...family.facts, ...family.beside], lives)
}

/** `Robin, Sam and Alex`: the eldest first, by the first of their names. A baby that is not born yet has none. */
function childrenNames(family: KnownFamily, on: CivilDate): string {
  const facts = byKept(family)
  const bornOn = (id: Id) => factOn(facts, id, 'birth', on)?.value.date ?? on
  const names = childrenOn(family.members, on)
    .toSorted((a, b) => bornOn(a).localeCompare(bornOn(b)))
    .map((id) => nameOf(family, id, on).trim().split(/\s+/)[0] ?? '')
  return new Intl.ListFormat('en-GB').format(names.filter((name) => name !== ''))
}

/** Who writes, and as what. */
export async function senderOf(db: ReadDb, { id, profession, roles: [role] }: Actor): Promise<string> {
  const [found] = await db.select({ name: account.name }).from(account).where(eq(account.id, id))
  const post = profession === 'other' ? role && roleLabels[role] : professionLabels[profession]
  return [found?.name, post].filter(Boolean).join(', ')
}
