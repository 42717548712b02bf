/**
 * The form in which two spellings are the same name: "Siân  O’Brien-Jones" and "sian obrien jones".
 * Only Latin diacritics are dropped; in other scripts a combining mark can be a different letter.
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/['’‘ʼ`´.]|\p{Cf}/gu, '')
    .replace(/[\s\p{Pd}]+/gu, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')
}
