import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Write } from '../ipc/operation.ts'

export const recordAttempt: Write<Parsed<'call.recordAttempt'>, Output<'call.recordAttempt'>> = () =>
  notFound()
