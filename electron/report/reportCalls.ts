import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Job } from '../ipc/operation.ts'

export const reportCalls: Job<Parsed<'report.calls'>, Output<'report.calls'>> = () => notFound()
