/**
 * R8, S2: whom to ring when a child may be in danger now. They stand here and not in the settings alone, because the panel
 * must work on the locked and the set-up screens, where nothing can be read from the record. At an open desk the numbers of
 * the settings, by `key`, take their place.
 */
export const POLICE = '999'
export const CHILDRENS_SERVICES = '0300 123 4043'

export const dangerNumbers = [
  { key: 'police', name: 'Police', number: POLICE, note: 'A child may be in danger now' },
  {
    key: 'childrens-services',
    name: 'Children’s Services',
    number: CHILDRENS_SERVICES,
    note: 'A child may be at risk. Day and night, including out of hours'
  },
  {
    key: 'child-abuse-investigation-unit',
    name: 'Child Abuse Investigation Unit',
    number: '101',
    note: 'Ring 101 and ask for the Child Abuse Investigation Unit'
  }
] as const

export type DangerKey = (typeof dangerNumbers)[number]['key']

/** How every signpost ends (R13, R14). */
export const DANGER_ENDING = `If you think a child may be at risk, call ${CHILDRENS_SERVICES}, or ${POLICE} if a child may be in danger now.`
