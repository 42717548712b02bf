import type { Profession, Role } from '../../../shared/access/roles.ts'
import { professionLabels, roleLabels } from '../../../renderer/words/labels.ts'

export interface Person {
  name: string
  role: string
  profession: string
  passphrase: string
}

const person = (name: string, role: Role, profession: Profession, passphrase: string): Person => ({
  name,
  role: roleLabels[role],
  profession: professionLabels[profession],
  passphrase
})

/** Sets the desk up in every test: an adviser, and by that its first administrator. Invented, like everyone here. */
export const morgan = person('Morgan Ellis', 'adviser', 'social-worker', 'quiet river lantern moss')
export const robin = person('Robin Achebe', 'adviser', 'cpslo', 'seven paper boats drifting')
export const ash = person('Ash Pemberton', 'auditor', 'other', 'copper kettle under snow')
export const blake = person('Blake Oduya', 'triage-manager', 'social-worker', 'amber door by the canal')
export const sky = person('Sky Mensah', 'helpdesk', 'other', 'green kite over the weir')
