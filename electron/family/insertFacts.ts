import type { Tx } from '../../db/open.ts'
import { fact } from '../../db/schema/index.ts'
import type { Fact } from '../../shared/family/fact.ts'
import { naturalId, type CivilDate, type Id } from '../../shared/ids.ts'
import type { Written } from './written.ts'

/**
 * The first versions of some facts that are told at once. Their ids follow from the subject, the kind and the act that
 * told them, so that the same form sent again tells nothing twice.
 */
export async function insertFacts(
  tx: Tx,
  facts: readonly Fact[],
  about: { subject: 'person' | 'family'; subjectId: Id; actId: Id; validFrom: CivilDate },
  written: Written
): Promise<void> {
  if (facts.length === 0) return
  const { subject, subjectId, actId, validFrom } = about
  await tx.insert(fact).values(
    facts.map(({ kind, value }, position) => {
      const id = naturalId('fact', actId, subjectId, kind, String(position))
      return {
        ...written,
        id,
        ofId: id,
        subject,
        subjectId,
        kind,
        value: JSON.stringify(value),
        validFrom,
        validTo: '',
        inError: false,
        reason: '',
        mergeId: ''
      }
    })
  )
}
