import { eq } from 'drizzle-orm'
import type { ReadDb, Tx } from '../../db/open.ts'
import { checkChild } from '../../db/schema/index.ts'
import { isEmptyChild } from '../../shared/call/problems.ts'
import type { CheckDraft } from '../../shared/check/check.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import { readBirth } from '../../shared/person/birth.ts'
import { findPostcode } from '../../shared/person/postcode.ts'
import type { Written } from '../family/written.ts'

interface ToldIn {
  checkId: Id
  /** The check's beginning, or an answer. */
  actId: Id
}

/** The children as they were told in one act: at the beginning, or when more was asked. Earlier ones stay. */
export async function insertChecked(
  tx: Tx,
  children: CheckDraft['children'],
  toldIn: ToldIn,
  on: CivilDate,
  written: Written
): Promise<void> {
  await tx
    .insert(checkChild)
    .values(childrenTold(children, toldIn, on).map((row) => ({ ...written, ...row })))
}

/** Are these the children of that act, word for word? For an act that is sent a second time (L6). */
export async function isToldIn(
  db: ReadDb,
  children: CheckDraft['children'],
  toldIn: ToldIn,
  on: CivilDate
): Promise<boolean> {
  const kept = await db.select().from(checkChild).where(eq(checkChild.toldIn, toldIn.actId))
  const told = childrenTold(children, toldIn, on)
  return (
    kept.length === told.length &&
    told.every((row) => {
      const before = kept.find(({ id }) => id === row.id)
      return before && (Object.keys(row) as (keyof typeof row)[]).every((key) => before[key] === row[key])
    })
  )
}

const childrenTold = (children: CheckDraft['children'], { checkId, actId }: ToldIn, on: CivilDate) =>
  children
    .filter((child) => !isEmptyChild(child))
    .map((child, position) => {
      const birth = readBirth(child.birth, on)
      return {
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
