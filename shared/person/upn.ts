/** A unique pupil number: a letter, eleven digits, then a digit or, while it is temporary, a letter. Warns only. */
export function upnLooksRight(text: string): boolean {
  return /^[a-z]\d{11}[a-z\d]$/i.test(text.replace(/[\s-]/g, ''))
}
