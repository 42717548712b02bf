import { ref } from 'vue'
import type { KeyworkerQuery } from '../../shared/keyworker/keyworker.ts'

export type KeyworkerFilter = Omit<KeyworkerQuery, 'after'>

export const everybody: KeyworkerFilter = {
  text: '',
  hubId: '',
  employerId: '',
  hasLeft: false,
  sort: 'name'
}

/** What the list was narrowed to, and what the agency is called, for whoever comes back to it. */
export const keyworkersView = ref({ filter: { ...everybody }, employerText: '' })
