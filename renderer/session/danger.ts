import { onScopeDispose, ref, shallowRef } from 'vue'

/** Whether the immediate-danger numbers are in sight. */
export const dangerShown = ref(false)

export interface DangerReader {
  /** A call is in progress, so that reading the numbers out can be recorded in it. */
  inCall(): boolean
  /** When they were read out in it, as shown; '' when they were not. */
  readAt(): string
  read(): void
}

/** Set while a desk is open; the panel works without it. */
export const dangerReader = shallowRef<DangerReader>()

export function useDangerReader(reader: DangerReader) {
  dangerReader.value = reader
  onScopeDispose(() => {
    dangerReader.value = undefined
  })
}
