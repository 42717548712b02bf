import { fix, match, parse } from 'postcode'

/**
 * A postcode as typed, written the usual way: `sg138eq` → `SG13 8EQ` (L16). Undefined where it is none. Only its form
 * is looked at: no list of real postcodes is held.
 */
export function readPostcode(text: string): string | undefined {
  const parsed = parse(fix(text.replace(/[\s.-]+/g, '')))
  return parsed.valid ? parsed.postcode : undefined
}

/** The last postcode that stands in an address, written the usual way. */
export function findPostcode(address: string): string | undefined {
  return readPostcode(match(address).at(-1) ?? '')
}
