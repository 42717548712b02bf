import { defineStore } from 'pinia'
import { computed, reactive } from 'vue'
import type { AgencyName } from '../../shared/agency/agency.ts'
import type { Id } from '../../shared/ids.ts'
import { hub } from '../hub.ts'

/** How the directory calls agencies and schools, by id; what is not known yet is asked for once. */
export const useAgencies = defineStore('agencies', () => {
  const names = reactive(new Map<Id, string>())

  async function know(ids: readonly Id[]): Promise<void> {
    const unknown = ids.filter((id) => !names.has(id))
    if (unknown.length === 0) return
    const answer = await hub['agency.names']({ ids: unknown })
    if (answer.ok) for (const { id, name } of answer.value) names.set(id, name)
  }

  /** Agencies first, then schools: what a family shares with is more often an agency. */
  async function search(text: string): Promise<(AgencyName & { detail: string })[]> {
    const [agencies, schools] = await Promise.all([
      hub['agency.list']({ text, after: '' }),
      hub['school.search']({ text, includeClosed: false })
    ])
    const found = [
      ...(agencies.ok ? agencies.value.rows.map(({ id, name, kind }) => ({ id, name, detail: kind })) : []),
      ...(schools.ok ? schools.value.map(({ id, name, town }) => ({ id, name, detail: town })) : [])
    ].slice(0, MOST)
    for (const { id, name } of found) names.set(id, name)
    return found
  }

  const nameOf = computed(() => (id: Id) => names.get(id) ?? 'An agency that is no longer in the directory')
  return { know, search, nameOf }
})

const MOST = 12
