import { notFound } from '../../shared/errors.ts'

export const exportCalls = () => notFound()
export const saveReceipt = () => notFound()
