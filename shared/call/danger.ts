/**
 * R8, S2: whom to ring when a child may be in danger now. Fixed here and not a setting, because the panel must work on
 * the locked and the set-up screens, where nothing can be read from the record.
 */
export const POLICE = '999'
export const CHILDRENS_SERVICES = '0300 123 4043'

export const dangerNumbers = [
  { name: 'Police', number: POLICE, note: 'A child may be in danger now' },
  {
    name: 'Children’s Services',
    number: CHILDRENS_SERVICES,
    note: 'A child may be at risk. Day and night, including out of hours'
  },
  {
    name: 'Child Abuse Investigation Unit',
    number: '101',
    note: 'Ring 101 and ask for the Child Abuse Investigation Unit'
  }
] as const

/** How every signpost ends (R13, R14). */
export const DANGER_ENDING = `If you think a child may be at risk, call ${CHILDRENS_SERVICES}, or ${POLICE} if a child may be in danger now.`
