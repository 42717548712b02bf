import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { dangerNumbers, type DangerKey } from '../../shared/call/danger.ts'

/** Whether the immediate-danger numbers are in sight. */
export const dangerShown = ref(false)

/** What the settings say instead, at an open desk. */
const changed = shallowRef<Partial<Record<DangerKey, string>>>({})

/** Whom to ring now (R8), with the numbers of the settings where the desk is open. */
export const dangerLines = computed(() =>
  dangerNumbers.map((line) => ({ ...line, number: changed.value[line.key] ?? line.number }))
)

/** The number of one of them, for words that name it. */
export const dangerNumber = (wanted: DangerKey): string =>
  dangerLines.value.find(({ key }) => key === wanted)?.number ?? ''

/** The settings have been read: a number that was left empty there stays as it was. */
export function changeDangerNumbers(numbers: Readonly<Record<string, { number: string }>>) {
  changed.value = Object.fromEntries(
    dangerNumbers.flatMap(({ key }) => {
      const number = numbers[key]?.number
      return number ? [[key, number]] : []
    })
  )
}

export interface DangerReader {
  /** The instant the numbers were read out in this call; '' when they were not. */
  readAt(): string
  read(): void
}

/** The call on screen, which records when the numbers were read out in it. */
export const dangerReader = shallowRef<DangerReader>()

/** For a call on screen: `read` runs when the person says that they read the numbers out. */
export function useDangerReader(reader: DangerReader) {
  dangerReader.value = reader
  onScopeDispose(() => {
    if (dangerReader.value === reader) dangerReader.value = undefined
  })
}
