import { notFound } from '../../shared/errors.ts'

/** While an operation is being built. */
export const notYet = (): never => notFound()
