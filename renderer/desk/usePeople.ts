import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { Id } from '../../shared/ids.ts'
import { hub } from '../hub.ts'
import { useSession } from '../session/useSession.ts'

/** The people of the desk, to hand something to. */
export const usePeople = defineStore('people', () => {
  const session = useSession()
  const people = ref<{ id: Id; name: string }[]>([])

  async function load(): Promise<void> {
    const answer = await hub['account.names']({})
    if (answer.ok) people.value = answer.value
  }

  const nameOf = (id: Id): string => people.value.find((person) => person.id === id)?.name ?? ''
  const options = computed(() =>
    people.value.map(({ id, name }) => ({
      value: id,
      label: id === session.account?.id ? `${name} (you)` : name
    }))
  )

  return { options, load, nameOf }
})
