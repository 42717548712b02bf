import type { AttachmentRow, MediaType } from '../../shared/attachment/attachment.ts'
import { showDateTime } from '../words/dates.ts'

const mediaTypeLabels: Record<MediaType, string> = {
  'application/pdf': 'PDF document',
  'image/jpeg': 'JPEG picture',
  'image/png': 'PNG picture',
  'image/heic': 'HEIC picture',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel spreadsheet',
  'text/plain': 'Plain text'
}

const KILOBYTE = 1_024
const MEGABYTE = KILOBYTE * KILOBYTE

/** "3 KB", "1.4 MB": never less than is true. */
export function sizeWords(bytes: number): string {
  const kilobytes = Math.ceil(bytes / KILOBYTE)
  if (kilobytes < 1_000) return `${String(kilobytes)} KB`
  return `${(Math.ceil((bytes * 10) / MEGABYTE) / 10).toLocaleString('en-GB')} MB`
}

/** "PDF document, 1.4 MB, added by Morgan Ellis, 23 November 2026, 10:00". */
export const fileWords = ({ mediaType, size, byName, at }: AttachmentRow): string =>
  [
    mediaTypeLabels[mediaType],
    sizeWords(size),
    byName ? `added by ${byName}` : 'added',
    showDateTime(at)
  ].join(', ')
