import {
  configure,
  Uint8ArrayReader,
  ZipWriter,
  type ZipWriterAddDataOptions,
  type ZipWriterConstructorOptions
} from '@zip.js/zip.js'
import type { Instant } from '../../shared/ids.ts'
import type { ExportFile } from '../call/exportFile.ts'

// this is a thread of its own already
configure({ useWebWorkers: false })

/** AES-256 */
const STRONGEST = 3

/** A zip file while it is written: what goes in is not held. */
export interface ZipFile {
  /** @param isPacked it is of a type that packs itself: trying again takes time and gains nothing */
  add(name: string, content: Uint8Array | AsyncIterable<Uint8Array>, isPacked: boolean): Promise<void>
  close(): Promise<void>
}

/**
 * Begins a zip in a file that leaves the building, or in a part of one.
 *
 * @param passphrase what opens it; '' for a zip that anyone can open
 * @param at the date that its entries bear
 */
export function zipInto(
  file: Pick<ExportFile, 'write'>,
  passphrase: string,
  at: Instant,
  options: Pick<ZipWriterConstructorOptions, 'zip64'> = {}
): ZipFile {
  // what the disk says reaches whoever adds, and not as zip.js words it
  let problem: unknown
  const written = new WritableStream<Uint8Array>({
    async write(piece) {
      try {
        await file.write(piece)
      } catch (error) {
        problem = error
        throw error
      }
    }
  })
  const zip = new ZipWriter(written, {
    ...(passphrase === '' ? {} : { password: passphrase, encryptionStrength: STRONGEST }),
    ...options,
    lastModDate: new Date(at),
    extendedTimestamp: false
  })
  const orSay = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work
    } catch (error) {
      throw problem ?? error
    }
  }
  return {
    add(name, content, isPacked) {
      const options: ZipWriterAddDataOptions = isPacked ? { level: 0 } : {}
      return orSay(
        content instanceof Uint8Array
          ? zip.add(name, new Uint8ArrayReader(content), options)
          : zip.add(name, streamOf(content), options)
      )
    },
    close: () => orSay(zip.close())
  }
}

/** A file that is the one thing that is added to it. */
export const plainFile = (file: ExportFile): ZipFile => ({
  async add(_name, content) {
    if (content instanceof Uint8Array) return file.write(content)
    for await (const piece of content) await file.write(piece)
  },
  close: () => Promise.resolve()
})

/** Each piece is made when the zip asks for it. */
function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await iterator.next()
      if (piece.done === true) controller.close()
      else controller.enqueue(piece.value)
    },
    async cancel() {
      await iterator.return?.()
    }
  })
}
