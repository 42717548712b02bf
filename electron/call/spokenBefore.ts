import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Read } from '../ipc/operation.ts'

export const spokenBefore: Read<Parsed<'call.spokenBefore'>, Output<'call.spokenBefore'>> = () => notFound()
