import type { MediaType } from './attachment.ts'

/** How the names of files of each type end; the first is the usual one. */
export const endings: Record<MediaType, readonly string[]> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/heic': ['heic'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'text/plain': ['txt']
}

/** In characters. */
const LONGEST_NAME = 200

/**
 * The name that a file keeps: as it was, without characters that are not seen or that turn others about, and not longer
 * than 200 characters. How it ends stays.
 */
export function keptName(name: string): string {
  const seen = name.normalize('NFC').replaceAll(/\p{C}/gu, '').trim()
  const ending = endingOf(seen)
  const dotted = ending === '' ? '' : `.${ending}`
  const stem = [...seen.slice(0, seen.length - dotted.length)]
  return `${stem.slice(0, LONGEST_NAME - dotted.length).join('')}${dotted}`
}

/** What stands after the last dot, as it is written; '' where nothing does. */
export function endingOf(name: string): string {
  const at = name.lastIndexOf('.')
  return at < 1 ? '' : name.slice(at + 1)
}

/** The type that a name says it is of; undefined where it says none that is taken. */
export function typeByName(name: string): MediaType | undefined {
  const ending = endingOf(name).toLowerCase()
  return (Object.keys(endings) as MediaType[]).find((type) => endings[type].includes(ending))
}

/**
 * A name to offer where a copy is saved, which Windows, macOS and Linux all take. Windows reads some words (`CON.pdf`) as
 * devices. Where the copy goes the person says, in the dialog that main shows.
 */
export const offeredName = (name: string): string =>
  name.replaceAll(/[\\/:*?"<>|]/g, '-').replace(/^(?=(con|prn|aux|nul|(com|lpt)\d)\s*\.)/i, '-')
