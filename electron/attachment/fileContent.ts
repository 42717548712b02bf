import { TextDecoder } from 'node:util'
import { fileTypeFromBlob } from 'file-type'
import { mediaTypes, type MediaType } from '../../shared/attachment/attachment.ts'
import { typeByName } from '../../shared/attachment/fileName.ts'
import { refuse } from '../../shared/errors.ts'

/**
 * The type that a file is of by its content, which its name must not deny. That a text is one shows as it is read
 * (`contentCheck`).
 *
 * @throws Refusal attachment-type, attachment-name, attachment-macros
 */
export async function typeOf(content: Blob, name: string): Promise<MediaType> {
  const found = await fileTypeFromBlob(content)
  const type = mediaTypes.find((each) => each === found?.mime)
  const named = typeByName(name)
  if (found?.mime.includes('macroenabled')) refuse('attachment-macros')
  // a text may begin with the two letters by which a picture is known, and is read to its end all the same
  if (type === undefined && named === 'text/plain') return named
  if (type === undefined) refuse('attachment-type')
  if (type !== named) refuse('attachment-name')
  return type
}

/** Looks at each piece of a file as it goes by. @throws Refusal attachment-type, attachment-macros */
export type ContentCheck = (piece: Buffer, isLast: boolean) => void

export function contentCheck(type: MediaType): ContentCheck {
  if (type === 'text/plain') return textCheck()
  return type.includes('officedocument') ? macroCheck() : () => undefined
}

/** UTF-8 without control characters, and not a page or a picture that a browser would run. */
function textCheck(): ContentCheck {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isBeginning = true
  return (piece, isLast) => {
    const text = decoded(decoder, piece, isLast)
    if (/[^\P{Cc}\t\n\f\r]/u.test(text)) refuse('attachment-type')
    if (isBeginning && text.trimStart().startsWith('<')) refuse('attachment-type')
    isBeginning &&= text.trim() === ''
  }
}

function decoded(decoder: TextDecoder, piece: Buffer, isLast: boolean): string {
  try {
    return decoder.decode(piece, { stream: !isLast })
  } catch {
    return refuse('attachment-type')
  }
}

const MACRO_PARTS = ['vbaproject.bin', 'xl/macrosheets/']
const LONGEST_PART = Math.max(...MACRO_PARTS.map((part) => part.length))

/** Parts of an Office file are named in plain letters, whatever it says of itself and however it is packed. */
function macroCheck(): ContentCheck {
  let before = ''
  return (piece) => {
    const text = before + piece.toString('latin1').toLowerCase()
    if (MACRO_PARTS.some((part) => text.includes(part))) refuse('attachment-macros')
    before = text.slice(-LONGEST_PART)
  }
}
