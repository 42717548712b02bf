import type { ReadDb } from '../../db/open.ts'
import type { Actor } from '../../shared/access/roles.ts'
import type { CivilDate } from '../../shared/ids.ts'
import { fold } from '../../shared/person/fold.ts'
import { bareCode } from '../../shared/person/nameKeys.ts'
import type { KnownAlready } from '../../shared/stepDown/import.ts'
import { isChild, toldIn } from '../../shared/stepDown/told.ts'
import { londonDate } from '../../shared/time/london.ts'
import type { Storable } from './compareImported.ts'
import { takeTurns } from '../import/turns.ts'
import { similarBeside, type ChildBeside } from './similarStepDowns.ts'

/** By which child, which step-downs of the file tell of it: the number, or the name with the day of birth. */
export type ChildrenInFile = ReadonlyMap<string, readonly string[]>

function childKeys({ draft }: Storable, today: CivilDate): string[] {
  const children = toldIn(draft, today).people.filter(isChild)
  return children.flatMap(({ name, birth, upn }) => [
    ...(upn === '' ? [] : [`upn ${bareCode(upn)}`]),
    ...(name === '' || birth === '' ? [] : [`born ${birth} ${fold(name)}`])
  ])
}

export async function childrenInFile(
  storable: readonly Storable[],
  today: CivilDate,
  signal: AbortSignal
): Promise<ChildrenInFile> {
  const inFile = new Map<string, string[]>()
  const others = takeTurns(signal)
  for (const each of storable) {
    for (const key of childKeys(each, today)) {
      inFile.set(key, [...(inFile.get(key) ?? []), each.stepDown.key])
    }
    await others()
  }
  return inFile
}

/** What a new step-down is held against. */
interface Beside {
  children: readonly ChildBeside[]
  inFile: ChildrenInFile
}

/**
 * What may be of the same family as a new step-down, as the form shows it (C7); undefined where there is nothing. Of a
 * restricted family only that there is one.
 */
export async function knownAlready(
  db: ReadDb,
  fresh: Storable,
  { children, inFile }: Beside,
  actor: Actor
): Promise<KnownAlready | undefined> {
  const { key } = fresh.stepDown
  const { stepDownId, people, address, previousReference } = fresh.draft
  const asked = { stepDownId, people, address, previousReference }
  const similar = await similarBeside(db, asked, children, actor)
  const found: KnownAlready = {
    key,
    children: namesOf(people.filter(isChild)),
    families: similar.families.map(
      ({ familyId, reference, restricted, assessmentReference, keyworkerName }) => ({
        ...{ familyId, reference, restricted, assessmentReference, keyworkerName }
      })
    ),
    queued: similar.stepDowns.map(({ id, reference }) => ({ stepDownId: id, reference })),
    inFile: [
      ...new Set(childKeys(fresh, londonDate(actor.now)).flatMap((each) => inFile.get(each) ?? []))
    ].filter((each) => each !== key)
  }
  return found.families.length + found.queued.length + found.inFile.length > 0 ? found : undefined
}

/** "Robin Vale, Unborn child" */
export const namesOf = (children: readonly { name: string }[]): string =>
  children.map(({ name }) => name || 'Unborn child').join(', ')
