import { onScopeDispose, ref, shallowRef } from 'vue'

/** Whether the immediate-danger numbers are in sight. */
export const dangerShown = ref(false)

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
