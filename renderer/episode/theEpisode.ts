import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { EpisodePerson, EpisodeRecord } from '../../shared/episode/episode.ts'
import type { CivilDate, Id } from '../../shared/ids.ts'
import { nameOfPerson } from '../../shared/words/person.ts'
import { useNow } from '../desk/useRules.ts'
import { londonDate } from '../words/dates.ts'
import type { EpisodeForm } from './parts.ts'

export { nameOfPerson }

export interface TheEpisode {
  record: ComputedRef<EpisodeRecord>
  today: ComputedRef<CivilDate>
  /** A closed one shows everything and changes nothing. */
  isOpen: ComputedRef<boolean>
  /** Who belongs to the family today, the children first. */
  peopleHere: ComputedRef<EpisodePerson[]>
  /** What somebody of the family is called, by any of their records. */
  personName(id: Id): string
  /** Of which kind that form is; '' where there is none. */
  form: ComputedRef<EpisodeForm | ''>
  /** The unfinished form that the page was opened to go on with; '' otherwise. */
  formId: ComputedRef<Id>
  /** Reads the assessment again. */
  reload(): Promise<void>
  /** Says what was done. */
  tell(words: string): void
}

const key: InjectionKey<TheEpisode> = Symbol('the assessment')

/** Makes the assessment that is looked at known to every part of its page. */
export function provideEpisode(
  record: ComputedRef<EpisodeRecord>,
  { form, formId, reload, tell }: Pick<TheEpisode, 'form' | 'formId' | 'reload' | 'tell'>
): TheEpisode {
  const now = useNow(60_000)
  const theEpisode: TheEpisode = {
    record,
    today: computed(() => londonDate(now.value)),
    isOpen: computed(() => record.value.state !== 'closed' && record.value.state !== 'stepped-up'),
    peopleHere: computed(() => record.value.people.filter(({ isHere }) => isHere)),
    personName(id) {
      const person = record.value.people.find(({ personIds }) => personIds.includes(id))
      return person ? nameOfPerson(person) : 'Not known'
    },
    form,
    formId,
    reload,
    tell
  }
  provide(key, theEpisode)
  return theEpisode
}

export function useEpisode(): TheEpisode {
  const theEpisode = inject(key)
  if (!theEpisode) throw new Error('This is part of an assessment’s page')
  return theEpisode
}
