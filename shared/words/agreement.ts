import type { AgreementRow } from '../agreement/agreement.ts'
import type { Id } from '../ids.ts'

/** How an agreement is called in a list. One that was narrowed is an agreement of which somebody withdrew. */
export function decidedWords({ decision, throughPersonId }: AgreementRow): string {
  if (throughPersonId !== '') return 'Narrowed'
  switch (decision) {
    case 'not-asked':
      return 'Not yet asked'
    case 'given':
      return 'Agreed'
    case 'refused':
      return 'Refused'
    case 'withdrawn':
      return 'Withdrawn'
  }
}

/** `Jo Vale (mother)`; `nameOf` says how somebody of the family is called. */
export function byWords(
  { byPersonId, byName, relation }: Pick<AgreementRow, 'byPersonId' | 'byName' | 'relation'>,
  nameOf: (id: Id) => string
): string {
  const name = byPersonId === '' ? byName : nameOf(byPersonId)
  return relation && name ? `${name} (${relation})` : name || relation
}

/** What is agreed to, a line each; `agencyName` says how the directory calls an agency. */
export function scopeLines(
  { decision, takePart, share, agencyIds }: AgreementRow,
  agencyName: (id: Id) => string
): string[] {
  if (decision !== 'given') return []
  const shared = agencyIds.length
    ? `To share information only with ${agencyIds.map(agencyName).join(', ')}`
    : 'To share information with every agency that works with the family'
  return [
    takePart ? 'To take part in a Families First Assessment' : 'Not to take part in an assessment',
    share ? shared : 'Not to share information'
  ]
}
