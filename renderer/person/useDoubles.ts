import { computed, onUnmounted, ref } from 'vue'
import type { Id } from '../../shared/ids.ts'
import type { Output } from '../../shared/ipc/contract.ts'
import type { PersonPair } from '../../shared/person/find.ts'
import { hub } from '../hub.ts'
import { errorWords } from '../words/errors.ts'

const ASK_AGAIN_MS = 500

/** Pairs of records that may be of one person, a page at a time, and the looking for more of them (L11). */
export function useDoubles() {
  const pairs = ref<PersonPair[]>([])
  const next = ref('')
  const loaded = ref(false)
  const busy = ref(false)
  const problem = ref('')

  async function load(after = '') {
    busy.value = true
    const answer = await hub['person.pairs']({ after })
    busy.value = false
    problem.value = answer.ok ? '' : errorWords(answer.error)
    if (!answer.ok) return
    loaded.value = true
    pairs.value = after === '' ? answer.value.rows : [...pairs.value, ...answer.value.rows]
    next.value = answer.value.next
  }
  const more = () => load(next.value)
  const leaveOut = (id: Id) => {
    pairs.value = pairs.value.filter((pair) => pair.id !== id)
  }

  const progress = ref<Output<'person.matchProgress'>>({ running: false, looked: 0, total: 0 })
  const looking = ref(false)
  const told = ref('')
  let timer: ReturnType<typeof setInterval> | undefined
  const stopAsking = () => {
    clearInterval(timer)
  }
  onUnmounted(stopAsking)

  async function look() {
    if (looking.value) return
    looking.value = true
    told.value = ''
    timer = setInterval(() => void askHowFar(), ASK_AGAIN_MS)
    const answer = await hub['person.matchAgain']({})
    stopAsking()
    looking.value = false
    problem.value = answer.ok ? '' : errorWords(answer.error)
    if (!answer.ok) return
    told.value = lookedWords(answer.value)
    await load()
  }

  async function askHowFar() {
    const answer = await hub['person.matchProgress']({})
    if (answer.ok && looking.value) progress.value = answer.value
  }

  const status = computed(() => {
    if (!looking.value) return told.value
    const { looked, total } = progress.value
    return total > 0 ? `Looked up ${number(looked)} of ${number(total)} people` : 'Looking for doubles'
  })

  return { pairs, next, loaded, busy, problem, more, load, leaveOut, looking, look, status, told }
}

const number = (count: number): string => count.toLocaleString('en-GB')

function lookedWords({ looked, found }: Output<'person.matchAgain'>): string {
  if (looked === 0) return 'Nobody has come since this was last done'
  const people = looked === 1 ? '1 person' : `${number(looked)} people`
  return `${people} looked up, ${number(found)} may be in the record already`
}
