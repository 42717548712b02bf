/** Crockford's base 32: no I, L, O or U, so that a code survives being read out and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Eight characters for every five bytes; the caller chooses the length so that nothing is left over. */
export function toCrockford(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += alphabet.charAt((held >> (bits - 5)) & 31)
    held &= (1 << bits) - 1
  }
  return text
}

/** What a person typed, forgiving case, spaces, dashes and the letters that look like digits. */
export function foldCrockford(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}

/** The code in its one true spelling, or undefined when it is not one of that length. */
export function readCrockford(typed: string, length: number): string | undefined {
  const code = foldCrockford(typed)
  return code.length === length && [...code].every((letter) => alphabet.includes(letter)) ? code : undefined
}

export function inFours(code: string): string[] {
  return code.match(/.{1,4}/g) ?? []
}
