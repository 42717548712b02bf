import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { id as idSchema, type Id } from '../../shared/ids.ts'
import { emptyNote } from '../../shared/note/emptyNote.ts'
import { problemsWithNote } from '../../shared/note/problems.ts'
import { writeDate } from '../../shared/time/civilDate.ts'
import { useRules } from '../desk/useRules.ts'
import { useOpenForms } from '../draft/openForms.ts'
import { useFormDraft } from '../draft/useFormDraft.ts'
import { useProblems } from '../draft/useProblems.ts'
import { nameOfPerson, useEpisode } from '../episode/theEpisode.ts'
import { hub } from '../hub.ts'
import { fieldErrors } from '../words/errors.ts'
import { listed } from './words.ts'

/** A case note that is being typed, or what is added to one, from its first word to its filing. */
export function useNoteForm(id: () => Id) {
  const { record, today, personName, reload, tell } = useEpisode()
  const route = useRoute()
  const router = useRouter()
  const rules = useRules()
  const openForms = useOpenForms()
  const { form, failed, loadStored } = useFormDraft('note', id, () => ({
    ...emptyNote({ id: id(), familyId: record.value.familyId, episodeId: record.value.id }),
    addsTo: idSchema.safeParse(route.query['addsTo']).data ?? '',
    happenedOn: writeDate(today.value)
  }))
  const draft = computed(() => form.value?.draft)

  /** Everybody of the family, by the record that counts. */
  const people = computed(() =>
    record.value.people.map((person) => ({
      value: person.keptId,
      label: person.isHere ? nameOfPerson(person) : `${nameOfPerson(person)} (not in the family now)`
    }))
  )
  // two records that were merged since the note was begun, or somebody taken out of the family, could not be unticked
  watch(
    [() => draft.value?.id, people],
    () => {
      if (!draft.value) return
      const kept = (ids: readonly Id[]) => [
        ...new Set(
          ids.flatMap(
            (each) => record.value.people.find(({ personIds }) => personIds.includes(each))?.keptId ?? []
          )
        )
      ]
      for (const field of ['aboutIds', 'presentIds'] as const) {
        const now = kept(draft.value[field])
        if (now.join() !== draft.value[field].join()) draft.value[field] = now
      }
    },
    { immediate: true }
  )

  const problems = () =>
    draft.value
      ? problemsWithNote(draft.value, { people: people.value.map(({ value }) => value), now: rules.now() })
      : []

  const { errors, errorFor, show } = useProblems(() => draft.value, problems)

  async function file() {
    const typed = draft.value
    if (!typed || form.value?.filing) return
    await show(problems())
    if (errors.value.length > 0) return
    const about = listed(typed.aboutIds.map(personName))
    const words = typed.addsTo === '' ? `Case note added about ${about}` : 'Added to the case note'
    const answer = await openForms.file(id(), () => hub['note.add'](typed))
    if (!answer) return
    if (answer.ok) {
      await reload()
      await router.push(`/assessments/${record.value.id}/notes`)
      tell(words)
    } else {
      // what this page knew of the family let it through: the fields go by what stands there now
      if (answer.error.code === 'invalid') await reload()
      await show(fieldErrors(answer.error))
    }
  }

  return { form, draft, failed, loadStored, people, errors, errorFor, file }
}
