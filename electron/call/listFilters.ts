import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Read } from '../ipc/operation.ts'

export const listFilters: Read<Parsed<'call.filters'>, Output<'call.filters'>> = () => notFound()
