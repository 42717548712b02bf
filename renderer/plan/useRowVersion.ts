import { ref } from 'vue'

/**
 * Which version of something a form goes by. What somebody else made of it meanwhile is read and shown before it is covered;
 * what was typed stays (L7).
 */
export function useRowVersion(newest: () => number, reread: () => Promise<void>) {
  const rowVersion = ref(newest())
  const isStale = ref(false)

  async function meet() {
    await reread()
    rowVersion.value = newest()
    isStale.value = true
  }
  return { rowVersion, isStale, meet }
}
