import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Job, Read } from '../ipc/operation.ts'

export const exportProgress: Read<Parsed<'call.exportProgress'>, Output<'call.exportProgress'>> = () =>
  notFound()
export const cancelExport: Job<Parsed<'call.cancelExport'>, Output<'call.cancelExport'>> = () => notFound()
