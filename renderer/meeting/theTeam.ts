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
import type { TeamMember, TeamRecord } from '../../shared/meeting/meeting.ts'
import { teamOn } from '../../shared/meeting/team.ts'
import { useEpisode } from '../episode/theEpisode.ts'
import { hub } from '../hub.ts'
import { memberRoleLabels } from '../words/labels.ts'

export interface TheTeam {
  record: ComputedRef<TeamRecord>
  /** Who is in the team today, the keyworker first, and who was or will be. */
  team: ComputedRef<ReturnType<typeof teamOn>>
  /** What somebody does in the team: of the family, what they are in it. */
  roleOf(member: TeamMember): string
  /** Reads the team, and what is due in the assessment, again, and says what was done. */
  done(words: string): Promise<void>
}

const key: InjectionKey<TheTeam> = Symbol('the team')

/**
 * The team of the assessment that is looked at, read once and known to every part of its panel.
 *
 * @param loadTransfers a meeting may be the review that a transfer waits for (R37)
 */
export function provideTeam(loadTransfers: () => Promise<void>) {
  const episode = useEpisode()
  const read = shallowRef<TeamRecord>()
  const problem = ref<AppError>()

  async function load() {
    const answer = await hub['meeting.team']({ episodeId: episode.record.value.id })
    problem.value = answer.ok ? undefined : answer.error
    if (answer.ok) read.value = answer.value
  }
  onMounted(load)

  const record = computed(() => read.value ?? { episodeId: '', members: [], meetings: [] })
  provide(key, {
    record,
    team: computed(() => teamOn(record.value.members, episode.today.value)),
    roleOf({ role, personId }) {
      const person = episode.record.value.people.find(({ personIds }) => personIds.includes(personId))
      return role || (person ? memberRoleLabels[person.role] : '')
    },
    async done(words) {
      await Promise.all([load(), loadTransfers(), episode.reload()])
      episode.tell(words)
    }
  })
  return { isRead: computed(() => read.value !== undefined), problem, load }
}

export function useTeam(): TheTeam {
  const theTeam = inject(key)
  if (!theTeam) throw new Error('This is part of the team’s panel')
  return theTeam
}
