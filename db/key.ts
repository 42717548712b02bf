const HEX = '0123456789abcdef'

/**
 * `x'…'`, SQLCipher's form of a raw 32-byte key, written straight into a buffer: a string could not be overwritten.
 * The caller overwrites what it gets.
 */
export function rawKey(key: Uint8Array): Buffer {
  if (key.length !== 32) throw new Error('The data key must be 32 bytes')
  const text = Buffer.alloc(key.length * 2 + 3)
  text.write("x'", 0, 'latin1')
  key.forEach((byte, index) => {
    text[2 + index * 2] = HEX.charCodeAt(byte >> 4)
    text[3 + index * 2] = HEX.charCodeAt(byte & 15)
  })
  text.write("'", text.length - 1, 'latin1')
  return text
}
