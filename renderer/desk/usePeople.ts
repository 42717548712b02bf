import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { AccountName } from '../../shared/account/account.ts'
import type { Id } from '../../shared/ids.ts'
import { hub } from '../hub.ts'
import { useSession } from '../session/useSession.ts'

/** The people of the desk who take calls, to hand something to. */
export const usePeople = defineStore('people', () => {
  const session = useSession()
  const people = ref<AccountName[]>([])

  async function load(): Promise<void> {
    const answer = await hub['account.names']({})
    if (answer.ok) people.value = answer.value
  }

  const nameOf = (id: Id): string => people.value.find((person) => person.id === id)?.name ?? ''
  const option = ({ id, name }: AccountName) => ({
    value: id,
    label: id === session.account?.id ? `${name} (you)` : name
  })
  const options = computed(() => people.value.filter(({ takesCalls }) => takesCalls).map(option))

  /** With the one who has something now, at work or not. */
  const optionsBeside = (ownerId: Id) =>
    people.value.filter(({ id, takesCalls }) => takesCalls || id === ownerId).map(option)

  return { options, optionsBeside, load, nameOf }
})
