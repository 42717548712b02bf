import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Write } from '../ipc/operation.ts'

export const removeFilter: Write<Parsed<'call.removeFilter'>, Output<'call.removeFilter'>> = () => notFound()
