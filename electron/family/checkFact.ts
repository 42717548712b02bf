import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { account, accountRole, practitioner } from '../../db/schema/index.ts'
import { readScope } from '../../shared/access/mayRead.ts'
import { mayRestrict } from '../../shared/access/mayRestrict.ts'
import type { Actor } from '../../shared/access/roles.ts'
import { invalid, Refusal } from '../../shared/errors.ts'
import type { FactRow, FactValue } from '../../shared/family/fact.ts'
import type { Id } from '../../shared/ids.ts'
import type { Parsed } from '../../shared/ipc/contract.ts'
import type { Rules } from '../../shared/setting/inForce.ts'
import type { KnownFamily } from './peopleOf.ts'

interface Around {
  family: KnownFamily
  /** The version that it is based on. */
  standing: FactRow | undefined
  rules: Rules
  hubId: Id
}

/**
 * What the record says about a fact: who decides it, and whether everybody and every place that it names is there.
 *
 * @throws Refusal not-allowed, invalid (by field)
 */
export async function checkFact(
  tx: Tx,
  { fact }: Parsed<'family.recordFact'>,
  { family, standing, rules, hubId }: Around,
  actor: Actor
): Promise<void> {
  if (fact.kind === 'address' || fact.kind === 'phone') {
    const before = standing && 'withheldFrom' in standing.value ? standing.value.withheldFrom : []
    const isKnown = (personId: Id) => family.people.has(personId) || before.includes(personId)
    if (!fact.value.withheldFrom.every(isKnown)) {
      invalid({ path: 'fact.value.withheldFrom', message: 'Choose people of the family' })
    }
  }
  if (fact.kind === 'relation' && !family.people.has(fact.value.personId)) {
    invalid({ path: 'fact.value.personId', message: 'Choose somebody of the family' })
  }
  const decidesAccess = fact.kind === 'hub' || fact.kind === 'restriction'
  if (decidesAccess && !mayRestrict(actor, hubId)) throw new Refusal({ code: 'not-allowed' })
  if (fact.kind === 'hub' && !rules.hubs.some(({ key }) => key === fact.value.hubId)) {
    invalid({ path: 'fact.value.hubId', message: 'Choose a local hub from the list' })
  }
  if (fact.kind === 'restriction') await checkNamed(tx, fact.value)
  if (fact.kind === 'asked-against') await checkKeyworker(tx, fact.value)
}

async function checkKeyworker(tx: Tx, { practitionerId }: FactValue<'asked-against'>): Promise<void> {
  const found = await tx.$count(practitioner, eq(practitioner.id, practitionerId))
  if (found === 0)
    invalid({ path: 'fact.value.practitionerId', message: 'Choose the keyworker from the list' })
}

/** L21: who is told must be there to be told; nobody is named who could not open it. */
async function checkNamed(tx: Tx, { named, managerId }: FactValue<'restriction'>): Promise<void> {
  const readers = await whoMayRead(tx, [...named, managerId])
  if (!named.every((accountId) => readers.has(accountId))) {
    invalid({ path: 'fact.value.named', message: 'Choose people at work who may see families' })
  }
  if (!readers.has(managerId)) {
    invalid({ path: 'fact.value.managerId', message: 'Choose somebody at work who may see families' })
  }
}

/** Those of some accounts that are in use and may read families at all. */
async function whoMayRead(tx: Tx, accountIds: readonly Id[]): Promise<ReadonlySet<Id>> {
  const rows = await tx
    .select({ id: account.id, role: accountRole.role })
    .from(account)
    .innerJoin(accountRole, eq(accountRole.accountId, account.id))
    .where(
      and(
        inArray(account.id, [...accountIds]),
        eq(account.status, 'active'),
        isNull(account.deletedAt),
        isNull(accountRole.deletedAt)
      )
    )
  const mayRead = rows.filter(({ id, role }) => readScope({ id, roles: [role], hubIds: [] }).kind !== 'none')
  return new Set(mayRead.map(({ id }) => id))
}
