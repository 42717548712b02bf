import type { FieldError } from '../../shared/errors.ts'

/** Roles, hubs and profession as they stand in a form. */
export interface TypedPosition {
  roles: string[]
  hubIds: string[]
  profession: string
}

/** R56: a coordinator has a local hub. */
export const positionProblems = ({ roles, hubIds }: TypedPosition): FieldError[] =>
  roles.includes('coordinator') && hubIds.length === 0
    ? [{ path: 'hubIds', message: 'Choose at least one local hub' }]
    : []
