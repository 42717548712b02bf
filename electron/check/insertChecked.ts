import type { Tx } from '../../db/open.ts'
import { checkChild } from '../../db/schema/index.ts'
import { isEmptyChild } from '../../shared/call/problems.ts'
import type { CheckDraft } from '../../shared/check/check.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import { readBirth } from '../../shared/person/birth.ts'
import { findPostcode } from '../../shared/person/postcode.ts'
import type { Written } from '../family/written.ts'

/** The children as they were told in one act: at the beginning, or when more was asked. Earlier ones stay. */
export async function insertChecked(
  tx: Tx,
  children: CheckDraft['children'],
  { checkId, actId }: { checkId: Id; actId: Id },
  on: CivilDate,
  written: Written
): Promise<void> {
  const told = children.filter((child) => !isEmptyChild(child))
  await tx.insert(checkChild).values(
    told.map((child, position) => {
      const birth = readBirth(child.birth, on)
      return {
        ...written,
        id: naturalId('checked', actId, child.id),
        checkId,
        toldIn: actId,
        position,
        name: child.name.trim(),
        birthText: child.birth.trim(),
        birthDate: birth.kind === 'date' ? birth.date : '',
        ageYears: birth.kind === 'date' ? birth.ageYears : birth.kind === 'age' ? birth.years : null,
        upn: child.upn.trim(),
        relation: child.relation.trim(),
        address: child.address.trim(),
        postcode: findPostcode(child.address) ?? ''
      }
    })
  )
}
