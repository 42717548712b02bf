import { computed, inject, provide, shallowReactive, type ComputedRef, type InjectionKey } from 'vue'
import type { FactRow, FactValue } from '../../shared/family/fact.ts'
import type { FamilyRecord, ShownFact } from '../../shared/family/family.ts'
import { membersOn } from '../../shared/family/members.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { usePeople } from '../desk/usePeople.ts'
import { useNow, useRules } from '../desk/useRules.ts'
import { londonDate } from '../words/dates.ts'
import type { Names } from './factWords.ts'
import { nameOf } from './people.ts'

export interface TheFamily {
  record: ComputedRef<FamilyRecord>
  today: ComputedRef<CivilDate>
  /** Of the record, with what is withheld and was shown for a reason. */
  facts: ComputedRef<ShownFact[]>
  members: ComputedRef<ReturnType<typeof membersOn>>
  names: Names
  /** What is withheld has been shown to the person at the desk, who said why. */
  show(fact: FactRow): void
  /** Reads the family again. */
  reload(): Promise<void>
  /** Says what was done. */
  tell(words: string): void
}

const key: InjectionKey<TheFamily> = Symbol('the family')

/** Makes the family that is looked at known to every part of its page. */
export function provideFamily(
  record: ComputedRef<FamilyRecord>,
  { reload, tell }: Pick<TheFamily, 'reload' | 'tell'>
): TheFamily {
  const rules = useRules()
  const accounts = usePeople()
  const now = useNow(60_000)
  const today = computed(() => londonDate(now.value))
  const shown = shallowReactive(new Map<Id, FactValue>())
  const facts = computed(() =>
    record.value.facts.map((fact) => {
      const value = shown.get(fact.id)
      return value ? { ...fact, value, withheld: false } : fact
    })
  )

  const theFamily: TheFamily = {
    record,
    today,
    facts,
    members: computed(() => membersOn(record.value.members, today.value)),
    names: {
      person: (id) => nameOf(facts.value, id, today.value),
      hub: (id) => rules.rulesAt(now.value).hubs.find(({ key }) => key === id)?.name ?? 'Not known',
      account: (id) => accounts.nameOf(id) || 'Someone who has left'
    },
    show: ({ id, value }) => {
      shown.set(id, value)
    },
    reload,
    tell
  }
  provide(key, theFamily)
  return theFamily
}

export function useFamily(): TheFamily {
  const theFamily = inject(key)
  if (!theFamily) throw new Error('This is part of a family’s page')
  return theFamily
}
