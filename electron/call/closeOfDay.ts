import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Read } from '../ipc/operation.ts'

export const closeOfDay: Read<Parsed<'call.closeOfDay'>, Output<'call.closeOfDay'>> = () => notFound()
