/** Letters that Unicode does not take apart into a plain one and an accent. */
const plainLetters: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th'
}

/** A name as it is compared: no accents, capitals, apostrophes or dashes, so that "O’Brien" finds "obrien" (L16). */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðßæœþ]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/['’‘ʼ`´\p{Pd}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
