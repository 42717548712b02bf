/** C12: managers of triage and of a hub may let something go on that a rule blocks, with the reason. */
export const overriders = ['triage-manager', 'coordinator'] as const

/** The rules that the screen tells of where it blocks something or names a due date (C12), by their number. */
export const ruleCodes = [
  'R2',
  'R3',
  'R20',
  'R22',
  'R23',
  'R24',
  'R28',
  'R30',
  'R31',
  'R32',
  'R33',
  'R34-first',
  'R34-review',
  'R34-record',
  'R34-copy',
  'R35',
  'R36',
  'R37',
  'R38',
  'R39',
  'R40',
  'R41',
  'R42',
  'R43',
  'R44',
  'R45',
  'R46',
  'R47',
  'R48',
  'R49',
  'R50',
  'R58',
  'R59',
  'C7',
  'C8',
  'C14-due',
  'C14-review'
] as const
export type RuleCode = (typeof ruleCodes)[number]
