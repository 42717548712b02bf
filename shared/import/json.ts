/** The text is no JSON, or none that is read. `message` says why, in words for the person who chose the file. */
export class NotJson extends Error {
  readonly line: number
  constructor(line: number, reason: string) {
    super(reason)
    this.name = 'NotJson'
    this.line = line
  }
}

/** One of a list, the line on which it begins, and which list it is of. */
export interface JsonItem {
  value: unknown
  line: number
  list: string
}

/** A step-down has people has texts: what is deeper is somebody's mischief. */
const DEEPEST = 10
const LONGEST_TEXT = 100_000
/** Of one item, which is read without a break. */
const MOST_VALUES = 10_000

const escaped: Partial<Record<string, string>> = {
  ...{ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
}
const blank = /[ \t\n\r]*/y
const word = /true|false|null/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** A piece of a text up to what ends it or stands for something else. JSON allows no control characters in it. */
const plain = /[^"\\\p{Cc}]+|[\x7F-\x9F]+/uy

/**
 * Reads an object of JSON as RFC 8259 has it, whose list of this name may be long: hands its items out one by one, so that
 * others have their turn in between, and returns what else stands in the object. Unlike `JSON.parse` it says on which line
 * it stopped, and takes no name twice: of two answers to one question nobody knows which was meant.
 *
 * @throws NotJson
 */
export const readItems = (text: string, list: string): Generator<JsonItem, Record<string, unknown>> =>
  readLists(text, [list])

/**
 * The same of several lists, which may stand in objects of the object: `items.notes`. What is returned has them empty.
 *
 * @param mostValues that one item may hold
 * @throws NotJson
 */
export function* readLists(
  text: string,
  lists: readonly string[],
  mostValues = MOST_VALUES
): Generator<JsonItem, Record<string, unknown>> {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  let counted = 0
  let values = 0

  function lineNow(): number {
    for (; counted < at; counted++) if (text.charCodeAt(counted) === 10) line++
    return line
  }
  function fail(reason: string): never {
    throw new NotJson(lineNow(), reason)
  }
  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  function next(): string {
    take(blank)
    return text.charAt(at)
  }
  function must(mark: string): void {
    const found = next()
    if (found !== mark)
      fail(found === '' ? `The file ends before a “${mark}”` : `Here must stand a “${mark}”`)
    at++
  }

  function readText(): string {
    must('"')
    let read = ''
    for (;;) {
      read += take(plain) ?? ''
      if (read.length > LONGEST_TEXT) fail('A text is longer than 100,000 characters')
      const mark = text.charAt(at++)
      if (mark === '"') return read
      if (mark === '\\') read += readEscaped()
      else {
        at--
        fail(mark === '' ? 'A text has no end' : 'A text has a line break or a mark that cannot be seen')
      }
    }
  }
  function readEscaped(): string {
    const mark = text.charAt(at++)
    const code = mark === 'u' ? /^[\da-fA-F]{4}$/.exec(text.slice(at, at + 4))?.[0] : undefined
    if (code !== undefined) {
      at += 4
      return String.fromCharCode(Number.parseInt(code, 16))
    }
    return escaped[mark] ?? fail('A backslash stands before something that it does not belong to')
  }

  /** Something that stands for itself: an item of the list, or what else the object has. */
  function readPart(): unknown {
    values = 0
    return readValue(1)
  }
  function readValue(depth: number): unknown {
    if (++values > mostValues)
      fail(`More than ${mostValues.toLocaleString('en-GB')} answers stand in one place`)
    if (depth > DEEPEST) fail(`Braces and brackets stand more than ${String(DEEPEST)} deep`)
    const mark = next()
    if (mark === '"') return readText()
    if (mark === '{') return readObject((into, name) => (into[name] = readValue(depth + 1)))
    if (mark === '[') return [...readList(() => readValue(depth + 1))]
    const named = take(word)
    if (named !== undefined) return named === 'null' ? null : named === 'true'
    const counts = take(number)
    if (counts !== undefined && counts !== '') return Number(counts)
    return fail(
      mark === '' ? 'The file ends too early' : 'Here must stand a text, a list or something in braces'
    )
  }

  /** Without a prototype: whatever a name is, it is no more than a name. */
  function readObject(readMember: (into: Record<string, unknown>, name: string) => void) {
    const read = Object.create(null) as Record<string, unknown>
    for (const name of members(read)) readMember(read, name)
    return read
  }
  function* members(read: Record<string, unknown>): Generator<string> {
    must('{')
    if (next() === '}') return void at++
    for (;;) {
      if (next() !== '"') fail('Here must stand the name of a field between quotation marks')
      const name = readText()
      if (name in read) fail(`“${name.slice(0, 40)}” stands here twice`)
      must(':')
      yield name
      if (next() === '}') return void at++
      must(',')
    }
  }
  function* readList<T>(readItem: () => T): Generator<T> {
    must('[')
    if (next() === ']') return void at++
    for (;;) {
      yield readItem()
      if (next() === ']') return void at++
      must(',')
    }
  }

  /** An object that has some of the lists. `before` names it, with a dot behind. */
  function* readAround(before: string): Generator<JsonItem, Record<string, unknown>> {
    const read = Object.create(null) as Record<string, unknown>
    for (const name of members(read)) {
      const list = before + name
      const mark = next()
      if (mark === '[' && lists.includes(list)) {
        read[name] = []
        yield* readList(() => {
          next()
          return { list, line: lineNow(), value: readPart() }
        })
      } else if (mark === '{' && lists.some((each) => each.startsWith(`${list}.`)))
        read[name] = yield* readAround(`${list}.`)
      else read[name] = readPart()
    }
    return read
  }

  const rest = yield* readAround('')
  if (next() !== '') fail('Something stands after the end')
  return rest
}
