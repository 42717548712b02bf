import type { ChronologyBodies } from '../family/chronology.ts'
import type { SharingGround, SharingHow } from '../sharing/sharing.ts'
import type { Names } from './facts.ts'
import { listed } from './note.ts'

export const howLabels: Record<SharingHow, string> = {
  phone: 'By phone',
  letter: 'By letter',
  email: 'By e-mail',
  'in-person': 'In person'
}

/** Domain 0.4: why something is shared that the family has not agreed to. */
export const groundLabels: Record<SharingGround, string> = {
  'significant-harm': 'A child may be at risk of significant harm',
  law: 'The law demands it',
  court: 'A court ordered it',
  'public-interest': 'It is in the public interest, and somebody advised it',
  other: 'Another reason'
}

/** What the chronology says of something that was shared. */
export function sharingSaid(
  { agencyName, personThere, personIds, what, purpose, how, ...why }: ChronologyBodies['sharing'],
  names: Names
) {
  const about = listed(personIds.map((id) => names.person(id)))
  const agreed = why.isAgreed ? '' : ', without agreement'
  return {
    what: `Information about ${about} shared with ${agencyName}${agreed}`,
    details: [
      [howLabels[how], personThere && `to ${personThere}`].filter(Boolean).join(', '),
      `What: ${what}`,
      `What for: ${purpose}`,
      reasonWords(why)
    ]
  }
}

function reasonWords({
  ground,
  advisedBy,
  reason
}: Pick<ChronologyBodies['sharing'], 'ground' | 'advisedBy' | 'reason'>): string {
  if (ground === '') return ''
  const advice = advisedBy && ` Advised by ${advisedBy}.`
  return `Why without agreement: ${groundLabels[ground]}.${advice} ${reason}`
}
