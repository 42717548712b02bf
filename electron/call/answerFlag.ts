import { notFound } from '../../shared/errors.ts'
import type { Output, Parsed } from '../../shared/ipc/contract.ts'
import type { Write } from '../ipc/operation.ts'

export const answerFlag: Write<Parsed<'call.answerFlag'>, Output<'call.answerFlag'>> = () => notFound()
