import {
  computed,
  inject,
  onMounted,
  provide,
  ref,
  shallowRef,
  type ComputedRef,
  type InjectionKey
} from 'vue'
import type { AppError } from '../../shared/errors.ts'
import type { Transfer } from '../../shared/transfer/transfer.ts'
import { useEpisode } from '../episode/theEpisode.ts'
import { hub } from '../hub.ts'

export interface TheTransfers {
  /** The newest request first. */
  transfers: ComputedRef<readonly Transfer[]>
  isRead: ComputedRef<boolean>
  problem: ComputedRef<AppError | undefined>
  load(): Promise<void>
  /** Reads the transfers and the assessment again, and says what was done. */
  done(words: string): Promise<void>
}

const key: InjectionKey<TheTransfers> = Symbol('the transfers')

/**
 * The transfers of the assessment that is looked at, read once and known to every part of its team's panel.
 *
 * @param loadTeam what was done may have changed who is in the team
 */
export function provideTransfers(loadTeam: () => Promise<void>): TheTransfers {
  const episode = useEpisode()
  const read = shallowRef<Transfer[]>()
  const problem = ref<AppError>()

  async function load() {
    const answer = await hub['transfer.list']({ episodeId: episode.record.value.id })
    problem.value = answer.ok ? undefined : answer.error
    if (answer.ok) read.value = answer.value
  }
  onMounted(load)

  const theTransfers: TheTransfers = {
    transfers: computed(() => read.value ?? []),
    isRead: computed(() => read.value !== undefined),
    problem: computed(() => problem.value),
    load,
    async done(words) {
      await Promise.all([load(), loadTeam(), episode.reload()])
      episode.tell(words)
    }
  }
  provide(key, theTransfers)
  return theTransfers
}

export function useTransfers(): TheTransfers {
  const theTransfers = inject(key)
  if (!theTransfers) throw new Error('This is part of the team’s panel')
  return theTransfers
}
