import type { HandOverReceiver, NoteHeldBack } from '../keyworker/handOver.ts'

export const handOverReceiverLabels: Record<HandOverReceiver, string> = {
  keyworker: 'A keyworker',
  team: 'A team of Families First'
}

/** L26. */
export const heldBackLabels: Record<NoteHeldBack, string> = {
  'not-reviewed': 'Agreement has not been reviewed since the transfer was asked for',
  'not-given': 'Not among the notes that were chosen for the new keyworker',
  restricted: 'Only for staff: the family may not see it',
  withheld: 'Tells an address or phone number that is withheld'
}
