/** A pause in typing after which the draft is saved, and the longest that typing may put it off (L1: within 1 s). */
const QUIET_MS = 300
const LONGEST_MS = 700
const RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000
/** A save that has not answered by now is shown as not saved: a light that says "saved" must mean it (L12). */
const SLOW_MS = 3_000

export type SaveState = 'untouched' | 'saving' | 'saved' | 'not-saved'

/** What came of one save. 'stop': trying the same again cannot help. */
export type SaveAnswer = 'saved' | 'try-again' | 'stop'

export interface DraftSaver {
  /** Something was typed. */
  typed(): void
  /** Saves now what is not saved yet; false when that could not be done. */
  flush(): Promise<boolean>
  /** Nothing is saved any more; settles when the save under way has answered. */
  stop(): Promise<void>
}

/** Keeps one draft saved: one save at a time, the latest text wins, and it never gives up by itself (L1, L5). */
export function draftSaver(save: () => Promise<SaveAnswer>, tell: (state: SaveState) => void): DraftSaver {
  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay: Promise<void> | null = null
  let dirty = false
  let dirtySince = 0
  let failures = 0
  let stopped = false

  function saveIn(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void saveNow(), ms)
  }

  function saveSoon() {
    saveIn(Math.max(0, Math.min(QUIET_MS, dirtySince + LONGEST_MS - Date.now())))
  }

  async function attempt() {
    dirty = false
    tell(failures === 0 ? 'saving' : 'not-saved')
    const slow = setTimeout(() => {
      tell('not-saved')
    }, SLOW_MS)
    const answer = await save().catch((): SaveAnswer => 'try-again')
    clearTimeout(slow)
    underWay = null
    if (answer === 'saved') {
      failures = 0
      tell(dirty ? 'saving' : 'saved')
      if (dirty && !stopped) saveSoon()
      return
    }
    failures += 1
    if (!dirty) dirtySince = Date.now()
    dirty = true
    tell('not-saved')
    if (answer === 'try-again' && !stopped) {
      saveIn(Math.min(RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS))
    }
  }

  function saveNow(): Promise<void> {
    clearTimeout(timer)
    underWay ??= attempt()
    return underWay
  }

  return {
    typed() {
      if (stopped) return
      if (!dirty) dirtySince = Date.now()
      dirty = true
      if (underWay) return
      tell(failures === 0 ? 'saving' : 'not-saved')
      saveSoon()
    },
    async flush() {
      if (underWay) await underWay
      while (dirty && !stopped) {
        const before = failures
        await saveNow()
        if (failures > before) return false
      }
      return !dirty
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
    }
  }
}
